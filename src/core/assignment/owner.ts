import type { Reason } from '../documents/decision.js';
import type { Dossier, DossierJudge } from '../documents/dossier.js';
import { type FoundLink, pairedWith } from '../related/links.js';
import { type Value, withFacts } from '../rules/condition.js';
import { type Evaluator, heldByClosures, holds } from '../rules/evaluate.js';
import { reasonOf, speakerOf } from '../rules/reason.js';
import { type Rule, type Ruleset, type Selection, select } from '../rules/ruleset.js';
import type { Bars } from './bars.js';

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
  readonly dossier: Dossier;
  readonly bars: Bars;
  readonly facts: ReadonlyMap<string, Value>;
  readonly ruleset: Ruleset;
}

/** What the rules may know of the earlier handler as things stand on the day of assignment. */
function ownerFacts(link: FoundLink, question: OwnerQuestion, track: string | undefined): Map<string, Value> {
  const { dossier, bars, facts, ruleset } = question;
  const { earlier } = link;
  const judge: DossierJudge | undefined = dossier.judges.find((each) => each.judge === earlier.owner);
  return withFacts(pairedWith(facts, earlier, ruleset.vocabulary), {
    linkKind: link.kind,
    ownerBarred: bars.byJudge.has(earlier.owner),
    ownerLeft: isOwnCourt(link) && (judge === undefined || judge.left === true),
    ownerNotHandling: judge?.handles === false,
    ownerTrackUnfit: track !== undefined && judge?.tracks?.includes(track) === false,
    ownerCauseUnfit: judge?.causeFits === false,
    ownerAbsentDays: judge?.absentDays ?? 0,
    ownerSeriesCount: earlier.ownerSeriesCount,
  });
}

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

/** A word for the owner rule that a track leads to; equal words are the same rule. By the closures alone. */
export function ownerRuleWord(question: OwnerQuestion, track: string | undefined): string {
  const { claim, ruleset } = question;
  if (!claim) return 'draw';
  const held = heldByClosures(ownerSelection(ruleset).engineRules, ownerFacts(claim.link, question, track));
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
  const known = ownerFacts(claim.link, question, track);
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
