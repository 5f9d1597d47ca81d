import type { Vocabulary } from '../api/types.js';
import type { Draft } from './draft.js';

/** A statement that the counter may make of a filing. */
export type AskedFact = Vocabulary['answers'][number];

/** Concluded from the parties' whereabouts, and said there. */
const SAID_OF_PARTIES = ['defendantMissing', 'anyPartyMissing'];

/**
 * Of which filings a statement is asked; what stands here nowhere is asked of all, so that a new word is never lost.
 */
const ASKED_OF: Readonly<Record<string, readonly string[]>> = {
  criminal: [
    'admitsGuilt',
    'agreesFastTrack',
    'agreesSummaryCriminal',
    'evidenceSufficient',
    'minorAccused',
    'disabledAccused',
    'majorImpact',
    'coAccusedObjects',
    'civilClaimUnsettled',
    'maxSentenceMonths',
  ],
  administrative: ['decidedOnTheSpot', 'informationDisclosure'],
  second_instance: ['firstInstanceSummary', 'appealOfRuling', 'agreeSinglePanel'],
  civil: [
    'monetaryClaim',
    'personalStatus',
    'titleConfirmation',
    'appraisalNeeded',
    'counterclaim',
    'agreeSmallClaims',
    'publicInterest',
    'groupDispute',
    'wideAttention',
    'novelOrComplex',
    'panelRequiredByLaw',
    'otherUnsuitable',
    'mediationAgreed',
    'foreignRelated',
  ],
  civil_or_administrative: ['factsClear', 'rightsClear', 'disputeMinor', 'agreeSummary'],
};

const LISTED = new Set([...SAID_OF_PARTIES, ...Object.values(ASKED_OF).flat()]);

/** The statements that are asked of a kind of filing, and any other that it already carries. */
export function askedOf({ matter, stage, facts }: Draft, all: readonly AskedFact[]): AskedFact[] {
  const groups = [
    matter,
    stage,
    ...(matter === 'civil' || matter === 'administrative' ? ['civil_or_administrative'] : []),
  ];
  const asked = new Set(groups.flatMap((group) => ASKED_OF[group] ?? []));
  return all.filter(
    ({ key }) => asked.has(key) || Object.hasOwn(facts, key) || (matter !== 'enforcement' && !LISTED.has(key)),
  );
}
