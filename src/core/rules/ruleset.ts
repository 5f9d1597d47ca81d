import { digestOf, sha256Hex } from '../kernel/digest.js';
import { byCodePoint } from '../kernel/order.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Card } from './card.js';
import { CASE_DAYS, type CaseDay, type CaseDays, caseDayWord, isInForce } from './case-days.js';
import type { Basis } from './citation.js';
import { ALWAYS, type Condition, compare, NEVER, type Value } from './condition.js';
import type { EngineRule } from './engine.js';
import { Exceptions } from './exceptions.js';
import { Interned } from './interned.js';
import { type ParameterRow, type ResolvedParameter, resolveParameter } from './parameters.js';
import type { Constraint } from './proof/constraint.js';
import { type Adoption, type CourtBook, cardsOf, DEFAULT_COURT, type RuleBook } from './rulebook.js';
import type { CauseNatureRow, EvidenceWeights, TriageRow } from './tables.js';
import type { Vocabulary } from './vocabulary.js';

/** A card as it speaks in one court on one day, its exceptions worked in. */
export interface Rule {
  readonly card: Card;
  readonly basis: readonly Basis[];
  /** The card applies: its own condition, and nothing blocks it. */
  readonly holds: Condition;
  /** It applies and no more special rule speaks in its place. */
  readonly concludes: Condition;
  /** What can block it: inline exceptions and blocking cards. */
  readonly blockers: readonly Blocker[];
}

export interface Blocker {
  readonly id: string;
  readonly name: string;
  readonly condition: Condition;
  readonly basis: readonly Basis[];
  readonly template: string;
  /** As of the card that it stands in. */
  readonly chosenBy: CaseDay;
}

/** The rules of one court for cases of one day, flattened: nation, links, adopted modules, province, court. */
export interface Ruleset {
  readonly vocabulary: Vocabulary;
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
  readonly parameters: ReadonlyMap<string, ResolvedParameter>;
  /** What is so in every case; a filing of which it is not is no case for the rules. */
  readonly constraints: readonly Constraint[];
  readonly natures: ReadonlyMap<string, CauseNatureRow>;
  readonly triage: readonly TriageRow[];
  readonly weights: EvidenceWeights;
  /** The days by which versions were chosen; of those that nothing in the book asks for only the day of receipt. */
  readonly days: Readonly<Partial<CaseDays>>;
  readonly version: string;
  readonly digest: string;
  readonly parameterDigest: string;
}

/** A court by its code, and its province in either form. */
export interface CourtArea {
  readonly code: string;
  readonly province: string;
}

/** A card, and by which adoption where it is a module's. */
export interface CardInForce {
  readonly card: Card;
  readonly adoption?: Adoption;
}

const folderOf = (book: RuleBook, { code }: CourtArea): CourtBook | undefined =>
  book.courts.get(code) ?? book.courts.get(DEFAULT_COURT);

const choosing = new WeakMap<RuleBook, readonly CaseDay[]>();

/** The days of a case by which any card or parameter of the book is chosen, the day of receipt first. */
export function daysChosenBy(book: RuleBook): readonly CaseDay[] {
  let days = choosing.get(book);
  if (!days) {
    const asked = new Set<CaseDay>(['received']);
    for (const { chosenBy } of [...cardsOf(book), ...book.vocabulary.parametersById.values()]) asked.add(chosenBy);
    days = CASE_DAYS.filter((day) => asked.has(day));
    choosing.set(book, days);
  }
  return days;
}

/** Cases with equal keys have the same rules and numbers: the days by which any version of the book is chosen. */
export const versionKey = (book: RuleBook, days: CaseDays): string =>
  daysChosenBy(book)
    .map((day) => days[day])
    .join(' ');

/** The first day on which anything is concluded of any case. */
export const firstDay = (book: RuleBook): PlainDate | undefined =>
  book.national
    .filter(({ conclusion }) => conclusion)
    .map(({ validFrom }) => validFrom)
    .sort()[0];

/** The cards of one court for cases of these days: nation, links, adopted modules (by the day of receipt), province, court. */
export const cardsInForce = (book: RuleBook, court: CourtArea, days: CaseDays): CardInForce[] =>
  cardsEver(book, court).filter(
    ({ card, adoption }) => isInForce(card, days[card.chosenBy]) && (!adoption || adoption.validFrom <= days.received),
  );

const sourcesOf = new WeakMap<RuleBook, Map<string, readonly CardInForce[]>>();

/** The cards of one court for cases of any days; the same list for courts that have the same ones. */
export function cardsEver(book: RuleBook, court: CourtArea): readonly CardInForce[] {
  const folder = folderOf(book, court);
  const provincial = book.provinces.get(shortProvince(court.province)) ?? [];
  const kept = sourcesOf.get(book) ?? new Map<string, readonly CardInForce[]>();
  sourcesOf.set(book, kept);
  const key = `${folder?.code ?? ''} ${provincial.length === 0 ? '' : shortProvince(court.province)}`;
  let sources = kept.get(key);
  if (!sources) {
    const adopted = (folder?.adoptions ?? []).flatMap((adoption) =>
      (book.modules.get(adoption.module) ?? []).map((card) => ({ card, adoption })),
    );
    const plain = (cards: readonly Card[]): CardInForce[] => cards.map((card) => ({ card }));
    sources = [...plain(book.national), ...adopted, ...plain(provincial), ...plain(folder?.cards ?? [])];
    kept.set(key, sources);
  }
  return sources;
}

/** Every parameter as it stands in one court for cases of these days. */
export function parametersFor(book: RuleBook, court: CourtArea, days: CaseDays): Map<string, ResolvedParameter> {
  const areas = [court.code, shortProvince(court.province), '全国'];
  const parameters = new Map<string, ResolvedParameter>();
  for (const parameter of book.vocabulary.parametersById.values()) {
    const rows = rowsOf(book.parameters, parameter.id);
    parameters.set(parameter.id, resolveParameter(parameter, rows, areas, days[parameter.chosenBy]));
  }
  return parameters;
}

/** Flattens a rule book for one court and cases of these days; `overrides` are the docket's own parameters. */
export function rulesetFor(
  book: RuleBook,
  court: CourtArea,
  days: CaseDays,
  overrides: ReadonlyMap<string, bigint | number>,
): Ruleset {
  const folder = folderOf(book, court);
  const inForce = cardsInForce(book, court, days);
  const rules = composed(book, inForce);
  const parameters = new Map<string, ResolvedParameter>();
  for (const [id, resolved] of parametersFor(book, court, days)) {
    const override = overrides.get(id);
    const own: ResolvedParameter = { ...resolved, origin: '案卷', status: 'local', documentNo: '案卷参数' };
    parameters.set(id, override === undefined ? resolved : { ...own, value: override });
  }
  const ids = inForce.map(({ card }) => card.id).join(' ');
  return {
    vocabulary: book.vocabulary,
    rules,
    parameters,
    constraints: book.constraints,
    natures: book.natures,
    triage: folder?.triage ?? [],
    weights: book.weights,
    days: Object.fromEntries(daysChosenBy(book).map((day) => [day, days[day]])),
    version: `${folder?.name ?? '国家'}@${showDays(book, days)}`,
    digest: sha256Hex(`${book.digest} ${folder?.code ?? ''} ${ids}`),
    parameterDigest: digestOf(
      [...parameters.values()].map((each) => ({ ...each, value: each.value?.toString() ?? null })),
    ),
  };
}

/** 2026-03-09；where others count too: 2026-03-09 分案日期2026-03-12. */
const showDays = (book: RuleBook, days: CaseDays): string =>
  daysChosenBy(book)
    .map((day) => `${day === 'received' ? '' : caseDayWord(day)}${days[day]}`)
    .join(' ');

/** 河南 for 河南省, 广西 for 广西壮族自治区: dockets write either, parameter tables the short form. */
export const shortProvince = (name: string): string => name.replace(/(省|市|(壮族|回族|维吾尔)?自治区)$/, '');

const compositions = new WeakMap<RuleBook, Map<string, Map<string, Rule[]>>>();

/** Days with the same cards in force share one composition, and with it every verdict that was kept for it. */
function composed(book: RuleBook, sources: readonly CardInForce[]): Map<string, Rule[]> {
  let kept = compositions.get(book);
  if (!kept) {
    kept = new Map();
    compositions.set(book, kept);
  }
  const key = sources.map(({ card, adoption }) => `${card.id}@${adoption ? basesKey(adoption) : ''}`).join(' ');
  let rules = kept.get(key);
  if (!rules) {
    rules = compose(sources);
    kept.set(key, rules);
  }
  return rules;
}

const basesKeys = new WeakMap<Adoption, string>();

/** Adoptions with the same words in their bases are the same to a composition; where they stand does not matter. */
function basesKey(adoption: Adoption): string {
  let key = basesKeys.get(adoption);
  if (key === undefined) {
    key = JSON.stringify([...adoption.bases].map(([name, { place: _, ...basis }]) => [name, basis]));
    basesKeys.set(adoption, key);
  }
  return key;
}

const rowsById = new WeakMap<readonly ParameterRow[], ReadonlyMap<string, ParameterRow[]>>();

function rowsOf(rows: readonly ParameterRow[], id: string): readonly ParameterRow[] {
  let index = rowsById.get(rows);
  if (!index) {
    const byId = new Map<string, ParameterRow[]>();
    for (const row of rows) byId.set(row.parameter.id, [...(byId.get(row.parameter.id) ?? []), row]);
    rowsById.set(rows, byId);
    index = byId;
  }
  return index.get(id) ?? [];
}

/** A card without what is more special than it. */
interface Held extends Pick<Rule, 'basis' | 'holds' | 'blockers'> {
  readonly card: Card;
}

const helds = new Interned<Card, Held>();
const rulesOf = new Interned<Held, Rule>();
const layersOf = new Interned<Rule, Rule[]>();

/**
 * What does not hang on a card that changed stays the same object: an editor composes the rules again with every edit, and all
 * that is kept of a rule (its engine form, what its examples gave) hangs on it.
 */
function compose(sources: readonly CardInForce[]): Map<string, Rule[]> {
  const cards = sources.map(({ card }) => card);
  const adoptions = new Map(sources.map(({ card, adoption }) => [card, adoption]));
  const bases = (card: Card, list: Card['basis']): Basis[] =>
    list.flatMap((basis) => {
      if ('law' in basis) return [basis];
      const supplied = adoptions.get(card)?.bases.get(basis.adopted);
      return supplied
        ? [supplied]
        : [{ law: `采用依据「${basis.adopted}」未写明`, status: 'unverified', place: basis.place }];
    });
  const exceptions = new Exceptions(cards);
  const memo = new Map<Card, Held>();
  const heldOf = (card: Card): Held => {
    const known = memo.get(card);
    if (known) return known;
    const blocking = exceptions.blockersOf(card).map(heldOf);
    const adoption = adoptions.get(card);
    const held = helds.of(card, [adoption && basesKey(adoption), ...blocking], () => {
      const blockers: Blocker[] = [
        ...card.exceptions.map((each) => ({ ...each, basis: bases(card, each.basis), chosenBy: card.chosenBy })),
        ...blocking.map(({ card: { id, name, template, chosenBy }, basis, holds }) => ({
          id,
          name,
          template,
          basis,
          condition: holds,
          chosenBy,
        })),
      ];
      const holds = simplify(all([card.condition, not(any(blockers.map((blocker) => blocker.condition)))]));
      return { card, basis: bases(card, card.basis), holds, blockers };
    });
    memo.set(card, held);
    return held;
  };
  const layers = new Map<string, Rule[]>();
  for (const card of cards) {
    const held = heldOf(card);
    const special = exceptions.refinementsOf(card).map(heldOf);
    const rule = rulesOf.of(held, special, () => ({
      ...held,
      concludes: simplify(all([held.holds, not(any(special.map(({ holds }) => holds)))])),
    }));
    const layer = layers.get(card.layer) ?? [];
    layers.set(card.layer, layer);
    layer.push(rule);
  }
  for (const [layer, rules] of layers) {
    rules.sort((a, b) => byCodePoint(a.card.id, b.card.id));
    const [first] = rules;
    if (first)
      layers.set(
        layer,
        layersOf.of(first, rules, () => rules),
      );
  }
  return layers;
}

const all = (members: readonly Condition[]): Condition => ({ kind: 'all', members });
const any = (members: readonly Condition[]): Condition => ({ kind: 'any', members });
const not = (member: Condition): Condition => ({ kind: 'not', member });

/** Flattens nested groups and folds constants; the truth value stays the same for every input. */
export function simplify(condition: Condition): Condition {
  switch (condition.kind) {
    case 'test':
      return condition;
    case 'not': {
      const member = simplify(condition.member);
      if (member.kind === 'not') return member.member;
      if (member.kind !== 'test' && member.members.length === 0) return member.kind === 'all' ? NEVER : ALWAYS;
      return { kind: 'not', member };
    }
    default: {
      const members: Condition[] = [];
      for (const each of condition.members) {
        const member = simplify(each);
        if (member.kind === condition.kind) members.push(...member.members);
        else if ((member.kind === 'all' || member.kind === 'any') && member.members.length === 0) return member;
        else members.push(member);
      }
      const [only] = members;
      return members.length === 1 && only ? only : { kind: condition.kind, members };
    }
  }
}

/** What is left of a condition once some facts are known. */
export function specialise(condition: Condition, known: ReadonlyMap<string, Value>): Condition {
  const fold = (each: Condition): Condition => {
    if (each.kind === 'test') {
      const actual = known.get(each.fact);
      if (actual === undefined || each.operand.kind !== 'literal') return each;
      return compare(actual, each.comparison, each.operand.value) ? ALWAYS : NEVER;
    }
    return each.kind === 'not' ? not(fold(each.member)) : { kind: each.kind, members: each.members.map(fold) };
  };
  return simplify(fold(condition));
}

/** The rules of a layer that can still speak once some facts are known, ready for the engines. */
export interface Selection {
  readonly rules: readonly Rule[];
  /** One per rule, same order: does it conclude? */
  readonly engineRules: readonly EngineRule[];
}

const selections = new WeakMap<readonly Rule[], Map<string, Selection>>();
const selectionsOf = new Interned<Rule, Selection>();
const NOTHING: Selection = { rules: [], engineRules: [] };

/** Selects a layer's rules for what is known of every filing of a kind; kept, since it is asked for with each filing. */
export function select(ruleset: Ruleset, layer: string, known: ReadonlyMap<string, Value>): Selection {
  const all = ruleset.rules.get(layer);
  if (!all) return NOTHING;
  let kept = selections.get(all);
  if (!kept) {
    kept = new Map();
    selections.set(all, kept);
  }
  const key = kindOf(known);
  let selection = kept.get(key);
  if (!selection) {
    const rules = all.filter((rule) => rule.card.conclusion && !isNever(engineRuleOf(rule, known).condition));
    const [first] = rules;
    const made = (): Selection => ({ rules, engineRules: rules.map((rule) => engineRuleOf(rule, known)) });
    selection = first ? selectionsOf.of(first, [key, ...rules], made) : NOTHING;
    kept.set(key, selection);
  }
  return selection;
}

const engineRules = new WeakMap<Rule, Map<string, EngineRule>>();

/** When a rule speaks (one that only blocks: when it holds), as far as that is still open once some facts are known. */
export function engineRuleOf(rule: Rule, known: ReadonlyMap<string, Value>): EngineRule {
  const kept = engineRules.get(rule) ?? new Map<string, EngineRule>();
  engineRules.set(rule, kept);
  const key = kindOf(known);
  let engineRule = kept.get(key);
  if (!engineRule) {
    const { card, concludes, holds } = rule;
    engineRule = { id: card.id, condition: specialise(card.conclusion ? concludes : holds, known) };
    kept.set(key, engineRule);
  }
  return engineRule;
}

const kindOf = (known: ReadonlyMap<string, Value>): string => {
  let kind = '';
  for (const [fact, value] of known) kind += `${fact}=${String(value)} `;
  return kind;
};

const isNever = (condition: Condition): boolean => condition.kind === 'any' && condition.members.length === 0;
