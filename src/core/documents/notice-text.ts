import nzh from 'nzh/cn';
import type { PlainDate } from '../kernel/plain-date.js';
import { wellFormed } from './field-errors.js';
import type { NoticeBlock, NoticeSection } from './notice.js';

/** One line that any XML and any reader takes: no control and direction marks, lone surrogates and noncharacters. */
export const oneLine = (text: string): string =>
  wellFormed(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}]+/gu, ' ')
    .trim();

export const paragraph = (text: string): NoticeBlock => ({ kind: 'paragraph', text: oneLine(text) });

export const list = (items: readonly string[]): NoticeBlock | undefined =>
  items.length === 0 ? undefined : { kind: 'list', items: items.map(oneLine) };

export const table = (header: readonly string[], rows: readonly (readonly string[])[]): NoticeBlock => ({
  kind: 'table',
  header,
  rows: rows.map((row) => row.map(oneLine)),
});

/** 2026年3月9日 */
export const dayInWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

/** 二〇二六年三月九日 */
export function dayInFigures(day: PlainDate): string {
  const [year = '', month, date] = day.split('-');
  const figures = [...year].map((figure) => '〇一二三四五六七八九'[Number(figure)]).join('');
  return `${figures}年${nzh.encodeS(Number(month))}月${nzh.encodeS(Number(date))}日`;
}

/** A section before it has its ordinal; blocks that there is nothing to say in are undefined. */
export type NumberedSection = readonly [heading: string, blocks: readonly (NoticeBlock | undefined)[]];

/** The sections that have something to say, each with its ordinal: 一、… */
export function numbered(sections: readonly NumberedSection[]): NoticeSection[] {
  return sections
    .map(([heading, blocks]) => ({ heading, blocks: blocks.filter((block) => block !== undefined) }))
    .filter(({ blocks }) => blocks.length > 0)
    .map(({ heading, blocks }, index) => ({ heading: `${nzh.encodeS(index + 1)}、${heading}`, blocks }));
}
