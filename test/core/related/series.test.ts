import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCodePoint } from '../../../src/core/kernel/order.js';
import type { EarlierCase } from '../../../src/core/related/earlier-case.js';
import { dayNumber } from '../../../src/core/related/earlier-case.js';
import { insertSorted } from '../../../src/core/related/postings.js';
import { isMember, newestOf, seriesOf } from '../../../src/core/related/series.js';
import { aCase, day, indexOf, seriesBySweep } from './world.js';

const filedOn = (...offsets: readonly number[]): EarlierCase[] => {
  const index = indexOf(...offsets.map((offset, place) => aCase(place + 1, { filedOn: day(offset) })));
  return offsets.flatMap((_, place) => index.casesNamed(`（2026）川1527民初${place + 1}号`));
};
const base = dayNumber(day(0));

describe('系列', () => {
  it('is cut as a plain sweep cuts it, from one list or from several that overlap', () => {
    const offsets = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 25 });
    const cut = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(
        offsets,
        cut,
        fc.integer({ min: 0, max: 45 }),
        fc.integer({ min: 1, max: 9 }),
        (all, parts, on, window) => {
          const cases = filedOn(...all);
          const lists: EarlierCase[][] = [[], []];
          for (const [place, each] of cases.entries()) {
            if (parts[place] !== 1) insertSorted(lists[0] ?? [], each);
            if (parts[place] !== 0) insertSorted(lists[1] ?? [], each);
          }
          const expected = seriesBySweep(cases, base + on, window);
          const series = seriesOf(lists, base + on, window);
          expect(series?.first).toBe(expected?.[0]);
          expect(series?.size).toBe(expected?.length);
          if (series === undefined || expected === undefined) return;
          expect(newestOf(series)).toEqual(expected);
          expect(newestOf(series, 3)).toEqual(expected.slice(-3));
          for (const each of cases) expect(isMember(series, each)).toBe(expected.includes(each));
          expect(series.day).toBe(base + on - series.first.day + 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('首案当日为第一日，第七日仍在系列内，第八日另起', () => {
    const list = filedOn(0);
    expect(seriesOf([list], base, 7)?.day).toBe(1);
    expect(seriesOf([list], base + 6, 7)?.day).toBe(7);
    expect(seriesOf([list], base + 7, 7)).toBeUndefined();
    expect(seriesOf([list], base - 1, 7)).toBeUndefined();
  });

  it('不逐案顺延：第五日的案件不把系列拉长', () => {
    const list = filedOn(0, 4);
    expect(seriesOf([list], base + 8, 7)).toBeUndefined();
  });

  it('orders numbers by code point', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 6 });
    fc.assert(
      fc.property(texts, texts, (x, y) => {
        const [a, b] = [x, y].map((text) => [...text].map((each) => each.codePointAt(0) ?? 0));
        const differing = a?.findIndex((point, place) => point !== b?.[place]) ?? -1;
        const expected =
          differing < 0 || b?.[differing] === undefined
            ? x.length - y.length
            : (a?.[differing] ?? 0) - (b[differing] ?? 0);
        expect(Math.sign(byCodePoint(x, y))).toBe(Math.sign(expected));
      }),
    );
  });
});
