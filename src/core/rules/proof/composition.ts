import type { Card } from '../card.js';
import type { Diagram } from '../diagram.js';
import type { Exceptions } from '../exceptions.js';
import type { CaseSpace } from './space.js';

/**
 * When the cards of one layer hold and conclude, as diagrams; `without` one of them where it is asked for. The same
 * composition as that of a ruleset's rules, written over diagrams, so that leaving a card out costs only what hangs on it.
 */
export class Composition {
  private readonly space: CaseSpace;
  private readonly exceptions: Exceptions;
  private readonly without: Card | undefined;
  private readonly held = new Map<Card, Diagram>();
  private readonly concluded = new Map<Card, Diagram>();

  constructor(space: CaseSpace, exceptions: Exceptions, without?: Card) {
    this.space = space;
    this.exceptions = exceptions;
    this.without = without;
  }

  /** The card's own condition, no inline exception, and no card that blocks it. */
  holds(card: Card): Diagram {
    const { store } = this.space;
    let held = this.held.get(card);
    if (!held) {
      held = this.space.of(card.condition);
      for (const { condition } of card.exceptions) held = store.and(held, store.not(this.space.of(condition)));
      for (const each of this.exceptions.blockersOf(card)) {
        if (each !== this.without) held = store.and(held, store.not(this.holds(each)));
      }
      this.held.set(card, held);
    }
    return held;
  }

  /** It holds and nothing more special speaks in its place; of a card that concludes nothing, that it holds. */
  concludes(card: Card): Diagram {
    const { store } = this.space;
    let concluded = this.concluded.get(card);
    if (!concluded) {
      concluded = this.holds(card);
      if (card.conclusion) {
        for (const each of this.exceptions.refinementsOf(card, this.without)) {
          concluded = store.and(concluded, store.not(this.holds(each)));
        }
      }
      this.concluded.set(card, concluded);
    }
    return concluded;
  }
}
