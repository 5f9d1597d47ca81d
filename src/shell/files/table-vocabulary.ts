import type { Vocabulary } from '../../core/rules/vocabulary.js';
import type { TableVocabulary } from './table-layout.js';

/** What the tables of filings need of the vocabulary. */
export function tableVocabulary(vocabulary: Vocabulary): TableVocabulary {
  const enumWords = new Map<string, Map<string, string>>();
  for (const [name, { terms }] of vocabulary.enumerations) {
    enumWords.set(name, new Map(terms.map((term) => [term.word, term.key])));
  }
  const answers = [...vocabulary.facts.values()]
    .filter((fact) => fact.group === '陈述' && (fact.type === 'boolean' || fact.type === 'integer'))
    .map((fact) => ({
      key: fact.key,
      word: fact.word,
      type: fact.type === 'boolean' ? ('是否' as const) : ('整数' as const),
      ...(fact.meaning !== undefined && { note: fact.meaning }),
    }));
  return { enumWords, answers };
}
