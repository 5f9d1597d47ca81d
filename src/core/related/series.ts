import type { EarlierCase } from './earlier-case.js';
import { compareCases, firstFrom, holds } from './postings.js';

/** A series as it stands on one day, without the filing that asks. */
export type Series = {
  readonly first: EarlierCase;
  /** The day asked about, counted from the first case's day, which is day 1. */
  readonly day: number;
  /** Its cases up to that day. */
  readonly size: number;
  /** The lists that it was cut from, and the days that it runs from and was asked about. */
  readonly lists: readonly (readonly EarlierCase[])[];
  readonly from: number;
  readonly to: number;
};

/** The earliest case on or after `day` in any of the lists. */
function earliestFrom(lists: readonly (readonly EarlierCase[])[], day: number): EarlierCase | undefined {
  let earliest: EarlierCase | undefined;
  for (const list of lists) {
    const found = list[firstFrom(list, day)];
    if (found !== undefined && (earliest === undefined || compareCases(found, earliest) < 0)) earliest = found;
  }
  return earliest;
}

/**
 * The series that a filing of `day` joins. The cases of all lists (each sorted) are cut greedily: the first opens a series, which
 * takes in what comes up to `windowDays` later, its own day being day 1; the next one after that opens another. Undefined where
 * the day would open a new one.
 *
 * The cuts are found anew by binary search, one step a series: a party with a case on each day of ten years takes 520 steps, 0.05 ms,
 * and a case added with an earlier date needs no repair.
 */
export function seriesOf(
  lists: readonly (readonly EarlierCase[])[],
  day: number,
  windowDays: number,
): Series | undefined {
  if (windowDays < 1) return undefined;
  for (let from = Number.NEGATIVE_INFINITY; ; ) {
    const first = earliestFrom(lists, from);
    if (first === undefined || first.day > day) return undefined;
    if (day < first.day + windowDays) {
      const size = countBetween(lists, first.day, day);
      return { first, day: day - first.day + 1, size, lists, from: first.day, to: day };
    }
    from = first.day + windowDays;
  }
}

/** How many cases the lists hold between those days, each once; only the shorter lists are counted one by one. */
export function countBetween(lists: readonly (readonly EarlierCase[])[], from: number, to: number): number {
  const ranges = lists
    .map((list) => ({ list, start: firstFrom(list, from), end: firstFrom(list, to + 1) }))
    .filter(({ start, end }) => end > start)
    .sort((x, y) => y.end - y.start - (x.end - x.start));
  let count = 0;
  for (const [place, { list, start, end }] of ranges.entries()) {
    if (place === 0) {
      count = end - start;
      continue;
    }
    const before = ranges.slice(0, place);
    for (let at = start; at < end; at++) {
      const each = list[at];
      if (each !== undefined && !before.some((range) => holds(range.list, each))) count++;
    }
  }
  return count;
}

/** Whether the case is one of the series. */
export const isMember = ({ lists, from, to }: Series, earlier: EarlierCase): boolean =>
  earlier.day >= from && earlier.day <= to && lists.some((list) => holds(list, earlier));

/** The newest cases of the series, newest last; all of them where no number is given. */
export function newestOf({ lists, from, to }: Series, count = Number.POSITIVE_INFINITY): EarlierCase[] {
  return newestBetween(lists, { from, to, count });
}

/** The newest cases of those days in any of the lists, each once, in order. */
export function newestBetween(
  lists: readonly (readonly EarlierCase[])[],
  { from, to, count }: { readonly from: number; readonly to: number; readonly count: number },
): EarlierCase[] {
  const found = new Set<EarlierCase>();
  for (const list of lists) {
    const end = firstFrom(list, to + 1);
    const start = Math.max(firstFrom(list, from), end - count);
    for (let at = start; at < end; at++) {
      const each = list[at];
      if (each !== undefined) found.add(each);
    }
  }
  const sorted = [...found].sort(compareCases);
  return sorted.length > count ? sorted.slice(sorted.length - count) : sorted;
}
