import { DirectedGraph } from 'graphology';
import type { DocketLookup } from './docket-lookup.js';
import type { EarlierCase } from './earlier-case.js';
import { compareCases } from './postings.js';

/** A case of a lineage: `distance` steps along `originCaseNo`, in either direction, from where the walk began. */
export type LineageCase = { readonly earlier: EarlierCase; readonly distance: number };

/** The procedures that one case went through. `missing` are numbers that are named as origins and that the docket lacks. */
export type Lineage = {
  readonly cases: readonly LineageCase[];
  readonly missing: readonly string[];
  readonly truncated: boolean;
};

export type LineageOptions = {
  /** The filing's own place in the docket, which is not walked through. */
  readonly except?: ReadonlySet<EarlierCase>;
  /** Whether to walk down again from what was reached upward. */
  readonly siblings?: boolean;
};

const CASES_MAX = 200;

/**
 * Every case that hangs together with the one of that `caseNumberKey` by `originCaseNo`, upward and downward, nearest first. At most
 * 200 cases; rings do no harm. A number that the docket lacks still joins the cases that name it.
 *
 */
export function lineageOf(
  index: DocketLookup,
  originKey: string,
  { except = new Set(), siblings = true }: LineageOptions = {},
): Lineage {
  const graph = new DirectedGraph<{ distance: number }>();
  const cases: LineageCase[] = [];
  const missing: string[] = [];
  let truncated = false;
  graph.addNode(originKey, { distance: 0 });
  const queue = [originKey];
  const above = new Set<string>();
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    const distance = graph.getNodeAttribute(key, 'distance');
    const here = index.casesOf(key).filter((each) => !except.has(each));
    if (here.length === 0) missing.push(key);
    for (const earlier of here) {
      if (cases.length < CASES_MAX) cases.push({ earlier, distance });
      else truncated = true;
    }
    if (truncated && cases.length === CASES_MAX) break;
    const join = (from: string, to: string, next: string): void => {
      if (!graph.hasNode(next)) {
        graph.addNode(next, { distance: distance + 1 });
        queue.push(next);
      }
      graph.mergeEdge(from, to);
    };
    for (const { originKey: next } of here) {
      if (next === undefined) continue;
      if (!graph.hasNode(next)) above.add(next);
      join(key, next, next);
    }
    if (!siblings && above.has(key)) continue;
    const below = index.childrenOf(key).filter((each) => !except.has(each));
    if (below.length > CASES_MAX) truncated = true;
    for (const { caseKey } of [...below].sort(compareCases).slice(0, CASES_MAX)) join(caseKey, key, caseKey);
  }
  return { cases, missing, truncated };
}
