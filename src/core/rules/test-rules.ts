import type { PlainDate } from '../kernel/plain-date.js';
import { onOneDay } from './case-days.js';
import { stagesOf } from './check-stages.js';
import { type CardCoverage, Coverage, type Unshown } from './coverage.js';
import { boundaryProposals, coverageProposal, type Proposal } from './proposals.js';
import type { RuleBook } from './rulebook.js';
import { rulesetFor } from './ruleset.js';

/** What the examples of one card show, and what could be added. */
export interface CardExamples extends CardCoverage {
  /** National rules must be shown whole: those of `national` and `links`. */
  readonly isNational: boolean;
  /** Sides of thresholds on which no confirmed example stands. */
  readonly boundaries: readonly Proposal[];
  /** For each outcome that is not shown, an example that would show it, where a case does. */
  readonly proposals: readonly { readonly unshown: Unshown; readonly proposal?: Proposal }[];
  /** Examples that wait for a person to confirm them. */
  readonly unconfirmed: readonly string[];
}

/**
 * How far confirmed examples cover the conditions of every card in force on a day: see `Coverage`. Cards are looked at
 * with those that they are checked with, so that no court's own rules change what the examples of the others show.
 */
export function coverageOf(book: RuleBook, date: PlainDate): CardExamples[] {
  return stagesOf(book, date).flatMap((stage) => {
    const ruleset = rulesetFor(stage.book, stage.court, onOneDay(stage.date), new Map());
    const coverage = new Coverage(ruleset, stage.examples);
    const workbench = { ruleset, causes: book.causes };
    return [...ruleset.rules.values()]
      .flat()
      .filter(({ card }) => stage.looksAt(card))
      .map((rule): CardExamples => {
        const covered = coverage.of(rule);
        return {
          ...covered,
          isNational: /^(national|links)\//.test(rule.card.file),
          boundaries: boundaryProposals(rule, workbench),
          proposals: covered.missing.map((unshown) => {
            const proposal = coverageProposal(unshown, workbench);
            return proposal ? { unshown, proposal } : { unshown };
          }),
          unconfirmed: rule.card.examples.flatMap(({ name, unconfirmed }) => (unconfirmed ? [name] : [])),
        };
      });
  });
}
