import type { Card } from '../card.js';
import { testsOf, type Value } from '../condition.js';
import { contentOf } from '../content.js';
import { specialise } from '../specialise.js';
import { conditionsOf, type LayerProof } from './layer-proof.js';

/** The cards that can hold at all in cases of a kind. */
export interface CardList {
  readonly cards: readonly Card[];
  /** Ids of the parameters that they read. */
  readonly parameters: readonly string[];
  /** The same of the same cards. */
  readonly key: string;
  /** The same of cards that say the same, wherever they stand. */
  readonly content: string;
}

interface Kept {
  readonly proof: LayerProof | undefined;
  readonly cards: readonly Card[];
}

const EXAMPLES = new Set(['examples']);

/** Answers that hold as long as the cards that they were given for say the same, wherever in their files these stand. */
export class ProofCache {
  private readonly numbers = new WeakMap<object, number>();
  private readonly contents = new Map<string, number>();
  private readonly contentNumbers = new WeakMap<object, number>();
  private readonly answers = new Map<string, Kept>();
  private readonly opened = new WeakMap<Card, Map<string, boolean>>();
  private readonly listsOf = new WeakMap<readonly Card[], Map<ReadonlyMap<string, Value>, CardList>>();
  /** By all cards, and by those that can hold. */
  private readonly lists = new Map<string, CardList>();
  private readonly byKey = new Map<string, CardList>();
  private count = 0;

  proof(key: string, cards: readonly Card[], prove: () => LayerProof | undefined): LayerProof | undefined {
    let kept = this.answers.get(key);
    if (!kept) {
      kept = { proof: prove(), cards };
      this.answers.set(key, kept);
    }
    return kept.proof && about(kept.proof, kept.cards, cards);
  }

  /** The cards that can hold at all in cases of a kind, and the parameters that they read. */
  open(cards: readonly Card[], known: ReadonlyMap<string, Value>): CardList {
    const lists = this.listsOf.get(cards) ?? new Map<ReadonlyMap<string, Value>, CardList>();
    this.listsOf.set(cards, lists);
    let list = lists.get(known);
    if (!list) {
      list = this.sameList(cards, known);
      lists.set(known, list);
    }
    return list;
  }

  private sameList(cards: readonly Card[], known: ReadonlyMap<string, Value>): CardList {
    const kind = [...known.values()].join(' ');
    const key = `${kind} ${cards.map((card) => this.numberOf(card)).join(' ')}`;
    let list = this.lists.get(key);
    if (!list) {
      list = this.listOf(cards, kind, known);
      this.lists.set(key, list);
    }
    return list;
  }

  private listOf(all: readonly Card[], kind: string, known: ReadonlyMap<string, Value>): CardList {
    const cards = withLinks(
      all,
      all.filter((card) => this.isOpen(card, kind, known)),
    );
    const operands = conditionsOf(cards).flatMap(testsOf);
    const read = operands.flatMap(({ operand }) => (operand.kind === 'parameter' ? [operand.id] : []));
    const text = (numbers: number[]): string => `${kind} ${numbers.join(' ')}`;
    const key = text(cards.map((card) => this.numberOf(card)));
    let list = this.byKey.get(key);
    if (!list) {
      const content = text(cards.map((card) => this.contentNumberOf(card)));
      list = { cards, parameters: [...new Set(read)].sort(), key, content };
      this.byKey.set(key, list);
    }
    return list;
  }

  private isOpen(card: Card, kind: string, known: ReadonlyMap<string, Value>): boolean {
    const kinds = this.opened.get(card) ?? new Map<string, boolean>();
    this.opened.set(card, kinds);
    let isOpen = kinds.get(kind);
    if (isOpen === undefined) {
      const left = known.size === 0 ? card.condition : specialise(card.condition, known);
      isOpen = left.kind !== 'any' || left.members.length > 0;
      kinds.set(kind, isOpen);
    }
    return isOpen;
  }

  /** One number for one object. */
  numberOf(object: object): number {
    let number = this.numbers.get(object);
    if (number === undefined) {
      number = ++this.count;
      this.numbers.set(object, number);
    }
    return number;
  }

  /** One number for all objects of one content. */
  contentNumberOf(object: object): number {
    let number = this.contentNumbers.get(object);
    if (number === undefined) {
      const content = contentOf(object, EXAMPLES);
      number = this.contents.get(content) ?? ++this.count;
      this.contents.set(content, number);
      this.contentNumbers.set(object, number);
    }
    return number;
  }
}

/** What was proved of some cards, told of others of the same content, which stand in the same order. */
function about(proof: LayerProof, proved: readonly Card[], cards: readonly Card[]): LayerProof {
  if (proved.every((card, index) => card === cards[index])) return proof;
  const now = new Map(proved.map((card, index) => [card, cards[index] ?? card]));
  const as = (card: Card): Card => now.get(card) ?? card;
  return {
    ...proof,
    conflicts: proof.conflicts.map(({ cards: [a, b], example }) => ({ cards: [as(a), as(b)], example })),
    cards: new Map(
      [...proof.cards].map(([card, own]) => [as(card), { ...own, others: own.others.map((each) => as(each)) }]),
    ),
  };
}

/** The cards that can hold, and those through which one of them stands above another although they cannot hold themselves. */
function withLinks(cards: readonly Card[], open: readonly Card[]): readonly Card[] {
  const namesOf = ({ id, groups }: Card): string[] => [id, ...groups];
  const spread = (isNext: (card: Card, found: ReadonlySet<string>) => boolean, tell: (card: Card) => string[]) => {
    const found = new Set(open.flatMap(tell));
    const reached = new Set<Card>(open);
    for (let before = -1; before < reached.size; ) {
      before = reached.size;
      for (const card of cards) {
        if (reached.has(card) || !card.conclusion || !isNext(card, found)) continue;
        reached.add(card);
        for (const name of tell(card)) found.add(name);
      }
    }
    return reached;
  };
  const targetsOf = ({ exceptionTo }: Card): string[] => exceptionTo.map(({ name }) => name);
  const above = spread((card, named) => namesOf(card).some((name) => named.has(name)), targetsOf);
  const below = spread((card, names) => targetsOf(card).some((name) => names.has(name)), namesOf);
  return cards.filter((card) => above.has(card) && below.has(card));
}
