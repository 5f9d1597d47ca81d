import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClockTerms, clockEnd, type Interval } from '../../../src/core/flows/clock.js';
import { type ClockExplanation, explainClock } from '../../../src/core/flows/explain-clock.js';
import { addDays, addMonths, daysBetween, type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';
import { runs } from '../../support/arbitraries.js';
import { lawbook } from '../../support/court.js';

const { calendar } = lawbook;
const START = plainDate('2026-01-01');

const anInterval = fc.tuple(fc.nat(200), fc.option(fc.nat(30), { nil: null, freq: 9 })).map(
  ([from, length]): Interval => ({
    from: addDays(START, from),
    to: length === null ? null : addDays(START, from + length),
  }),
);
const someTerms: fc.Arbitrary<ClockTerms> = fc.record({
  from: fc.nat(300).map((days) => addDays(START, days)),
  length: fc.integer({ min: 1, max: 25 }),
  unit: fc.constantFrom('day', 'working_day', 'month'),
  matter: fc.constantFrom('civil', 'administrative'),
  rolls: fc.boolean(),
  excluded: fc.array(anInterval, { maxLength: 6 }),
  extended: fc.nat(5),
});

/** The last day as whoever reads the explanation works it out, with nothing but what stands there. */
function reckoned({ from, length, extended, unit, excluded, rest }: ClockExplanation): PlainDate {
  const units = length + extended;
  const start = unit === 'month' ? addMonths(from, units) : addDays(from, units);
  const leftOut = excluded.reduce((sum, { days }) => sum + days, 0);
  return addDays(start, leftOut + rest.length);
}

describe('the explanation of a clock', () => {
  test('leads, by its own arithmetic, to the day on which the clock ends', () => {
    fc.assert(
      fc.property(someTerms, (terms) => {
        const explanation = explainClock(terms, calendar);
        const end = clockEnd(terms, calendar);
        expect(explanation.end).toEqual(end);
        if (end.kind === 'due') expect(reckoned(explanation)).toBe(end.due);
      }),
      runs(1000),
    );
  });

  test('counts no day twice: what is left out lies apart, and no rest day in it', () => {
    fc.assert(
      fc.property(someTerms, (terms) => {
        const { excluded, rest, end, from } = explainClock(terms, calendar);
        for (const [index, { from: first, to, days }] of excluded.entries()) {
          expect(days).toBe(daysBetween(first, to) + 1);
          const next = excluded[index + 1];
          if (next) expect(next.from > addDays(to, 1)).toBe(true);
          expect(rest.some(({ day }) => first <= day && day <= to)).toBe(false);
        }
        expect(new Set(rest.map(({ day }) => day)).size).toBe(rest.length);
        if (end.kind === 'due') expect(rest.every(({ day }) => from < day && day < end.due)).toBe(true);
      }),
      runs(500),
    );
  });

  test('五日,末日星期六:顺延两日', () => {
    const terms: ClockTerms = {
      from: plainDate('2026-03-09'),
      length: 5,
      unit: 'day',
      matter: 'civil',
      rolls: true,
      excluded: [],
      extended: 0,
    };
    expect(explainClock(terms, calendar)).toMatchObject({
      counted: '2026-03-14',
      rest: [
        { day: '2026-03-14', why: 'weekend' },
        { day: '2026-03-15', why: 'weekend' },
      ],
      end: { kind: 'due', due: '2026-03-16' },
    });
  });

  test('国庆节里的休假日写作法定休假日', () => {
    const terms: ClockTerms = {
      from: plainDate('2026-09-28'),
      length: 3,
      unit: 'day',
      matter: 'civil',
      rolls: true,
      excluded: [],
      extended: 0,
    };
    const { rest } = explainClock(terms, calendar);
    expect(rest[0]).toEqual({ day: '2026-10-01', why: 'holiday' });
    expect(rest.map(({ why }) => why)).toContain('weekend');
  });
});
