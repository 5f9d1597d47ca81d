import type { FilingRow } from '../api/types.js';

/** Those that wait with questions, in the order in which they run out. */
export function inQueue(rows: readonly FilingRow[]): FilingRow[] {
  const due = ({ waiting, clock }: FilingRow): string => waiting?.due ?? clock?.due ?? '9999';
  return rows
    .filter(({ waiting }) => (waiting?.questions ?? 0) > 0)
    .sort((a, b) => (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : 0));
}

/** Which filing to answer after one is done; undefined when there is none left that was not passed over. */
export function nextWaiting(rows: readonly FilingRow[], passed: ReadonlySet<string>): FilingRow | undefined {
  return inQueue(rows).find(({ id }) => !passed.has(id));
}
