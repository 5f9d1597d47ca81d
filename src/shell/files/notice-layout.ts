import type { NoticeBlock } from '../../core/documents/notice.js';
import { textWidth } from './text-width.js';

/** A4 with the margins of official documents, in millimetres. */
export const PAGE_MM = { width: 210, height: 297, top: 37, bottom: 35, left: 28, right: 26 } as const;

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
