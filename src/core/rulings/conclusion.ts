import { decideOwnership, findClaim, type OwnerQuestion, stoppingReviews } from '../assignment/owner.js';
import type { DossierCase } from '../documents/dossier.js';
import type { Ruling, RulingOught } from '../documents/ruling.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { factDefaults, findLinks } from '../related/links.js';
import { parameterFacts } from '../routing/facts.js';
import { causePathOf, type Lawbook } from '../routing/lawbook.js';
import { onOneDay } from '../rules/case-days.js';
import type { Rule } from '../rules/compose.js';
import { withFacts } from '../rules/condition.js';
import type { Evaluator } from '../rules/evaluate.js';
import { overridesOf } from '../rules/parameters.js';
import { type Ruleset, rulesetFor } from '../rules/ruleset.js';

/** A situation in which somebody ruled. */
export type Situation = Pick<Ruling, 'facts' | 'parameters' | 'earlier'>;

/** What the rules make of a situation: whose it is by an earlier case, or nobody's. */
export interface Conclusion {
  /** `case`: the place of the earlier case, from 1. */
  readonly owner?: { readonly case: number; readonly method: string };
  /** A person has to look at a link first. */
  readonly waits: boolean;
  /** By which rules the strongest claim is made: that of the link, and that of the owner. */
  readonly rules: readonly Rule[];
  /** Ids of the rules by which the earlier handler cannot take it. */
  readonly unable: readonly string[];
  /** The engine of record and the closures said the same. */
  readonly agreed: boolean;
}

/** The rules of a court on a day, with the docket's own parameters of a situation. */
export const rulesetOf = (
  { book }: Pick<Lawbook, 'book'>,
  court: { readonly code: string; readonly province: string },
  day: PlainDate,
  { parameters }: Pick<Situation, 'parameters'>,
): Ruleset => rulesetFor(book, court, onOneDay(day), overridesOf(parameters, book.vocabulary));

/** Puts a situation to the rules for links and owners, by the same way as a filing goes. */
export async function concludeOn(
  { facts: record, earlier }: Situation,
  lawbook: Pick<Lawbook, 'causes'>,
  ruleset: Ruleset,
  evaluator: Evaluator,
): Promise<Conclusion> {
  const cases = earlier.map(
    ({ pair, handler }, index): DossierCase => ({
      caseNo: idOf(index),
      // All of one day: among equals the order is then that of the ids.
      filedOn: NO_DAY,
      owner: idOf(index),
      facts: pair,
      ownerSeriesCount: Number(handler.ownerSeriesCount ?? 0),
      evidence: [],
    }),
  );
  const placeOf = (one: DossierCase): number => cases.indexOf(one) + 1;
  const cause = causePathOf(lawbook, String(record.cause));
  const facts = withFacts(parameterFacts(ruleset), record, { cause });
  const links = await findLinks(cases, facts, ruleset, evaluator);
  const open = links.links.filter((link) => earlier[placeOf(link.earlier) - 1]?.disclaimed !== true);
  const claim = findClaim(open, facts, ruleset);
  const handlerDefaults = factDefaults(ruleset.vocabulary, '承办');
  const question: OwnerQuestion = {
    claim,
    facts,
    ruleset,
    handler: (one) => ({ ...handlerDefaults, ...earlier[placeOf(one) - 1]?.handler }),
  };
  const { owner, reasons, agreed } = await decideOwnership(question, undefined, evaluator);
  const waits = stoppingReviews(links.reviews, claim).length > 0;
  return {
    ...(owner && claim && !waits && { owner: { case: placeOf(claim.link.earlier), method: owner.method } }),
    waits,
    rules: claim ? [claim.link.rule, claim.rule] : [],
    unable: owner ? [] : reasons.map(({ rule }) => rule),
    agreed: links.agreed && agreed,
  };
}

/** Whether the rules conclude as a ruling says they ought to. */
export function agrees(ought: RulingOught, { owner, waits }: Conclusion): boolean {
  switch (ought.kind) {
    case 'owner':
      return owner?.method === ought.method && ought.cases.includes(owner.case);
    case 'draw':
      return owner === undefined && !waits;
    case 'not':
      return owner === undefined || !ought.cases.includes(owner.case);
  }
}

const idOf = (index: number): string => String(index).padStart(6, '0');
const NO_DAY = '1900-01-01' as PlainDate;
