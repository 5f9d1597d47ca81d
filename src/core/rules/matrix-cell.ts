import type { CauseNames } from './causes.js';
import { ORDER_WORDS } from './condition.js';
import { shorten } from './nearest.js';
import type { Place, Problems, SourceEntry, SourceNode } from './source.js';
import type { Fact } from './vocabulary.js';

/** Where a cell stands, and what its column says of it. */
interface Cell {
  readonly fact: Fact;
  readonly operator: string | undefined;
  readonly isParameter: boolean;
  readonly place: Place;
}

/** What spreadsheets make of numbers and lists, with what to write instead. */
const TRAPS: readonly (readonly [RegExp, string])[] = [
  [/\ufffd/, '有乱码,多半是按 GBK 存的;请用「CSV UTF-8」另存'],
  [/[０-９]/, '有全角数字,请改成半角'],
  [/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/, '数字里不要写千分位逗号,例如 40000'],
  [/^\d+(?:\.\d+)?[eE][+-]?\d+$/, '被表格软件写成了科学计数;把这一列设为「文本」再填'],
  [
    /^(?:\d{1,2}[-/]\d{1,2}|\d{1,2}月\d{1,2}日|\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{1,2})$/,
    '被表格软件当成了日期;把这一列设为「文本」再填',
  ],
  [/[,，;；]/, '几个词之间用顿号「、」'],
];

/** A cell as the value of its fact in 条件; undefined where it is refused. Values, lists with 、, bounds with their words. */
export function matrixCell(
  text: string,
  { fact, operator, isParameter, place }: Cell,
  causes: CauseNames,
  problems: Problems,
): SourceNode | undefined {
  const trap = TRAPS.find(([pattern]) => pattern.test(text) && !isWord(fact, text, causes));
  if (trap) {
    problems.add(place, 'MATRIX_CELL', `「${shorten(text)}」${trap[1]}`);
    return undefined;
  }
  if (text.split('、').length > WORDS_MAX) {
    problems.add(place, 'MATRIX_CELL', `一格里最多 ${WORDS_MAX} 个词;请拆成几行`);
    return undefined;
  }
  const word = (value: string): SourceNode => ({ kind: 'text', text: value, quoted: true, place });
  const list = (): SourceNode => ({ kind: 'list', items: wordsIn(text, fact, causes).map(word), place });
  const map = (entries: readonly (readonly [string, SourceNode])[]): SourceNode => ({
    kind: 'map',
    entries: new Map(entries.map(([key, value]): [string, SourceEntry] => [key, { keyPlace: place, value }])),
    place,
  });
  if (isParameter) return map([[operator ?? '', map([['参数', word(text)]])]]);
  if (operator === '属于' || operator === '不属于') return map([[operator, list()]]);
  if (operator !== undefined) return map([[operator, word(text)]]);
  const bounds = boundsIn(text);
  if (bounds) {
    if (new Set(bounds.map(([key]) => key)).size < bounds.length) {
      problems.add(place, 'MATRIX_CELL', `「${shorten(text)}」里同一个运算写了两次`);
      return undefined;
    }
    return map(bounds.map(([key, value]) => [key, word(value)]));
  }
  if (fact.type === 'cause') return map([['属于', list()]]);
  if (fact.type === 'enum' && !isWord(fact, text, causes) && text.includes('、')) return list();
  return word(text);
}

/** 「超过 20000、不超过 40000」. */
function boundsIn(text: string): (readonly [string, string])[] | undefined {
  const parts = text.split('、').map((part) => /^(不超过|超过|低于|不低于) *(\S+)$/.exec(part.trim()));
  return parts.every((part) => part !== null && Object.hasOwn(ORDER_WORDS, part[1] ?? ''))
    ? parts.map((part) => [part?.[1] ?? '', part?.[2] ?? ''])
    : undefined;
}

const isWord = (fact: Fact, text: string, causes: CauseNames): boolean =>
  fact.type === 'cause' ? causes.has(text) : fact.enumeration?.byWord.has(text) === true;

/** More words than any cell needs, and more 、 than any name has: what is read must not grow faster than the cell. */
const WORDS_MAX = 200;
const PIECES_MAX = 12;

/** Splits at 、, but not within a name that has one itself (执行异议、复议审查): the longest that is known. */
function wordsIn(text: string, fact: Fact, causes: CauseNames): string[] {
  const pieces = text.split('、');
  const words: string[] = [];
  for (let at = 0; at < pieces.length; ) {
    let end = Math.min(pieces.length, at + PIECES_MAX);
    while (end > at + 1 && !isWord(fact, pieces.slice(at, end).join('、'), causes)) end--;
    words.push(pieces.slice(at, end).join('、'));
    at = end;
  }
  return words;
}
