import { type Digest, digestOf } from '../kernel/digest.js';
import { addDays, type PlainDate, plainDate } from '../kernel/plain-date.js';
import { err, ok, type Result } from '../kernel/result.js';
import {
  type CalendarFile,
  type CalendarProblem,
  type CalendarYear,
  isWeekend,
  parseCalendarYear,
} from './calendar-year.js';

export { type CalendarFile, type CalendarProblem, isWeekend, parseCalendarYear } from './calendar-year.js';

/** Working days and rest days over the years whose notices are known. Nothing is said about a day outside of them. */
export type Calendar = {
  /** For people: the sources of the years and the years themselves, `chinese-days@1.5.7 2004-2026`. */
  readonly version: string;
  /** Of the years' sources and exceptions: equal when, and only when, every answer and every version is. */
  readonly digest: Digest;
  /** The first and the last day covered. */
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
  /** Rest days on Monday–Friday, and working Saturdays and Sundays. */
  readonly rest: ReadonlySet<PlainDate>;
  readonly work: ReadonlySet<PlainDate>;
};

/** What a day is; `unknown` for every day that the calendar does not cover. */
export type DayKind = 'work' | 'rest' | 'unknown';

/** Faults of the years together, which no single file shows. */
function together(years: readonly CalendarYear[]): CalendarProblem[] {
  const problems: CalendarProblem[] = [];
  for (const [index, { file, year }] of years.entries()) {
    const at = (message: string): number => problems.push({ file, line: 1, column: 1, message });
    const before = years[index - 1];
    if (before?.year === year) at(`${year}年有两个文件，另一个是 ${before.file}`);
    if (before !== undefined && before.year < year - 1) at(`日历应逐年相连，缺 ${before.year + 1}.yaml`);
  }
  return problems;
}

/**
 * The calendar of one file per year, in any order; to load another year is to add its file. Refused, every fault at once: what
 * `parseCalendarYear` refuses, no file at all, a year that stands twice or is missing between two others.
 */
export function buildCalendar(files: readonly CalendarFile[]): Result<Calendar, readonly CalendarProblem[]> {
  const years: CalendarYear[] = [];
  const problems: CalendarProblem[] = [];
  for (const { file, text } of files) {
    const parsed = parseCalendarYear(text, file);
    if (parsed.ok) years.push(parsed.value);
    else problems.push(...parsed.error);
  }
  years.sort((a, b) => a.year - b.year);
  if (problems.length === 0) problems.push(...together(years));
  const [first, last] = [years[0], years.at(-1)];
  if (problems.length > 0 || first === undefined || last === undefined) {
    return err(
      problems.length > 0 ? problems : [{ file: '', line: 1, column: 1, message: '没有日历文件，应有如 2026.yaml' }],
    );
  }
  const versions = [...new Set(years.map(({ version }) => version))];
  return ok({
    version: `${versions.join('、')} ${first.year}-${last.year}`,
    digest: digestOf(years.map(({ year, version, rest, work }) => ({ year, version, rest, work }))),
    firstDay: plainDate(`${first.year}-01-01`),
    lastDay: plainDate(`${last.year}-12-31`),
    rest: new Set(years.flatMap(({ rest }) => rest)),
    work: new Set(years.flatMap(({ work }) => work)),
  });
}

/** Whether the day is worked. Outside the years that were loaded the answer is `unknown`, never a guess by the weekday. */
export function dayKind(calendar: Calendar, date: PlainDate): DayKind {
  if (date < calendar.firstDay || date > calendar.lastDay) return 'unknown';
  if (calendar.rest.has(date)) return 'rest';
  return isWeekend(date) && !calendar.work.has(date) ? 'rest' : 'work';
}

/** Whether the day is a rest day; undefined where the calendar does not cover it. */
export function isRestDay(calendar: Calendar, date: PlainDate): boolean | undefined {
  const kind = dayKind(calendar, date);
  return kind === 'unknown' ? undefined : kind === 'rest';
}

/** The first working day after `date`; undefined where a day on the way there is not covered. */
export function firstWorkingDayAfter(calendar: Calendar, date: PlainDate): PlainDate | undefined {
  let day = addDays(date, 1);
  while (dayKind(calendar, day) === 'rest') day = addDays(day, 1);
  return dayKind(calendar, day) === 'work' ? day : undefined;
}

/** How many days from `from` to `to`, both included, are worked; undefined where the calendar does not cover one of them. */
export function workingDaysIn(calendar: Calendar, from: PlainDate, to: PlainDate): number | undefined {
  if (from < calendar.firstDay || to > calendar.lastDay) return undefined;
  let count = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) if (dayKind(calendar, day) === 'work') count += 1;
  return count;
}
