import { type Condition, compare, type Test, type Value } from './condition.js';
import { parameterFact } from './diagram.js';

/** One test that is taken to have come out otherwise. */
export interface Override {
  readonly test: Test;
  readonly result: boolean;
}

/** What a test comes to; undefined where its fact or its parameter is missing. */
export function resultOf({ fact, comparison, operand }: Test, facts: ReadonlyMap<string, Value>): boolean | undefined {
  const actual = facts.get(fact);
  const bound = operand.kind === 'literal' ? operand.value : facts.get(parameterFact(operand.id));
  return actual === undefined || bound === undefined ? undefined : compare(actual, comparison, bound);
}

/** What a condition comes to where some facts may be missing; undefined where they decide. */
export function evaluate(
  condition: Condition,
  facts: ReadonlyMap<string, Value>,
  override?: Override,
): boolean | undefined {
  switch (condition.kind) {
    case 'test':
      return condition === override?.test ? override.result : resultOf(condition, facts);
    case 'not': {
      const member = evaluate(condition.member, facts, override);
      return member === undefined ? undefined : !member;
    }
    default: {
      const decisive = condition.kind === 'any';
      let result: boolean | undefined = !decisive;
      for (const each of condition.members) {
        const member = evaluate(each, facts, override);
        if (member === decisive) return decisive;
        if (member === undefined) result = undefined;
      }
      return result;
    }
  }
}
