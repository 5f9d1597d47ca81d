import { type Condition, compare, type Test, testsOf, type Value } from './condition.js';
import type { Place } from './source.js';
import type { Vocabulary } from './vocabulary.js';

/** A part of a condition that can never hold beside what stands around it. */
export interface Contradiction {
  readonly place: Place;
  /** The fact whose tests exclude each other. */
  readonly fact: string;
}

/**
 * Tests of one fact that exclude each other: two words at once, 是 and 否, a number above and below. Only what shows
 * within one card, without parameters; a card that this finds nothing against may still never speak.
 */
export function contradictions(condition: Condition, vocabulary: Vocabulary): Contradiction[] {
  const found: Contradiction[] = [];
  const visit = (node: Condition, around: readonly Test[]): void => {
    if (node.kind === 'not') return;
    if (node.kind === 'any') {
      for (const member of node.members) visit(member, around);
      return;
    }
    const own = node.kind === 'test' ? [node] : node.members.filter((member) => member.kind === 'test');
    const tests = [...around, ...own];
    for (const test of own) {
      const same = tests.filter((each) => each.fact === test.fact);
      if (isPossible(same, vocabulary)) continue;
      found.push({ place: test.place, fact: test.fact });
      return;
    }
    if (node.kind === 'test') return;
    for (const member of node.members) if (member.kind !== 'test') visit(member, tests);
  };
  visit(condition, []);
  return found;
}

/** Tests that list every word of an enumeration: they look like a condition and are none. */
export const emptyTests = (condition: Condition, vocabulary: Vocabulary): Test[] =>
  testsOf(condition).filter((test) => {
    const terms = vocabulary.factsByKey.get(test.fact)?.enumeration?.terms;
    const words = test.operand.kind === 'literal' ? test.operand.value : undefined;
    return (
      terms !== undefined &&
      test.comparison === 'oneOf' &&
      Array.isArray(words) &&
      terms.every(({ key }) => words.includes(key))
    );
  });

function isPossible(tests: readonly Test[], vocabulary: Vocabulary): boolean {
  const values: { test: Test; value: Value }[] = [];
  for (const test of tests) if (test.operand.kind === 'literal') values.push({ test, value: test.operand.value });
  const fact = vocabulary.factsByKey.get(tests[0]?.fact ?? '');
  if (values.length < 2 || !fact || fact.type === 'cause') return true;
  const candidates = fact.enumeration
    ? fact.enumeration.terms.map(({ key }) => key)
    : fact.type === 'boolean'
      ? [true, false]
      : values.flatMap(({ value }) => around(value));
  return candidates.some((candidate) => values.every(({ test, value }) => compare(candidate, test.comparison, value)));
}

/** A bound and its neighbours stand for every number; a day for itself and "between" (text compares in day order). */
function around(value: Value): Value[] {
  if (typeof value === 'bigint') return [value - 1n, value, value + 1n];
  if (typeof value === 'number') return [value - 1, value, value + 1];
  return [value, `${String(value)}~`, String(value).slice(0, -1)];
}
