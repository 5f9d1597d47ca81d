import { byCodePoint } from '../../kernel/order.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Card } from '../card.js';
import type { ResolvedParameter } from '../parameters.js';
import { cardsOf, DEFAULT_COURT, type RuleBook } from '../rulebook.js';
import { cardsInForce, parametersFor } from '../ruleset.js';

/** The rules of one court, or of every court of a province without a folder of its own, during days with the same rules. */
export interface Flattening extends Area {
  /** The first day. */
  readonly from: PlainDate;
  /** The first day of the next one; undefined: no end. */
  readonly until: PlainDate | undefined;
  readonly cards: ReadonlyMap<string, readonly Card[]>;
  readonly parameters: ReadonlyMap<string, ResolvedParameter>;
}

/** Stands for provinces that no parameter and no card names. */
const ANY_PROVINCE = '全国';

/** A court with a folder or rows of its own, or all courts of a province without one. */
export interface Area {
  readonly court: string;
  readonly province: string;
}

/** Every court's rules and parameters on every day, from the day on which the first card that concludes anything is in force. */
export const flatteningsOf = (book: RuleBook): Flattening[] => flatten(book, areasOf(book), daysOf(book));

/** The rules and parameters of these courts, from each of these days to the next. */
export function flatten(book: RuleBook, areas: readonly Area[], days: readonly PlainDate[]): Flattening[] {
  // Days and courts with the same cards share one list of them, so that whoever asks about it asks once.
  const lists = new Map<string, ReadonlyMap<string, readonly Card[]>>();
  return areas.flatMap(({ court, province }) =>
    days.map((from, index) => {
      const cards = cardsInForce(book, { code: court, province }, from).map(({ card }) => card);
      const key = cards.map(({ id }) => id).join(' ');
      const layers = lists.get(key) ?? byLayer(cards);
      lists.set(key, layers);
      const parameters = parametersFor(book, { code: court, province }, from);
      return { court, province, from, until: days[index + 1], cards: layers, parameters };
    }),
  );
}

function byLayer(cards: readonly Card[]): Map<string, Card[]> {
  const layers = new Map<string, Card[]>();
  for (const card of cards) {
    const layer = layers.get(card.layer) ?? [];
    layers.set(card.layer, layer);
    layer.push(card);
  }
  for (const layer of layers.values()) layer.sort((a, b) => byCodePoint(a.id, b.id));
  return layers;
}

/** Every court whose rules or parameters can differ from another's. */
export function areasOf(book: RuleBook): Area[] {
  const own = [...book.courts.values()].filter(({ code }) => code !== DEFAULT_COURT);
  const codes = new Set(own.map(({ code }) => code));
  const named = book.parameters.map(({ area }) => area).filter((area) => !/\d/.test(area));
  const provinces = new Set([ANY_PROVINCE, ...book.provinces.keys(), ...named]);
  const unlisted = book.parameters.map(({ area }) => area).filter((area) => /\d/.test(area) && !codes.has(area));
  return [
    ...[...provinces].map((province) => ({ court: DEFAULT_COURT, province })),
    ...own.map(({ code, province }) => ({ court: code, province })),
    ...[...new Set(unlisted)].map((court) => ({ court, province: ANY_PROVINCE })),
  ];
}

/** Days on which a card, a parameter or an adoption begins or ends, in order. */
export function daysOf(book: RuleBook): PlainDate[] {
  const adoptions = [...book.courts.values()].flatMap((court) => court.adoptions);
  const first = book.national
    .filter(({ conclusion }) => conclusion)
    .map(({ validFrom }) => validFrom)
    .sort()[0];
  const days = [...cardsOf(book), ...book.parameters, ...adoptions].flatMap((each) => [
    each.validFrom,
    ...('validTo' in each && each.validTo !== undefined ? [each.validTo] : []),
  ]);
  return [...new Set(days)].filter((day) => first !== undefined && day >= first).sort();
}
