import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import type { Card, Unruled } from '../../../src/core/rules/card.js';
import { type Condition, testsOf, type Value } from '../../../src/core/rules/condition.js';
import { parameterFact } from '../../../src/core/rules/diagram.js';
import type { ResolvedParameter } from '../../../src/core/rules/parameters.js';
import type { Cell } from '../../../src/core/rules/proof/cells.js';
import { compareLayer, type LayerSide } from '../../../src/core/rules/proof/compare-layer.js';
import type { Constraint } from '../../../src/core/rules/proof/constraint.js';
import { type LayerProof, proveLayer } from '../../../src/core/rules/proof/layer-proof.js';
import type { Box } from '../../../src/core/rules/proof/region.js';
import type { Axis } from '../../../src/core/rules/proof/space.js';
import { runs } from '../../support/arbitraries.js';
import { all, any, not, Smt, SmtRules } from '../../support/smt.js';
import { type Model, Z3 } from '../../support/z3.js';
import { conditions, PATHS } from './arbitrary.js';
import { cardSets, LIMIT, VOCABULARY } from './random-cards.js';

/**
 * The proofs of rules against z3, which knows nothing of cells and diagrams: numbers are numbers, a published parameter is a number, another
 * one any number. `FC_RUNS=20 FC_SEED=random` looks further.
 */
const ON = plainDate('2026-01-01');
const place = { file: 'random.yaml', line: 1, column: 1 };

/** One question to both: cards under constraints, with cases nobody means to rule, with facts and parameters that are known. */
interface Asked {
  readonly cards: readonly Card[];
  readonly constraints: readonly Constraint[];
  readonly unruled: readonly Unruled[];
  readonly known: ReadonlyMap<string, Value>;
  readonly parameters: ReadonlyMap<string, ResolvedParameter>;
}

const constraintOf = (condition: Condition): Constraint => ({
  name: '随机约束',
  condition,
  facts: new Set(testsOf(condition).map(({ fact }) => fact)),
  place,
});

const upTo = (maxLength: number): fc.Arbitrary<Condition[]> =>
  fc.oneof(fc.constant<Condition[]>([]), fc.array(conditions, { maxLength }));

const askedArb: fc.Arbitrary<Asked> = fc
  .record({
    cards: cardSets,
    constraints: upTo(2),
    unruled: upTo(1),
    known: fc.option(fc.constantFrom('first', 'second', 'retrial'), { nil: undefined, freq: 3 }),
    published: fc.subarray([...LIMIT]),
  })
  .map(({ cards, constraints, unruled, known, published }) => ({
    cards,
    constraints: constraints.map(constraintOf),
    unruled: unruled.map((condition) => ({ name: '不设', layer: '随机', condition, place })),
    known: known === undefined ? new Map() : new Map([['审级', known]]),
    parameters: new Map(published.map((each) => [each.id, each])),
  }));

const prove = ({ cards, constraints, unruled, known, parameters }: Asked): LayerProof =>
  proveLayer(ON, cards, unruled, {
    vocabulary: VOCABULARY,
    parameters,
    constraints,
    causes: PATHS,
    known,
    usual: new Map(),
    nodesMax: 200_000,
  });

/** The formulas of a question. */
class Formulas {
  readonly smt: Smt;
  readonly rules: SmtRules;
  readonly script: string;
  private readonly cards: readonly Card[];
  private readonly unruled: readonly Unruled[];
  private readonly without: ReadonlyMap<Card, SmtRules>;

  constructor({ cards, constraints, unruled, known, parameters }: Asked) {
    this.cards = cards;
    this.unruled = unruled;
    this.smt = new Smt({
      facts: VOCABULARY.factsByKey,
      causes: PATHS,
      parameters: new Map(LIMIT.map(({ id }) => [id, parameters.get(id)?.value])),
    });
    this.rules = new SmtRules(this.smt, cards);
    this.without = new Map(
      cards.map((card) => [
        card,
        new SmtRules(
          this.smt,
          cards.filter((each) => each !== card),
          `without ${card.id}`,
        ),
      ]),
    );
    const certain = [
      ...constraints.map(({ condition }) => this.smt.formula(condition)),
      ...[...known].map(([key, value]) => this.smt.same(key, value)),
    ];
    this.script = [
      this.smt.declarations(),
      `(assert ${all(certain)})`,
      this.rules.script,
      ...[...this.without.values()].map(({ script }) => script),
    ].join('\n');
  }

  gap(): string {
    const open = this.cards.map((card) => not(this.rules.speaks(card)));
    return all([...open, ...this.unruled.map(({ condition }) => not(this.smt.formula(condition)))]);
  }

  both(a: Card, b: Card): string {
    return all([this.rules.speaks(a), this.rules.speaks(b)]);
  }

  /** Without the card another one would speak or be silent, or another answer be given. */
  matters(card: Card): string {
    const without = this.without.get(card) ?? this.rules;
    const others = this.cards.filter((each) => each !== card);
    const changed = others.map((each) => not(`(= ${this.rules.speaks(each)} ${without.speaks(each)})`));
    const values = new Set(this.cards.flatMap(({ conclusion }) => conclusion?.value ?? []));
    const answers = [...values].map((value) => not(`(= ${this.rules.said(value)} ${without.said(value)})`));
    return any([...changed, ...answers]);
  }

  /** An inline exception where the card's own condition holds. */
  exception(card: Card, index: number): string {
    return all([card.condition, card.exceptions[index]?.condition as Condition].map((each) => this.smt.formula(each)));
  }

  /** That a case is this one. */
  is(values: ReadonlyMap<string, Value>): string {
    const open = LIMIT.flatMap(({ id }) => {
      const value = values.get(parameterFact(id));
      return value === undefined || !this.smt.isOpen(id) ? [] : this.smt.parameterIs(id, value);
    });
    const facts = [...values].flatMap(([key, value]) =>
      VOCABULARY.factsByKey.has(key) ? this.smt.same(key, value) : [],
    );
    return all([...facts, ...open]);
  }
}

let z3: Z3;
beforeAll(async () => {
  z3 = await Z3.start();
});
afterAll(() => z3.end());

const isSat = (model: Model | null | undefined): boolean => model !== null && model !== undefined;

const pairName = (cards: readonly Card[]): string =>
  cards
    .map(({ id }) => id)
    .sort()
    .join(' ');

const pairsOf = (cards: readonly Card[]): (readonly [Card, Card])[] =>
  cards.flatMap((a, index) => cards.slice(index + 1).map((b) => [a, b] as const));

/** The same question with everything known that a model says: the proofs' own word about one case. */
function at(asked: Asked, formulas: Formulas, model: Model): LayerProof {
  const { facts, parameters } = formulas.smt.case(model);
  const assumed = LIMIT.flatMap((each): [string, ResolvedParameter][] => {
    const value = parameters.get(each.id);
    if (value === undefined) return [];
    return [[each.id, { ...each, value: typeof each.value === 'number' ? Number(value) : value }]];
  });
  return prove({ ...asked, known: facts, parameters: new Map([...asked.parameters, ...assumed]) });
}

describe('随机的规则:证明与 z3 完全一致', () => {
  test('缺口、两两冲突、永不成立、永不说话、删去无影响、永不成立的例外;双方的反例对方都认', {
    timeout: 3_600_000,
  }, async () => {
    const counted = { asked: 0, impossible: 0, gaps: 0, conflicts: 0, dead: 0, silent: 0, idle: 0, examples: 0 };
    await fc.assert(
      fc.asyncProperty(askedArb, async (asked) => {
        const { cards } = asked;
        const formulas = new Formulas(asked);
        const { rules } = formulas;
        const pairs = pairsOf(cards.filter(({ conclusion }) => conclusion)).filter(
          ([a, b]) => a.conclusion?.value !== b.conclusion?.value,
        );
        const inline = cards.flatMap((card) => card.exceptions.map(({ id }, index) => ({ card, id, index })));
        const questions = [
          'true',
          formulas.gap(),
          ...pairs.map(([a, b]) => formulas.both(a, b)),
          ...cards.map((card) => rules.holds(card)),
          ...cards.map((card) => (card.conclusion ? rules.speaks(card) : rules.holds(card))),
          ...cards.map((card) => formulas.matters(card)),
          ...inline.map(({ card, index }) => formulas.exception(card, index)),
        ];
        const { script } = formulas;
        const answers = [...(await z3.ask({ script, questions }))];
        const take = (count: number): (Model | null)[] => answers.splice(0, count);
        counted.asked++;
        if (!isSat(take(1)[0])) {
          // Constraints that nothing satisfies are no constraints; what else they say is nothing.
          counted.impossible++;
          return;
        }
        const proof = prove(asked);
        const [gap = null] = take(1);
        const overlaps = take(pairs.length);
        const [held, spoken, mattering] = [take(cards.length), take(cards.length), take(cards.length)];

        expect(proof.gaps.length > 0).toBe(isSat(gap) && cards.some(({ conclusion }) => conclusion));
        expect(proof.conflicts.map((each) => pairName(each.cards)).sort()).toEqual(
          pairs.flatMap((pair, index) => (isSat(overlaps[index]) ? pairName(pair) : [])).sort(),
        );
        const own = cards.map((card) => proof.cards.get(card));
        expect(own.map((each) => each?.holds)).toEqual(held.map(isSat));
        expect(own.map((each) => each?.speaks)).toEqual(spoken.map(isSat));
        expect(own.map((each) => each?.matters)).toEqual(mattering.map(isSat));
        expect(inline.filter(({ card, id }) => proof.cards.get(card)?.exceptions.has(id))).toEqual(
          inline.filter(() => isSat(take(1)[0])),
        );

        // Ours, put to z3: each is one possible case, and what is said of it is so.
        const claims = [
          ...proof.gaps.map(({ example }) => [example, formulas.gap()] as const),
          ...proof.conflicts.map(({ cards: [a, b], example }) => [example, formulas.both(a, b)] as const),
          ...[...proof.cards].flatMap(([card, { example, others }]) =>
            example ? [[example, all([rules.holds(card), ...others.map((each) => rules.speaks(each))])] as const] : [],
          ),
        ];
        const confirmed = await z3.ask({
          script,
          questions: claims.flatMap(([{ values }, claim]) => [
            all([formulas.is(values), claim]),
            all([formulas.is(values), not(claim)]),
          ]),
        });
        expect(confirmed.map(isSat)).toEqual(claims.flatMap(() => [true, false]));

        // z3's, put to the proofs with every fact known.
        if (gap && proof.gaps.length > 0) expect(at(asked, formulas, gap).gaps).toHaveLength(1);
        for (const [index, pair] of pairs.entries()) {
          const model = overlaps[index] ?? null;
          if (!model) continue;
          const there = at(asked, formulas, model).conflicts.map((each) => pairName(each.cards));
          expect(there).toContain(pairName(pair));
        }
        for (const [index, card] of cards.entries()) {
          for (const [models, says] of [
            [held, 'holds'],
            [spoken, 'speaks'],
            [mattering, 'matters'],
          ] as const) {
            const model = models[index] ?? null;
            if (model) expect(at(asked, formulas, model).cards.get(card)?.[says]).toBe(true);
          }
        }
        counted.gaps += proof.gaps.length;
        counted.conflicts += proof.conflicts.length;
        counted.dead += own.filter((each) => !each?.holds).length;
        counted.silent += own.filter((each) => each?.holds && !each.speaks).length;
        counted.idle += own.filter((each) => each?.speaks && !each.matters).length;
        counted.examples += claims.length;
      }),
      runs(120),
    );
    // None of the findings is one that random rules never lead to.
    for (const count of Object.values(counted)) expect(count).toBeGreaterThan(0);
    if (process.env.FC_RUNS !== undefined) process.stdout.write(`${JSON.stringify(counted)}\n`);
  });
});

/** The values of a cell, as a formula. */
function inCell(smt: Smt, { key, fact }: Axis, { value, first, last, words }: Cell): string {
  if (fact?.type === 'cause')
    return any(PATHS.filter((path) => words?.includes(path.at(-1) ?? '')).map((path) => smt.same(key, path)));
  if (words) return any(words.map((word) => smt.same(key, word)));
  if (first === undefined) return smt.same(key, value);
  const bounds = [['atLeast', first] as const, ...(last === undefined ? [] : [['atMost', last] as const])];
  return all(
    bounds.map(([comparison, bound]) =>
      smt.formula({ kind: 'test', fact: key, comparison, operand: { kind: 'literal', value: bound }, place }),
    ),
  );
}

const inBox = (smt: Smt, box: Box): string =>
  all([...box].map(([axis, indexes]) => any(indexes.map((index) => inCell(smt, axis, axis.cells[index] as Cell)))));

const sideOf = (cards: readonly Card[]): LayerSide => ({
  cards,
  words: new Map(cards.map((card) => [card, card.conclusion?.value ?? ''])),
});

describe('两组随机规则:比较得出的范围与 z3 完全一致', () => {
  test('范围以内的每一个案件都这样改变,范围以外的一个也不变', { timeout: 3_600_000 }, async () => {
    const counted = { asked: 0, changes: 0, boxes: 0 };
    await fc.assert(
      fc.asyncProperty(cardSets, cardSets, upTo(1), async (before, after, limits) => {
        const constraints = limits.map(constraintOf);
        const smt = new Smt({
          facts: VOCABULARY.factsByKey,
          causes: PATHS,
          parameters: new Map(LIMIT.map(({ id, value }) => [id, value])),
        });
        const [was, is] = [new SmtRules(smt, before, 'before'), new SmtRules(smt, after, 'after')];
        const certain = all(constraints.map(({ condition }) => smt.formula(condition)));
        const script = [smt.declarations(), `(assert ${certain})`, was.script, is.script].join('\n');
        const changes = compareLayer(
          sideOf(before),
          sideOf(after),
          {
            vocabulary: VOCABULARY,
            parameters: new Map(LIMIT.map((each) => [each.id, each])),
            constraints,
            causes: PATHS,
            known: new Map(),
            usual: new Map(),
            nodesMax: 200_000,
          },
          100_000,
        );
        const values = ['a', 'b', 'c'];
        const says = (rules: SmtRules, said: readonly string[]): string =>
          all(values.map((value) => (said.includes(value) ? rules.said(value) : not(rules.said(value)))));
        const regions = (changes ?? []).map(({ region }) => any(region.boxes.map((box) => inBox(smt, box))));
        const changed = (changes ?? []).map((each) => all([says(was, each.was), says(is, each.is)]));
        const differs = any(values.map((value) => not(`(= ${was.said(value)} ${is.said(value)})`)));
        const [possible, ...found] = await z3.ask({
          script,
          questions: [
            'true',
            all([differs, not(any(regions))]),
            ...regions.flatMap((region, index) => [
              all([region, not(changed[index] ?? 'true')]),
              all([changed[index] ?? 'true', not(region)]),
            ]),
          ],
        });
        if (!isSat(possible)) return;
        counted.asked++;
        expect(changes).toBeDefined();
        expect(found.map(isSat)).toEqual(found.map(() => false));
        const shown = (changes ?? []).map(({ example }, index) => {
          const facts = [...example.values].flatMap(([key, value]) =>
            VOCABULARY.factsByKey.has(key) ? smt.same(key, value) : [],
          );
          return all([...facts, changed[index] ?? 'false']);
        });
        expect((await z3.ask({ script, questions: shown })).map(isSat)).toEqual(shown.map(() => true));
        counted.changes += regions.length;
        counted.boxes += (changes ?? []).flatMap(({ region }) => region.boxes).length;
      }),
      runs(60),
    );
    for (const count of Object.values(counted)) expect(count).toBeGreaterThan(0);
    if (process.env.FC_RUNS !== undefined) process.stdout.write(`${JSON.stringify(counted)}\n`);
  });
});
