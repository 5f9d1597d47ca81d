import type { CauseNames } from './causes.js';
import type { Rule } from './compose.js';
import { type Condition, testsOf } from './condition.js';
import { factsOfExample } from './examples.js';
import { showValue } from './explain.js';
import type { Ruleset } from './ruleset.js';
import type { Problem } from './source.js';
import { witness } from './witness.js';

/**
 * Rows of a table that can hold at once against its 命中: none may where it says 唯一, only rows of one conclusion where
 * it says 一致. Each pair is told once, at the later row, with a case on which both hold.
 */
export function checkMatrices(rules: readonly Rule[], ruleset: Ruleset, causes: CauseNames): Problem[] {
  const tables = new Map<string, Rule[]>();
  for (const rule of rules) {
    const { row } = rule.card;
    if (row && row.hit !== 'collect') tables.set(row.table, [...(tables.get(row.table) ?? []), rule]);
  }
  return [...tables.values()].flatMap((rows) =>
    rows
      .sort((a, b) => a.card.place.line - b.card.place.line)
      .flatMap((rule, at) => rows.slice(0, at).flatMap((before) => clash(before, rule, ruleset, causes))),
  );
}

function clash(before: Rule, rule: Rule, ruleset: Ruleset, causes: CauseNames): Problem[] {
  const { card } = rule;
  if (card.row?.hit === 'same' && before.card.conclusion?.value === card.conclusion?.value) return [];
  const both: Condition = { kind: 'all', members: [before.holds, rule.holds] };
  const found = witness(both, factsOfExample(card, { given: new Map() }, ruleset), {
    vocabulary: ruleset.vocabulary,
    causes,
  });
  if (!found) return [];
  const read = [...new Set(testsOf(both).map(({ fact }) => fact))];
  const shown = read.flatMap((key) => {
    const value = found.get(key);
    const word = ruleset.vocabulary.factsByKey.get(key)?.word;
    return value === undefined || word === undefined ? [] : [`${word} ${showValue(ruleset.vocabulary, key, value)}`];
  });
  const policy =
    card.row?.hit === 'same' ? '「一致」的表里,同时成立的行要得出同一个结果' : '「唯一」的表里,两行不能同时成立';
  const message = `${before.card.row?.row} 行和 ${card.row?.row} 行可以同时成立:${shown.join('、')};${policy}`;
  return [{ ...card.place, code: 'MATRIX_OVERLAP', rule: card.id, message }];
}
