import type { DecisionLink } from '../documents/decision.js';
import type { Dossier } from '../documents/dossier.js';
import { scoreOf } from '../related/evidence.js';
import { type FoundLink, findLinks } from '../related/links.js';
import type { Evaluator } from '../rules/evaluate.js';
import type { Ruleset } from '../rules/ruleset.js';
import { resolveFacts } from './facts.js';
import { causePathOf, type Lawbook } from './lawbook.js';
import { settledFacts } from './procedure.js';

/** The links of a filing as decisions print them, strongest kind first. */
export async function relatedCases(
  dossier: Dossier,
  ruleset: Ruleset,
  lawbook: Lawbook,
  evaluator: Evaluator,
): Promise<DecisionLink[]> {
  const table = resolveFacts(dossier, ruleset, causePathOf(lawbook, dossier.filing.cause));
  const { links } = await findLinks(dossier.earlier, settledFacts(table), ruleset, evaluator);
  return links.map((link) => linkOf(link, ruleset));
}

/** A link as decisions print it; the score in whole thousandths. */
export function linkOf({ kind, earlier }: FoundLink, ruleset: Ruleset): DecisionLink {
  return {
    kind,
    caseNo: earlier.caseNo,
    score:
      scoreOf(
        earlier.evidence.map((each) => each.kind),
        ruleset.weights,
      ) / 1000,
    evidence: earlier.evidence.map(({ text }) => text),
  };
}
