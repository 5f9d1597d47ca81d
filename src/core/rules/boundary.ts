import { addDays, type PlainDate } from '../kernel/plain-date.js';
import type { Rule } from './compose.js';
import type { Test, Value } from './condition.js';
import type { Ruleset } from './ruleset.js';
import type { Case } from './witness.js';

/** The values on the two sides of a threshold: the one exactly at it, and the next. */
export type Sides = readonly [at: Value, past: Value];

const ORDERED: readonly string[] = ['atMost', 'above', 'below', 'atLeast'];

/** Both sides of a threshold as the card's examples are read; undefined where the test has none, or the parameter no value. */
export function sidesOf(test: Test, { card }: Rule, { parameters }: Ruleset): Sides | undefined {
  if (!ORDERED.includes(test.comparison)) return undefined;
  const bound: Value | undefined =
    test.operand.kind === 'literal'
      ? test.operand.value
      : (card.baseParameters.get(test.operand.id) ?? parameters.get(test.operand.id)?.value);
  // 不超过、超过 cut between v and v+1; 低于、不低于 between v−1 and v.
  const step = test.comparison === 'atMost' || test.comparison === 'above' ? 1 : -1;
  if (typeof bound === 'bigint') return [bound, bound + BigInt(step)];
  if (typeof bound === 'number') return [bound, bound + step];
  return typeof bound === 'string' ? [bound, addDays(bound as PlainDate, step)] : undefined;
}

/** The sides of a threshold on which no example stands. No example can have an amount below nought: it is not missing. */
export const unshownSides = (test: Test, sides: Sides, facts: readonly Case[]): Value[] =>
  sides.filter(
    (value) => !(typeof value === 'bigint' && value < 0n) && !facts.some((each) => each.get(test.fact) === value),
  );
