import type { Reason } from '../documents/decision.js';
import type { Dossier, DossierCase, DossierJudge, FactRecord } from '../documents/dossier.js';
import { type FoundLink, type LinkReview, pairedWith } from '../related/links.js';
import type { Rule } from '../rules/compose.js';
import { type Value, withFacts } from '../rules/condition.js';
import { type Evaluator, heldByClosures, holds } from '../rules/evaluate.js';
import { reasonOf, speakerOf } from '../rules/reason.js';
import type { Ruleset } from '../rules/ruleset.js';
import { type Selection, select } from '../rules/selection.js';

/** The link that an earlier handler would follow, and the rule by which. */
export interface Claim {
  readonly link: FoundLink;
  readonly rule: Rule;
  /** What the rule would make of the earlier handler: first_trial, first_enforcement, series. */
  readonly method: string;
}

/** Whose case it is by ownership, or why the earlier handler cannot take it. */
export interface Ownership {
  readonly claim?: Claim;
  readonly owner?: { readonly judge: string; readonly method: string };
  readonly reasons: readonly Reason[];
  readonly agreed: boolean;
}

const ownerSelection = (ruleset: Ruleset): Selection => select(ruleset, '承办', new Map());

/** What is asked of the ownership rules, but for the track. */
export interface OwnerQuestion {
  readonly claim: Claim | undefined;
  readonly facts: ReadonlyMap<string, Value>;
  readonly ruleset: Ruleset;
  /** What the rules may know of the earlier case's handler, were the filing of this track. */
  readonly handler: (earlier: DossierCase, track: string | undefined) => FactRecord;
}

/** The earlier handler as things stand on the day of assignment; `bars`: who may not take the filing. */
export function handlerFacts(
  { owner, facts, ownerSeriesCount }: DossierCase,
  { judges }: Pick<Dossier, 'judges'>,
  bars: { has(judge: string): boolean },
  track: string | undefined,
): FactRecord {
  const judge: DossierJudge | undefined = judges.find((each) => each.judge === owner);
  return {
    ownerBarred: bars.has(owner),
    ownerLeft: facts.sameCourt === true && (judge === undefined || judge.left === true),
    ownerNotHandling: judge?.handles === false,
    ownerTrackUnfit: track !== undefined && judge?.tracks?.includes(track) === false,
    ownerCauseUnfit: judge?.causeFits === false,
    ownerAbsentDays: judge?.absentDays ?? 0,
    ownerSeriesCount,
  };
}

/** All that the ownership rules may know of a claim. */
export const claimFacts = (
  { facts, ruleset, handler }: OwnerQuestion,
  { link: { kind, earlier } }: Claim,
  track: string | undefined,
): Map<string, Value> =>
  withFacts(pairedWith(facts, earlier, ruleset.vocabulary), handler(earlier, track), { linkKind: kind });

/**
 * The strongest link that some ownership rule follows; among equals the earliest filed. Cases of other courts are
 * context: they are taken only where no case of this court claims the filing, so that the reason can say so.
 */
export function findClaim(
  links: readonly FoundLink[],
  facts: ReadonlyMap<string, Value>,
  ruleset: Ruleset,
): Claim | undefined {
  const rules = ownerSelection(ruleset).rules;
  const ownFirst = [...links.filter(isOwnCourt), ...links.filter((link) => !isOwnCourt(link))];
  for (const link of ownFirst) {
    const known = withFacts(pairedWith(facts, link.earlier, ruleset.vocabulary), { linkKind: link.kind });
    const rule = rules.find((each) => holds(each.card.condition, known));
    if (rule?.card.conclusion) return { link, rule, method: rule.card.conclusion.value };
  }
  return undefined;
}

const isOwnCourt = (link: FoundLink): boolean => link.earlier.facts.sameCourt === true;

/**
 * The reviews of links that keep a filing from being decided. Names alone do only where they would decide whose it is; elsewhere, and
 * between courts, they are told and no more. Every other review always does.
 */
export const stoppingReviews = (reviews: readonly LinkReview[], claim: Claim | undefined): LinkReview[] =>
  reviews.filter(
    ({ cause, earlier }) =>
      cause !== NAMES_ONLY || (earlier === claim?.link.earlier && earlier.facts.sameCourt === true),
  );

export const NAMES_ONLY = 'names_only';

/** A word for the owner rule that a track leads to; equal words are the same rule. By the closures alone. */
export function ownerRuleWord(question: OwnerQuestion, track: string | undefined): string {
  const { claim, ruleset } = question;
  if (!claim) return 'draw';
  const held = heldByClosures(ownerSelection(ruleset).engineRules, claimFacts(question, claim, track));
  return held.size === 0 ? 'draw' : [...held].sort().join('+');
}

/** Applies the ownership rules to the claim; an earlier handler who cannot take it is named with why. */
export async function decideOwnership(
  question: OwnerQuestion,
  track: string | undefined,
  evaluator: Evaluator,
): Promise<Ownership> {
  const { claim, ruleset } = question;
  if (!claim) return { reasons: [], agreed: true };
  const selection = ownerSelection(ruleset);
  const known = claimFacts(question, claim, track);
  const verdict = await evaluator.evaluate(selection.engineRules, known);
  const { earlier } = claim.link;
  const context = { 法官: earlier.owner, 前案案号: earlier.caseNo };
  const speaking = selection.rules.filter((rule) => verdict.held.has(rule.card.id));
  const methods = new Set(speaking.map((rule) => rule.card.conclusion?.value ?? ''));
  const [method] = methods;
  if (methods.size === 1 && method) {
    const reasons = speaking.map((rule) => reasonOf('owner', speakerOf(rule), known, ruleset, context));
    return { claim, owner: { judge: earlier.owner, method }, reasons, agreed: verdict.agreed };
  }
  const blockers = claim.rule.blockers.filter((blocker) => holds(blocker.condition, known));
  return {
    claim,
    reasons: blockers.map((blocker) => reasonOf('owner_unable', blocker, known, ruleset, context)),
    agreed: verdict.agreed && methods.size === 0,
  };
}
