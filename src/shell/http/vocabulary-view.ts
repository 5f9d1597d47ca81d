import type { z } from 'zod';
import type { Vocabulary } from '../../core/rules/vocabulary.js';
import { tableVocabulary } from '../files/table-vocabulary.js';
import type { vocabularyView } from './contract/filings.js';

/** The words that the pages show and offer. */
export function vocabularyViewOf(vocabulary: Vocabulary): z.input<typeof vocabularyView> {
  const termsOf = (name: string) =>
    (vocabulary.enumerations.get(name)?.terms ?? []).map(({ key, word }) => ({ key, word }));
  const grounds = (name: string) => termsOf(name).filter(({ key }) => key !== 'none');
  return {
    enumerations: Object.fromEntries([...vocabulary.enumerations.keys()].map((name) => [name, termsOf(name)])),
    answers: [...tableVocabulary(vocabulary).answers],
    grounds: { designate: grounds('指定事由'), reassign: grounds('变更事由') },
  };
}
