import type { Decision } from '../documents/decision.js';
import type { Dossier, DossierCase } from '../documents/dossier.js';
import type { Ground } from '../flows/flow.js';
import type { MatterView } from '../flows/flow-run.js';
import { byCodePoint } from '../kernel/order.js';
import { scoreOf } from '../related/evidence.js';
import type { EvidenceWeights } from '../rules/tables.js';

/** An earlier case that speaks to who takes a matter, as far as the docket knows. */
export interface ProposedCase {
  readonly caseNo: string;
  readonly filedOn: string;
  readonly judge: string;
  /** Kinds of links that the decision in force rests on with it. */
  readonly links: readonly string[];
  /** Between 0 and 1, in thousandths. */
  readonly score: number;
  /** Why its judge could not take the matter; null where nothing forbids it. */
  readonly unable: string | null;
  /** It speaks for this ground. */
  readonly proposed: boolean;
}

/**
 * What whoever objects on a ground may rest on: every earlier case that was compared, those that speak for the ground in front, then by how
 * much agrees. A ground that claims another owner is spoken for by a case of somebody else who could take the matter and that has to do
 * with it; a ground that claims nobody, by the case that the assignment follows, since it is that one which is said not to fit.
 */
export function proposeEvidence(
  { earlier }: Pick<Dossier, 'earlier'>,
  { links = [], owner }: Pick<Decision, 'links' | 'owner'>,
  { claimedOwner }: Pick<Ground, 'claimedOwner'>,
  matter: Pick<MatterView, 'owner' | 'unable'>,
  weights: EvidenceWeights,
): ProposedCase[] {
  const proposed = earlier.map((pair): ProposedCase => {
    const { caseNo, filedOn, owner: judge, evidence } = pair;
    const kinds = links.filter((link) => link.caseNo === caseNo).map(({ kind }) => kind);
    const unable = matter.unable(judge)?.text ?? null;
    const another = judge !== matter.owner && unable === null && (kinds.length > 0 || hasToDo(pair));
    return {
      caseNo,
      filedOn,
      judge,
      links: kinds,
      score:
        scoreOf(
          evidence.map(({ kind }) => kind),
          weights,
        ) / 1000,
      unable,
      proposed: claimedOwner === 'refused' ? caseNo === owner?.linkedCase : another,
    };
  });
  return proposed.sort(
    (a, b) =>
      Number(b.proposed) - Number(a.proposed) ||
      b.score - a.score ||
      byCodePoint(a.filedOn, b.filedOn) ||
      byCodePoint(a.caseNo, b.caseNo),
  );
}

/** A shared party, a shared instrument, or that one names the other; a cause alone says nothing. */
const hasToDo = ({ facts }: DossierCase): boolean =>
  ['partyShared', 'instrumentSame', 'earlierCited', 'earlierIsOrigin'].some((fact) => facts[fact] === true);
