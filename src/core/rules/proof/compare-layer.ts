import type { Card } from '../card.js';
import { type Diagram, DiagramTooLargeError, valuesOf } from '../diagram.js';
import { Exceptions } from '../exceptions.js';
import { Composition } from './composition.js';
import { conditionsOf } from './layer-proof.js';
import { type Region, regionOf } from './region.js';
import { CaseSpace, type SpaceInput } from './space.js';
import { type Case, cheapest } from './witness.js';

/** The cards of one layer with their parameters put in, and the word for what each concludes. */
export interface LayerSide {
  readonly cards: readonly Card[];
  readonly words: ReadonlyMap<Card, string>;
}

/** The cases that come out otherwise by the same change: what was concluded and what is, in order; empty: nothing. */
export interface LayerChange {
  readonly was: readonly string[];
  readonly is: readonly string[];
  readonly region: Region;
  readonly example: Case;
}

/** Every change between two sets of cards; outside their regions no case comes out otherwise. Undefined: too many cases to tell. */
export function compareLayer(
  before: LayerSide,
  after: LayerSide,
  input: SpaceInput,
  boxesMax: number,
): LayerChange[] | undefined {
  try {
    const space = new CaseSpace(input, conditionsOf([...before.cards, ...after.cards]));
    const changed = space.store.combine(said(space, before), said(space, after), (was, is) =>
      was === is ? '' : JSON.stringify([was, is]),
    );
    const changes: LayerChange[] = [];
    for (const value of valuesOf(changed)) {
      if (value === '') continue;
      const isThis = space.store.map(changed, (each) => each === value);
      const where = space.store.and(space.possible, isThis);
      const example = cheapest(space, where);
      if (!example) continue;
      const [was, is] = JSON.parse(String(value)) as [string, string];
      changes.push({ was: split(was), is: split(is), region: regionOf(space, where, boxesMax), example });
    }
    return changes;
  } catch (error) {
    if (error instanceof DiagramTooLargeError) return undefined;
    throw error;
  }
}

const SEPARATOR = '\u0000';
const split = (text: string): string[] => text.split(SEPARATOR).filter((word) => word !== '');

/** What a layer concludes in each case: its words in order, each once. */
function said(space: CaseSpace, { cards, words }: LayerSide): Diagram {
  const composition = new Composition(space, new Exceptions(cards));
  const places = new Map<string, Diagram>();
  for (const card of cards) {
    if (!card.conclusion) continue;
    const word = words.get(card) ?? '';
    places.set(word, space.store.or(places.get(word) ?? space.store.leaf(false), composition.concludes(card)));
  }
  let all: Diagram = space.store.leaf('');
  for (const word of [...places.keys()].sort()) {
    all = space.store.combine(all, places.get(word) as Diagram, (text, speaks) =>
      speaks === true ? `${String(text)}${word}${SEPARATOR}` : text,
    );
  }
  return all;
}
