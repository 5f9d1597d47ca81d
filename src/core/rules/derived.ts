import type { CauseNames } from './causes.js';
import { type Condition, parseCondition } from './condition.js';
import type { Problems, SourceNode } from './source.js';
import type { DerivedFact, Vocabulary } from './vocabulary.js';

/**
 * Reads 当 of every derived fact. Refuses, where the definition stands, whatever a rule's condition may not say, facts of
 * other groups, and definitions that come back to themselves.
 */
export function resolveDerived(vocabulary: Vocabulary, causes: CauseNames, problems: Problems): Vocabulary {
  if (vocabulary.derived.size === 0) return vocabulary;
  const derived = new Map(vocabulary.derived);
  const resolved: Vocabulary = { ...vocabulary, derived };
  const done = new Set<string>();
  const resolve = (fact: DerivedFact, chain: readonly string[]): void => {
    const { word, groups, when } = fact;
    if (chain.includes(word)) {
      const circle = [...chain.slice(chain.indexOf(word)), word].join(' → ');
      problems.add(when.place, 'FACT_CYCLE', `派生事实互相推导,成了一个圈:${circle}`);
      return;
    }
    if (done.has(word)) return;
    for (const name of keysIn(when)) {
      const other = derived.get(name);
      if (other) resolve(other, [...chain, word]);
    }
    if (done.has(word)) return;
    done.add(word);
    const scope = { vocabulary: resolved, causes, groups, layer: `派生事实「${word}」` };
    const before = problems.list.length;
    const condition: Condition | undefined = parseCondition(when, scope, problems, word);
    if (condition && problems.list.length === before) derived.set(word, { ...fact, condition });
  };
  for (const fact of vocabulary.derived.values()) resolve(fact, []);
  return resolved;
}

function keysIn(node: SourceNode): string[] {
  if (node.kind === 'text') return [];
  if (node.kind === 'list') return node.items.flatMap(keysIn);
  return [...node.entries].flatMap(([key, { value }]) => [key, ...keysIn(value)]);
}
