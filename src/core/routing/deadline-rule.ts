import type { DecisionDeadline } from '../documents/decision.js';
import { canonicalJson } from '../kernel/canonical.js';
import type { Rule } from '../rules/compose.js';
import { cite } from '../rules/reason.js';
import type { Ruleset } from '../rules/ruleset.js';

/** The rule that a deadline of a decision was counted by, where the rules still have one of its kind, unit and bases. */
export function deadlineRule(
  { kind, unit, basis }: Pick<DecisionDeadline, 'kind' | 'unit' | 'basis'>,
  { rules }: Ruleset,
): Rule | undefined {
  const cited = canonicalJson(basis);
  return rules
    .get('期限')
    ?.find(
      ({ card, basis: bases }) =>
        card.conclusion?.value === kind && card.period?.unit === unit && canonicalJson(cite(bases)) === cited,
    );
}
