import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Decision } from '../../src/core/documents/decision.js';
import { type RawFiling, routeBatch } from '../../src/core/routing/batch.js';
import { type CheckedDocket, checkDocket } from '../../src/core/routing/docket-check.js';
import type { Lawbook } from '../../src/core/routing/lawbook.js';
import { jsonRulesEngine } from '../../src/core/rules/engine.js';
import { Evaluator } from '../../src/core/rules/evaluate.js';
import { loadLawbook } from '../../src/shell/cli/library.js';

/** The seed of every run that a test compares. */
export const SEED = '00'.repeat(32);

const RULES = fileURLToPath(new URL('../../rules', import.meta.url));

let shipped: Lawbook | undefined;

/** The rules that the program brings with it, read once. */
export function shippedLawbook(): Lawbook {
  shipped ??= loadLawbook(RULES);
  return shipped;
}

/** A JSON file beside the tests. */
export const readJson = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));

/** The docket, checked. @throws with every error where there is one */
export function docketOf(value: unknown): CheckedDocket {
  const checked = checkDocket(value, shippedLawbook());
  if (!checked.ok) throw new Error(JSON.stringify(checked.error));
  return checked.value;
}

/** Routes filings in-process and puts the decisions in the order of the filings. */
export async function routeAll(filings: readonly RawFiling[], docket: CheckedDocket, seed = SEED): Promise<Decision[]> {
  const decisions: Decision[] = [];
  const evaluator = new Evaluator(jsonRulesEngine);
  for await (const { index, decision } of routeBatch({ filings, docket, lawbook: shippedLawbook(), evaluator, seed })) {
    decisions[index] = decision;
  }
  return decisions;
}
