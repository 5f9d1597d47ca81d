import type { Place } from './source.js';

/** A fact's value as rules see it: enum keys, fen as bigint, dates as text, a cause as its path from level 1 down. */
export type Value = boolean | string | number | bigint | readonly string[];

export type Comparison = 'is' | 'isNot' | 'oneOf' | 'noneOf' | 'atMost' | 'above' | 'below' | 'atLeast';

export type Operand =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'parameter'; readonly id: string };

export interface Test {
  readonly kind: 'test';
  readonly fact: string;
  readonly comparison: Comparison;
  readonly operand: Operand;
  /** The derived fact in whose place the test stands. */
  readonly derived?: string;
  readonly place: Place;
}

/** The one rule tree, read by the engine of record, the closures and the diagrams alike. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly members: readonly Condition[] }
  | { readonly kind: 'not'; readonly member: Condition }
  | Test;

export const NEVER: Condition = { kind: 'any', members: [] };
export const ALWAYS: Condition = { kind: 'all', members: [] };

/** Compares one known value; both sides are of the fact's type, which the parser has made sure of. */
export function compare(actual: Value, comparison: Comparison, expected: Value): boolean {
  switch (comparison) {
    case 'is':
      return actual === expected;
    case 'isNot':
      return actual !== expected;
    case 'oneOf':
      return overlaps(actual, expected);
    case 'noneOf':
      return !overlaps(actual, expected);
    case 'atMost':
      return actual <= expected;
    case 'above':
      return actual > expected;
    case 'below':
      return actual < expected;
    case 'atLeast':
      return actual >= expected;
  }
}

function overlaps(actual: Value, expected: Value): boolean {
  if (!Array.isArray(expected)) return false;
  return Array.isArray(actual) ? actual.some((name) => expected.includes(name)) : expected.includes(actual as string);
}

/** Facts with those of `records` over them; of one that stands in several, the last counts. */
export function withFacts(
  facts: ReadonlyMap<string, Value>,
  ...records: readonly Readonly<Record<string, Value>>[]
): Map<string, Value> {
  const all = new Map(facts);
  for (const record of records) for (const key in record) all.set(key, record[key] as Value);
  return all;
}

/** Only the facts of these keys, which are all known. */
export const onlyOf = (facts: ReadonlyMap<string, Value>, keys: readonly string[]): Map<string, Value> =>
  new Map(keys.map((key) => [key, facts.get(key) as Value]));

/** Every test of a condition, in order. */
export function testsOf(condition: Condition): Test[] {
  switch (condition.kind) {
    case 'test':
      return [condition];
    case 'not':
      return testsOf(condition.member);
    default:
      return condition.members.flatMap(testsOf);
  }
}
