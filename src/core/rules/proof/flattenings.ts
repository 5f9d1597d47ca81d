import { byCodePoint } from '../../kernel/order.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Card } from '../card.js';
import { CASE_DAYS, type CaseDay, type CaseDays, caseDays, caseDayWord } from '../case-days.js';
import type { CardInForce } from '../compose.js';
import type { ResolvedParameter } from '../parameters.js';
import { cardsOf, DEFAULT_COURT, type RuleBook } from '../rulebook.js';
import { type CourtArea, cardsEver, cardsInForce, daysChosenBy, firstDay, parametersFor } from '../ruleset.js';

/** Days [from, until); open where a side is missing. */
interface Stretch {
  readonly from?: PlainDate | undefined;
  readonly until?: PlainDate | undefined;
}

/** Cases by their days: received within the first stretch, and where rules are chosen by them too, docketed and assigned within these. */
export interface When {
  /** The first day of receipt. */
  readonly from: PlainDate;
  /** The first day of receipt of the next ones; undefined: no end. */
  readonly until: PlainDate | undefined;
  /** Only what does not follow from the days before. */
  readonly docketed?: Stretch;
  readonly assigned?: Stretch;
}

/** The rules of one court, or of every court of a province without a folder of its own, for cases of days with the same rules. */
export interface Flattening extends Area, When {
  /** The earliest of these cases. */
  readonly days: CaseDays;
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

/** Every court's rules and parameters for cases of any days, from the day on which the first card that concludes anything is in force. */
export const flatteningsOf = (book: RuleBook): Flattening[] => flatten(book, areasOf(book), whensOf([book]));

/** The rules and parameters of these courts for cases of these days. */
export function flatten(book: RuleBook, areas: readonly Area[], whens: readonly When[]): Flattening[] {
  // Days and courts with the same cards share one list of them, so that whoever asks about it asks once.
  const lists = new Map<string, ReadonlyMap<string, readonly Card[]>>();
  const ofWhens = new Map<readonly CardInForce[], ReadonlyMap<string, readonly Card[]>[]>();
  const cardsOn = (area: CourtArea): ReadonlyMap<string, readonly Card[]>[] =>
    whens.map((when) => {
      const cards = cardsInForce(book, area, earliestOf(when)).map(({ card }) => card);
      const key = cards.map(({ id }) => id).join(' ');
      const layers = lists.get(key) ?? byLayer(cards);
      lists.set(key, layers);
      return layers;
    });
  return areas.flatMap(({ court, province }) => {
    const area = { code: court, province };
    const ever = cardsEver(book, area);
    const cards = ofWhens.get(ever) ?? cardsOn(area);
    ofWhens.set(ever, cards);
    return whens.map((when, index) => {
      const days = earliestOf(when);
      const parameters = parametersFor(book, area, days);
      return { court, province, ...when, days, cards: cards[index] ?? new Map(), parameters };
    });
  });
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

/**
 * Cases with the same rules and parameters by their days, in all of these books: a case is received, then docketed, then assigned, and
 * each day on which something begins or ends parts those whose day of that kind comes before from those after.
 */
export function whensOf(books: readonly RuleBook[]): When[] {
  const asked = CASE_DAYS.filter((day) => books.some((book) => daysChosenBy(book).includes(day)));
  const stretches = (by: CaseDay): Stretch[] => {
    const cuts = [...new Set(books.flatMap((book) => cutsOf(book, by)))].sort();
    if (by === 'received') return cuts.map((from, index) => ({ from, until: cuts[index + 1] }));
    return [undefined, ...cuts].map((from, index) => ({ from, until: cuts[index] }));
  };
  const all = Object.fromEntries(CASE_DAYS.map((by) => [by, asked.includes(by) ? stretches(by) : [{}]])) as Record<
    CaseDay,
    Stretch[]
  >;
  // Days of receipt innermost: neighbours in the list are neighbours in time.
  return all.docketed.flatMap((docketed) =>
    all.assigned.flatMap((assigned) =>
      all.received.flatMap(({ from, until }) => {
        const when = from && boundedBy({ from, until, docketed, assigned });
        return when ? [when] : [];
      }),
    ),
  );
}

/** Leaves out what follows from the order of the days; undefined where no case has such days. */
function boundedBy({ from, until, docketed, assigned }: When): When | undefined {
  const days = earliestOf({ from, until, ...(docketed && { docketed }), ...(assigned && { assigned }) });
  const isPast = (day: PlainDate, stretch: Stretch | undefined): boolean =>
    stretch?.until !== undefined && day >= stretch.until;
  if (isPast(days.docketed, docketed) || isPast(days.assigned, assigned)) return undefined;
  const left = (stretch: Stretch | undefined, since: PlainDate): Stretch | undefined => {
    const start = stretch?.from !== undefined && stretch.from > since ? stretch.from : undefined;
    return start === undefined && stretch?.until === undefined ? undefined : { from: start, until: stretch?.until };
  };
  const own = { docketed: left(docketed, from), assigned: left(assigned, days.docketed) };
  return {
    from,
    until,
    ...(own.docketed && { docketed: own.docketed }),
    ...(own.assigned && { assigned: own.assigned }),
  };
}

/** The earliest case of these days. */
const earliestOf = ({ from, docketed, assigned }: When): CaseDays =>
  caseDays({ received: from, docketed: docketed?.from ?? from, assigned: assigned?.from ?? from });

/** Days on which a card, a parameter or an adoption begins or ends, for cases by that day of theirs. */
function cutsOf(book: RuleBook, by: CaseDay): PlainDate[] {
  const dated = [
    ...cardsOf(book).filter(({ chosenBy }) => chosenBy === by),
    ...book.parameters.filter(({ parameter }) => parameter.chosenBy === by),
    ...(by === 'received' ? [...book.courts.values()].flatMap((court) => court.adoptions) : []),
  ];
  const cuts = dated.flatMap((each) => [
    each.validFrom,
    ...('validTo' in each && each.validTo !== undefined ? [each.validTo] : []),
  ]);
  const first = firstDay(book);
  if (first === undefined) return [];
  return by === 'received' ? [first, ...cuts.filter((day) => day >= first)] : cuts;
}

/** 2022-01-01 起收案、2026-07-01 前分案. */
export function showWhen({ from, until, docketed, assigned }: When): string {
  const received = until === undefined ? `${from} 起收案` : `${from} 到 ${until} 前收案`;
  const later = ([by, stretch]: readonly [CaseDay, Stretch | undefined]): string => {
    if (!stretch) return '';
    const { from: start, until: end } = stretch;
    const what = caseDayWord(by).slice(0, 2);
    if (start === undefined) return `、${end} 前${what}`;
    return end === undefined ? `、${start} 起${what}` : `、${start} 到 ${end} 前${what}`;
  };
  return [received, later(['docketed', docketed]), later(['assigned', assigned])].join('');
}

/** Two sets of days as one, where together they are one. */
export function joined(a: When, b: When): When | undefined {
  const axes = (when: When): Stretch[] => [when, when.docketed ?? {}, when.assigned ?? {}];
  const [before, after] = [axes(a), axes(b)];
  const isSame = (x: Stretch | undefined, y: Stretch | undefined): boolean =>
    x?.from === y?.from && x?.until === y?.until;
  const differ = before.flatMap((stretch, axis) => (isSame(stretch, after[axis]) ? [] : [axis]));
  const [axis] = differ;
  if (axis === undefined) return a;
  const [x, y] = [before[axis], after[axis]];
  if (differ.length > 1 || !x || !y) return undefined;
  const [first, second] = x.until !== undefined && x.until === y.from ? [x, y] : [y, x];
  if (first.until === undefined || first.until !== second.from) return undefined;
  const both = { from: first.from, until: second.until };
  if (axis === 0) return { ...a, from: first.from ?? a.from, until: second.until };
  const { docketed, assigned, ...received } = a;
  const kept = axis === 1 ? { docketed: both, assigned } : { docketed, assigned: both };
  const isOpen = (stretch: Stretch | undefined): boolean => stretch?.from === undefined && stretch?.until === undefined;
  return {
    ...received,
    ...(kept.docketed && !isOpen(kept.docketed) && { docketed: kept.docketed }),
    ...(kept.assigned && !isOpen(kept.assigned) && { assigned: kept.assigned }),
  };
}
