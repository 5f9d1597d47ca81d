import { addDays, daysBetween, type PlainDate } from '../kernel/plain-date.js';
import { type Calendar, dayKind, isWeekend } from '../law/calendar.js';
import { countPeriod, type PeriodMatter, type PeriodUnit } from '../law/period.js';

/** Days that do not count, both ends included; an open end is still running. */
export interface Interval {
  readonly from: PlainDate;
  readonly to: PlainDate | null;
}

/** What a clock counts: from which day on, how long, and which days it leaves out. */
export interface ClockTerms {
  /** The day of the event, which is not counted. */
  readonly from: PlainDate;
  readonly length: number;
  readonly unit: PeriodUnit;
  readonly matter: PeriodMatter;
  readonly rolls: boolean;
  /** 扣除: pauses and excluded periods; they may touch and overlap. */
  readonly excluded: readonly Interval[];
  /** 延长, in the clock's own unit. */
  readonly extended: number;
}

/** When a clock runs out, or that it stands still. */
export type ClockEnd =
  | { readonly kind: 'due'; readonly due: PlainDate; readonly provisional: boolean }
  | { readonly kind: 'paused'; readonly since: PlainDate };

/** Intervals in order, those that touch or overlap made one: a day that is left out for two reasons is left out once. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals]
    .filter(({ from, to }) => to === null || from <= to)
    .sort((a, b) => daysBetween(b.from, a.from));
  const result: Interval[] = [];
  for (const { from, to } of sorted) {
    const last = result.at(-1);
    if (last && (last.to === null || from <= addDays(last.to, 1))) {
      const end = last.to === null || to === null ? null : to > last.to ? to : last.to;
      result[result.length - 1] = { from: last.from, to: end };
    } else result.push({ from, to });
  }
  return result;
}

/** How a clock came to its end, step by step. */
export interface ClockCount {
  /** The last day before anything was left out. */
  readonly counted: PlainDate;
  /** What was left out within it, in order: what touches or overlaps is one. */
  readonly excluded: readonly { readonly from: PlainDate; readonly to: PlainDate }[];
  /** The rest days that the last day rolled past. */
  readonly rolledPast: readonly PlainDate[];
  readonly end: ClockEnd;
}

/**
 * When a clock ends. Days that are left out push the last day back one for one; only then does it roll past rest days. Months run to
 * the corresponding day first. A clock that is paused by an interval without an end, begun before it ran out, has no due day.
 *
 * @throws InvariantError for lengths beyond `LONGEST_PERIOD`
 */
export const clockEnd = (terms: ClockTerms, calendar: Calendar): ClockEnd => countClock(terms, calendar).end;

/** As `clockEnd`, with the steps that lead there. */
export function countClock(terms: ClockTerms, calendar: Calendar): ClockCount {
  const { from, unit, matter, rolls } = terms;
  const length = terms.length + terms.extended;
  const whole = countPeriod({ from, length, unit, matter, roll: false }, calendar);
  const counted = whole.unrolled;
  const excluded: { from: PlainDate; to: PlainDate }[] = [];
  let due = counted;
  for (const interval of merged(terms.excluded)) {
    if (interval.to !== null && interval.to <= from) continue;
    const first = interval.from > from ? interval.from : addDays(from, 1);
    if (first > due) break;
    if (interval.to === null) return { counted, excluded, rolledPast: [], end: { kind: 'paused', since: first } };
    excluded.push({ from: first, to: interval.to });
    due =
      unit === 'working_day'
        ? afterWorkingDays(due, workingDays(first, interval.to, due, calendar), interval.to, calendar)
        : addDays(due, daysBetween(first, interval.to) + 1);
  }
  if (unit === 'working_day') {
    const provisional = whole.provisional || dayKind(calendar, due) === 'unknown';
    return { counted, excluded, rolledPast: [], end: { kind: 'due', due, provisional } };
  }
  if (!rolls) return { counted, excluded, rolledPast: [], end: { kind: 'due', due, provisional: false } };
  const rolled = countPeriod({ from: addDays(due, -1), length: 1, unit: 'day', matter, roll: true }, calendar);
  const rolledPast: PlainDate[] = [];
  for (let day = due; day < rolled.due; day = addDays(day, 1)) rolledPast.push(day);
  const end = { kind: 'due', due: rolled.due, provisional: rolled.provisional } as const;
  return { counted, excluded, rolledPast, end };
}

/** Whether a day counts as worked where working days are counted: outside the calendar's years the weekday decides. */
export const isWorking = (calendar: Calendar, day: PlainDate): boolean => {
  const kind = dayKind(calendar, day);
  return kind === 'work' || (kind === 'unknown' && !isWeekend(day));
};

/** How many of the days up to `due` that the interval takes were working days. */
function workingDays(first: PlainDate, last: PlainDate, due: PlainDate, calendar: Calendar): number {
  let count = 0;
  for (let day = first; day <= last && day <= due; day = addDays(day, 1)) if (isWorking(calendar, day)) count++;
  return count;
}

/** So many working days after a day, none of them before the interval is over. */
function afterWorkingDays(due: PlainDate, count: number, over: PlainDate, calendar: Calendar): PlainDate {
  let day = over > due ? over : due;
  for (let left = count; left > 0; ) {
    day = addDays(day, 1);
    if (isWorking(calendar, day)) left--;
  }
  return day;
}
