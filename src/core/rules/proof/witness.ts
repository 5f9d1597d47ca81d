import type { Value } from '../condition.js';
import type { Diagram } from '../diagram.js';
import type { CaseSpace } from './space.js';

/** One case: a value for every fact that the rules in question read, and what of it is not as in the base case. */
export interface Case {
  readonly values: ReadonlyMap<string, Value>;
  /** 案件类别 and 审级, where the layer knows them. */
  readonly known: ReadonlyMap<string, Value>;
  /** Facts, and parameters nobody published, that differ from the base case; in the order of the rules. */
  readonly departs: readonly string[];
}

/** The case in which a diagram is true that departs least from the base case; undefined where there is none. */
export function cheapest(space: CaseSpace, diagram: Diagram): Case | undefined {
  const costs = new Map<Diagram, { readonly cost: number; readonly index: number }>();
  const costOf = (node: Diagram): number => {
    if (node.kind === 'leaf') return node.value === true ? 0 : Number.POSITIVE_INFINITY;
    const known = costs.get(node);
    if (known) return known.cost;
    const usual = space.axes[node.variable]?.usual ?? 0;
    let best = { cost: Number.POSITIVE_INFINITY, index: 0 };
    for (const [index, child] of node.children.entries()) {
      const cost = costOf(child) + (index === usual ? 0 : 1);
      if (cost < best.cost) best = { cost, index };
    }
    costs.set(node, best);
    return best.cost;
  };
  if (costOf(diagram) === Number.POSITIVE_INFINITY) return undefined;
  const chosen = new Map<number, number>();
  for (let node = diagram; node.kind === 'branch'; ) {
    const index = costs.get(node)?.index ?? 0;
    chosen.set(node.variable, index);
    node = node.children[index] as Diagram;
  }
  const values = new Map<string, Value>([...space.usual, ...space.known]);
  const departs: string[] = [];
  for (const { key, variable, cells, usual } of space.axes) {
    const index = chosen.get(variable) ?? usual;
    const cell = cells[index];
    if (cell) values.set(key, cell.value);
    if (index !== usual) departs.push(key);
  }
  return { values, known: space.known, departs };
}
