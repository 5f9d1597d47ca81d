import { byCodePoint } from '../kernel/order.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { CaseDay } from '../rules/case-days.js';
import type { RuleBook } from '../rules/rulebook.js';
import { type CourtPlace, type Difference, differencesBetween, speaksIn, type Window } from './differences.js';

/** What of a release holds for days before it came into force, in one court. */
export interface Retroactive extends Pick<Difference, 'kind' | 'id' | 'name'> {
  readonly windows: readonly Window[];
}

/**
 * What a release says of days before the one from which it decides: filings whose day of that kind is one of these and decided before it were decided by
 * other words. Only what has days of its own (施行) is told; tables without them hold from the release on.
 */
export function retroactiveIn(
  before: RuleBook,
  after: RuleBook,
  effectiveOn: PlainDate,
  court: CourtPlace,
): Retroactive[] {
  return differencesBetween(before, after)
    .filter(({ reach }) => speaksIn(reach, court, [before, after]))
    .map(({ kind, id, name, windows }) => ({
      kind,
      id,
      name,
      windows: windows.flatMap((each) => until(each, effectiveOn)),
    }))
    .filter(({ windows }) => windows.length > 0);
}

/** The days of a window that lie before a day. */
function until(window: Window, day: PlainDate): Window[] {
  if (window.from >= day) return [];
  return [{ ...window, to: window.to === null || window.to > day ? day : window.to }];
}

/** The days of several windows, each once, in order. */
export function unionOf(windows: readonly Window[]): Window[] {
  const sorted = [...windows].sort((a, b) => byCodePoint(`${a.by} ${a.from}`, `${b.by} ${b.from}`));
  const union: { by: CaseDay; from: PlainDate; to: PlainDate | null }[] = [];
  for (const { by, from, to } of sorted) {
    const last = union.at(-1);
    if (last?.by === by && (last.to === null || from <= last.to)) {
      if (last.to !== null && (to === null || to > last.to)) last.to = to;
    } else union.push({ by, from, to });
  }
  return union;
}
