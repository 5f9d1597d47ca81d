import type { PlainDate } from '../../kernel/plain-date.js';
import type { CauseTree } from '../../law/cause.js';
import type { Card } from '../card.js';
import { type Condition, type Test, testsOf, type Value } from '../condition.js';
import { DiagramTooLargeError, parameterFact } from '../diagram.js';
import { holds } from '../evaluate.js';
import type { RuleBook } from '../rulebook.js';
import { rulesetFor } from '../ruleset.js';
import { specialise } from '../specialise.js';
import type { CausePath } from './cells.js';
import type { Constraint } from './constraint.js';
import { type Flattening, flatteningsOf } from './flattenings.js';
import { type LayerProof, proveLayer } from './layer-proof.js';
import { type CardList, ProofCache } from './proof-cache.js';
import type { SpaceInput } from './space.js';

/** One question that was put to a layer: whose rules, when, for what kind of case. */
export interface Question {
  readonly layer: string;
  readonly flattening: Flattening;
  /** 案件类别 and 审级; empty for a layer that knows neither. */
  readonly known: ReadonlyMap<string, Value>;
  readonly cards: readonly Card[];
}

export interface Answer {
  readonly question: Question;
  /** Undefined: more cases than the node budget can tell apart; nothing is known. */
  readonly proof: LayerProof | undefined;
}

export interface Proofs {
  readonly answers: readonly Answer[];
  /** Every card that is in force somewhere at some time; one that no question is about can never hold. */
  readonly inForce: ReadonlySet<Card>;
}

export const NODES_MAX = 300_000;
export const NOTHING: ReadonlyMap<string, Value> = new Map();

export interface ProofOptions {
  readonly cache?: ProofCache;
  readonly nodesMax?: number;
}

/**
 * Proves every layer of every court's rules on every day. Questions with the same cards and parameters are asked once;
 * with `cache`, once for all books that share them.
 */
export function prove(book: RuleBook, causes: CauseTree, options: ProofOptions = {}): Proofs {
  const steps = proving(book, causes, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** As `prove`, answer by answer, for who has others waiting. */
export function* proving(
  book: RuleBook,
  causes: CauseTree,
  { cache = new ProofCache(), nodesMax = NODES_MAX }: ProofOptions,
): Generator<Answer, Proofs> {
  const inForce = new Set<Card>();
  const seen = new Set<readonly Card[]>();
  const answers: Answer[] = [];
  const kinds = kindsOf(book);
  const layers = new Map<string, AskedLayer>();
  for (const flattening of flatteningsOf(book)) {
    for (const [layer, all] of flattening.cards) {
      if (!seen.has(all)) for (const card of all) inForce.add(card);
      seen.add(all);
      const own = layers.get(layer) ?? askedLayer(book, layer, cache);
      layers.set(layer, own);
      for (const known of own.knowsKind ? kinds : [NOTHING]) {
        const list = cache.open(all, known);
        const under = underOf(own, flattening, list);
        const before = own.asked.get(list) ?? new Set();
        if (before.has(under)) continue;
        own.asked.set(list, before.add(under));
        const question: Question = { layer, flattening, known, cards: list.cards };
        const key = `${own.shared} ${list.content} ${under} ${nodesMax}`;
        const input = (): SpaceInput => inputOf(book, causes, question, nodesMax);
        const answer = { question, proof: cache.proof(key, list.cards, () => proofOf(book, question, input())) };
        answers.push(answer);
        yield answer;
      }
    }
  }
  return { answers, inForce };
}

/** What all questions to one layer have in common. */
interface AskedLayer {
  readonly knowsKind: boolean;
  /** Names everything beside cards and parameters that an answer depends on. */
  readonly shared: string;
  /** Days from which an outcome of it must have an answer. */
  readonly completeFrom: readonly PlainDate[];
  /** What was asked of each list of cards. */
  readonly asked: Map<CardList, Set<string>>;
}

function askedLayer({ constraints, vocabulary, unruled }: RuleBook, layer: string, cache: ProofCache): AskedLayer {
  const numbers = [
    ...[constraints, vocabulary].map((each) => cache.numberOf(each)),
    ...unruled.filter((each) => each.layer === layer).map((each) => cache.contentNumberOf(each)),
  ];
  const outcomes = [...vocabulary.outcomes.values()].filter((each) => each.layer === layer);
  return {
    knowsKind: vocabulary.layers.get(layer)?.includes('收案') ?? false,
    shared: `${layer} ${numbers.join(' ')}`,
    completeFrom: outcomes.flatMap(({ completeFrom }) => (completeFrom === undefined ? [] : [completeFrom])),
    asked: new Map(),
  };
}

/** The parameters that cards read, and which outcomes must have an answer. */
function underOf({ completeFrom }: AskedLayer, { from, parameters }: Flattening, list: CardList): string {
  const isAsked = completeFrom.map((day) => day <= from);
  return [...list.parameters.map((id) => `${id}=${String(parameters.get(id)?.value)}`), ...isAsked].join(' ');
}

/**
 * The same question about new filings only: nothing was converted yet, no earlier case is on the docket, the day of receipt is one
 * on which these rules are in force, and the procedure is what the rules of procedure alone conclude. What is found is a case
 * that a filing can lead to.
 */
export function proveFiled(book: RuleBook, causes: CauseTree, question: Question): LayerProof | undefined {
  const { layer, flattening, known, cards } = question;
  const input = inputOf(book, causes, question, NODES_MAX);
  const isLater = (book.vocabulary.layers.get(layer) ?? []).includes('程序');
  const before = isLater ? (flattening.cards.get('程序') ?? []) : [];
  const filed = [...filedOnly(flattening), ...(isLater ? [concludedProcedure(book, flattening, known)] : [])];
  const constraints = filed.map(
    (condition): Constraint => ({
      name: '新收案',
      condition,
      facts: new Set(testsOf(condition).map(({ fact }) => fact)),
      place: NOWHERE,
    }),
  );
  return proofOf(book, question, {
    ...input,
    constraints: [...new Set([...input.constraints, ...constraintsOf(book, '程序')]), ...constraints],
    usual: usualOf([...before, ...cards], known),
  });
}

const NOWHERE = { file: '', line: 1, column: 1 };

const literalTest = (fact: string, comparison: Test['comparison'], value: Value): Test => ({
  kind: 'test',
  fact,
  comparison,
  operand: { kind: 'literal', value },
  place: NOWHERE,
});

const filedOnly = ({ from, until }: Flattening): Condition[] => [
  literalTest('conversionTarget', 'is', 'none'),
  literalTest('originKnown', 'is', false),
  literalTest('receivedOn', 'atLeast', from),
  ...(until === undefined ? [] : [literalTest('receivedOn', 'below', until)]),
];

/** The procedure is the one that the rules conclude, and they conclude one only. */
function concludedProcedure(book: RuleBook, flattening: Flattening, known: ReadonlyMap<string, Value>): Condition {
  const area = { code: flattening.court, province: flattening.province };
  const rules = rulesetFor(book, area, flattening.days, new Map()).rules.get('程序') ?? [];
  const speaking = rules.map(({ card, concludes }) => ({
    value: card.conclusion?.value,
    condition: specialise(concludes, known),
  }));
  const any = (of: typeof speaking): Condition => ({ kind: 'any', members: of.map(({ condition }) => condition) });
  const terms = book.vocabulary.factsByKey.get('procedure')?.enumeration?.terms ?? [];
  const each = terms.map(({ key }): Condition => {
    const own = any(speaking.filter(({ value }) => value === key));
    const others = any(speaking.filter(({ value }) => value !== undefined && value !== key));
    const alone: Condition = { kind: 'all', members: [own, { kind: 'not', member: others }] };
    return { kind: 'any', members: [literalTest('procedure', 'isNot', key), alone] };
  });
  return { kind: 'all', members: each };
}

function proofOf(book: RuleBook, { layer, flattening, cards }: Question, input: SpaceInput): LayerProof | undefined {
  try {
    const unruled = book.unruled.filter((each) => each.layer === layer);
    return proveLayer(flattening.from, cards, unruled, input);
  } catch (error) {
    if (error instanceof DiagramTooLargeError) return undefined;
    throw error;
  }
}

/** Every 案件类别 with every 审级 that the constraints allow together. */
export function kindsOf({
  vocabulary,
  constraints,
}: Pick<RuleBook, 'vocabulary' | 'constraints'>): ReadonlyMap<string, Value>[] {
  const terms = (key: string): string[] =>
    vocabulary.factsByKey.get(key)?.enumeration?.terms.map((each) => each.key) ?? [];
  const kinds = terms('matter').flatMap((matter) =>
    terms('stage').map(
      (stage) =>
        new Map<string, Value>([
          ['matter', matter],
          ['stage', stage],
        ]),
    ),
  );
  return kinds.filter((kind) =>
    constraints.every(({ facts, condition }) => ![...facts].every((fact) => kind.has(fact)) || holds(condition, kind)),
  );
}

function inputOf(
  book: RuleBook,
  causes: CauseTree,
  { layer, flattening: { parameters }, cards, known }: Question,
  nodesMax: number,
): SpaceInput {
  const { vocabulary } = book;
  return {
    vocabulary,
    parameters,
    constraints: constraintsOf(book, layer),
    causes: causesOf(causes, known.get('matter')),
    known,
    usual: usualOf(cards, known),
    nodesMax,
  };
}

/** The constraints on facts that a layer knows. */
export function constraintsOf(
  { constraints, vocabulary }: Pick<RuleBook, 'vocabulary' | 'constraints'>,
  layer: string,
): Constraint[] {
  const groups = vocabulary.layers.get(layer) ?? [];
  const isKnown = (fact: string): boolean => groups.includes(vocabulary.factsByKey.get(fact)?.group ?? '');
  return constraints.filter(({ facts }) => [...facts].every(isKnown));
}

const pathsOf = new WeakMap<CauseTree, Map<Value | undefined, readonly CausePath[]>>();

/** The causes of a matter's own list; enforcement takes those of its instrument, from any. */
export function causesOf(tree: CauseTree, matter: Value | undefined): readonly CausePath[] {
  let kept = pathsOf.get(tree);
  if (!kept) {
    kept = new Map();
    pathsOf.set(tree, kept);
  }
  let paths = kept.get(matter);
  if (!paths) {
    const own = tree.nodes.filter(({ list }) => list === matter);
    paths = (own.length > 0 ? own : tree.nodes).map(({ path }) => path);
    kept.set(matter, paths);
  }
  return paths;
}

/** The base cases of the cards' files, as far as they are of this kind; where two differ, the first. */
export function usualOf(cards: readonly Card[], known: ReadonlyMap<string, Value>): Map<string, Value> {
  const usual = new Map<string, Value>();
  const fits = (card: Card): boolean => [...known].every(([key, value]) => (card.base.get(key) ?? value) === value);
  for (const { base, baseParameters } of [...cards].sort((a, b) => Number(fits(b)) - Number(fits(a)))) {
    for (const [key, value] of base) if (!usual.has(key)) usual.set(key, value);
    for (const [id, value] of baseParameters) {
      if (!usual.has(parameterFact(id))) usual.set(parameterFact(id), value);
    }
  }
  return usual;
}
