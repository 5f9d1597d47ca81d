import type { Matter } from '../documents/filing.js';
import type { PartyGroup } from './case-keys.js';
import type { CauseKey, EarlierCase } from './earlier-case.js';
import type { IdentifiedParty } from './party-key.js';

/** Lists of cases that share a pair of parties, and whether there were more parties on a side than pairs are made of. */
export type PairLookup = { readonly lists: readonly (readonly EarlierCase[])[]; readonly truncated: boolean };

/** What may be asked of a docket, in memory or stored. Every list is sorted by day of filing and case number; none is empty. */
export interface DocketLookup {
  /** The cases of a `caseNumberKey`; more than one only where the docket repeats a number. */
  casesOf(caseKey: string): readonly EarlierCase[];
  /** The cases of every number that stands in the text, ranges expanded; at most `limit` numbers are looked up. */
  casesNamed(text: string, limit?: number): EarlierCase[];
  /** Enforcement cases on the instrument of that `caseNumberKey`. */
  enforcementsOf(instrumentKey: string): readonly EarlierCase[];
  /** Cases that name the one of that `caseNumberKey` as their origin. */
  childrenOf(caseKey: string): readonly EarlierCase[];
  /** How a cause is compared; remembered by name. */
  causeKey(name: string, matter: Matter): CauseKey;
  /** Cases with a party like one of side a and another like one of side b, on whichever sides they stand there. */
  pairsOf(a: readonly IdentifiedParty[], b: readonly IdentifiedParty[]): PairLookup;
  /** The lists of cases in which the same party stands in that group: of this court, or else of others. */
  casesByParty(party: IdentifiedParty, group: PartyGroup, sameCourt: boolean): (readonly EarlierCase[])[];
}
