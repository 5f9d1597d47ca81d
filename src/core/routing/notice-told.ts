import type {
  CitedBasis,
  Decision,
  DecisionDeadline,
  DecisionLink,
  Reason,
  ReasonTopic,
} from '../documents/decision.js';
import type { DossierCase } from '../documents/dossier.js';

/** The parts of a decision that parties are told. */
export interface Told {
  readonly grounds: readonly Reason[];
  readonly against: readonly Reason[];
  readonly links: readonly DecisionLink[];
  readonly owner: readonly Reason[];
  readonly deadlines: readonly DecisionDeadline[];
  readonly caveats: readonly Reason[];
}

/** Clocks that parties can hold the court to. The others run between the court's own rooms. */
const TOLD_DEADLINES = new Set(['panel_notice', 'trial_limit', 'enforcement_limit']);

const basisKey = (basis: readonly CitedBasis[]): string =>
  basis.map(({ law, article }) => `${law}\t${article ?? ''}`).join('\n');

/** What parties are told of a decision. */
export function toldOf(decision: Decision): Told {
  const about = (...topics: readonly ReasonTopic[]): Reason[] =>
    (decision.reasons ?? []).filter((reason) => topics.includes(reason.about));
  const links = toldLinks(decision, about('owner_unable'));
  const linkReasons = links.map((link) => linkReason(link, decision, about('link')));
  const deadlines = (decision.deadlines ?? []).filter(({ kind }) => TOLD_DEADLINES.has(kind));
  const bases = new Set(deadlines.map(({ basis }) => basisKey(basis)));
  return {
    grounds: about('procedure', 'panel', 'track'),
    against: about('not_applied'),
    links,
    owner: [...linkReasons.filter((reason) => reason !== undefined), ...about('owner', 'owner_unable', 'draw')],
    deadlines,
    caveats: about('deadline').filter(({ basis }) => bases.has(basisKey(basis))),
  };
}

/**
 * The link that was followed, the one that could not be, and the case that the filing itself comes from. The rest may
 * be strangers' cases, or hints that only the court is to follow up.
 */
function toldLinks(decision: Decision, unable: readonly Reason[]): DecisionLink[] {
  const { links = [], owner, record } = decision;
  const blocked = new Set(unable.map((reason) => spokenOf(reason, decision)?.caseNo));
  const told = new Map<string, DecisionLink>();
  for (const link of links) {
    const { caseNo, kind } = link;
    const isFollowed = caseNo === owner?.linkedCase;
    const evidence = record?.earlier.find((each) => each.caseNo === caseNo)?.evidence ?? [];
    const isOrigin = evidence.some((each) => each.kind === 'origin');
    if (told.has(caseNo) || !(isFollowed ? kind === owner?.link : isOrigin || blocked.has(caseNo))) continue;
    told.set(caseNo, link);
  }
  return [...told.values()];
}

/** What the rule of a link has to say. A decision gives the reasons of its links first, in the order of the links. */
function linkReason(link: DecisionLink, { links = [] }: Decision, reasons: readonly Reason[]): Reason | undefined {
  const place = links.filter(({ caseNo }) => caseNo === link.caseNo).indexOf(link);
  return reasons.filter(({ text }) => text.includes(link.caseNo))[place];
}

/** The linked case of which a reason speaks: by its number, or where it gives none by its handler. */
export function spokenOf({ about, text }: Reason, { links = [], record }: Decision): DossierCase | undefined {
  const earlier = links
    .map(({ caseNo }) => record?.earlier.find((each) => each.caseNo === caseNo))
    .filter((each) => each !== undefined);
  return (
    earlier.find(({ caseNo }) => text.includes(caseNo)) ??
    (about === 'owner_unable' ? earlier.find(({ owner }) => placeOf(owner, text) >= 0) : undefined)
  );
}

/** Where the id first stands in the text as a word of its own; -1 where it does not. */
export function placeOf(id: string, text: string): number {
  const isWordPart = (at: number): boolean => /[0-9A-Za-z]/.test(text[at] ?? '');
  for (let at = text.indexOf(id); id !== '' && at >= 0; at = text.indexOf(id, at + 1)) {
    const end = at + id.length;
    if (!(isWordPart(at) && isWordPart(at - 1)) && !(isWordPart(end - 1) && isWordPart(end))) return at;
  }
  return -1;
}
