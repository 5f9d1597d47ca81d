import type { Decision } from '../documents/decision.js';
import { CASE_DAYS, caseDayWord, choiceText } from '../rules/case-days.js';
import { onlyOf, type Value } from '../rules/condition.js';
import { parameterFact } from '../rules/diagram.js';
import { readBy } from '../rules/evaluate.js';
import { showValue } from '../rules/explain.js';
import type { Ruleset } from '../rules/ruleset.js';
import { select } from '../rules/selection.js';
import type { FactTable } from './facts.js';

type FactRow = NonNullable<Decision['facts']>[number];

const LAYERS = ['程序', '审判组织', '期限'];

/** The facts and parameters that a rule for this kind of filing reads, with value and source, in the vocabulary's order. */
export function factRows(table: FactTable, facts: ReadonlyMap<string, Value>, ruleset: Ruleset): readonly FactRow[] {
  const { vocabulary } = ruleset;
  const read = readFor(facts, ruleset);
  const rows: FactRow[] = [];
  for (const fact of vocabulary.facts.values()) {
    const source = table.sources.get(fact.key);
    const value = facts.get(fact.key);
    if (source === undefined || value === undefined || !read.has(fact.key)) continue;
    const shown = source === 'unknown' ? '未知' : showValue(vocabulary, fact.key, value);
    rows.push({ fact: fact.key, label: fact.word, value: shown, source });
  }
  for (const day of CASE_DAYS) {
    const on = ruleset.days[day];
    // The day of receipt is a fact of its own.
    if (day !== 'received' && on !== undefined)
      rows.push({ fact: `${day}On`, label: caseDayWord(day), value: on, source: '选用规则版本所依的日期' });
  }
  for (const { id, word, value, documentNo } of ruleset.parameters.values()) {
    if (!read.has(parameterFact(id))) continue;
    const by = choiceText(vocabulary.parametersById.get(id)?.chosenBy ?? 'received', ruleset.days);
    const shown = value === undefined ? '未查明' : showValue(vocabulary, parameterFact(id), value);
    rows.push({ fact: id, label: word, value: shown, source: `${documentNo || 'parameter'}${by}` });
  }
  return rows;
}

/** Always shown: what the filing is. */
const ALWAYS_SHOWN = ['matter', 'stage', 'courtLevel', 'cause', 'receivedOn', 'amount'];

const readSets = new WeakMap<Ruleset['rules'], Map<string, ReadonlySet<string>>>();

function readFor(facts: ReadonlyMap<string, Value>, ruleset: Ruleset): ReadonlySet<string> {
  let kept = readSets.get(ruleset.rules);
  if (!kept) {
    kept = new Map();
    readSets.set(ruleset.rules, kept);
  }
  const known = onlyOf(facts, ['matter', 'stage']);
  const name = [...known.values()].join(' ');
  let read = kept.get(name);
  if (!read) {
    read = new Set([
      ...ALWAYS_SHOWN,
      ...LAYERS.flatMap((layer) => [...readBy(select(ruleset, layer, known).engineRules)]),
    ]);
    kept.set(name, read);
  }
  return read;
}
