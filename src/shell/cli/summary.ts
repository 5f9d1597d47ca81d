import type { Reason, ReasonTopic } from '../../core/documents/decision.js';
import { type DecisionView, summaryOf } from '../files/decision-rows.js';

/** The table has a column for the draw. */
const TELLING: readonly ReasonTopic[] = ['not_applied', 'procedure', 'owner', 'owner_unable'];

/** One sentence for the table: what stops the case where something does, else by which procedure and whose it is, and why. */
export function tellingReason(decision: DecisionView): string {
  const reasons = (decision.reasons ?? []) as readonly Reason[];
  if (decision.status === 'invalid') return summaryOf(decision);
  const topics = decision.status === 'needs_review' ? ['review'] : TELLING;
  const texts = topics.flatMap((topic) => reasons.filter((reason) => reason.about === topic).map(({ text }) => text));
  const questions = (decision.questions ?? []).map((question) => question.label);
  if (questions.length > 0) texts.unshift(`需要回答:${questions.join('、')}`);
  return texts.length > 0 ? [...new Set(texts)].join('；') : summaryOf(decision);
}
