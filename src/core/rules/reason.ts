import type { CitedBasis, Reason, ReasonTopic } from '../documents/decision.js';
import { type CaseDay, choiceText } from './case-days.js';
import type { Basis } from './citation.js';
import type { Rule } from './compose.js';
import type { Value } from './condition.js';
import { explain } from './explain.js';
import type { Ruleset } from './ruleset.js';

/** A basis as decisions print it. */
export const cite = (basis: readonly Basis[]): CitedBasis[] =>
  basis.map(({ law, article, status }) => (article === undefined ? { law, status } : { law, article, status }));

/** A rule, or an exception that blocks one. */
export interface Speaker {
  readonly id: string;
  readonly template: string;
  readonly basis: readonly Basis[];
  /** By which day of the case its version was chosen. */
  readonly chosenBy: CaseDay;
}

export const speakerOf = (rule: Rule): Speaker => ({
  id: rule.card.id,
  template: rule.card.template,
  basis: rule.basis,
  chosenBy: rule.card.chosenBy,
});

/** What a speaker has to say on a topic, from its template and the facts it read; and by which day it was chosen, where not by that of receipt. */
export function reasonOf(
  about: ReasonTopic,
  speaker: Speaker,
  facts: ReadonlyMap<string, Value>,
  ruleset: Ruleset,
  context: Readonly<Record<string, string>> = {},
): Reason {
  const text = explain(speaker.template, facts, ruleset.vocabulary, ruleset.parameters, context);
  return {
    rule: speaker.id,
    about,
    text: `${text}${choiceText(speaker.chosenBy, ruleset.days)}`,
    basis: cite(speaker.basis),
  };
}
