import type { PlainDate } from '../../core/kernel/plain-date.js';
import { buildCalendar } from '../../core/law/calendar.js';
import { countPeriod, type PeriodMatter } from '../../core/law/period.js';
import { CliFailure } from './failure.js';
import { readRuleFolder } from './rule-folder.js';

export interface DeadlineOptions {
  from: PlainDate;
  days?: number;
  workingDays?: number;
  months?: number;
  matter: PeriodMatter;
  custody?: true;
  rules: string;
}

/** Counts one period and prints it. */
export function runDeadline(options: DeadlineOptions): void {
  const given = [
    { unit: 'day' as const, length: options.days },
    { unit: 'working_day' as const, length: options.workingDays },
    { unit: 'month' as const, length: options.months },
  ].find((each) => each.length !== undefined);
  if (given?.length === undefined) throw new CliFailure('请用 --days、--working-days 或者 --months 指定期间长度');
  const files = readRuleFolder(options.rules).filter((file) => file.path.startsWith('calendars/'));
  const calendar = buildCalendar(files.map(({ path, text }) => ({ file: path, text })));
  if (!calendar.ok) {
    throw new CliFailure(calendar.error.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'));
  }
  const { from, due, rolled, provisional } = countPeriod(
    {
      from: options.from,
      length: given.length,
      unit: given.unit,
      matter: options.matter,
      custody: options.custody ?? false,
      roll: true,
    },
    calendar.value,
  );
  process.stdout.write(`${JSON.stringify({ from, due, rolled, provisional, calendar: calendar.value.version })}\n`);
}
