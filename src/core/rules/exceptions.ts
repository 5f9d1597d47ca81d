import type { Card } from './card.js';

/** Which cards are exceptions to which, among those in force together. */
export class Exceptions {
  private readonly byName = new Map<string, Card[]>();
  private readonly positions: ReadonlyMap<Card, number>;
  private readonly found = new Map<Card, readonly Card[]>();

  constructor(cards: readonly Card[]) {
    this.positions = new Map(cards.map((card, index) => [card, index]));
    for (const card of cards) {
      for (const { name } of card.exceptionTo) {
        const same = this.byName.get(name);
        if (same) same.push(card);
        else this.byName.set(name, [card]);
      }
    }
  }

  /** Cards that name this one or a group of its, in the order of the book. */
  private of(card: Card): readonly Card[] {
    const before = this.found.get(card);
    if (before) return before;
    const named = new Set([card.id, ...card.groups].flatMap((name) => this.byName.get(name) ?? []));
    named.delete(card);
    const found = [...named].sort((a, b) => (this.positions.get(a) ?? 0) - (this.positions.get(b) ?? 0));
    this.found.set(card, found);
    return found;
  }

  /** Those that conclude nothing: where one holds, the card does not. */
  blockersOf(card: Card): Card[] {
    return this.of(card).filter(({ conclusion }) => conclusion === undefined);
  }

  /** Those that conclude something more special, and theirs in turn; `without` and what only it leads to are left out. */
  refinementsOf(card: Card, without?: Card): Card[] {
    const found = new Set<Card>();
    const visit = (each: Card): void => {
      for (const special of this.of(each)) {
        if (!special.conclusion || special === without || found.has(special)) continue;
        found.add(special);
        visit(special);
      }
    };
    visit(card);
    return [...found];
  }
}
