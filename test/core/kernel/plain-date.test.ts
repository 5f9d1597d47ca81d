import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { parsePlainDate } from '../../../src/core/kernel/plain-date.js';

const existing = (text: string): boolean => {
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
};

test('a day is read exactly when it exists, 1900 to 2199', () => {
  const two = fc.integer({ min: 0, max: 40 }).map((number) => String(number).padStart(2, '0'));
  fc.assert(
    fc.property(fc.integer({ min: 1900, max: 2199 }), two, two, (year, month, day) => {
      const text = `${year}-${month}-${day}`;
      expect(parsePlainDate(text) !== undefined).toBe(existing(text));
    }),
    { numRuns: 3000 },
  );
});

test.each([
  '2026-02-30',
  '1899-12-31',
  '2200-01-01',
  '2026-2-03',
  '２０２６-01-01',
  '2026-01-01T00:00',
  '',
  '2026-00-10',
  '2026-01-00',
])('%s is no day', (text) => expect(parsePlainDate(text)).toBeUndefined());

test('leap days', () => {
  expect(
    ['2000-02-29', '1900-02-29', '2024-02-29', '2026-02-29', '2100-02-29'].map(
      (text) => parsePlainDate(text) !== undefined,
    ),
  ).toEqual([true, false, true, false, false]);
});
