import type { Filing } from '../documents/filing.js';
import { caseNumberKey, caseNumbersIn } from '../law/case-number.js';
import type { PartyGroup } from './case-keys.js';
import type { DocketLookup } from './docket-lookup.js';
import { amountOf, type CauseKey, claimsKeyOf, dayNumber, type EarlierCase } from './earlier-case.js';
import { indexSide, type SideIndex } from './match.js';
import { BOTH_SIDES, type IdentifiedParty, identify, type Role, type Side } from './party-key.js';
import { type Series, seriesOf } from './series.js';

/** The most numbers that a filing's citations may stand for, ranges expanded. */
const CITED_NUMBERS = 2000;

/** A series that a filing joins, and the party by which it does. */
export type JoinedSeries = { readonly series: Series; readonly party: IdentifiedParty };

/** A filing as earlier cases are compared with it, and what one look at the docket tells about it. */
export type FilingView = {
  readonly filing: Filing;
  /** The filing's own place in the docket, where it stands there already: never one of its earlier cases. */
  readonly self: ReadonlySet<EarlierCase>;
  readonly day: number;
  /** In the filing's order. */
  readonly parties: readonly IdentifiedParty[];
  readonly sides: Readonly<Record<Side, SideIndex>>;
  readonly debtors: SideIndex;
  readonly creditors: SideIndex;
  readonly cause: CauseKey;
  readonly amountFen: bigint | undefined;
  readonly claimsKey: string | undefined;
  readonly instrumentKey: string | undefined;
  readonly instalment: number | undefined;
  readonly origins: ReadonlySet<EarlierCase>;
  readonly cited: ReadonlySet<EarlierCase>;
  /** The numbers cited, where there were more than are looked up; else 0. */
  readonly citedBeyond: number;
  /** The series that it joins, one for each party that has one, this court's and others'. */
  readonly series: readonly JoinedSeries[];
};

/** Cases of this court, and of others, are told apart in every group. */
export const OWN_AND_OTHER = [true, false] as const;

/**
 * A filing made ready for comparison.
 *
 * @param windowDays how many days a series takes in, the first case's included
 */
export function viewFiling(
  index: DocketLookup,
  filing: Filing,
  { windowDays }: { readonly windowDays: number },
): FilingView {
  const { receivedOn, instrument, origin, citedCases = [] } = filing;
  const day = dayNumber(receivedOn);
  const parties = filing.parties.map((party) => identify(party, receivedOn));
  const self = new Set(
    index.casesOf(caseNumberKey(filing.id)).filter((each) => !each.inBatch || each.caseNo === filing.id),
  );
  const cause = index.causeKey(filing.cause, filing.matter);
  const earlier = (cases: readonly EarlierCase[]) =>
    new Set(cases.filter((each) => each.day <= day && !self.has(each)));
  const numbers = new Set(citedCases.flatMap(caseNumbersIn));
  const keys = [...numbers].slice(0, CITED_NUMBERS);

  const bySide = (side: Side) => indexSide(parties.filter((party) => party.side === side));
  const byRole = (role: Role) => indexSide(parties.filter((party) => party.role === role));
  const sides = { a: bySide('a'), b: bySide('b') };
  const debtors = byRole('debtor');
  const series: JoinedSeries[] = [];
  for (const { group, party } of seriesGroups(filing, cause, { sides, debtors })) {
    for (const sameCourt of OWN_AND_OTHER) {
      const joined = seriesOf(without(index.casesByParty(party, group, sameCourt), self), day, windowDays);
      if (joined !== undefined) series.push({ series: joined, party });
    }
  }
  return {
    filing,
    self,
    day,
    parties,
    sides,
    debtors,
    creditors: byRole('creditor'),
    cause,
    amountFen: amountOf(filing.amount),
    claimsKey: claimsKeyOf(filing.claims),
    instrumentKey: instrument && caseNumberKey(instrument.caseNo),
    instalment: instrument?.instalment,
    origins: earlier(origin === undefined ? [] : index.casesNamed(origin.caseNo, CITED_NUMBERS)),
    cited: earlier(keys.flatMap((key) => index.casesOf(key))),
    citedBeyond: numbers.size > CITED_NUMBERS ? numbers.size : 0,
    series,
  };
}

/** The groups in which a party of the filing may have a series: civil and administrative ones by cause, enforcement by debtor. */
function seriesGroups(
  { matter, stage }: Filing,
  cause: CauseKey,
  { sides, debtors }: Pick<FilingView, 'sides' | 'debtors'>,
): { readonly group: PartyGroup; readonly party: IdentifiedParty }[] {
  if (matter === 'civil' || matter === 'administrative') {
    return BOTH_SIDES.flatMap((side) =>
      sides[side].parties.map((party) => ({
        group: { of: 'series' as const, side, cause: cause.name, matter, stage },
        party,
      })),
    );
  }
  if (matter !== 'enforcement' || stage === 'enforcement_review') return [];
  return debtors.parties.map((party) => ({ group: { of: 'debtor' as const }, party }));
}

/** The lists without the filing's own place in the docket. */
export function without(
  lists: readonly (readonly EarlierCase[])[],
  self: ReadonlySet<EarlierCase>,
): (readonly EarlierCase[])[] {
  if (self.size === 0) return [...lists];
  return lists.map((list) => list.filter((each) => !self.has(each))).filter((list) => list.length > 0);
}
