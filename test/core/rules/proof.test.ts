import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import type { Card } from '../../../src/core/rules/card.js';
import type { Comparison, Condition, Test, Value } from '../../../src/core/rules/condition.js';
import { DiagramTooLargeError, parameterFact } from '../../../src/core/rules/diagram.js';
import type { ResolvedParameter } from '../../../src/core/rules/parameters.js';
import { type LayerProof, proveLayer } from '../../../src/core/rules/proof/layer-proof.js';
import type { SpaceInput } from '../../../src/core/rules/proof/space.js';
import { PATHS } from './arbitrary.js';
import { casesOf, readBy, says, speakers } from './brute-force.js';
import { aCard, cardSets, LIMIT, OUTCOME, VOCABULARY } from './random-cards.js';

const ON = plainDate('2026-01-01');

const prove = (cards: readonly Card[], more: Partial<SpaceInput> = {}): LayerProof =>
  proveLayer(ON, cards, [], {
    vocabulary: VOCABULARY,
    parameters: new Map(LIMIT.map((each): [string, ResolvedParameter] => [each.id, each])),
    constraints: [],
    causes: PATHS,
    known: new Map(),
    usual: new Map(),
    nodesMax: 200_000,
    ...more,
  });

describe('随机的规则:证明与逐个列举完全一致', () => {
  test('缺口、冲突、永不成立、永不说话、删去无影响', () => {
    fc.assert(
      fc.property(cardSets, (cards) => {
        const keys = readBy(cards);
        fc.pre(keys.length <= 5);
        const proof = prove(cards);
        const found = { gap: false, conflicts: new Set<string>(), held: new Set<Card>(), speaking: new Set<Card>() };
        const matters = new Set<Card>();
        for (const facts of casesOf(keys)) {
          const { held, speaking } = speakers(cards, facts);
          for (const card of held) found.held.add(card);
          for (const card of speaking) found.speaking.add(card);
          if (speaking.length === 0) found.gap = true;
          for (const a of speaking) {
            for (const b of speaking) {
              if (a.id < b.id && a.conclusion?.value !== b.conclusion?.value) found.conflicts.add(`${a.id} ${b.id}`);
            }
          }
          for (const card of cards) {
            if (matters.has(card)) continue;
            const without = speakers(
              cards.filter((each) => each !== card),
              facts,
            ).speaking;
            const others = speaking.filter((each) => each !== card);
            if (says(without) !== says(speaking) || others.length !== without.length) matters.add(card);
          }
        }
        const concluding = cards.some(({ conclusion }) => conclusion);
        expect(proof.gaps.length > 0).toBe(found.gap && concluding);
        const pairs = proof.conflicts.map(({ cards: pair }) =>
          pair
            .map(({ id }) => id)
            .sort()
            .join(' '),
        );
        expect(new Set(pairs)).toEqual(found.conflicts);
        for (const card of cards) {
          const own = proof.cards.get(card);
          expect([card.id, own?.holds]).toEqual([card.id, found.held.has(card)]);
          if (card.conclusion) expect([card.id, own?.speaks]).toEqual([card.id, found.speaking.has(card)]);
          expect([card.id, own?.matters]).toEqual([card.id, matters.has(card)]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('每个反例都真的是反例', () => {
    fc.assert(
      fc.property(cardSets, (cards) => {
        const proof = prove(cards);
        const limits = LIMIT.map(({ id, value }) => [parameterFact(id), value as Value] as const);
        for (const { example } of proof.gaps) {
          expect(speakers(cards, new Map([...example.values, ...limits])).speaking).toEqual([]);
        }
        for (const { cards: pair, example } of proof.conflicts) {
          const { speaking } = speakers(cards, new Map([...example.values, ...limits]));
          expect(speaking).toEqual(expect.arrayContaining([...pair]));
        }
        for (const [card, { example, others, holds, speaks, matters }] of proof.cards) {
          expect(example === undefined).toBe((speaks && matters) || !holds);
          if (!example) continue;
          const { held, speaking } = speakers(cards, new Map([...example.values, ...limits]));
          expect(held).toContain(card);
          expect(speaking.filter((each) => each !== card).map(({ id }) => id)).toEqual(others.map(({ id }) => id));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('反例与基准相同的尽量多:一处不同就够时不会有两处', () => {
    const condition = (fact: string): Condition => ({
      kind: 'test',
      fact,
      comparison: 'is',
      operand: { kind: 'literal', value: true },
      place: { file: 'x.yaml', line: 1, column: 1 },
    });
    const cards = [aCard('T-0', { kind: 'all', members: [condition('清楚'), condition('约定')] }, 'a', [])];
    const proof = prove(cards, {
      usual: new Map<string, Value>([
        ['清楚', true],
        ['约定', true],
      ]),
    });
    expect(proof.gaps.map(({ example }) => example.departs.length)).toEqual([1]);
  });

  describe('与限额比较', () => {
    const amount = (comparison: Comparison, operand: Test['operand']): Condition => ({
      kind: 'test',
      fact: '标的额',
      comparison,
      operand,
      place: { file: 'x.yaml', line: 1, column: 1 },
    });
    const limit: Test['operand'] = { kind: 'parameter', id: 'limit' };
    const literal = (value: bigint): Test['operand'] => ({ kind: 'literal', value });
    const unpublished = { parameters: new Map<string, ResolvedParameter>() };

    test('没有公布的限额可能在任何地方:说得出假设是多少', () => {
      const cards = [
        aCard('T-0', amount('atMost', limit), 'a', []),
        aCard('T-1', amount('above', literal(5_000_000n)), 'b', []),
      ];
      const proof = prove(cards, unpublished);
      expect(proof.gaps).toHaveLength(1);
      expect(proof.conflicts).toHaveLength(1);
      const [gap] = proof.gaps;
      const assumed = gap?.example.values.get(parameterFact('limit')) as bigint;
      const value = gap?.example.values.get('标的额') as bigint;
      expect(value > assumed && value <= 5_000_000n).toBe(true);
    });

    test('没有公布的限额也可能正好是零,或者正好等于一个界限', () => {
      const conflictsOf = (bound: bigint): number => {
        const exactly = [amount('atMost', literal(bound)), amount('atLeast', literal(bound))];
        const cards = [
          aCard('T-0', { kind: 'all', members: [...exactly, amount('atLeast', limit)] }, 'a', []),
          aCard('T-1', { kind: 'all', members: [...exactly, amount('atMost', limit)] }, 'b', []),
        ];
        return prove(cards, unpublished).conflicts.length;
      };
      expect([0n, 1n, 4_000_000n].map(conflictsOf)).toEqual([1, 1, 1]);
    });

    test('标的额已知时,公布的限额照样比较', () => {
      const cards = [aCard('T-0', amount('atMost', limit), 'a', [])];
      const gapsAt = (value: bigint): number => prove(cards, { known: new Map([['标的额', value]]) }).gaps.length;
      expect([4_000_000n, 4_000_001n].map(gapsAt)).toEqual([0, 1]);
    });
  });

  test('永远不说话的规则也可能删不得:它的例外经它优先于它所例外的规则', () => {
    const always: Condition = { kind: 'all', members: [] };
    const cards = [
      aCard('T-0', always, 'a', []),
      aCard('T-1', always, 'b', ['T-0']),
      aCard('T-2', always, 'c', ['T-1']),
    ];
    const [, middle] = cards;
    const own = middle && prove(cards).cards.get(middle);
    expect([own?.holds, own?.speaks, own?.matters]).toEqual([true, false, true]);
    expect(own?.others.map(({ id }) => id)).toEqual(['T-2']);
  });

  test('情形太多就说不知道,不说没有问题', () => {
    const cards = [aCard('T-0', { kind: 'any', members: [] }, 'a', [])];
    expect(() => prove(cards, { nodesMax: 1 })).toThrow(DiagramTooLargeError);
  });

  test('只有唯一的结论才有冲突和缺口', () => {
    const cards = [
      aCard('T-0', { kind: 'all', members: [] }, 'a', [], [], { ...OUTCOME, single: false }),
      aCard('T-1', { kind: 'all', members: [] }, 'b', [], [], { ...OUTCOME, single: false }),
    ];
    expect(prove(cards).conflicts).toEqual([]);
  });
});
