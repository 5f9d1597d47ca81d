import { digestOf, sha256Hex } from '../kernel/digest.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Card } from './card.js';
import { CASE_DAYS, type CaseDay, type CaseDays, caseDayWord, isInForce } from './case-days.js';
import { basesKey, type CardInForce, compose, type Rule } from './compose.js';
import { type ParameterRow, type ResolvedParameter, resolveParameter } from './parameters.js';
import type { Constraint } from './proof/constraint.js';
import { type CourtBook, cardsOf, DEFAULT_COURT, type RuleBook } from './rulebook.js';
import type { CauseNatureRow, EvidenceWeights, TriageRow } from './tables.js';
import type { Vocabulary } from './vocabulary.js';

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
