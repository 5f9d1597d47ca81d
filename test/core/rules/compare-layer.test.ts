import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Card } from '../../../src/core/rules/card.js';
import { compare, type Value } from '../../../src/core/rules/condition.js';
import type { ResolvedParameter } from '../../../src/core/rules/parameters.js';
import type { Cell } from '../../../src/core/rules/proof/cells.js';
import { compareLayer, type LayerChange } from '../../../src/core/rules/proof/compare-layer.js';
import type { Box } from '../../../src/core/rules/proof/region.js';
import { PATHS } from './arbitrary.js';
import { casesOf, readBy, speakers } from './brute-force.js';
import { cardSets, LIMIT, VOCABULARY } from './random-cards.js';

const sideOf = (cards: readonly Card[]) => ({
  cards,
  words: new Map(cards.map((card) => [card, card.conclusion?.value ?? ''])),
});

const differences = (before: readonly Card[], after: readonly Card[]): LayerChange[] | undefined =>
  compareLayer(
    sideOf(before),
    sideOf(after),
    {
      vocabulary: VOCABULARY,
      parameters: new Map(LIMIT.map((each): [string, ResolvedParameter] => [each.id, each])),
      constraints: [],
      causes: PATHS,
      known: new Map(),
      usual: new Map(),
      nodesMax: 200_000,
    },
    100_000,
  );

const outcome = (cards: readonly Card[], facts: ReadonlyMap<string, Value>): string[] =>
  [...new Set(speakers(cards, facts).speaking.map(({ conclusion }) => conclusion?.value ?? ''))].sort();

const isIn = ({ first, last, words, value: only }: Cell, value: Value): boolean => {
  if (words) return words.includes(typeof value === 'object' ? (value.at(-1) ?? '') : String(value));
  if (first === undefined) return only === value;
  return compare(value, 'atLeast', first) && (last === undefined || compare(value, 'atMost', last));
};

const isInside = (box: Box, facts: ReadonlyMap<string, Value>): boolean =>
  [...box].every(([{ key, cells }, indexes]) =>
    indexes.some((index) => isIn(cells[index] as Cell, facts.get(key) as Value)),
  );

describe('两组随机规则的比较', () => {
  test('范围以内的案件恰好这样改变，范围以外的一个也不变', () => {
    fc.assert(
      fc.property(cardSets, cardSets, (before, after) => {
        const keys = [...new Set([...readBy(before), ...readBy(after)])];
        fc.pre(keys.length <= 5);
        const changes = differences(before, after) ?? [];
        for (const facts of casesOf(keys)) {
          const [was, is] = [outcome(before, facts), outcome(after, facts)];
          const inside = changes.filter(({ region }) => region.boxes.some((box) => isInside(box, facts)));
          if (was.join() === is.join()) expect(inside).toEqual([]);
          else expect(inside.map((change) => [change.was, change.is])).toEqual([[was, is]]);
          for (const { region } of inside) expect(region.boxes.filter((box) => isInside(box, facts))).toHaveLength(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('一组规则和自己比较，什么也没有改变', () => {
    fc.assert(
      fc.property(cardSets, (cards) => {
        expect(differences(cards, cards)).toEqual([]);
      }),
    );
  });

  test('每个例子都真的改变', () => {
    fc.assert(
      fc.property(cardSets, cardSets, (before, after) => {
        const limits = LIMIT.map(({ id, value }) => [`parameter:${id}`, value as Value] as const);
        for (const { was, is, example } of differences(before, after) ?? []) {
          const facts = new Map([...example.values, ...limits]);
          expect([outcome(before, facts), outcome(after, facts)]).toEqual([was, is]);
        }
      }),
    );
  });
});
