import type { Notice, NoticeBlock } from '../../core/documents/notice.js';
import { textWidth } from './text-width.js';

/** A4 with the margins of official documents (GB/T 9704-2012), in millimetres; the number of a page stands so far below its text. */
export const PAGE_MM = { width: 210, height: 297, top: 37, bottom: 35, left: 28, right: 26, number: 7 } as const;

/** What a page of official documents holds: so many lines of so many characters of 三号. */
export const LINES = 22;
export const CHARACTERS = 28;

/** 二号, 三号, 四号 and 五号, in points; lines of 三号 are as far apart as fills the page. */
export const POINTS = { title: 22, body: 16, quote: 14, table: 10.5 } as const;
const TEXT_HEIGHT = ((PAGE_MM.height - PAGE_MM.top - PAGE_MM.bottom) * 72) / 25.4;
export const PITCH = { title: 32, body: Math.floor((TEXT_HEIGHT / LINES) * 20) / 20, quote: 24, table: 15.5 } as const;

/** What stands beside the number of a page: of an odd one on the right, of an even one on the left, a character from the edge. */
export const NUMBER_MARKS = ['— ', ' —'] as const;

/** How many characters the lines of the closing keep free on the right: the day four, the court as many as centre it above the day. */
export function closingIndents([court, day]: Notice['closing']): readonly [court: number, day: number] {
  const excess = (textWidth(day) - textWidth(court)) / 4;
  return [Math.max(0, DAY_INDENT + excess), DAY_INDENT];
}

const DAY_INDENT = 4;

type Table = Extract<NoticeBlock, { kind: 'table' }>;

/** What a line of a table holds and what a cell keeps free, in half-width characters. */
const LINE = 84;
const PADDING = 4;
/** A column that asks for no more than this multiple of its even share gets what it asks for. */
const MODEST = 1.3;

/** The share of the table's width that each column gets: modest ones what they need, the others the rest. */
export function columnShares({ header, rows }: Table): number[] {
  const all = [header, ...rows];
  const count = Math.max(...all.map((row) => row.length));
  const wanted = Array.from(
    { length: count },
    (_, column) => PADDING + Math.max(...all.map((row) => textWidth(row[column] ?? ''))),
  );
  const isModest = (width: number): boolean => width <= (LINE / count) * MODEST;
  const kept = wanted.map((width, column) => isModest(width) && (column < count - 1 || !wanted.every(isModest)));
  const sumOf = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width, 0);
  const rest = LINE - sumOf(wanted.filter((_, column) => kept[column]));
  const asked = sumOf(wanted.filter((_, column) => !kept[column]));
  return wanted.map((width, column) => (kept[column] ? width : (rest * width) / asked) / LINE);
}

/**
 * Whether a paragraph belongs on one page with what follows it: a table or an article that it introduces, or, as the
 * last of the notice, the closing, which may not stand alone.
 */
export const isIntroduction = (next: NoticeBlock | undefined, isLastSection: boolean): boolean =>
  next === undefined ? isLastSection : next.kind === 'table' || next.kind === 'quote';

/** The moment that a file of a notice gives as its own: no clock, so that the same notice is the same bytes. */
export const fileTime = (day: string): Date => new Date(`${day}T00:00:00Z`);
