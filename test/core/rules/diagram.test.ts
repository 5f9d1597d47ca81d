import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, Value } from '../../../src/core/rules/condition.js';
import { type Diagram, DiagramStore, supportOf, valueAt, valuesOf } from '../../../src/core/rules/diagram.js';
import { candidatesOf, conditions, factSets, KEYS, naive } from './arbitrary.js';

/** Some facts unknown, each with a few values that it may have; the rest known. */
const situations = fc
  .tuple(conditions, factSets, fc.subarray(KEYS, { minLength: 1, maxLength: 4 }))
  .chain(([condition, facts, unknown]) =>
    fc.tuple(...unknown.map((key) => candidatesOf(key).map((values) => [key, values] as const))).map((open) => ({
      condition,
      facts,
      open,
    })),
  );

interface Situation {
  readonly condition: Condition;
  readonly facts: ReadonlyMap<string, Value>;
  readonly open: readonly (readonly [string, readonly Value[]])[];
}

function diagramOf({ condition, facts, open }: Situation): Diagram {
  const store = new DiagramStore();
  const diagrams = new Map<string, Diagram>(open.map(([key, values]) => [key, store.variable(key, values)]));
  return store.condition(condition, (key) => diagrams.get(key) ?? store.leaf(facts.get(key) as Value));
}

/** Every way to answer what is open, as value indexes. */
const answersOf = (open: Situation['open']): number[][] =>
  open.reduce<number[][]>((all, [, values]) => all.flatMap((each) => values.map((_, index) => [...each, index])), [[]]);

function truth({ condition, facts, open }: Situation, answer: readonly number[]): boolean {
  const all = new Map(facts);
  for (const [index, [key, values]] of open.entries()) all.set(key, values[answer[index] ?? 0] as Value);
  return naive(condition, all);
}

describe('判定图', () => {
  it('says under every answer what the rule says', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const diagram = diagramOf(situation);
        const seen = new Set<Value>();
        for (const answer of answersOf(situation.open)) {
          const expected = truth(situation, answer);
          seen.add(expected);
          expect(valueAt(diagram, new Map(answer.entries()))).toBe(expected);
        }
        expect(valuesOf(diagram)).toEqual(seen);
      }),
      { numRuns: 1000 },
    );
  });

  it('asks exactly for the facts on which the outcome can hang', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const essential = situation.open.flatMap((_, variable) =>
          answersOf(situation.open).some((answer) =>
            answersOf(situation.open).some(
              (other) =>
                answer.every((value, index) => index === variable || value === other[index]) &&
                truth(situation, answer) !== truth(situation, other),
            ),
          )
            ? [variable]
            : [],
        );
        expect(supportOf(diagramOf(situation))).toEqual(essential);
      }),
      { numRuns: 500 },
    );
  });

  it('restricting a variable is the same as giving the answer', () => {
    fc.assert(
      fc.property(conditions, candidatesOf('标的额'), factSets, (condition, values, facts) => {
        const store = new DiagramStore();
        const amount = store.variable('标的额', values);
        const diagram = store.condition(condition, (key) =>
          key === '标的额' ? amount : store.leaf(facts.get(key) as Value),
        );
        for (const [index, value] of values.entries()) {
          const restricted = store.restrict(diagram, new Map([[0, index]]));
          expect(restricted).toMatchObject({
            kind: 'leaf',
            value: naive(condition, new Map([...facts, ['标的额', value]])),
          });
          expect(valuesOf(diagram, new Map([[0, index]]))).toEqual(valuesOf(restricted));
        }
      }),
    );
  });
});
