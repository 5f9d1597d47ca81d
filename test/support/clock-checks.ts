/** How a clock of a flow counts its days. Each check has a name and fails by throwing. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type * as shipped from '../../src/core/flows/clock.js';
import type { ClockTerms, Interval } from '../../src/core/flows/clock.js';
import { addDays, type PlainDate, plainDate } from '../../src/core/kernel/plain-date.js';
import { dayKind, isWeekend } from '../../src/core/law/calendar.js';
import { LONGEST_PERIOD } from '../../src/core/law/period.js';
import { lawbook } from './court.js';

export type Clock = typeof shipped;

export interface ClockCheck {
  readonly name: string;
  readonly run: (clock: Clock) => void;
}

const { calendar } = lawbook;
const day = (text: string): PlainDate => plainDate(text);
const START = day('2026-01-01');
/** The first day that the calendar covers. */
const FIRST_KNOWN = day('2004-01-01');

export const terms = (more: Partial<ClockTerms>): ClockTerms => ({
  from: day('2026-03-09'),
  length: 5,
  unit: 'day',
  matter: 'civil',
  rolls: true,
  excluded: [],
  extended: 0,
  ...more,
});
export const dueIn = ({ clockEnd }: Pick<Clock, 'clockEnd'>, more: Partial<ClockTerms>): string => {
  const end = clockEnd(terms(more), calendar);
  return end.kind === 'due' ? end.due : `停于 ${end.since}`;
};
const except = (from: string, to: string | null): Interval => ({ from: day(from), to: to === null ? null : day(to) });

export const anInterval = fc
  .tuple(fc.nat(200), fc.nat(30))
  .map(([from, length]): Interval => ({ from: addDays(START, from), to: addDays(START, from + length) }));
export const someTerms = fc.record({
  from: fc.nat(120).map((days) => addDays(START, days)),
  length: fc.integer({ min: 1, max: 20 }),
  unit: fc.constantFrom('day' as const, 'working_day' as const),
  rolls: fc.boolean(),
  excluded: fc.array(anInterval, { maxLength: 6 }),
  extended: fc.nat(5),
});

const isWork = (at: PlainDate): boolean => {
  const kind = dayKind(calendar, at);
  return kind === 'work' || (kind === 'unknown' && !isWeekend(at));
};

const EXAMPLES: readonly (readonly [string, Partial<ClockTerms>, string])[] = [
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
  ['a pause that began on the last day', { excluded: [except('2026-03-14', null)] }, '停于 2026-03-14'],
  ['a pause that began before it', { excluded: [except('2026-03-02', null)] }, '停于 2026-03-10'],
  ['what ends on the day it counts from', { excluded: [except('2026-03-02', '2026-03-09')] }, '2026-03-16'],
  [
    'an interval that touches a pause belongs to it',
    { excluded: [except('2026-03-11', '2026-03-12'), except('2026-03-13', null)] },
    '停于 2026-03-11',
  ],
  ['one whose end is before its beginning', { excluded: [except('2026-03-12', '2026-03-11')] }, '2026-03-16'],
];

/** Where a clock ends, or since when it stands still, counted one day after the other. */
function walked({ from, length, unit, rolls, excluded, extended }: ClockTerms): string {
  const outAt = (at: PlainDate): Interval[] =>
    excluded.filter((each) => each.from <= at && (each.to === null || at <= each.to));
  let at = from;
  let outSince: PlainDate | undefined;
  for (let left = length + extended; left > 0; ) {
    at = addDays(at, 1);
    const out = outAt(at);
    outSince = out.length > 0 ? (outSince ?? at) : undefined;
    if (outSince !== undefined && out.some(({ to }) => to === null)) return `停于 ${outSince}`;
    if (out.length === 0 && (unit === 'day' || isWork(at))) left--;
  }
  while (rolls && unit === 'day' && dayKind(calendar, at) === 'rest') at = addDays(at, 1);
  return at;
}

const anOpenInterval = fc.nat(200).map((from): Interval => ({ from: addDays(START, from), to: null }));

export const CLOCK_CHECKS: readonly ClockCheck[] = [
  {
    name: 'ends on the last of its days, counted one by one with the days left out passed over',
    run: (clock) => {
      const open = fc.array(anOpenInterval, { maxLength: 1 });
      fc.assert(
        fc.property(someTerms, open, (some, pause) => {
          const all = terms({ ...some, excluded: [...some.excluded, ...pause] });
          assert.equal(dueIn(clock, all), walked(all));
        }),
        { numRuns: 400 },
      );
    },
  },
  {
    name: 'says what it left out and what it rolled past',
    run: ({ countClock }) => {
      const excluded = [except('2026-03-01', '2026-03-10'), except('2026-03-12', '2026-03-12')];
      assert.deepStrictEqual(countClock(terms({ excluded, length: 3 }), calendar), {
        counted: '2026-03-12',
        excluded: [except('2026-03-10', '2026-03-10'), except('2026-03-12', '2026-03-12')],
        rolledPast: ['2026-03-14', '2026-03-15'],
        end: { kind: 'due', due: '2026-03-16', provisional: false },
      });
    },
  },
  {
    name: 'leaves out nothing of what ended before it began',
    run: ({ countClock }) => {
      const excluded = [except('2026-03-02', '2026-03-09')];
      assert.deepStrictEqual(countClock(terms({ excluded }), calendar).excluded, []);
    },
  },
  {
    name: 'takes intervals that touch or overlap for one',
    run: ({ merged }) => {
      const list = [except('2026-03-05', '2026-03-06'), except('2026-03-01', '2026-03-02')];
      assert.deepStrictEqual(merged(list), [...list].reverse());
      const touching = [...list, except('2026-03-03', '2026-03-04')];
      assert.deepStrictEqual(merged(touching), [except('2026-03-01', '2026-03-06')]);
      const within = [except('2026-03-01', '2026-03-09'), except('2026-03-02', '2026-03-03')];
      assert.deepStrictEqual(merged(within), [except('2026-03-01', '2026-03-09')]);
      const open = [except('2026-03-01', null), except('2026-03-02', '2026-03-03')];
      assert.deepStrictEqual(merged(open), [except('2026-03-01', null)]);
      assert.deepStrictEqual(merged([except('2026-03-01', '2026-03-02'), except('2026-03-02', null)]), [
        except('2026-03-01', null),
      ]);
      assert.deepStrictEqual(merged([except('2026-03-02', '2026-03-02')]), [except('2026-03-02', '2026-03-02')]);
      assert.deepStrictEqual(merged([except('2026-03-02', '2026-03-01')]), []);
      assert.deepStrictEqual(merged([except('2026-03-02', '2026-03-05'), except('2026-03-01', null)]), [
        except('2026-03-01', null),
      ]);
    },
  },
  {
    name: 'is of at least one day, and of no more than a period can have',
    run: ({ clockEnd, isWorking }) => {
      for (const length of [0, -1, 1.5, 100_000]) assert.throws(() => clockEnd(terms({ length }), calendar));
      assert.doesNotThrow(() => clockEnd(terms({ length: 1 }), calendar));
      assert.doesNotThrow(() => clockEnd(terms({ length: LONGEST_PERIOD.day }), calendar));
      for (const at of ['2026-03-13', '2026-03-14', '2045-03-10', '2045-03-11'])
        assert.equal(isWorking(calendar, day(at)), isWork(day(at)), at);
    },
  },
  {
    name: 'says so where it ends on, or counted, a day of a year whose holidays are not published',
    run: ({ clockEnd }) => {
      const working = { unit: 'working_day' as const };
      for (const [more, expected] of [
        [{ from: day('2027-01-29') }, true],
        [{ from: day('2027-01-29'), rolls: false }, false],
        [{ from: day('2027-01-29'), ...working }, true],
        [{ from: day('2026-12-23'), ...working }, false],
        [{ from: day('2026-12-23'), ...working, excluded: [except('2026-12-25', '2026-12-31')] }, true],
        [{ from: day('2026-12-23'), excluded: [except('2026-12-25', '2026-12-31')] }, true],
        [{ from: addDays(FIRST_KNOWN, -2), ...working }, true],
      ] satisfies [Partial<ClockTerms>, boolean][]) {
        const end = clockEnd(terms(more), calendar);
        assert.equal(end.kind === 'due' && end.provisional, expected, JSON.stringify(more));
      }
    },
  },
  ...EXAMPLES.map(([name, more, expected]) => ({
    name,
    run: (clock: Clock) => assert.equal(dueIn(clock, more), expected),
  })),
];
