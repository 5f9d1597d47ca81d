import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/core/rules/condition.js';
import { type EngineOfRecord, jsonRulesEngine } from '../../../src/core/rules/engine.js';
import { Evaluator, FactMissingError, heldByClosures, trace } from '../../../src/core/rules/evaluate.js';
import { simplify, specialise } from '../../../src/core/rules/specialise.js';
import { conditions, dirtyFactSets, factSets, KEYS, naive } from './arbitrary.js';

const ruleOf = fc
  .array(conditions, { minLength: 1, maxLength: 5 })
  .map((trees) => trees.map((condition, index) => ({ id: `R-${index}`, condition })));

describe('记录引擎与闭包', () => {
  it('say the same as each other and as a third evaluation, on random rules', async () => {
    await fc.assert(
      fc.asyncProperty(ruleOf, factSets, async (rules, facts) => {
        const expected = rules.filter(({ condition }) => naive(condition, facts)).map(({ id }) => id);
        expect([...heldByClosures(rules, facts)]).toEqual(expected);
        expect([...((await jsonRulesEngine(rules, facts)) ?? ['no answer'])].sort()).toEqual(expected.sort());
      }),
      { numRuns: 1500 },
    );
  });

  it('on dirty facts they agree, or one says that it cannot answer', async () => {
    await fc.assert(
      fc.asyncProperty(ruleOf, dirtyFactSets, async (rules, facts) => {
        const recorded = await jsonRulesEngine(rules, facts);
        let held: ReadonlySet<string> | undefined;
        try {
          held = heldByClosures(rules, facts);
        } catch (error) {
          expect(error).toBeInstanceOf(FactMissingError);
        }
        if (recorded && held) expect([...recorded].sort()).toEqual([...held].sort());
        // What the closures cannot answer, the engine does not answer either: it reads every condition of every rule.
        if (held === undefined) expect(recorded).toBeUndefined();
      }),
      { numRuns: 1500 },
    );
  });

  it('an explanation traces to the same truth', () => {
    fc.assert(
      fc.property(conditions, factSets, (condition, facts) => {
        expect(trace(condition, facts).result).toBe(naive(condition, facts));
      }),
    );
  });

  it('simplifying a rule, or specialising it for facts that are known, never changes what it says', () => {
    fc.assert(
      fc.property(conditions, factSets, fc.subarray(KEYS), (condition, facts, known) => {
        const truth = naive(condition, facts);
        const some = new Map(known.map((key) => [key, facts.get(key) as Value]));
        expect(naive(simplify(condition), facts)).toBe(truth);
        const rest = specialise(condition, some);
        expect(naive(rest, facts)).toBe(truth);
        expect([...heldByClosures([{ id: 'R', condition: rest }], facts)]).toEqual(truth ? ['R'] : []);
      }),
      { numRuns: 1500 },
    );
  });

  it('a hundred runs at once over the same rules lose none', async () => {
    const [rules] = fc.sample(fc.array(conditions, { minLength: 20, maxLength: 20 }), { seed: 7, numRuns: 1 });
    const engineRules = (rules ?? []).map((condition, index) => ({ id: `R-${index}`, condition }));
    const cases = fc.sample(factSets, { seed: 8, numRuns: 100 });
    const answers = await Promise.all(cases.map((facts) => jsonRulesEngine(engineRules, facts)));
    for (const [index, facts] of cases.entries()) {
      const expected = engineRules.filter(({ condition }) => naive(condition, facts)).map(({ id }) => id);
      expect([...(answers[index] ?? ['no answer'])].sort()).toEqual(expected.sort());
    }
  });
});

describe('裁决', () => {
  const place = { file: 'x.yaml', line: 1, column: 1 };
  const clear = {
    kind: 'test',
    fact: '清楚',
    comparison: 'is',
    operand: { kind: 'literal', value: true },
    place,
  } as const;
  const rules = [
    { id: 'A', condition: clear },
    { id: 'B', condition: { kind: 'not', member: clear } as const },
    { id: 'C', condition: clear },
  ];
  const facts = new Map<string, Value>([['清楚', true]]);
  const verdict = (engine: EngineOfRecord) => new Evaluator(engine).evaluate(rules, facts);

  it('agrees where the engine says what the closures say', async () => {
    expect(await verdict(jsonRulesEngine)).toEqual({ held: new Set(['A', 'C']), agreed: true });
  });

  it.each<[string, EngineOfRecord]>([
    ['answers nothing', async () => undefined],
    ['finds no rule', async () => new Set()],
    ['loses one rule', async () => new Set(['A'])],
    ['finds one rule too many', async () => new Set(['A', 'B', 'C'])],
    ['finds another rule instead', async () => new Set(['A', 'B'])],
    ['fails', () => Promise.reject(new Error('engine'))],
    [
      'throws',
      () => {
        throw new Error('engine');
      },
    ],
  ])('an engine that %s is never followed', async (_, engine) => {
    expect((await verdict(engine)).agreed).toBe(false);
  });

  it('a fact that nobody resolved is no agreement', async () => {
    expect(await new Evaluator(jsonRulesEngine).evaluate(rules, new Map())).toEqual({ held: new Set(), agreed: false });
  });

  it('the same rules and facts are put to the engine once', async () => {
    let runs = 0;
    const evaluator = new Evaluator((given, known) => {
      runs++;
      return jsonRulesEngine(given, known);
    });
    await evaluator.evaluate(rules, facts);
    await evaluator.evaluate(rules, new Map([...facts, ['约定', true]]));
    expect(runs).toBe(1);
  });
});
