import { addDays, addMonths, lastOfMonth, type PlainDate } from '../kernel/plain-date.js';
import { invariant } from '../kernel/result.js';
import { type Calendar, dayKind, firstWorkingDayAfter, isWeekend } from './calendar.js';

/** Units of procedural periods. The laws count calendar days and months; working days stand in internal rules only. */
export const PERIOD_UNITS = ['day', 'working_day', 'month'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** Which procedure's rules of counting apply; enforcement follows the procedure of its instrument. */
export type PeriodMatter = 'civil' | 'criminal' | 'administrative';

export const periodMatterOf = (matter: PeriodMatter | 'enforcement'): PeriodMatter =>
  matter === 'enforcement' ? 'civil' : matter;

/** The longest period that is counted, by unit: about a century each. The caller refuses longer ones in its own words. */
export const LONGEST_PERIOD: Readonly<Record<PeriodUnit, number>> = { day: 36_500, working_day: 36_500, month: 1_200 };

/** A period to be counted. */
export type PeriodRequest = {
  /** The day of the event, which is not counted. */
  readonly from: PlainDate;
  /** A whole number of units, from 1 to `LONGEST_PERIOD`. */
  readonly length: number;
  readonly unit: PeriodUnit;
  readonly matter: PeriodMatter;
  /** A limit of custody: it ends on its day, whatever day that is (刑事诉讼法105). */
  readonly custody?: boolean;
  /** Whether a last day that is a rest day moves on; false for a court's own limits where it does not let them roll. */
  readonly roll: boolean;
};

/** A period that was counted. */
export type Period = {
  readonly from: PlainDate;
  /** The last day of the period. */
  readonly due: PlainDate;
  /** The last day before any rolling. */
  readonly unrolled: PlainDate;
  /** `due` is later than `unrolled`. */
  readonly rolled: boolean;
  /** A day on which the result rests is not covered by the calendar: `due` may yet move. */
  readonly provisional: boolean;
};

/**
 * The corresponding day, else the last of the month (民法典202). In criminal procedure a period that starts on a month's last
 * day ends on one (刑诉法解释202): 28 February plus one month is 31 March.
 */
function monthsAfter(from: PlainDate, months: number, matter: PeriodMatter): PlainDate {
  const end = addMonths(from, months);
  return matter === 'criminal' && from === lastOfMonth(from) ? lastOfMonth(end) : end;
}

/** Days that the calendar does not cover count by the weekday, and make the result provisional. */
function workingDaysAfter(from: PlainDate, count: number, calendar: Calendar): Period {
  let day = from;
  let provisional = false;
  for (let left = count; left > 0; ) {
    day = addDays(day, 1);
    const kind = dayKind(calendar, day);
    if (kind === 'unknown') provisional = true;
    if (kind === 'work' || (kind === 'unknown' && !isWeekend(day))) left--;
  }
  return { from, due: day, unrolled: day, rolled: false, provisional };
}

/**
 * The end of a period (民事诉讼法85, 刑事诉讼法105, 行诉法解释48). The day of the event is not counted; days and months run through
 * rest days, and only a last day that is one moves to the first working day after it, make-up Saturdays and Sundays being working
 * days. Custody never moves. Where a day that decides is not covered by the calendar, `due` is the un-rolled day and
 * `provisional` is true; what does not roll is never provisional, unless it is counted in working days.
 *
 * @throws InvariantError for a length that is not a whole number within bounds
 */
export function countPeriod(request: PeriodRequest, calendar: Calendar): Period {
  const { from, length, unit, matter, custody = false, roll } = request;
  invariant(
    Number.isInteger(length) && length >= 1 && length <= LONGEST_PERIOD[unit],
    `a period of ${length} ${unit} cannot be counted`,
  );
  if (unit === 'working_day') return workingDaysAfter(from, length, calendar);
  const unrolled = unit === 'day' ? addDays(from, length) : monthsAfter(from, length, matter);
  const asItIs: Period = { from, due: unrolled, unrolled, rolled: false, provisional: false };
  if (!roll || custody) return asItIs;
  const kind = dayKind(calendar, unrolled);
  if (kind === 'work') return asItIs;
  const due = kind === 'rest' ? firstWorkingDayAfter(calendar, unrolled) : undefined;
  return due === undefined ? { ...asItIs, provisional: true } : { ...asItIs, due, rolled: true };
}
