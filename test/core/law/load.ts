import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { buildCalendar, type Calendar, type CalendarFile } from '../../../src/core/law/calendar.js';
import type { CsvRow } from '../../../src/core/law/csv-row.js';

const RULES = new URL('../../../rules/', import.meta.url);

export const ruleText = (path: string): string => readFileSync(new URL(path, RULES), 'utf8');

export const csvRows = (path: string): CsvRow[] => parse(ruleText(path), { columns: true });

export const calendarFiles: readonly CalendarFile[] = readdirSync(new URL('calendars/', RULES))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({ file, text: ruleText(`calendars/${file}`) }));

export const calendarOf = (files: readonly CalendarFile[]): Calendar => {
  const built = buildCalendar(files);
  if (!built.ok) throw new Error(built.error.map(({ file, message }) => `${file}: ${message}`).join('\n'));
  return built.value;
};

export const shipped: Calendar = calendarOf(calendarFiles);
