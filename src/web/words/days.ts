import type { Clock } from '../api/types.js';

const UNITS: Readonly<Record<Clock['unit'], string>> = { day: '日', working_day: '个工作日', month: '个月' };

/** 3日, 6个月. */
export const lengthOf = ({ length, unit }: Pick<Clock, 'length' | 'unit'>): string => length + UNITS[unit];

/** How a clock is doing, in words that need no colour. */
export function daysLeftText(daysLeft: number): string {
  if (daysLeft < 0) return `已超 ${-daysLeft} 日`;
  return daysLeft === 0 ? '今日到期' : `剩 ${daysLeft} 日`;
}

/** Days ahead within which a clock is shown as pressing. */
const PRESSING_DAYS = 3;

export function urgencyOf(daysLeft: number): 'late' | 'pressing' | 'calm' {
  if (daysLeft <= 0) return 'late';
  return daysLeft <= PRESSING_DAYS ? 'pressing' : 'calm';
}

/** The courts' time, as the service counts days, whatever the machine of the desk is set to: 2026-03-09 14:02. */
const COURT_TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});
const DAY_LENGTH = '2026-03-09'.length;

/** Today in the courts, `2026-03-09`. */
export const today = (): string => COURT_TIME.format(new Date()).slice(0, DAY_LENGTH);

/** Whether a text is a day that exists, in the form of the service. */
export function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const DAY_MS = 86_400_000;

/** Calendar days from today until a day; negative when it is past. */
export const daysUntil = (day: string): number => Math.round((Date.parse(day) - Date.parse(today())) / DAY_MS);

/** An instant in the courts' time: 03-09 14:02, with the year where it is another one. */
export function timeText(instant: string): string {
  const text = COURT_TIME.format(new Date(instant));
  const year = today().slice(0, '2026-'.length);
  return text.startsWith(year) ? text.slice(year.length) : text;
}

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * What a person types for a day, in the form of the service: 20260309, 2026.3.9, 2026年3月9日 → 2026-03-09; else as
 * typed.
 */
export function dayTyped(text: string): string {
  const trimmed = text.trim();
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(trimmed) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(trimmed);
  if (parts === null) return trimmed;
  const [, year = '', month = '', day = ''] = parts;
  return `${year}-${two(Number(month))}-${two(Number(day))}`;
}
