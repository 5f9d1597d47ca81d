import { daysBetween } from '../../core/kernel/plain-date.js';
import { workingDaysIn } from '../../core/law/calendar.js';
import { absentDays } from '../../core/routing/gather.js';
import { onOneDay } from '../../core/rules/case-days.js';
import { type ClockLine, listClocks } from '../clocks/list-clocks.js';
import type { Context } from '../ports.js';
import { rulesetOn } from '../rulesets.js';
import { benchOf } from '../stored-filing.js';
import { judgeAway, type NewAbsence, refuseDays, refuseOverlap } from './enter-absence.js';

/** What an absence would do. */
export interface AbsencePreview {
  /** Calendar days, the first and the last included; null while it has no last day. */
  readonly days: number | null;
  /** Null while it has no last day, or where the calendar of a year is not published. */
  readonly workingDays: number | null;
  /** Past how many days earlier cases do not make the judge the owner any more, as the court's rules have it; null where they do not say. */
  readonly longAfterDays: number | null;
  /** It is that long, together with what it touches. */
  readonly isLong: boolean;
  /** What is due in those days, the first due in front. */
  readonly clocks: readonly ClockLine[];
  /** There is more than is shown. */
  readonly more: boolean;
}

const LONG_AFTER = 'ownership.absence_days_max';
const SHOWN = 200;

/**
 * What follows once an absence is entered. Nothing is stored.
 *
 * @throws Refusal as entering it would
 */
export async function previewAbsence(context: Context, absence: Omit<NewAbsence, 'reason'>): Promise<AbsencePreview> {
  const { subject, service } = context;
  const { from, to } = absence;
  const judge = judgeAway(subject, absence);
  const { today, long, away, calendar } = await service.store.read(subject.court, async (tx) => {
    refuseDays(from, to, tx.today);
    await refuseOverlap(tx, judge, from, to);
    const bench = await benchOf(tx);
    const { absences = [] } = bench.docket.judges.find(({ id }) => id === judge) ?? {};
    return {
      today: tx.today,
      calendar: tx.lawbook.calendar,
      long: rulesetOn(bench, onOneDay(from)).parameters.get(LONG_AFTER)?.value,
      away: absentDays([...absences, { from, to: to ?? null }], from),
    };
  });
  const within = to === undefined ? {} : { within: Math.max(daysBetween(today, to), 0) };
  const { items, next } = await listClocks(context, { judge, limit: SHOWN, ...within });
  const longAfterDays = typeof long === 'number' ? long : null;
  return {
    days: to === undefined ? null : daysBetween(from, to) + 1,
    workingDays: to === undefined ? null : (workingDaysIn(calendar, from, to) ?? null),
    longAfterDays,
    isLong: longAfterDays !== null && away > longAfterDays,
    clocks: items.filter(({ due }) => due !== null && due >= from),
    more: next !== null,
  };
}
