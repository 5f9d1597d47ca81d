import type { PlainDate } from '../kernel/plain-date.js';

/** A piece of a notice's section. */
export type NoticeBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** `header` is empty where the first column names the rows. */
  | { readonly kind: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** An article in full: where it stands, then its paragraphs. */
  | { readonly kind: 'quote'; readonly source: string; readonly lines: readonly string[] };

export interface NoticeSection {
  /** With its ordinal: 一、… */
  readonly heading: string;
  readonly blocks: readonly NoticeBlock[];
}

/** A paper of a court as content: 案件承办人及审判组织告知书, 催办单. Every text stands on one line and holds nothing that XML refuses. */
export interface Notice {
  readonly title: string;
  readonly court: string;
  /** 案号 or 登记号, with the word for it. */
  readonly reference: string;
  /** One line for each role: 原告：甲、乙 */
  readonly addressees: readonly string[];
  readonly opening: string;
  readonly sections: readonly NoticeSection[];
  /** The court, then the day. */
  readonly closing: readonly [court: string, day: string];
  /** 附注: what is to be known of the paper itself. */
  readonly remark?: string;
  /** 抄送: who gets a copy, by name. */
  readonly copies?: readonly string[];
  readonly issuedOn: PlainDate;
}

/** The text of a list's item with its number. */
export const itemText = (index: number, item: string): string => `${index + 1}．${item}`;

/** 附注 as it stands below the closing. */
export const remarkText = (remark: string): string => `（${remark}）`;

/** 版记 of who gets a copy. */
export const copiesText = (copies: readonly string[]): string => `抄送：${copies.join('，')}。`;

/** Every line of a notice from top to bottom, the cells of a table's row apart by tabs. */
export function noticeLines(notice: Notice): string[] {
  const { title, court, reference, addressees, opening, sections, closing, remark, copies = [] } = notice;
  const end = [
    ...(remark === undefined ? [] : [remarkText(remark)]),
    ...(copies.length > 0 ? [copiesText(copies)] : []),
  ];
  const body = sections.flatMap(({ heading, blocks }) => [heading, ...blocks.flatMap(blockLines)]);
  return [court, title, reference, ...addressees, opening, ...body, ...closing, ...end];
}

function blockLines(block: NoticeBlock): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [block.text];
    case 'list':
      return block.items.map((item, index) => itemText(index, item));
    case 'table':
      return [block.header, ...block.rows].filter((row) => row.length > 0).map((row) => row.join('\t'));
    case 'quote':
      return [block.source, ...block.lines];
  }
}
