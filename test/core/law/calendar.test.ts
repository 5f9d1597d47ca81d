import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';
import {
  buildCalendar,
  dayKind,
  firstWorkingDayAfter,
  isRestDay,
  parseCalendarYear,
  workingDaysIn,
} from '../../../src/core/law/calendar.js';
import { calendarFiles, calendarOf, shipped } from './load.js';

const anyDay = fc.integer({ min: 0, max: 12_000 }).map((days) => addDays(plainDate('2000-01-01'), days));
const kind = (day: string) => dayKind(shipped, plainDate(day));
const YEAR_2027 = `年份: 2027
版本: 测试
来源: 测试
休假日:
  - 2027-01-01
调休上班:
  - 2026-12-26
`;
const withYear = (text: string) => calendarOf([...calendarFiles, { file: '2027.yaml', text }]);

/** The State Council's notice of 2025-11-04, from which the days below were taken independently of the package. */
const NOTICE_2026: readonly (readonly [string, string])[] = [
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
];
const MAKE_UP_2026 = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];

describe('工作日历', () => {
  it('answers for the days it covers and for no other', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const covered = day >= shipped.firstDay && day <= shipped.lastDay;
        expect(dayKind(shipped, day) === 'unknown').toBe(!covered);
        expect(isRestDay(shipped, day) === undefined).toBe(!covered);
      }),
    );
  });

  it('the first working day after a day is worked, and every day between rests', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const next = firstWorkingDayAfter(shipped, day);
        if (next === undefined) return;
        expect(dayKind(shipped, next)).toBe('work');
        for (let at = addDays(day, 1); at < next; at = addDays(at, 1)) expect(dayKind(shipped, at)).toBe('rest');
      }),
    );
  });

  it('working days of a stretch are those of its two parts, and are told of no day that is not covered', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(400), fc.nat(400), (from, first, second) => {
        const middle = addDays(from, first);
        const to = addDays(middle, second + 1);
        const [whole, left, right] = [
          workingDaysIn(shipped, from, to),
          workingDaysIn(shipped, from, middle),
          workingDaysIn(shipped, addDays(middle, 1), to),
        ];
        expect(whole === undefined).toBe(left === undefined || right === undefined);
        expect(whole === undefined).toBe(from < shipped.firstDay || to > shipped.lastDay);
        if (whole !== undefined) expect(whole).toBe((left ?? 0) + (right ?? 0));
        expect(workingDaysIn(shipped, from, from)).toBe({ work: 1, rest: 0, unknown: undefined }[kind(from)]);
      }),
    );
    // The Spring Festival of 2026 with the Saturday before it, which is worked.
    expect(workingDaysIn(shipped, plainDate('2026-02-14'), plainDate('2026-02-24'))).toBe(2);
  });

  it('agrees with the package that it came from on every day of every year', () => {
    const require = createRequire(import.meta.url);
    const days: Record<'holidays' | 'workdays', Record<string, string>> = JSON.parse(
      readFileSync(require.resolve('chinese-days/dist/chinese-days.json'), 'utf8'),
    );
    for (let day = shipped.firstDay; day <= shipped.lastDay; day = addDays(day, 1)) {
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0;
      const worked = day in days.workdays || (weekday && !(day in days.holidays));
      if ((dayKind(shipped, day) === 'work') !== worked) expect.fail(day);
    }
  });

  it('2026 is as the notice of the State Council says', () => {
    const rest = new Set<PlainDate>();
    for (const [from, to] of NOTICE_2026) {
      for (let day = plainDate(from); day <= plainDate(to); day = addDays(day, 1)) rest.add(day);
    }
    const work = new Set(MAKE_UP_2026.map(plainDate));
    for (let day = plainDate('2026-01-01'); day <= plainDate('2026-12-31'); day = addDays(day, 1)) {
      const weekend = new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;
      const expected = rest.has(day) || (weekend && !work.has(day)) ? 'rest' : 'work';
      if (dayKind(shipped, day) !== expected) expect.fail(day);
    }
  });

  it.each([
    ['2026-02-14', 'work'],
    ['2026-02-16', 'rest'],
    ['2026-02-28', 'work'],
    ['2026-03-14', 'rest'],
    ['2026-03-16', 'work'],
    ['2015-09-03', 'rest'],
    ['2003-12-31', 'unknown'],
    ['2027-01-01', 'unknown'],
    ['2027-01-04', 'unknown'],
  ])('%s: %s', (day, expected) => {
    expect(kind(day)).toBe(expected);
  });

  it('names its sources and years, and its digest tells calendars apart', () => {
    expect(shipped.version).toBe('chinese-days@1.5.7 2004-2026');
    expect(calendarOf([...calendarFiles].reverse()).digest).toBe(shipped.digest);
    expect(calendarOf(calendarFiles.slice(1)).digest).not.toBe(shipped.digest);
  });

  it('one more file is one more year, and may name days of the December before', () => {
    const next = withYear(YEAR_2027);
    expect([next.lastDay, next.version]).toEqual(['2027-12-31', 'chinese-days@1.5.7、测试 2004-2027']);
    expect(dayKind(next, plainDate('2027-01-01'))).toBe('rest');
    expect(dayKind(next, plainDate('2026-12-26'))).toBe('work');
    expect(dayKind(shipped, plainDate('2026-12-26'))).toBe('rest');
  });
});

describe('日历文件的错误', () => {
  const problems = (text: string, file = '2027.yaml') => {
    const parsed = parseCalendarYear(text, file);
    return parsed.ok ? [] : parsed.error.map(({ line, column, message }) => `${line}:${column} ${message}`);
  };

  it.each([
    ['a day that does not exist', YEAR_2027.replace('2027-01-01', '2027-02-30'), /5:5 .*不是日期/],
    ['a day of another year', YEAR_2027.replace('2027-01-01', '2028-01-03'), /5:5 .*不在2027年/],
    ['a rest day on a weekend', YEAR_2027.replace('2027-01-01', '2027-01-02'), /5:5 .*星期六.*调休上班/],
    ['a make-up day on a weekday', YEAR_2027.replace('2026-12-26', '2026-12-28'), /7:5 .*星期一.*休假日/],
    ['a day twice', YEAR_2027.replace('  - 2027-01-01', '  - 2027-01-01\n  - 2027-01-01'), /6:5 .*写了两次/],
    ['an unknown key', `${YEAR_2027}备注: 无\n`, /8:1 没有“备注”/],
    ['a key twice', `${YEAR_2027}年份: 2027\n`, /8:1 .*同一个键/],
    ['a missing key', YEAR_2027.replace('来源: 测试\n', ''), /1:1 缺少“来源”/],
    ['an empty word', YEAR_2027.replace('版本: 测试', '版本:'), /“版本”应写明文字/],
    ['full-width colons', YEAR_2027.replaceAll(': ', '：'), /./],
    ['a list that is a text', YEAR_2027.replace('\n  - 2027-01-01', ' 2027-01-01'), /4:6 “休假日”应为日期的列表/],
    ['no year', YEAR_2027.replace('年份: 2027', '年份: 二〇二七'), /1:5 “年份”应为四位数字/],
    ['an empty file', '', /1:1 日历文件应由/],
    ['no rest day', YEAR_2027.replace('  - 2027-01-01\n', ''), /放假通知公布之前不要建这个文件/],
  ])('%s', (_what, text, expected) => {
    expect(problems(text).join('\n')).toMatch(expected);
  });

  it('a file under another name', () => {
    expect(problems(YEAR_2027, 'rules/calendars/2028.yaml')).toEqual(['1:5 2027年的日历文件应叫 2027.yaml']);
    expect(problems(YEAR_2027, 'rules/calendars/2027.yaml')).toEqual([]);
  });

  it('every fault at once', () => {
    const text = YEAR_2027.replace('2027-01-01', '2027-02-30').replace('2026-12-26', '2026-12-28');
    expect(problems(text)).toHaveLength(2);
  });

  const together = (files: Parameters<typeof buildCalendar>[0]) => {
    const built = buildCalendar(files);
    return built.ok ? '' : built.error.map(({ file, message }) => `${file} ${message}`).join('\n');
  };

  it('years that do not fit together', () => {
    expect(together([])).toMatch(/没有日历文件/);
    expect(together(calendarFiles.filter(({ file }) => file !== '2010.yaml'))).toMatch(/2011.yaml .*缺 2010.yaml/);
    expect(together([...calendarFiles, ...calendarFiles.slice(0, 1)])).toMatch(/2004年有两个文件/);
  });
});
