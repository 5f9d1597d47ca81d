import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayOfWeek,
  daysBetween,
  lastOfMonth,
  plainDate,
} from '../../../src/core/kernel/plain-date.js';
import { dayKind } from '../../../src/core/law/calendar.js';
import { countPeriod, type PeriodMatter, type PeriodUnit } from '../../../src/core/law/period.js';
import { calendarFiles, calendarOf, shipped } from './load.js';

const from = fc.integer({ min: 0, max: 8200 }).map((days) => addDays(plainDate('2004-01-01'), days));
const matter = fc.constantFrom<PeriodMatter>('civil', 'criminal', 'administrative');
const unit = fc.constantFrom<PeriodUnit>('day', 'working_day', 'month');
const length = fc.integer({ min: 1, max: 60 });
const request = fc.record({ from, length, unit, matter, roll: fc.boolean() });
const count = (on: string, n: number, of: PeriodUnit, kind: PeriodMatter = 'civil', roll = true) =>
  countPeriod({ from: plainDate(on), length: n, unit: of, matter: kind, roll }, shipped);

describe('期间的性质', () => {
  it('the day of the event is not counted', () => {
    fc.assert(
      fc.property(from, length, matter, (day, days, kind) => {
        const { unrolled } = countPeriod({ from: day, length: days, unit: 'day', matter: kind, roll: true }, shipped);
        expect(daysBetween(day, unrolled)).toBe(days);
      }),
    );
  });

  it('never ends on a rest day when it rolls', () => {
    fc.assert(
      fc.property(request, (each) => {
        const { due, provisional } = countPeriod({ ...each, roll: true }, shipped);
        if (!provisional) expect(dayKind(shipped, due)).toBe('work');
      }),
    );
  });

  it('moves on only over rest days, and says so', () => {
    fc.assert(
      fc.property(request, (each) => {
        const { due, unrolled, rolled, provisional } = countPeriod(each, shipped);
        expect(rolled).toBe(due > unrolled);
        expect(due >= unrolled).toBe(true);
        expect(rolled && (provisional || !each.roll)).toBe(false);
        for (let day = unrolled; day < due; day = addDays(day, 1)) expect(dayKind(shipped, day)).toBe('rest');
      }),
    );
  });

  it('a later event never gives an earlier end, nor does a longer period', () => {
    fc.assert(
      fc.property(request, fc.integer({ min: 0, max: 40 }), (each, later) => {
        const { due } = countPeriod(each, shipped);
        expect(countPeriod({ ...each, from: addDays(each.from, later) }, shipped).due >= due).toBe(true);
        expect(countPeriod({ ...each, length: each.length + later }, shipped).due >= due).toBe(true);
      }),
    );
  });

  it('custody ends on its day and is never provisional', () => {
    fc.assert(
      fc.property(from, length, fc.constantFrom<PeriodUnit>('day', 'month'), (day, n, of) => {
        const period = { from: day, length: n, unit: of, matter: 'criminal', roll: true } as const;
        const { due, unrolled, rolled, provisional } = countPeriod({ ...period, custody: true }, shipped);
        expect([due, rolled, provisional]).toEqual([unrolled, false, false]);
      }),
    );
  });

  it('months end on the corresponding day or the last of the month', () => {
    fc.assert(
      fc.property(from, length, fc.constantFrom<PeriodMatter>('civil', 'administrative'), (day, months, kind) => {
        const { due } = countPeriod({ from: day, length: months, unit: 'month', matter: kind, roll: false }, shipped);
        expect(due === lastOfMonth(due) || due.slice(8) === day.slice(8)).toBe(true);
        expect(due).toBe(addMonths(day, months));
      }),
    );
  });

  it('criminal months from a last day of a month end on one; otherwise they are as civil ones', () => {
    fc.assert(
      fc.property(from, length, fc.boolean(), (any, months, last) => {
        const day = last ? lastOfMonth(any) : any;
        const period = { from: day, length: months, unit: 'month', roll: false } as const;
        const { due } = countPeriod({ ...period, matter: 'criminal' }, shipped);
        if (day === lastOfMonth(day)) expect(due).toBe(lastOfMonth(due));
        else expect(due).toBe(countPeriod({ ...period, matter: 'civil' }, shipped).due);
      }),
    );
  });

  it('as many working days lie in it as were asked for', () => {
    fc.assert(
      fc.property(from, length, (day, days) => {
        const { due, provisional } = countPeriod(
          { from: day, length: days, unit: 'working_day', matter: 'civil', roll: true },
          shipped,
        );
        fc.pre(!provisional);
        let worked = 0;
        for (let at = addDays(day, 1); at <= due; at = addDays(at, 1)) if (dayKind(shipped, at) === 'work') worked++;
        expect(worked).toBe(days);
      }),
    );
  });

  it('beyond the calendar nothing rolls, and every end is provisional', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), length, unit, matter, (days, n, of, kind) => {
        const day = addDays(shipped.lastDay, days);
        const { due, unrolled, provisional } = countPeriod(
          { from: day, length: n, unit: of, matter: kind, roll: true },
          shipped,
        );
        expect([due, provisional]).toEqual([unrolled, true]);
        if (of === 'working_day') expect(dayOfWeek(due)).toBeLessThan(6);
      }),
    );
  });
});

describe('期间的例子', () => {
  it.each([
    ['申请复核 5 日，末日为星期六', '2026-03-09', 5, 'day', 'civil', '2026-03-16'],
    ['首审分流 15 日', '2026-03-09', 15, 'day', 'civil', '2026-03-24'],
    ['首执分流 2 日', '2026-03-18', 2, 'day', 'civil', '2026-03-20'],
    ['6 个月到对应日（星期六）', '2026-03-05', 6, 'month', 'civil', '2026-09-07'],
    ['刑事从 2 月末日到 3 月末日', '2026-02-28', 1, 'month', 'criminal', '2026-03-31'],
    ['民事从 2 月末日到对应日（星期六）', '2026-02-28', 1, 'month', 'civil', '2026-03-30'],
    ['没有对应日，到月末日（补班的星期六）', '2026-01-31', 1, 'month', 'civil', '2026-02-28'],
    ['末日是补班的星期六，不顺延', '2026-02-09', 5, 'day', 'civil', '2026-02-14'],
    ['末日在春节假期，顺延至节后第一个工作日', '2026-02-10', 7, 'day', 'administrative', '2026-02-24'],
    ['5 个工作日跨春节与补班', '2026-02-12', 5, 'working_day', 'civil', '2026-02-26'],
    ['末日元旦，顺延至补班的星期日', '2025-12-25', 7, 'day', 'civil', '2026-01-04'],
  ] as const)('%s', (_what, on, n, of, kind, due) => {
    expect(count(on, n, of, kind)).toMatchObject({ due, provisional: false });
  });

  it('审限不顺延', () => {
    expect(count('2026-03-05', 6, 'month', 'civil', false)).toMatchObject({ due: '2026-09-05', rolled: false });
    expect(count('2026-02-28', 1, 'month', 'civil', false).due).toBe('2026-03-28');
    expect(count('2026-09-01', 6, 'month', 'civil', false)).toMatchObject({ due: '2027-03-01', provisional: false });
  });

  it('2027 is provisional until its year is loaded, and moves then', () => {
    expect(count('2026-12-25', 7, 'day')).toEqual({
      from: '2026-12-25',
      due: '2027-01-01',
      unrolled: '2027-01-01',
      rolled: false,
      provisional: true,
    });
    const text = '年份: 2027\n版本: 测试\n来源: 测试\n休假日:\n  - 2027-01-01\n调休上班: []\n';
    const loaded = calendarOf([...calendarFiles, { file: '2027.yaml', text }]);
    const again = countPeriod(
      { from: plainDate('2026-12-25'), length: 7, unit: 'day', matter: 'civil', roll: true },
      loaded,
    );
    expect(again).toMatchObject({ due: '2027-01-04', rolled: true, provisional: false });
  });

  it('a rest day at the end of the calendar is provisional, since nobody knows what follows', () => {
    const until2025 = calendarOf(calendarFiles.filter(({ file }) => file < '2023.yaml'));
    const period = { from: plainDate('2022-12-26'), length: 5, unit: 'day', matter: 'civil', roll: true } as const;
    expect(countPeriod(period, until2025)).toMatchObject({ due: '2022-12-31', rolled: false, provisional: true });
    expect(countPeriod(period, shipped)).toMatchObject({ due: '2023-01-03', rolled: true, provisional: false });
  });

  it.each([0, -1, 1.5, Number.NaN, 36_501])('a length of %s is a mistake of ours', (n) => {
    expect(() => count('2026-03-09', n, 'day')).toThrow(/cannot be counted/);
  });
});
