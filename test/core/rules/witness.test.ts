import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CauseNames } from '../../../src/core/rules/causes.js';
import type { Condition } from '../../../src/core/rules/condition.js';
import { holds } from '../../../src/core/rules/evaluate.js';
import type { Fact, FactType, Vocabulary } from '../../../src/core/rules/vocabulary.js';
import { witness } from '../../../src/core/rules/witness.js';
import { conditions, FACTS, factSets } from './arbitrary.js';
import { load, causes as real } from './support.js';

const TYPES: Readonly<Record<string, FactType>> = {
  boolean: 'boolean',
  word: 'enum',
  integer: 'integer',
  amount: 'amount',
  day: 'date',
  cause: 'cause',
};
const WORDS = ['first', 'second', 'retrial'].map((key) => ({ word: key, key }));
const enumeration = { word: '审级', key: 'stage', terms: WORDS, byWord: new Map(), byKey: new Map() };
const factsByKey = new Map(
  Object.entries(FACTS).map(([key, kind]): [string, Fact] => {
    const type = TYPES[kind] as FactType;
    return [key, { word: key, key, group: '陈述', type, ...(type === 'enum' && { enumeration }) }];
  }),
);
const PATHS = [['合同'], ['合同', '借款'], ['合同', '借款', '民间借贷'], ['婚姻', '离婚'], ['婚姻']];
const causes: CauseNames = { ...real, pathOf: (name) => PATHS.find((path) => path.at(-1) === name) ?? [name] };
const words = { vocabulary: { factsByKey } as unknown as Vocabulary, causes };

describe('找一个使条件成立的案件', () => {
  it('what is found makes the condition hold', () => {
    fc.assert(
      fc.property(conditions, factSets, (condition, start) => {
        const found = witness(condition, start, words);
        if (found) expect(holds(condition, found)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('where some case makes it hold, one is found, from whatever start', () => {
    fc.assert(
      fc.property(conditions, factSets, factSets, (condition, some, other) => {
        fc.pre(holds(condition, some));
        // The same parameters on both sides: they are not what the search may change.
        const start = new Map([...other, ...[...some].filter(([key]) => !(key in FACTS))]);
        const found = witness(condition, start, words);
        expect(found).toBeDefined();
        expect(holds(condition, found as NonNullable<typeof found>)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('a start that will do stays as it is', () => {
    fc.assert(
      fc.property(conditions, factSets, (condition, start) => {
        fc.pre(holds(condition, start));
        expect(witness(condition, start, words)).toEqual(start);
      }),
      { numRuns: 300 },
    );
  });

  it('nothing is found where parts exclude each other, or a parameter has no value', () => {
    const place = { file: 'a.yaml', line: 1, column: 1 };
    const above = (fen: bigint): Condition => ({
      kind: 'test',
      fact: '标的额',
      comparison: 'above',
      operand: { kind: 'literal', value: fen },
      place,
    });
    const both: Condition = { kind: 'all', members: [above(5n), { kind: 'not', member: above(4n) }] };
    expect(witness(both, new Map(), words)).toBeUndefined();
    const { book } = load({});
    const bound: Condition = {
      kind: 'test',
      fact: 'amount',
      comparison: 'atMost',
      operand: { kind: 'parameter', id: 'small_claims.mandatory_max' },
      place,
    };
    expect(witness(bound, new Map(), { vocabulary: book.vocabulary, causes })).toBeUndefined();
  });
});
