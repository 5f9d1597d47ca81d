import type { Value } from '../condition.js';
import { parameterFact } from '../diagram.js';
import { showValue } from '../explain.js';
import type { Vocabulary } from '../vocabulary.js';
import type { Case } from './witness.js';

/** A fact with its value as a person writes it: 标的额 100,000 元. */
export function showFact(vocabulary: Vocabulary, key: string, value: Value): string {
  const fact = vocabulary.factsByKey.get(key);
  const parameter = [...vocabulary.parameters.values()].find((each) => parameterFact(each.id) === key);
  const unit = fact?.unit ?? parameter?.unit;
  const word = fact?.word ?? (parameter ? `${parameter.word}(未查明,假设)` : key);
  return `${word} ${showValue(vocabulary, key, value)}${unit === undefined ? '' : ` ${unit}`}`;
}

/** 民事一审; empty where neither is known. */
export const showKind = (vocabulary: Vocabulary, known: ReadonlyMap<string, Value>): string =>
  [...known].map(([key, value]) => showValue(vocabulary, key, value)).join('');

/** A case in a line: of what kind it is, and what of it is not as in the base case. */
export function showCase(vocabulary: Vocabulary, { values, departs, known }: Case): string {
  const kind = showKind(vocabulary, known);
  const parts = departs.map((key) => showFact(vocabulary, key, values.get(key) as Value));
  const rest = parts.length === 0 ? '与文件的「基准」相同' : `${parts.join('，')}，其余与文件的「基准」相同`;
  return kind === '' ? rest : `${kind}案件，${rest}`;
}
