import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Router } from '../../src/core/routing/batch.js';
import { decide } from '../../src/core/routing/decide.js';
import type { DecideInput } from '../../src/core/routing/decide-input.js';
import { checkDocket } from '../../src/core/routing/docket-check.js';
import { checkFiling } from '../../src/core/routing/intake.js';
import type { Value } from '../../src/core/rules/condition.js';
import { type EngineRule, jsonRulesEngine } from '../../src/core/rules/engine.js';
import { Evaluator } from '../../src/core/rules/evaluate.js';
import { loadLawbook } from '../../src/shell/cli/library.js';
import { median, printTable } from './child.js';

const ROUNDS = 200;
const WARM_UP = 50;

async function time(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const started = performance.now();
    await work();
    if (round >= WARM_UP) times.push(performance.now() - started);
  }
  return median(times);
}

/**
 * One decision with everything that it says, beside json-rules-engine alone on the same rules and facts: every call that the
 * decision makes of the engine is recorded and then made again without the rest.
 */
export async function benchDecide(): Promise<void> {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`../contract/examples/${name}`, import.meta.url), 'utf8'));
  const lawbook = loadLawbook(fileURLToPath(new URL('../../rules', import.meta.url)));
  const docket = checkDocket(read('docket.json'), lawbook);
  if (!docket.ok) throw new Error('the sample docket is in order');
  const rows = [
    ['filing', 'engine calls', 'engine alone ms', 'cold ms', '÷ engine', 'no verdicts kept ms', '÷ engine', 'warm ms'],
  ];
  for (const value of (read('filings.json') as { id: string }[]).filter((_, index) => [0, 3, 6, 7].includes(index))) {
    const filing = checkFiling(value, { court: docket.value.docket.court.code, lawbook, seen: new Set() });
    if (!filing.ok) throw new Error(`${value.id} is in order`);
    const shared = new Evaluator(jsonRulesEngine);
    const router = new Router({ docket: docket.value, lawbook, evaluator: shared, seed: '00' });
    const { dossier } = router.gather(filing.value);
    const ruleset = router.rulesetOf(filing.value);
    const input: DecideInput = { dossier, ruleset, lawbook, evaluator: shared, seed: '00' };
    const calls: { rules: readonly EngineRule[]; facts: ReadonlyMap<string, Value> }[] = [];
    const recorder = new Evaluator((rules, facts) => {
      calls.push({ rules, facts });
      return jsonRulesEngine(rules, facts);
    });
    await decide({ ...input, evaluator: recorder });
    const engine = await time(async () => {
      for (const { rules, facts } of calls) await jsonRulesEngine(rules, facts);
    });
    const kept = await time(() => decide({ ...input, evaluator: new Evaluator(jsonRulesEngine) }));
    // Another object for the same rules: nothing that was worked out for them before is found again.
    const cold = await time(() =>
      decide({
        ...input,
        ruleset: { ...ruleset, rules: new Map(ruleset.rules) },
        evaluator: new Evaluator(jsonRulesEngine),
      }),
    );
    const warm = await time(() => decide(input));
    rows.push([
      value.id,
      String(calls.length),
      engine.toFixed(2),
      cold.toFixed(2),
      (cold / engine).toFixed(2),
      kept.toFixed(2),
      (kept / engine).toFixed(2),
      warm.toFixed(2),
    ]);
  }
  printTable(`One decision (medians of ${ROUNDS} after ${WARM_UP})`, rows);
}
