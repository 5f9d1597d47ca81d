import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Absence } from '../../../src/core/documents/docket.js';
import { OPEN_ENDED_DAYS } from '../../../src/core/documents/dossier.js';
import { addDays, type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';
import { absentDays } from '../../../src/core/routing/gather.js';
import { runs } from '../../support/arbitraries.js';

const EPOCH = plainDate('2024-02-20');
const HORIZON = 60;
const dayAt = (offset: number): PlainDate => addDays(EPOCH, offset);

/** Walks from day to day and asks of each whether some absence holds it. */
function walked(absences: readonly Absence[], day: number): number {
  const isAway = (date: PlainDate): boolean =>
    absences.some(({ from, to }) => from <= date && (to === undefined || to === null || date <= to));
  let days = 0;
  while (isAway(dayAt(day + days))) if (++days > 3 * HORIZON) return OPEN_ENDED_DAYS;
  return days;
}

const absenceArb: fc.Arbitrary<Absence> = fc
  .tuple(fc.nat(HORIZON), fc.oneof({ weight: 6, arbitrary: fc.nat(12) }, fc.constantFrom(null, undefined)))
  .map(([from, length]) => ({
    from: dayAt(from),
    reason: 'leave' as const,
    ...(length === null && { to: null }),
    ...(typeof length === 'number' && { to: dayAt(from + length) }),
  }));

describe('自某日起连续缺席的天数', () => {
  test('相接、重叠、无终期的缺席,与逐日数的相同', () => {
    fc.assert(
      fc.property(fc.array(absenceArb, { maxLength: 10, size: 'max' }), fc.nat(HORIZON + 15), (absences, day) => {
        expect(absentDays(absences, dayAt(day))).toBe(walked(absences, day));
      }),
      runs(1500),
    );
  });

  test.each<[string, Absence[], number]>([
    ['没有缺席', [], 0],
    ['只有当日', [{ from: dayAt(5), to: dayAt(5), reason: 'sick' }], 1],
    ['前一日结束', [{ from: dayAt(0), to: dayAt(4), reason: 'sick' }], 0],
    ['次日开始', [{ from: dayAt(6), to: dayAt(9), reason: 'sick' }], 0],
    [
      '当日结束,次日又请',
      [
        { from: dayAt(6), to: dayAt(9), reason: 'sick' },
        { from: dayAt(1), to: dayAt(5), reason: 'leave' },
      ],
      5,
    ],
    [
      '中间隔一日',
      [
        { from: dayAt(5), to: dayAt(6), reason: 'sick' },
        { from: dayAt(8), reason: 'leave' },
      ],
      2,
    ],
    [
      '接上无终期的',
      [
        { from: dayAt(5), to: dayAt(6), reason: 'sick' },
        { from: dayAt(7), to: null, reason: 'leave' },
      ],
      OPEN_ENDED_DAYS,
    ],
    ['跨过闰日', [{ from: plainDate('2024-02-25'), to: plainDate('2024-03-01'), reason: 'leave' }], 6],
  ])('%s', (_name, absences, days) => {
    expect(absentDays(absences, dayAt(5))).toBe(days);
  });
});
