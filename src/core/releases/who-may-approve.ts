import { canonicalJson } from '../kernel/canonical.js';
import type { Lawbook } from '../routing/lawbook.js';
import { testsOf } from '../rules/condition.js';
import { cardsOf, type RuleBook } from '../rules/rulebook.js';
import { plain } from './compiled.js';
import { type CourtPlace, type Difference, differencesBetween, speaksIn } from './differences.js';

/** 层 that decide who gets a case. */
const DECIDING: readonly string[] = ['关联', '参与', '回避', '承办', '入池', '指定', '变更', '复核', '续办', '随机'];

/**
 * What of a change bears on who gets the cases of a court: cards of the layers that decide it, the numbers, weights and tables that these
 * read, the facts that they name. In words, for whoever sits there and so may not approve it; none where the change leaves it alone.
 */
export function bearsOnAssignment(
  before: Lawbook,
  after: Lawbook,
  changedPaths: readonly string[],
  court: CourtPlace,
): string[] {
  const books = [before.book, after.book];
  const found = differencesBetween(before.book, after.book)
    .filter(({ reach }) => speaksIn(reach, court, books))
    .filter((difference) => decides(difference, before, after))
    .map(({ kind, id, name }) => (kind === 'card' ? `${id} ${name}` : name));
  if (differs(({ weights }) => weights, books)) found.push('关联证据的分值');
  if (differs((book) => triageIn(book, court), books)) found.push('本院的繁简识别表');
  if (differs(({ natures }) => natures, books)) found.push('案由性质表');
  for (const [key, fact] of before.book.vocabulary.factsByKey) {
    const isRead = DECIDING.some((layer) => before.book.vocabulary.layers.get(layer)?.includes(fact.group));
    if (!isRead || same(fact, after.book.vocabulary.factsByKey.get(key))) continue;
    found.push(`事实「${fact.word}」`);
  }
  if (changedPaths.some((path) => /^reference\/(causes-|case-types)/.test(path))) found.push('案由和案件类型');
  return found;
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(plain(a)) === canonicalJson(plain(b));

const differs = (part: (book: RuleBook) => unknown, [before, after]: readonly RuleBook[]): boolean =>
  !same(before && part(before), after && part(after));

const triageIn = (book: RuleBook, { code }: CourtPlace): unknown => book.courts.get(code)?.triage ?? [];

function decides({ kind, id, layer }: Difference, before: Lawbook, after: Lawbook): boolean {
  if (kind === 'adoption') return true;
  if (kind === 'card') return layer !== undefined && DECIDING.includes(layer);
  const [was, is] = [readersOf(before, id), readersOf(after, id)];
  // A number that no card and no clock reads is one that the program itself goes by.
  return was.deciding || is.deciding || (!was.other && !is.other);
}

/** Whether cards of the deciding layers read a parameter, and whether anything else does. */
function readersOf({ book, flows, ladders, adjustments }: Lawbook, id: string): { deciding: boolean; other: boolean } {
  let deciding = false;
  let other = [flows, ladders, adjustments].some((each) => JSON.stringify(plain(each)).includes(JSON.stringify(id)));
  for (const card of cardsOf(book)) {
    const conditions = [card.condition, ...card.exceptions.map(({ condition }) => condition)];
    const isRead =
      conditions.flatMap(testsOf).some(({ operand }) => operand.kind === 'parameter' && operand.id === id) ||
      (typeof card.period?.length === 'object' && card.period.length.parameter === id);
    if (isRead && DECIDING.includes(card.layer)) deciding = true;
    else if (isRead) other = true;
  }
  return { deciding, other };
}
