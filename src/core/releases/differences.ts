import { canonicalJson } from '../kernel/canonical.js';
import { byCodePoint } from '../kernel/order.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Card } from '../rules/card.js';
import { CASE_DAYS, type CaseDay } from '../rules/case-days.js';
import { DEFAULT_COURT, type RuleBook } from '../rules/rulebook.js';
import { shortProvince } from '../rules/ruleset.js';
import { engineForm, plain } from './compiled.js';

/** For whom a rule or a number speaks. */
export type Reach =
  | { readonly kind: 'nation' }
  | { readonly kind: 'module' | 'province' | 'court'; readonly of: string };

/** Days from one to before another (null: for good), and which day of a case is meant. */
export interface Window {
  readonly by: CaseDay;
  readonly from: PlainDate;
  readonly to: PlainDate | null;
}

/** A card or a published number that says something else in one book than in the other, and on which days it does. */
export interface Difference {
  readonly kind: 'card' | 'parameter' | 'adoption';
  /** 编号 of the card, word of the parameter, name of the module. */
  readonly id: string;
  readonly name: string;
  /** Of a card. */
  readonly layer?: string;
  readonly reach: Reach;
  readonly windows: readonly Window[];
}

export interface CourtPlace {
  readonly code: string;
  readonly province: string;
}

interface Dated {
  readonly by: CaseDay;
  readonly says: string;
  readonly from: PlainDate;
  readonly to: PlainDate | undefined;
}

interface Entry extends Pick<Difference, 'kind' | 'id' | 'name' | 'layer' | 'reach'> {
  readonly versions: Dated[];
}

/** Everything dated that differs between two books, with the days on which it does. */
export function differencesBetween(before: RuleBook, after: RuleBook): Difference[] {
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const found: Difference[] = [];
  for (const key of [...new Set([...was.keys(), ...is.keys()])].sort(byCodePoint)) {
    const entry = is.get(key) ?? was.get(key);
    const windows = windowsOf(was.get(key)?.versions ?? [], is.get(key)?.versions ?? []);
    if (!entry || windows.length === 0) continue;
    const { versions: _, ...rest } = entry;
    found.push({ ...rest, windows });
  }
  return found;
}

/** Days on which what is in force is not the same; neighbouring days together. */
function windowsOf(before: readonly Dated[], after: readonly Dated[]): Window[] {
  return CASE_DAYS.flatMap((by) => {
    const of = (list: readonly Dated[]): Dated[] => list.filter((each) => each.by === by);
    return windowsBy(by, of(before), of(after));
  });
}

function windowsBy(by: CaseDay, before: readonly Dated[], after: readonly Dated[]): Window[] {
  const all = [...before, ...after];
  const cuts = [...new Set(all.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to])))].sort(byCodePoint);
  const saysOn = (list: readonly Dated[], day: PlainDate): string =>
    list
      .filter(({ from, to }) => from <= day && (to === undefined || day < to))
      .map(({ says }) => says)
      .sort(byCodePoint)
      .join('\n');
  const windows: { by: CaseDay; from: PlainDate; to: PlainDate | null }[] = [];
  for (const [index, day] of cuts.entries()) {
    if (saysOn(before, day) === saysOn(after, day)) continue;
    const to = cuts[index + 1] ?? null;
    const last = windows.at(-1);
    if (last?.to === day) last.to = to;
    else windows.push({ by, from: day, to });
  }
  return windows;
}

function entriesOf(book: RuleBook): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const add = (entry: Omit<Entry, 'versions'>, version: Dated): void => {
    const key = JSON.stringify([entry.kind, entry.reach, entry.id]);
    const known = entries.get(key) ?? { ...entry, versions: [] };
    entries.set(key, known);
    known.versions.push(version);
  };
  const addCards = (cards: readonly Card[], reach: Reach): void => {
    for (const card of cards) {
      const { from: _from, to: _to, chosenBy: _by, ...form } = engineForm(card) as Record<string, unknown>;
      const { id, name, layer, validFrom: from, validTo: to, chosenBy: by } = card;
      add({ kind: 'card', id, name, layer, reach }, { says: canonicalJson(form), from, to, by });
    }
  };
  addCards(book.national, { kind: 'nation' });
  for (const [of, cards] of book.modules) addCards(cards, { kind: 'module', of });
  for (const [of, cards] of book.provinces) addCards(cards, { kind: 'province', of });
  for (const [of, court] of book.courts) {
    addCards(court.cards, { kind: 'court', of });
    for (const { module, validFrom: from, bases } of court.adoptions) {
      const entry = {
        kind: 'adoption',
        id: module,
        name: `采用模块「${module}」`,
        reach: { kind: 'court', of },
      } as const;
      add(entry, { says: canonicalJson(plain([...bases.keys()])), from, to: undefined, by: 'received' });
    }
  }
  for (const { parameter, area, value, validFrom: from, validTo: to } of book.parameters) {
    const entry = { kind: 'parameter', id: parameter.id, name: parameter.word, reach: reachOf(area, book) } as const;
    add(entry, { says: value?.toString() ?? '', from, to, by: parameter.chosenBy });
  }
  return entries;
}

function reachOf(area: string, book: RuleBook): Reach {
  if (area === '全国') return { kind: 'nation' };
  return { kind: book.courts.has(area) ? 'court' : 'province', of: area };
}

/** Whether what has a reach speaks in a court, by the folders of the books. */
export function speaksIn(reach: Reach, court: CourtPlace, books: readonly RuleBook[]): boolean {
  switch (reach.kind) {
    case 'nation':
      return true;
    case 'province':
      return reach.of === shortProvince(court.province) || reach.of === court.code;
    case 'court':
      return books.some((book) => folderOf(book, court) === reach.of) || reach.of === court.code;
    case 'module':
      return books.some((book) =>
        (book.courts.get(folderOf(book, court))?.adoptions ?? []).some(({ module }) => module === reach.of),
      );
  }
}

const folderOf = (book: RuleBook, { code }: CourtPlace): string => (book.courts.has(code) ? code : DEFAULT_COURT);
