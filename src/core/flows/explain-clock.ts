import { addDays, daysBetween, type PlainDate } from '../kernel/plain-date.js';
import { type Calendar, isWeekend } from '../law/calendar.js';
import { type ClockEnd, type ClockTerms, countClock, isWorking } from './clock.js';

/** A rest day that a clock passed over, and what makes it one. */
export interface RestDay {
  readonly day: PlainDate;
  readonly why: 'weekend' | 'holiday';
}

/**
 * How a clock came to its last day, so that anybody can count after it: from the day that is not counted, so many units, so many days
 * left out, so many rest days passed over.
 */
export interface ClockExplanation {
  readonly from: PlainDate;
  readonly length: number;
  readonly unit: ClockTerms['unit'];
  /** 延长, in the same unit. */
  readonly extended: number;
  /** The last day before anything was left out. */
  readonly counted: PlainDate;
  /** 扣除, each with its days, both ends included. */
  readonly excluded: readonly { readonly from: PlainDate; readonly to: PlainDate; readonly days: number }[];
  /** Of working days: every rest day on the way that was not left out already. Else those that the last day rolled past. */
  readonly rest: readonly RestDay[];
  /** Whether a last day that is a rest day would have moved. */
  readonly rolls: boolean;
  readonly end: ClockEnd;
}

export function explainClock(terms: ClockTerms, calendar: Calendar): ClockExplanation {
  const { counted, excluded, rolledPast, end } = countClock(terms, calendar);
  const { from, length, unit, extended, rolls } = terms;
  const isOut = (day: PlainDate): boolean => excluded.some((each) => each.from <= day && day <= each.to);
  const passed = unit === 'working_day' ? notWorked(from, end, calendar).filter((day) => !isOut(day)) : rolledPast;
  return {
    from,
    length,
    unit,
    extended,
    counted,
    excluded: excluded.map((each) => ({ ...each, days: daysBetween(each.from, each.to) + 1 })),
    rest: passed.map((day) => ({ day, why: isWeekend(day) ? 'weekend' : 'holiday' })),
    rolls,
    end,
  };
}

/** The days of a clock that were not worked; none while it stands still. */
function notWorked(from: PlainDate, end: ClockEnd, calendar: Calendar): PlainDate[] {
  const days: PlainDate[] = [];
  if (end.kind === 'paused') return days;
  for (let day = addDays(from, 1); day <= end.due; day = addDays(day, 1)) {
    if (!isWorking(calendar, day)) days.push(day);
  }
  return days;
}
