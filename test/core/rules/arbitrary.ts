import fc from 'fast-check';
import type { Comparison, Condition, Test, Value } from '../../../src/core/rules/condition.js';
import { parameterFact } from '../../../src/core/rules/diagram.js';

/** The facts of random rules: every type that a rule can read, and the parameters they are compared with. */
type Kind = 'boolean' | 'word' | 'integer' | 'amount' | 'day' | 'cause';
export const FACTS: Readonly<Record<string, Kind>> = {
  清楚: 'boolean',
  约定: 'boolean',
  审级: 'word',
  人数: 'integer',
  标的额: 'amount',
  收案: 'day',
  案由: 'cause',
};
const PARAMETERS: Readonly<Record<string, Kind>> = { count: 'integer', limit: 'amount' };

export const WORDS = ['first', 'second', 'retrial'];
const DAYS = ['2022-08-31', '2022-09-01', '2026-03-09'];
export const PATHS = [['合同'], ['合同', '借款'], ['合同', '借款', '民间借贷'], ['婚姻', '离婚']];
const place = { file: 'random.yaml', line: 1, column: 1 };

const aValue = (kind: Kind): fc.Arbitrary<Value> => {
  switch (kind) {
    case 'boolean':
      return fc.boolean();
    case 'word':
      return fc.constantFrom(...WORDS);
    case 'integer':
      return fc.integer({ min: -1, max: 3 });
    case 'amount':
      return fc.constantFrom(0n, 1n, 3_999_999n, 4_000_000n, 4_000_001n, 10n ** 20n);
    case 'day':
      return fc.constantFrom(...DAYS);
    case 'cause':
      return fc.constantFrom(...PATHS);
  }
};

const test = (fact: string, comparison: Comparison, operand: Test['operand']): Test => ({
  kind: 'test',
  fact,
  comparison,
  operand,
  place,
});

const testOf = (fact: string, kind: Kind): fc.Arbitrary<Test> => {
  const literal = (value: fc.Arbitrary<Value>): fc.Arbitrary<Test['operand']> =>
    value.map((each) => ({ kind: 'literal', value: each }));
  const some = (...values: string[]): fc.Arbitrary<Value> => fc.subarray(values, { minLength: 1 });
  switch (kind) {
    case 'boolean':
      return literal(fc.boolean()).map((operand) => test(fact, 'is', operand));
    case 'word':
      return fc
        .oneof(
          fc.tuple(fc.constantFrom('is' as const, 'isNot' as const), literal(aValue('word'))),
          fc.tuple(fc.constantFrom('oneOf' as const, 'noneOf' as const), literal(some(...WORDS))),
        )
        .map(([comparison, operand]) => test(fact, comparison, operand));
    case 'cause':
      return fc
        .tuple(
          fc.constantFrom('oneOf' as const, 'noneOf' as const),
          literal(some('合同', '借款', '民间借贷', '婚姻', '保险')),
        )
        .map(([comparison, operand]) => test(fact, comparison, operand));
    default: {
      const id = Object.keys(PARAMETERS).find((each) => PARAMETERS[each] === kind);
      const operand =
        id === undefined
          ? literal(aValue(kind))
          : fc.oneof(literal(aValue(kind)), fc.constant({ kind: 'parameter' as const, id }));
      return fc
        .tuple(fc.constantFrom('atMost' as const, 'above' as const, 'below' as const, 'atLeast' as const), operand)
        .map(([comparison, bound]) => test(fact, comparison, bound));
    }
  }
};

const tests: fc.Arbitrary<Condition> = fc.oneof(...Object.entries(FACTS).map(([fact, kind]) => testOf(fact, kind)));

/** A random rule tree; empty groups, which only partial evaluation can leave, among them. */
export const conditions: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    tests,
    fc
      .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('tree'), { maxLength: 4 }))
      .map(([kind, members]): Condition => ({ kind, members })),
    tie('tree').map((member): Condition => ({ kind: 'not', member })),
  ),
})).tree;

const KINDS: Readonly<Record<string, Kind>> = {
  ...FACTS,
  ...Object.fromEntries(Object.entries(PARAMETERS).map(([id, kind]) => [parameterFact(id), kind])),
};

/** One value for every fact and parameter. */
export const factSets: fc.Arbitrary<ReadonlyMap<string, Value>> = fc
  .tuple(...Object.entries(KINDS).map(([key, kind]) => aValue(kind).map((value) => [key, value] as const)))
  .map((pairs) => new Map(pairs));

/** What a fact may wrongly hold: nothing, null, a number as text, a word nobody declared, an empty path. */
export const dirtyFactSets: fc.Arbitrary<ReadonlyMap<string, Value>> = fc
  .tuple(
    factSets,
    fc.array(
      fc.tuple(
        fc.constantFrom(...Object.keys(KINDS)),
        fc.constantFrom<unknown>(undefined, null, Number.NaN, '12abc', '0x10', '', [], Number.POSITIVE_INFINITY, -0),
      ),
      { maxLength: 3 },
    ),
  )
  .map(([facts, dirt]) => {
    const dirty = new Map(facts);
    for (const [key, value] of dirt) {
      if (value === undefined) dirty.delete(key);
      else dirty.set(key, value as Value);
    }
    return dirty;
  });

/** Several values per fact, for those that are not known. */
export const candidatesOf = (key: string): fc.Arbitrary<readonly Value[]> =>
  fc.uniqueArray(aValue(KINDS[key] as Kind), { minLength: 2, maxLength: 3, selector: String });

export const KEYS = Object.keys(KINDS);

/** A third evaluation, written out on its own: what the law's words mean for one value. */
export function naive(condition: Condition, facts: ReadonlyMap<string, Value>): boolean {
  if (condition.kind === 'not') return !naive(condition.member, facts);
  if (condition.kind !== 'test') {
    let holding = 0;
    for (const member of condition.members) if (naive(member, facts)) holding++;
    return condition.kind === 'all' ? holding === condition.members.length : holding > 0;
  }
  const actual = facts.get(condition.fact) as Value;
  const { operand } = condition;
  const expected = operand.kind === 'literal' ? operand.value : (facts.get(parameterFact(operand.id)) as Value);
  const names = new Set(Array.isArray(actual) ? actual : [actual]);
  const listed = Array.isArray(expected) && expected.filter((name) => names.has(name)).length > 0;
  const table: Readonly<Record<Comparison, () => boolean>> = {
    is: () => Object.is(actual, expected),
    isNot: () => !Object.is(actual, expected),
    oneOf: () => listed,
    noneOf: () => !listed,
    atMost: () => actual < expected || actual === expected,
    above: () => expected < actual,
    below: () => actual < expected,
    atLeast: () => expected < actual || actual === expected,
  };
  return table[condition.comparison]();
}
