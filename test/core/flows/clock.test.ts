import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClockTerms, clockEnd, type Interval, merged } from '../../../src/core/flows/clock.js';
import { addDays, type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';
import { dayKind, isWeekend } from '../../../src/core/law/calendar.js';
import { countPeriod } from '../../../src/core/law/period.js';
import { lawbook } from '../../support/court.js';

const { calendar } = lawbook;
const day = (text: string): PlainDate => plainDate(text);
const START = day('2026-01-01');

const terms = (more: Partial<ClockTerms>): ClockTerms => ({
  from: day('2026-03-09'),
  length: 5,
  unit: 'day',
  matter: 'civil',
  rolls: true,
  excluded: [],
  extended: 0,
  ...more,
});
const due = (more: Partial<ClockTerms>): string => {
  const end = clockEnd(terms(more), calendar);
  return end.kind === 'due' ? end.due : `停于 ${end.since}`;
};
const except = (from: string, to: string | null): Interval => ({ from: day(from), to: to === null ? null : day(to) });

const anInterval = fc
  .tuple(fc.nat(200), fc.nat(30))
  .map(([from, length]): Interval => ({ from: addDays(START, from), to: addDays(START, from + length) }));
const someTerms = fc.record({
  from: fc.nat(120).map((days) => addDays(START, days)),
  length: fc.integer({ min: 1, max: 20 }),
  unit: fc.constantFrom('day' as const, 'working_day' as const),
  rolls: fc.boolean(),
  excluded: fc.array(anInterval, { maxLength: 6 }),
  extended: fc.nat(5),
});

describe('a clock', () => {
  test('without anything left out ends where the period ends', () => {
    fc.assert(
      fc.property(
        someTerms,
        fc.constantFrom('day' as const, 'month' as const, 'working_day' as const),
        (some, unit) => {
          const { from, length, rolls } = some;
          const period = countPeriod({ from, length, unit, matter: 'civil', roll: rolls }, calendar);
          const end = clockEnd(terms({ from, length, unit, rolls }), calendar);
          expect(end).toEqual({ kind: 'due', due: period.due, provisional: period.provisional });
        },
      ),
    );
  });

  test('ends on the last of its days, counted one by one with the days left out passed over', () => {
    fc.assert(
      fc.property(someTerms, ({ from, length, unit, rolls, excluded, extended }) => {
        const isOut = (at: PlainDate): boolean =>
          excluded.some((each) => each.to !== null && each.from <= at && at <= each.to);
        const isWork = (at: PlainDate): boolean => {
          const kind = dayKind(calendar, at);
          return kind === 'work' || (kind === 'unknown' && !isWeekend(at));
        };
        let at = from;
        for (let left = length + extended; left > 0; ) {
          at = addDays(at, 1);
          if (!isOut(at) && (unit === 'day' || isWork(at))) left--;
        }
        while (rolls && unit === 'day' && dayKind(calendar, at) === 'rest') at = addDays(at, 1);
        const end = clockEnd(terms({ from, length, unit, rolls, excluded, extended }), calendar);
        expect(end.kind === 'due' && end.due).toBe(at);
      }),
      { numRuns: 400 },
    );
  });

  test('never ends earlier for being extended, nor for more being left out', () => {
    fc.assert(
      fc.property(someTerms, anInterval, ({ from, length, unit, rolls, excluded, extended }, more) => {
        const base = { from, length, unit, rolls, excluded, extended };
        expect(due({ ...base, extended: extended + 1 }) >= due(base)).toBe(true);
        expect(due({ ...base, excluded: [...excluded, more] }) >= due(base)).toBe(true);
      }),
    );
  });

  test('ends the same in whatever order its intervals are written', () => {
    fc.assert(
      fc.property(someTerms, ({ excluded, ...some }) => {
        expect(due({ ...some, excluded: [...excluded].reverse() })).toBe(due({ ...some, excluded }));
        expect(due({ ...some, excluded: merged(excluded) })).toBe(due({ ...some, excluded }));
      }),
    );
  });

  test.each([
    ['nothing left out: five days, a Saturday, rolled to Monday', {}, '2026-03-16'],
    ['three days in the middle', { excluded: [except('2026-03-10', '2026-03-12')] }, '2026-03-17'],
    [
      'two overlapping intervals count their days once',
      { excluded: [except('2026-03-10', '2026-03-12'), except('2026-03-11', '2026-03-13')] },
      '2026-03-18',
    ],
    ['what lies before the clock', { excluded: [except('2026-03-01', '2026-03-09')] }, '2026-03-16'],
    ['what lies after its end', { excluded: [except('2026-03-16', '2026-03-20')] }, '2026-03-16'],
    ['a pause without an end', { excluded: [except('2026-03-12', null)] }, '停于 2026-03-12'],
    ['a pause that began after the end', { excluded: [except('2026-03-17', null)] }, '2026-03-16'],
    ['two working days over a weekend', { from: day('2026-03-13'), length: 2, unit: 'working_day' }, '2026-03-17'],
    [
      'two working days, the first left out',
      { from: day('2026-03-13'), length: 2, unit: 'working_day', excluded: [except('2026-03-16', '2026-03-16')] },
      '2026-03-18',
    ],
    [
      'a month and three days left out, which does not roll',
      {
        from: day('2026-01-31'),
        length: 1,
        unit: 'month',
        rolls: false,
        excluded: [except('2026-02-10', '2026-02-12')],
      },
      '2026-03-03',
    ],
  ] satisfies [string, Partial<ClockTerms>, string][])('%s', (_, more, expected) => {
    expect(due(more)).toBe(expected);
  });

  test('in a year whose holidays are not published says so', () => {
    expect(clockEnd(terms({ from: day('2027-01-29') }), calendar)).toMatchObject({ kind: 'due', provisional: true });
  });
});
