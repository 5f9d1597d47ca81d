import { byCodePoint } from '../kernel/order.js';
import type { Card } from './card.js';
import type { CaseDay } from './case-days.js';
import type { Basis } from './citation.js';
import type { Condition } from './condition.js';
import { Exceptions } from './exceptions.js';
import { Interned } from './interned.js';
import type { Adoption } from './rulebook.js';
import { all, any, not, simplify } from './specialise.js';

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

/** A card, and by which adoption where it is a module's. */
export interface CardInForce {
  readonly card: Card;
  readonly adoption?: Adoption;
}

const basesKeys = new WeakMap<Adoption, string>();

/** Adoptions with the same words in their bases are the same to a composition; where they stand does not matter. */
export function basesKey(adoption: Adoption): string {
  let key = basesKeys.get(adoption);
  if (key === undefined) {
    key = JSON.stringify([...adoption.bases].map(([name, { place: _, ...basis }]) => [name, basis]));
    basesKeys.set(adoption, key);
  }
  return key;
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
export function compose(sources: readonly CardInForce[]): Map<string, Rule[]> {
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
