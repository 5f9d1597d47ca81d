import type { Rule } from './compose.js';
import type { Condition, Value } from './condition.js';
import type { EngineRule } from './engine.js';
import { Interned } from './interned.js';
import type { Ruleset } from './ruleset.js';
import { specialise } from './specialise.js';

/** The rules of a layer that can still speak once some facts are known, ready for the engines. */
export interface Selection {
  readonly rules: readonly Rule[];
  /** One per rule, same order: does it conclude? */
  readonly engineRules: readonly EngineRule[];
}

const selections = new WeakMap<readonly Rule[], Map<string, Selection>>();
const selectionsOf = new Interned<Rule, Selection>();
const NOTHING: Selection = { rules: [], engineRules: [] };

/** Selects a layer's rules for what is known of every filing of a kind; kept, since it is asked for with each filing. */
export function select(ruleset: Ruleset, layer: string, known: ReadonlyMap<string, Value>): Selection {
  const all = ruleset.rules.get(layer);
  if (!all) return NOTHING;
  let kept = selections.get(all);
  if (!kept) {
    kept = new Map();
    selections.set(all, kept);
  }
  const key = kindOf(known);
  let selection = kept.get(key);
  if (!selection) {
    const rules = all.filter((rule) => rule.card.conclusion && !isNever(engineRuleOf(rule, known).condition));
    const [first] = rules;
    const made = (): Selection => ({ rules, engineRules: rules.map((rule) => engineRuleOf(rule, known)) });
    selection = first ? selectionsOf.of(first, [key, ...rules], made) : NOTHING;
    kept.set(key, selection);
  }
  return selection;
}

const engineRules = new WeakMap<Rule, Map<string, EngineRule>>();

/** When a rule speaks (one that only blocks: when it holds), as far as that is still open once some facts are known. */
export function engineRuleOf(rule: Rule, known: ReadonlyMap<string, Value>): EngineRule {
  const kept = engineRules.get(rule) ?? new Map<string, EngineRule>();
  engineRules.set(rule, kept);
  const key = kindOf(known);
  let engineRule = kept.get(key);
  if (!engineRule) {
    const { card, concludes, holds } = rule;
    engineRule = { id: card.id, condition: specialise(card.conclusion ? concludes : holds, known) };
    kept.set(key, engineRule);
  }
  return engineRule;
}

const kindOf = (known: ReadonlyMap<string, Value>): string => {
  let kind = '';
  for (const [fact, value] of known) kind += `${fact}=${String(value)} `;
  return kind;
};

const isNever = (condition: Condition): boolean => condition.kind === 'any' && condition.members.length === 0;
