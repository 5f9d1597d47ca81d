import type { Value } from './condition.js';
import { parameterFact } from './diagram.js';
import type { ResolvedParameter } from './parameters.js';
import { evaluate } from './three-valued.js';
import { labelOf, type Vocabulary } from './vocabulary.js';

const PLACEHOLDER = /\{([^{}]+)\}/g;

/** The words that a template names in braces. */
export const placeholdersOf = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].map((match) => match[1] as string);

/** A value as a person reads it: 是/否, the enumeration's word, yuan, the cause's own name. */
export function showValue(vocabulary: Vocabulary, key: string, value: Value): string {
  const fact = vocabulary.factsByKey.get(key);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'bigint') return showFen(value);
  if (typeof value === 'object') return value[value.length - 1] ?? '';
  if (fact?.enumeration) return labelOf(vocabulary, fact.enumeration.word, String(value));
  return String(value);
}

/** Fen as yuan with thousands separators; cents only where there are any. */
export function showFen(fen: bigint): string {
  const yuan = (fen / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  const cents = fen % 100n;
  return cents === 0n ? yuan : `${yuan}.${cents.toString().padStart(2, '0')}`;
}

/** Fills a template from the facts and parameters that the rule read; what is not known says so. */
export function explain(
  template: string,
  facts: ReadonlyMap<string, Value>,
  vocabulary: Vocabulary,
  parameters: ReadonlyMap<string, ResolvedParameter>,
  context: Readonly<Record<string, string>> = {},
): string {
  return template.replace(PLACEHOLDER, (_, word: string) => {
    if (Object.hasOwn(context, word)) return context[word] ?? '未知';
    const parameter = vocabulary.parameters.get(word);
    if (parameter) {
      const resolved = parameters.get(parameter.id);
      const value = resolved ? resolved.value : facts.get(parameterFact(parameter.id));
      if (value === undefined) return `${word}(未查明)`;
      return typeof value === 'bigint' ? showFen(value) : String(value);
    }
    const derived = vocabulary.derived.get(word)?.condition;
    if (derived) {
      const held = evaluate(derived, facts);
      return held === undefined ? '未知' : held ? '是' : '否';
    }
    const fact = vocabulary.facts.get(word);
    const value = fact && facts.get(fact.key);
    return fact && value !== undefined ? showValue(vocabulary, fact.key, value) : '未知';
  });
}
