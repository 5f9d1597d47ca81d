import type { CauseTree } from '../../law/cause.js';
import type { Card } from '../card.js';
import { showPeriod } from '../card-period.js';
import type { Condition, Value } from '../condition.js';
import type { ResolvedParameter } from '../parameters.js';
import type { RuleBook } from '../rulebook.js';
import type { Vocabulary } from '../vocabulary.js';
import { compareLayer, type LayerSide } from './compare-layer.js';
import type { Constraint } from './constraint.js';
import { type Area, areasOf, type Flattening, flatten, joined, type When, whensOf } from './flattenings.js';
import { ProofCache } from './proof-cache.js';
import { causesOf, constraintsOf, kindsOf, NODES_MAX, NOTHING, usualOf } from './prove.js';
import { showBox } from './region.js';
import { showKind } from './show-case.js';
import type { SpaceInput } from './space.js';
import type { Case } from './witness.js';

/** A rule book with the causes that its cases name. */
export interface BookSide {
  readonly book: RuleBook;
  readonly causes: CauseTree;
}

/** Whose rules, and for cases of which days; several in order. */
export type Where = Area & When;

/** Cases that come out otherwise, in one layer, by the same change. */
export interface OutcomeChange {
  readonly layer: string;
  /** 民事一审; empty for a layer that does not know. */
  readonly kind: string;
  /** What was concluded, and what is: words of the layer, in order; empty: no rule speaks. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Boxes that do not overlap and together are exactly the cases; where `isCut` they are only some of them. */
  readonly region: readonly string[];
  readonly isCut: boolean;
  readonly where: readonly Where[];
  readonly example: Case;
}

export interface BookDiff {
  readonly changes: readonly OutcomeChange[];
  /** Questions asked; outside the changes every one of them comes out as before. */
  readonly proofs: number;
  /** Layers with more cases than could be told apart: there nothing is known. */
  readonly unknown: readonly { readonly layer: string; readonly kind: string; readonly where: readonly Where[] }[];
}

export interface DiffLimits {
  readonly nodesMax?: number;
  /** Boxes shown of one change. */
  readonly boxesMax?: number;
}

const BOXES_MAX = 12;

/**
 * Which cases come out otherwise under another book, and proof that no others do: every layer of every court's rules on
 * every day. Books that share files should be read with one `ReadCache`, so that what is the same is not compared.
 */
export function diffBooks(before: BookSide, after: BookSide, limits: DiffLimits = {}): BookDiff {
  return new BookDiffer(before, after, limits).diff();
}

class BookDiffer {
  private readonly before: BookSide;
  private readonly after: BookSide;
  private readonly nodesMax: number;
  private readonly boxesMax: number;
  private readonly cache = new ProofCache();
  private readonly changes = new Map<string, OutcomeChange & { readonly where: Where[] }>();
  private readonly unknown = new Map<
    string,
    { readonly layer: string; readonly kind: string; readonly where: Where[] }
  >();
  /** What came of a question, for courts and days that put the same one. */
  private readonly answers = new Map<string, readonly OutcomeChange[] | undefined>();
  private readonly vocabulary: Vocabulary;
  private readonly constraints: readonly Constraint[];
  private readonly kinds: readonly ReadonlyMap<string, Value>[];

  constructor(before: BookSide, after: BookSide, { nodesMax = NODES_MAX, boxesMax = BOXES_MAX }: DiffLimits) {
    this.before = before;
    this.after = after;
    this.nodesMax = nodesMax;
    this.boxesMax = boxesMax;
    this.vocabulary = wordsOfBoth(before.book.vocabulary, after.book.vocabulary);
    this.constraints = this.shared();
    this.kinds = kindsOf({ vocabulary: this.vocabulary, constraints: this.constraints });
  }

  diff(): BookDiff {
    const areas = [...this.areas().values()];
    const whens = whensOf([this.before.book, this.after.book]);
    const then = flatten(this.before.book, areas, whens);
    const now = flatten(this.after.book, areas, whens);
    for (const [index, before] of then.entries()) {
      const after = now[index];
      if (after) this.compare(before, after);
    }
    const changes = [...this.changes.values()].map((change) => ({ ...change, where: together(change.where) }));
    const unknown = [...this.unknown.values()].map((each) => ({ ...each, where: together(each.where) }));
    return { changes, proofs: this.answers.size, unknown };
  }

  private areas(): Map<string, Area> {
    const all = [...areasOf(this.before.book), ...areasOf(this.after.book)];
    return new Map(all.map((area) => [`${area.court} ${area.province}`, area]));
  }

  private compare(before: Flattening, after: Flattening): void {
    for (const layer of new Set([...before.cards.keys(), ...after.cards.keys()])) {
      const groups = this.vocabulary.layers.get(layer) ?? [];
      for (const known of groups.includes('收案') ? this.kinds : [NOTHING]) {
        const [then, now] = [before, after].map(({ cards }) => this.cache.open(cards.get(layer) ?? [], known));
        if (!then || !now) continue;
        const read = new Set([...then.parameters, ...now.parameters]);
        const values = ({ parameters }: Flattening): string =>
          [...read].map((id) => String(parameters.get(id)?.value)).join();
        const key = `${layer} ${then.key} / ${now.key} / ${values(before)} / ${values(after)}`;
        if (!this.answers.has(key)) {
          const isSame = then.key === now.key && values(before) === values(after);
          this.answers.set(key, isSame ? [] : this.changesIn(layer, known, [then.cards, before], [now.cards, after]));
        }
        const { days: _days, cards: _cards, parameters: _parameters, ...where } = after;
        this.note(this.answers.get(key), layer, showKind(this.vocabulary, known), where);
      }
    }
  }

  private note(found: readonly OutcomeChange[] | undefined, layer: string, kind: string, where: Where): void {
    if (found === undefined) {
      const key = `${layer} ${kind}`;
      const entry = this.unknown.get(key) ?? { layer, kind, where: [] };
      this.unknown.set(key, entry);
      entry.where.push(where);
      return;
    }
    for (const change of found) {
      const key = JSON.stringify([change.layer, change.kind, change.before, change.after, change.region]);
      const entry = this.changes.get(key) ?? { ...change, where: [] };
      this.changes.set(key, entry);
      entry.where.push(where);
    }
  }

  private changesIn(
    layer: string,
    known: ReadonlyMap<string, Value>,
    [thenCards, then]: readonly [readonly Card[], Flattening],
    [nowCards, now]: readonly [readonly Card[], Flattening],
  ): OutcomeChange[] | undefined {
    const before = this.sideOf(thenCards, then.parameters);
    const after = this.sideOf(nowCards, now.parameters);
    const causes = causesOf(this.after.causes, known.get('matter'));
    const input: SpaceInput = {
      vocabulary: this.vocabulary,
      parameters: now.parameters,
      constraints: constraintsOf({ constraints: this.constraints, vocabulary: this.vocabulary }, layer),
      causes,
      known,
      usual: usualOf([...after.cards, ...before.cards], known),
      nodesMax: this.nodesMax,
    };
    const kind = showKind(this.vocabulary, known);
    return compareLayer(before, after, input, this.boxesMax)?.map(({ was, is, region: { boxes, isCut }, example }) => ({
      layer,
      kind,
      before: was,
      after: is,
      region: boxes.map((box) => showBox(this.vocabulary, causes, box)),
      isCut,
      where: [],
      example,
    }));
  }

  /** What both books take for so; what only one of them does would hide cases of the other. */
  private shared(): readonly Constraint[] {
    const others = new Set(this.before.book.constraints.map(({ condition }) => textOf(condition)));
    return this.after.book.constraints.filter(({ condition }) => others.has(textOf(condition)));
  }

  private sideOf(cards: readonly Card[], parameters: ReadonlyMap<string, ResolvedParameter>): LayerSide {
    const words = new Map<Card, string>();
    const bound = cards.map((card) => {
      const own: Card = {
        ...card,
        condition: bind(card.condition, parameters),
        exceptions: card.exceptions.map((each) => ({ ...each, condition: bind(each.condition, parameters) })),
      };
      words.set(own, wordOf(card, parameters, this.vocabulary));
      return own;
    });
    return { cards: bound, words };
  }
}

function wordOf(
  { conclusion, period }: Card,
  parameters: ReadonlyMap<string, ResolvedParameter>,
  vocabulary: Vocabulary,
): string {
  if (!conclusion) return '';
  const { outcome, value } = conclusion;
  const word = outcome.enumeration?.byKey.get(value)?.word ?? outcome.word;
  if (!period) return word;
  const length = typeof period.length === 'number' ? period.length : parameters.get(period.length.parameter)?.value;
  return `${word} ${showPeriod(vocabulary, period, length === undefined ? undefined : Number(length))}`;
}

/** A condition with every published parameter put in its place. */
function bind(condition: Condition, parameters: ReadonlyMap<string, ResolvedParameter>): Condition {
  switch (condition.kind) {
    case 'test': {
      const value = condition.operand.kind === 'parameter' ? parameters.get(condition.operand.id)?.value : undefined;
      return value === undefined ? condition : { ...condition, operand: { kind: 'literal', value } };
    }
    case 'not':
      return { kind: 'not', member: bind(condition.member, parameters) };
    default:
      return { kind: condition.kind, members: condition.members.map((each) => bind(each, parameters)) };
  }
}

/** A condition as text, wherever it stands. */
const textOf = (condition: Condition): string =>
  JSON.stringify(condition, (key, value) =>
    key === 'place' ? undefined : typeof value === 'bigint' ? `${value}` : value,
  );

/** The words of both; of a fact that both have, the later one's. */
function wordsOfBoth(before: Vocabulary, after: Vocabulary): Vocabulary {
  const both = <T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): Map<string, T> => new Map([...a, ...b]);
  return {
    enumerations: both(before.enumerations, after.enumerations),
    facts: both(before.facts, after.facts),
    factsByKey: both(before.factsByKey, after.factsByKey),
    layers: both(before.layers, after.layers),
    outcomes: both(before.outcomes, after.outcomes),
    parameters: both(before.parameters, after.parameters),
    derived: both(before.derived, after.derived),
    parametersById: both(before.parametersById, after.parametersById),
  };
}

/** Days of one court that follow each other are told as one stretch. */
function together(list: readonly Where[]): Where[] {
  const found: Where[] = [];
  for (const where of list) {
    let whole = where;
    for (let index = found.length - 1; index >= 0; index--) {
      const before = found[index];
      const isOwn = before?.court === where.court && before.province === where.province;
      const both = before && isOwn ? joined(before, whole) : undefined;
      if (!both) continue;
      found.splice(index, 1);
      whole = { ...whole, ...both };
      // What was joined may now join one that it did not before.
      index = found.length;
    }
    found.push(whole);
  }
  return found;
}
