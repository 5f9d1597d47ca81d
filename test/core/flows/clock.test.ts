import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClockTerms } from '../../../src/core/flows/clock.js';
import * as clock from '../../../src/core/flows/clock.js';
import { countPeriod } from '../../../src/core/law/period.js';
import { anInterval, CLOCK_CHECKS, dueIn, someTerms, terms } from '../../support/clock-checks.js';
import { lawbook } from '../../support/court.js';

const { calendar } = lawbook;
const { clockEnd, merged } = clock;
const due = (more: Partial<ClockTerms>): string => dueIn(clock, more);

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

  test.each(CLOCK_CHECKS.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run(clock));
});
