import { addDays, type PlainDate } from '../kernel/plain-date.js';
import type { Card } from './card.js';
import { CASE_DAYS, type CaseDay } from './case-days.js';
import type { CitationFindings } from './cited-articles.js';
import { testsOf } from './condition.js';
import type { ParameterRow } from './parameters.js';
import { DEFAULT_COURT, type RuleBook } from './rulebook.js';
import { firstDay, shortProvince } from './ruleset.js';
import type { Problem } from './source.js';

/** Days [from, to); without `to`, for good. */
interface Span {
  readonly from: PlainDate;
  readonly to?: PlainDate | undefined;
}

/** A province or a court: whose rows count for it, the cards that speak there, and where to say what is missing. */
interface Area {
  readonly name: string;
  readonly areas: readonly string[];
  readonly cards: readonly Span[];
}

/**
 * What is wrong with parameters over time: a card in force reads one for which no row is, not even one that declares it
 * 未查明. Remarked is what was published only after it came into force.
 */
export function checkParameterTime(book: RuleBook): CitationFindings {
  const problems = [...book.vocabulary.parametersById.keys()].flatMap((id) => holesOf(id, book));
  return { problems, remarks: book.parameters.flatMap(retroactive) };
}

function retroactive(row: ParameterRow): Problem[] {
  const { published, validFrom, parameter, area, place } = row;
  // Of a month only, it is told where the whole month is later.
  if (published === undefined || published <= validFrom.slice(0, published.length)) return [];
  const message = `「${parameter.word}」${area} ${published} 公布,自 ${validFrom} 起施行:公布以前的收案,当时作出的决定用的是别的数`;
  return [{ ...place, code: 'PARAMETER_RETROACTIVE', message }];
}

function holesOf(id: string, book: RuleBook): Problem[] {
  const rows = book.parameters.filter(({ parameter }) => parameter.id === id);
  const word = book.vocabulary.parametersById.get(id)?.word ?? id;
  const chosenBy = book.vocabulary.parametersById.get(id)?.chosenBy ?? 'received';
  const first = firstDay(book);
  const spanOf = (card: Card): Span[] => (readsParameter(card, id) ? [spanBy(chosenBy, card, first)] : []);
  const told = new Set<string>();
  return areasOf(book, rows, spanOf).flatMap(({ name, areas, cards }) => {
    const own = rows.filter(({ area }) => areas.includes(area));
    return cards
      .flatMap((span) => uncovered(span, own))
      .flatMap((hole): Problem[] => {
        const days = showSpan(hole);
        // A province's hole is not told again for each of its courts.
        const keys = areas.map((area) => `${area} ${days}`);
        if (keys.some((key) => told.has(key))) return [];
        told.add(keys[0] ?? days);
        const message = `「${word}」在${name} ${days}没有值,而有规则要用它;补上这几天的一行,不知道就写「未查明」`;
        const place = own[0]?.place ?? rows[0]?.place ?? { file: 'vocabulary/parameters.yaml', line: 1, column: 1 };
        return [{ ...place, code: 'PARAMETER_HOLE', message }];
      });
  });
}

/**
 * The days by which a parameter is chosen for the cases that a card is in force for. Where the two are not chosen by the same day, the
 * one may come any time before or after the other, though not before anything is concluded at all.
 */
function spanBy(by: CaseDay, { chosenBy, validFrom, validTo }: Card, first: PlainDate | undefined): Span {
  const place = (day: CaseDay): number => CASE_DAYS.indexOf(day);
  if (place(by) > place(chosenBy)) return { from: validFrom };
  const isEarlier = place(by) < place(chosenBy) && first !== undefined && first < validFrom;
  return { from: isEarlier ? first : validFrom, to: validTo };
}

function areasOf(book: RuleBook, rows: readonly ParameterRow[], spanOf: (card: Card) => Span[]): Area[] {
  const courts = [...book.courts.values()].filter(({ code }) => code !== DEFAULT_COURT);
  const codes = new Set(courts.map(({ code }) => code));
  const provinces = new Set([
    ...courts.map(({ province }) => shortProvince(province)),
    ...book.provinces.keys(),
    ...rows.map(({ area }) => area).filter((area) => area !== NATION && !codes.has(area) && !/\d/.test(area)),
  ]);
  const spans = (cards: readonly Card[]): Span[] => cards.flatMap(spanOf);
  const national = spans(book.national);
  return [
    { name: NATION, areas: [NATION], cards: provinces.size === 0 ? national : [] },
    ...[...provinces].map((name) => ({
      name,
      areas: [name, NATION],
      cards: [...national, ...spans(book.provinces.get(name) ?? [])],
    })),
    ...courts.map(({ code, province, cards, adoptions }) => ({
      name: code,
      areas: [code, shortProvince(province), NATION],
      cards: [
        ...national,
        ...spans(book.provinces.get(shortProvince(province)) ?? []),
        ...spans(cards),
        ...adoptions.flatMap(({ module, validFrom }) =>
          spans(book.modules.get(module) ?? []).map(({ from, to }) => ({
            from: from < validFrom ? validFrom : from,
            to,
          })),
        ),
      ],
    })),
  ];
}

const NATION = '全国';

const readsParameter = (card: Card, id: string): boolean => parametersOf(card).has(id);

const read = new WeakMap<Card, ReadonlySet<string>>();

/** Ids of the parameters that a card reads. */
function parametersOf(card: Card): ReadonlySet<string> {
  let ids = read.get(card);
  if (!ids) {
    const { condition, exceptions, period } = card;
    const operands = [condition, ...exceptions.map((each) => each.condition)]
      .flatMap(testsOf)
      .map(({ operand }) => operand);
    ids = new Set([
      ...(typeof period?.length === 'object' ? [period.length.parameter] : []),
      ...operands.flatMap((operand) => (operand.kind === 'parameter' ? [operand.id] : [])),
    ]);
    read.set(card, ids);
  }
  return ids;
}

/** The parts of a span on which none of the rows is in force, in order. */
function uncovered({ from, to }: Span, rows: readonly ParameterRow[]): Span[] {
  const holes: Span[] = [];
  let day: PlainDate | undefined = from;
  for (const { validFrom, validTo } of rows.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) {
    if (day === undefined || (to !== undefined && validFrom >= to)) break;
    if (validFrom > day) holes.push({ from: day, to: validFrom });
    if (validTo === undefined) day = undefined;
    else if (validTo > day) day = validTo;
  }
  if (day !== undefined && (to === undefined || day < to)) holes.push({ from: day, to });
  return holes;
}

const showSpan = ({ from, to }: Span): string => (to === undefined ? `${from} 起` : `${from} 至 ${addDays(to, -1)} `);
