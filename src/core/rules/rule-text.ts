import { formatFen } from '../law/money.js';
import type { Value } from './condition.js';
import type { Vocabulary } from './vocabulary.js';

/** `{ 键: 值, … }` of texts that are YAML already. */
export const flowMap = (entries: readonly (readonly [string, string])[]): string =>
  entries.length === 0 ? '{}' : `{ ${entries.map(([key, text]) => `${key}: ${text}`).join(', ')} }`;

/** `[值, …]` of texts that are YAML already. */
export const flowList = (texts: readonly string[]): string => `[${texts.join(', ')}]`;

/** Words and numbers as they are; whatever could mean something to YAML in double quotes. */
export const scalar = (text: string): string =>
  /^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9、（）〔〕《》.-]*$/u.test(text) ? text : JSON.stringify(text);

/** A value as a rule file writes it: 是, the enumeration's word, yuan without separators, the cause's own name. */
export function valueText(key: string, value: Value, { factsByKey }: Vocabulary): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'bigint') return formatFen(value).replace(/\.00$/, '');
  if (typeof value === 'object') return scalar(value.at(-1) ?? '');
  return scalar(factsByKey.get(key)?.enumeration?.byKey.get(String(value))?.word ?? String(value));
}

/** `{ 事实: 值, … }` of facts by key. */
export const factMap = (facts: Iterable<readonly [string, Value]>, vocabulary: Vocabulary): string =>
  flowMap(
    [...facts].map(([key, value]) => [vocabulary.factsByKey.get(key)?.word ?? key, valueText(key, value, vocabulary)]),
  );
