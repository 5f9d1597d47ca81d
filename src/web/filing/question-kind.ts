import type { AnswerValue } from '../api/types.js';
import type { Words } from '../words/words.js';

/** One way to answer a question, with the digit that gives it. */
export interface Choice {
  readonly word: string;
  readonly value: AnswerValue;
}

export type QuestionKind =
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  | { readonly kind: 'integer' | 'amount' };

const UNKNOWN: Choice = { word: '不知道', value: null };
const YES_NO: QuestionKind = {
  kind: 'choice',
  choices: [{ word: '是', value: true }, { word: '否', value: false }, UNKNOWN],
};

/** How a question is answered: by its fact in the vocabulary, or by the place in the filing that it points to. */
export function kindOf(fact: string, { terms, vocabulary }: Words): QuestionKind {
  if (fact === '/amount') return { kind: 'amount' };
  if (fact.endsWith('/whereabouts')) {
    return {
      kind: 'choice',
      choices: [...terms('whereabouts').map(({ key, word }) => ({ word, value: key })), UNKNOWN],
    };
  }
  const answer = vocabulary.answers.find(({ key }) => key === fact);
  return answer?.type === '整数' ? { kind: 'integer' } : YES_NO;
}
