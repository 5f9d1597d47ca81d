import { type Condition, testsOf } from '../rules/condition.js';
import { readIn } from '../rules/evaluate.js';
import type { Ruleset } from '../rules/ruleset.js';

/** A middle that no published limit says anything about: stands for amounts on either side of a missing limit. */
export const MISSING_LIMIT_FEN = 10_000_000_000n;

/** The layers whose rules decide procedure and panel. */
const PROCEDURE_LAYERS = ['程序', '审判组织'];

const readSets = new WeakMap<Ruleset, Set<string>>();

/** The facts and parameters that decide procedure and panel. */
export function readByProcedure(ruleset: Ruleset): Set<string> {
  let read = readSets.get(ruleset);
  if (!read) {
    const rules = PROCEDURE_LAYERS.flatMap((layer) => ruleset.rules.get(layer) ?? []);
    read = new Set(rules.flatMap(({ concludes }) => readIn(concludes)));
    readSets.set(ruleset, read);
  }
  return read;
}

const cutsByRuleset = new WeakMap<Ruleset, Map<string, Set<number | bigint>>>();

function rulesCuts(ruleset: Ruleset): Map<string, Set<number | bigint>> {
  let cuts = cutsByRuleset.get(ruleset);
  if (!cuts) {
    cuts = new Map();
    for (const layer of PROCEDURE_LAYERS) {
      for (const rule of ruleset.rules.get(layer) ?? []) addCuts(rule.concludes, ruleset, cuts);
    }
    // Whether an unknown number can be as every case is, is told by values on either side of what constraints ask.
    for (const { condition } of ruleset.constraints) addCuts(condition, ruleset, cuts);
    cutsByRuleset.set(ruleset, cuts);
  }
  return cuts;
}

function addCuts(condition: Condition, ruleset: Ruleset, cuts: Map<string, Set<number | bigint>>): void {
  for (const test of testsOf(condition)) {
    const bound = test.operand.kind === 'literal' ? test.operand.value : ruleset.parameters.get(test.operand.id)?.value;
    if (typeof bound !== 'bigint' && typeof bound !== 'number') continue;
    const set = cuts.get(test.fact) ?? new Set();
    cuts.set(test.fact, set);
    set.add(bound);
  }
}

/** One value for each cell between cut points, and each cut point itself. */
export function representatives(cuts: readonly (number | bigint)[]): (number | bigint)[] {
  const isBig = typeof cuts[0] === 'bigint' || cuts.length === 0;
  const values = new Set<number | bigint>([isBig ? 0n : 0]);
  for (const cut of cuts) {
    if (typeof cut === 'bigint') for (const value of [cut - 1n, cut, cut + 1n]) values.add(value < 0n ? 0n : value);
    else for (const value of [cut - 1, cut, cut + 1]) values.add(Math.max(0, value));
  }
  return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Where some rule, parameter or table row cuts a number in two; ascending. */
export function cutsOf(ruleset: Ruleset, key: string): readonly (number | bigint)[] {
  const cuts = new Set<number | bigint>(rulesCuts(ruleset).get(key) ?? []);
  if (key === 'amount') {
    for (const row of ruleset.triage) {
      if (row.above !== undefined) cuts.add(row.above);
      if (row.atMost !== undefined) cuts.add(row.atMost);
    }
    if ([...ruleset.parameters.values()].some((each) => each.value === undefined)) cuts.add(MISSING_LIMIT_FEN);
  }
  return [...cuts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
