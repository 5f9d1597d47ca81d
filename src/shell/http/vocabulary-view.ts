import type { z } from 'zod';
import { answersSchema } from '../../core/documents/filing.js';
import type { Lawbook } from '../../core/routing/lawbook.js';
import { tableVocabulary } from '../files/table-vocabulary.js';
import type { vocabularyView } from './contract/filings.js';

/** The words that the pages show and offer. */
export function vocabularyViewOf({ book: { vocabulary }, flows }: Lawbook): z.input<typeof vocabularyView> {
  const termsOf = (name: string) =>
    (vocabulary.enumerations.get(name)?.terms ?? []).map(({ key, word }) => ({ key, word }));
  const grounds = (name: string) => termsOf(name).filter(({ key }) => key !== 'none');
  return {
    enumerations: Object.fromEntries([...vocabulary.enumerations.keys()].map((name) => [name, termsOf(name)])),
    // What is derived from the parties is a fact of the rules, and no question to the clerk.
    answers: tableVocabulary(vocabulary).answers.filter(({ key }) => Object.hasOwn(answersSchema.shape, key)),
    flows: flows.map(({ key, name }) => ({ key, word: name })),
    grounds: { designate: grounds('指定事由'), reassign: grounds('变更事由') },
  };
}
