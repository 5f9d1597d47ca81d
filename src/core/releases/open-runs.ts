import type { Flow } from '../flows/flow.js';
import { isAdopted } from '../flows/flows-of.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Lawbook } from '../routing/lawbook.js';

/** How many runs of a flow are open in one state in one court. */
export interface OpenRuns {
  readonly court: string;
  readonly flow: string;
  readonly state: string;
  readonly runs: number;
}

/** A flow, or a state of it, that a release takes from under runs which wait in it. */
export interface Stranded {
  readonly flow: string;
  /** Names, as the rules before have them. */
  readonly flowName: string;
  readonly stateName: string;
  readonly runs: number;
  readonly courts: number;
}

/**
 * Open runs that could not go on: they go by the rules of the day, and these no longer have their flow, the state in which they wait, or the
 * court's adoption of either. What the rules before did not have either is not this release's doing.
 *
 * @param day on which the release is looked at; days from which filings are received by a flow count up to it
 */
export function strandedBy(before: Lawbook, after: Lawbook, open: readonly OpenRuns[], day: PlainDate): Stranded[] {
  const found = new Map<string, Stranded>();
  for (const { court, flow: key, state: at, runs } of open) {
    const was = flowIn(before, court, key, day);
    const state = was?.states.find((each) => each.key === at);
    if (was === undefined || state === undefined) continue;
    const is = flowIn(after, court, key, day);
    const isKept = is?.states.some((each) => each.key === at && !each.isFinal) === true;
    if (isKept && !isShortened(was, is, day)) continue;
    const known = found.get(`${key} ${at}`);
    found.set(`${key} ${at}`, {
      flow: key,
      flowName: was.name,
      stateName: state.name,
      runs: runs + (known?.runs ?? 0),
      courts: 1 + (known?.courts ?? 0),
    });
  }
  return [...found.values()];
}

/** The flow of that key as far as the court has adopted it, whenever it is in force. */
const flowIn = ({ flows, book }: Lawbook, court: string, key: string, day: PlainDate): Flow | undefined =>
  flows.find((flow) => flow.key === key && isAdopted(flow, book, court, day));

/** Whether filings that were received by a day under the flow before have none by the flow after. */
const isShortened = (was: Flow, is: Flow, day: PlainDate): boolean =>
  is.validFrom > was.validFrom ||
  (is.validTo !== null && is.validTo <= day && (was.validTo === null || is.validTo < was.validTo));
