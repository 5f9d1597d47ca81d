import type { ReasonTopic } from './decision.js';

/** What the line is made of. */
interface Told {
  readonly status: string;
  readonly reasons?: readonly { readonly about?: string; readonly text: string }[];
  readonly questions?: readonly { readonly label: string }[];
  readonly errors?: readonly { readonly message: string }[];
}

/** Of an assigned case: lists have columns of their own for links, the draw and the deadlines. */
const TELLING: readonly ReasonTopic[] = ['not_applied', 'procedure', 'owner', 'owner_unable'];

/** One line of why: what is wrong or stands in the way where something does, else by which procedure and whose it is. */
export function whyLine({ status, reasons = [], questions = [], errors = [] }: Told): string {
  const [first, ...others] = errors;
  if (first !== undefined) return first.message + (others.length > 0 ? `(另有 ${others.length} 处)` : '');
  const topics: readonly string[] = status === 'needs_review' ? ['review'] : TELLING;
  const texts = topics.flatMap((topic) => reasons.filter(({ about }) => about === topic).map(({ text }) => text));
  if (questions.length > 0) texts.unshift(`需要回答:${questions.map(({ label }) => label).join('、')}`);
  const told = texts.length > 0 ? texts : reasons.map(({ text }) => text);
  return [...new Set(told.map((text) => text.replace(/[。;；]\s*$/u, '')))].join('；');
}
