import type { PlainDate } from '../../kernel/plain-date.js';
import type { Card, Unruled } from '../card.js';
import type { Condition } from '../condition.js';
import type { Diagram } from '../diagram.js';
import { Exceptions } from '../exceptions.js';
import type { Outcome } from '../vocabulary.js';
import { Composition } from './composition.js';
import { CaseSpace, type SpaceInput } from './space.js';
import { type Case, cheapest } from './witness.js';

/** What can be said of one card in one kind of case under one set of parameters. */
export interface CardProof {
  /** Some case in which it holds; undefined: none. */
  readonly holds: boolean;
  /** It speaks in some case. */
  readonly speaks: boolean;
  /** Without it some case would come out otherwise, or another card would speak. */
  readonly matters: boolean;
  /** Where it holds and others speak in its place, or where others say the same anyway. */
  readonly example?: Case;
  /** Who speaks there. */
  readonly others: readonly Card[];
  /** Inline exceptions that can hold where the card's own condition does. */
  readonly exceptions: ReadonlySet<string>;
}

export interface LayerProof {
  /** For each outcome that must have an answer, the case without one that departs least from the base case. */
  readonly gaps: readonly { readonly outcome: string; readonly example: Case }[];
  readonly conflicts: readonly { readonly cards: readonly [Card, Card]; readonly example: Case }[];
  /** More conflicts than are listed. */
  readonly isCut: boolean;
  readonly cards: ReadonlyMap<Card, CardProof>;
}

const CONFLICTS_MAX = 200;

/** What a card says: two that say the same are never a conflict. */
export function sayingOf({ conclusion, period }: Card): string {
  if (!conclusion) return '';
  const said = `${conclusion.outcome.key}:${conclusion.value}`;
  return period ? `${said}:${JSON.stringify(period)}` : said;
}

/**
 * Proves one layer of the cards in force on a day for one kind of case: what has no answer, what has two, which cards
 * never hold, never speak or change nothing.
 *
 * @throws DiagramTooLargeError where the cases are more than the node budget can tell apart: nothing is known then
 */
export function proveLayer(
  on: PlainDate,
  cards: readonly Card[],
  unruled: readonly Unruled[],
  input: SpaceInput,
): LayerProof {
  return new LayerProver(on, cards, unruled, input).prove();
}

/** The conditions that a set of cards reads. */
export const conditionsOf = (cards: readonly Card[]): Condition[] =>
  cards.flatMap(({ condition, exceptions }) => [condition, ...exceptions.map((each) => each.condition)]);

/** Cards that say the same. */
interface Saying {
  readonly cards: Card[];
  said: Diagram;
  without?: ReadonlyMap<Card, Diagram>;
}

class LayerProver {
  private readonly on: PlainDate;
  private readonly cards: readonly Card[];
  private readonly unruled: readonly Unruled[];
  private readonly space: CaseSpace;
  private readonly exceptions: Exceptions;
  private readonly composition: Composition;
  /** Cards by what they say, and where any of them speaks. */
  private readonly sayings = new Map<string, Saying>();

  constructor(on: PlainDate, cards: readonly Card[], unruled: readonly Unruled[], input: SpaceInput) {
    this.on = on;
    this.cards = cards;
    this.unruled = unruled;
    this.space = new CaseSpace(input, [...conditionsOf(cards), ...unruled.map(({ condition }) => condition)]);
    this.exceptions = new Exceptions(cards);
    this.composition = new Composition(this.space, this.exceptions);
  }

  prove(): LayerProof {
    const { store } = this.space;
    for (const card of this.cards) {
      if (!card.conclusion) continue;
      const key = sayingOf(card);
      const saying: Saying = this.sayings.get(key) ?? { cards: [], said: store.leaf(false) };
      this.sayings.set(key, saying);
      saying.cards.push(card);
      saying.said = store.or(saying.said, this.speaks(this.composition, card));
    }
    const { conflicts, isCut } = this.conflicts();
    const cards = new Map(this.cards.map((card) => [card, this.proofOf(card)]));
    return { gaps: this.gaps(), conflicts, isCut, cards };
  }

  /** The possible cases in which a card speaks. */
  private speaks(composition: Composition, card: Card): Diagram {
    return this.space.store.and(this.space.possible, composition.concludes(card));
  }

  private gaps(): LayerProof['gaps'] {
    const { store, possible } = this.space;
    const isAsked = ({ completeFrom }: Outcome): boolean => completeFrom !== undefined && completeFrom <= this.on;
    const outcomes = new Map(
      this.cards.flatMap(({ conclusion }) =>
        conclusion && isAsked(conclusion.outcome) ? [[conclusion.outcome.key, conclusion.outcome]] : [],
      ),
    );
    const gaps: LayerProof['gaps'][number][] = [];
    for (const outcome of outcomes.values()) {
      let open = possible;
      for (const [key, { said }] of this.sayings) {
        if (key.startsWith(`${outcome.key}:`)) open = store.and(open, store.not(said));
      }
      for (const { condition } of this.unruled) open = store.and(open, store.not(this.space.of(condition)));
      const example = cheapest(this.space, open);
      if (example) gaps.push({ outcome: outcome.word, example });
    }
    return gaps;
  }

  private conflicts(): Pick<LayerProof, 'conflicts' | 'isCut'> {
    const { store } = this.space;
    const conflicts: LayerProof['conflicts'][number][] = [];
    const sayings = [...this.sayings.values()];
    for (const [index, one] of sayings.entries()) {
      for (const other of sayings.slice(index + 1)) {
        if (!excludeEachOther(one.cards[0], other.cards[0])) continue;
        if (isNever(store.and(one.said, other.said))) continue;
        for (const a of one.cards) {
          if (isNever(store.and(this.speaks(this.composition, a), other.said))) continue;
          for (const b of other.cards) {
            const both = store.and(this.speaks(this.composition, a), this.speaks(this.composition, b));
            const example = cheapest(this.space, both);
            if (!example) continue;
            if (conflicts.length === CONFLICTS_MAX) return { conflicts, isCut: true };
            conflicts.push({ cards: [a, b], example });
          }
        }
      }
    }
    return { conflicts, isCut: false };
  }

  private proofOf(card: Card): CardProof {
    const { store, possible } = this.space;
    const held = store.and(possible, this.composition.holds(card));
    const own = store.and(possible, this.space.of(card.condition));
    const exceptions = new Set(
      card.exceptions.filter(({ condition }) => !isNever(store.and(own, this.space.of(condition)))).map(({ id }) => id),
    );
    const speaks = !isNever(this.speaks(this.composition, card));
    const holds = !isNever(held);
    // One that never speaks or holds may still matter: through it, its exceptions stand above what it is an exception to.
    const matters = this.changesAnything(card);
    const base = { holds, speaks, matters, exceptions };
    if ((speaks && matters) || !holds) return { ...base, others: [] };
    const example = cheapest(this.space, held);
    return { ...base, others: example ? this.speakersAt(example, card) : [], ...(example && { example }) };
  }

  /** Whether some possible case would come out otherwise without the card. */
  private changesAnything(card: Card): boolean {
    // What nearly every card shows at once: nobody else says what it says.
    const saying = card.conclusion && this.sayings.get(sayingOf(card));
    if (saying && this.saidWithout(saying).get(card) !== saying.said) return true;
    const without = new Composition(this.space, this.exceptions, card);
    for (const each of this.targetsOf(card)) {
      if (each.conclusion && this.speaks(without, each) !== this.speaks(this.composition, each)) return true;
    }
    return false;
  }

  /** Where each card's answer is given by the others that say the same: what come before it and what come after it, each joined once. */
  private saidWithout(saying: Saying): ReadonlyMap<Card, Diagram> {
    if (saying.without) return saying.without;
    const { store } = this.space;
    const speaking = saying.cards.map((card) => this.speaks(this.composition, card));
    const after: Diagram[] = [store.leaf(false)];
    for (const each of [...speaking].reverse()) after.push(store.or(after.at(-1) as Diagram, each));
    const without = new Map<Card, Diagram>();
    let before: Diagram = store.leaf(false);
    for (const [index, card] of saying.cards.entries()) {
      without.set(card, store.or(before, after[saying.cards.length - index - 1] as Diagram));
      before = store.or(before, speaking[index] as Diagram);
    }
    saying.without = without;
    return without;
  }

  /** The cards whose conclusion hangs on this one: those that it is an exception to, and theirs in turn. */
  private targetsOf(card: Card): Set<Card> {
    const found = new Set<Card>();
    const visit = (names: ReadonlySet<string>): void => {
      if (names.size === 0) return;
      for (const each of this.cards) {
        if (found.has(each) || each === card || ![each.id, ...each.groups].some((name) => names.has(name))) continue;
        found.add(each);
        visit(new Set(each.exceptionTo.map(({ name }) => name)));
      }
    };
    visit(new Set(card.exceptionTo.map(({ name }) => name)));
    return found;
  }

  private speakersAt(example: Case, except: Card): Card[] {
    const indexes = new Map(
      this.space.axes.map(({ key, variable, cells }) => [
        variable,
        cells.findIndex(({ value }) => value === example.values.get(key)),
      ]),
    );
    const isTrue = (diagram: Diagram): boolean => {
      let node = diagram;
      while (node.kind === 'branch') node = node.children[indexes.get(node.variable) ?? 0] as Diagram;
      return node.value === true;
    };
    return this.cards.filter(
      (card) => card !== except && card.conclusion && isTrue(this.speaks(this.composition, card)),
    );
  }
}

/** Two answers where there can be one only; two lengths of one deadline. */
function excludeEachOther(a: Card | undefined, b: Card | undefined): boolean {
  const [one, other] = [a?.conclusion, b?.conclusion];
  if (!one || !other || one.outcome !== other.outcome) return false;
  return one.value === other.value ? a?.period !== undefined : one.outcome.single;
}

const isNever = (diagram: Diagram): boolean => diagram.kind === 'leaf' && diagram.value !== true;
