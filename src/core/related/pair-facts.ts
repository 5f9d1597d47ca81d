import type { Closure } from '../documents/docket.js';
import type { Matter, Stage } from '../documents/filing.js';
import { addMonths, type PlainDate } from '../kernel/plain-date.js';
import type { EarlierCase } from './earlier-case.js';
import type { FilingView } from './filing-view.js';
import { equalSides, findIn, indexSide, PARTY_BASES, type PartyBasis, type SideIndex } from './match.js';
import { BOTH_SIDES, type Role, type Side } from './party-key.js';
import { isMember, newestOf, type Series } from './series.js';

/** 匹配依据 of the vocabulary. */
export type MatchBasis = 'none' | 'person_name' | 'names_both' | 'organisation_name' | 'number';

/** The facts of 组 前案, by their English keys. */
export type PairFacts = {
  readonly earlierMatter: Matter;
  readonly earlierStage: Stage | 'unknown';
  readonly earlierClosure: Closure | 'open';
  readonly earlierIsOrigin: boolean;
  readonly earlierCited: boolean;
  readonly earlierModelCase: boolean;
  readonly sameCourt: boolean;
  readonly sidesSame: boolean;
  readonly sidesSwapped: boolean;
  readonly sidesBasis: MatchBasis;
  readonly partyShared: boolean;
  readonly sameSideBasis: MatchBasis;
  readonly debtorBasis: MatchBasis;
  readonly causeSame: boolean;
  readonly secondLevelCauseSame: boolean;
  readonly amountSame: boolean;
  readonly claimsSame: boolean;
  readonly instrumentSame: boolean;
  readonly laterInstalment: boolean;
  readonly seriesDay: number;
  readonly seriesSize: number;
  readonly monthsSinceClosure: number;
};

/** A party of the filing that stands in the earlier case as well, on one of its sides. */
export type PartyMatch = {
  /** Its place among the filing's parties. */
  readonly party: number;
  readonly role: Role;
  readonly side: Side;
  readonly earlierSide: Side;
  readonly basis: PartyBasis;
};

/** What a filing and an earlier case have to do with each other. */
export type Pair = {
  readonly earlier: EarlierCase;
  readonly facts: PairFacts;
  readonly matches: readonly PartyMatch[];
  /** The filing's amount is unknown and the earlier one is given, so that `amountSame` may yet turn out to be true. */
  readonly amountOpen: boolean;
  /** The series that both are in. */
  readonly series: Series | undefined;
};

const MONTHS_MAX = 1200;

/** Compares a filing with one earlier case. Total: whatever cannot be known is the vocabulary's "none", "unknown", false or 0. */
export function pairFacts(view: FilingView, earlier: EarlierCase): Pair {
  const { sides, cause, amountFen, claimsKey, instrumentKey, instalment } = view;
  const theirs = {
    a: indexSide(earlier.parties.filter((party) => party.side === 'a')),
    b: indexSide(earlier.parties.filter((party) => party.side === 'b')),
  };
  const matches = matchesOf(view, theirs);
  const bases = { sameSide: sameSideBasis(matches), debtor: debtorBasis(view, earlier) };
  const basis = view.filing.matter === 'enforcement' ? bases.debtor : bases.sameSide;
  const same = bothSides(equalSides(sides.a, theirs.a), () => equalSides(sides.b, theirs.b));
  const swapped = bothSides(equalSides(sides.a, theirs.b), () => equalSides(sides.b, theirs.a));
  const series = seriesWith(view, earlier, theirs, basis);
  const instrumentSame = instrumentKey !== undefined && instrumentKey === earlier.instrumentKey;
  const facts: PairFacts = {
    earlierMatter: earlier.matter,
    earlierStage: earlier.stage,
    earlierClosure: earlier.closure,
    earlierIsOrigin: view.origins.has(earlier),
    earlierCited: view.cited.has(earlier),
    earlierModelCase: earlier.modelCase,
    sameCourt: earlier.sameCourt,
    sidesSame: same !== undefined,
    sidesSwapped: swapped !== undefined,
    sidesBasis: same === 'number' || swapped === 'number' ? 'number' : (same ?? swapped ?? 'none'),
    partyShared: matches.length > 0,
    sameSideBasis: bases.sameSide,
    debtorBasis: bases.debtor,
    causeSame: earlier.cause !== undefined && earlier.cause.name === cause.name,
    secondLevelCauseSame: cause.level2 !== undefined && earlier.cause?.level2 === cause.level2,
    amountSame: amountFen !== undefined && amountFen === earlier.amountFen,
    claimsSame: claimsKey !== undefined && claimsKey === earlier.claimsKey,
    instrumentSame,
    laterInstalment: instrumentSame && instalment !== undefined && instalment > (earlier.instalment ?? 1),
    seriesDay: series?.day ?? 0,
    seriesSize: series === undefined ? 0 : series.size + 1,
    monthsSinceClosure: monthsSince(earlier.closedOn, view.filing.receivedOn),
  };
  const amountOpen = amountFen === undefined && earlier.amountFen !== undefined;
  return { earlier, facts, matches, amountOpen, series };
}

/** How many cases of the pair's series are that judge's, the filing not counted; 0 where there is none. */
export const heldInSeries = ({ series }: Pick<Pair, 'series'>, judge: string): number =>
  series === undefined ? 0 : newestOf(series).filter((each) => each.owner === judge).length;

/** Both sides agree: by number where one of them does, else by names alone. */
function bothSides(
  first: 'number' | 'name' | undefined,
  secondOf: () => 'number' | 'name' | undefined,
): 'number' | 'names_both' | undefined {
  const second = first && secondOf();
  if (second === undefined) return undefined;
  return first === 'number' || second === 'number' ? 'number' : 'names_both';
}

function matchesOf({ parties }: FilingView, theirs: Readonly<Record<Side, SideIndex>>): PartyMatch[] {
  const matches: PartyMatch[] = [];
  for (const [place, party] of parties.entries()) {
    const { side, role } = party;
    if (side === undefined) continue;
    for (const earlierSide of BOTH_SIDES) {
      const basis = findIn(theirs[earlierSide], party);
      if (basis !== undefined) matches.push({ party: place, role, side, earlierSide, basis });
    }
  }
  return matches;
}

/** The strongest of several bases. */
const strongest = (bases: readonly PartyBasis[]): PartyBasis | undefined =>
  PARTY_BASES.findLast((basis) => bases.includes(basis));

/** What the two agree by on one side of both. */
function sameSideBasis(matches: readonly PartyMatch[]): MatchBasis {
  const onSame = matches.filter(({ side, earlierSide }) => side === earlierSide);
  const best = strongest(onSame.map(({ basis }) => basis));
  if (best === undefined || best === 'number') return best ?? 'none';
  return onNames(
    best,
    BOTH_SIDES.every((wanted) => onSame.some(({ side }) => side === wanted)),
  );
}

function debtorBasis({ debtors, creditors }: FilingView, earlier: EarlierCase): MatchBasis {
  const of = (role: Role) => indexSide(earlier.parties.filter((party) => party.role === role));
  const shared = (ours: SideIndex, theirs: SideIndex): PartyBasis | undefined =>
    strongest(ours.parties.map((party) => findIn(theirs, party)).filter((basis) => basis !== undefined));
  const best = shared(debtors, of('debtor'));
  if (best === undefined || best === 'number') return best ?? 'none';
  const creditor = shared(creditors, of('creditor'));
  return creditor === 'number' ? creditor : onNames(best, creditor !== undefined);
}

/** Where no number supports either side and both agree by name, the two rest on names alone, a company's included. */
const onNames = (best: PartyBasis, bothShared: boolean): MatchBasis => (bothShared ? 'names_both' : best);

/**
 * The largest series that holds both, of equal ones the one that began first. Where the two share a party by more than a person's
 * name, a series that rests on such a name alone does not count.
 */
function seriesWith(
  view: FilingView,
  earlier: EarlierCase,
  theirs: Readonly<Record<Side, SideIndex>>,
  basis: MatchBasis,
): Series | undefined {
  const namesDo = basis === 'person_name' || basis === 'names_both';
  let best: Series | undefined;
  for (const { series, party } of view.series) {
    if (!isMember(series, earlier)) continue;
    if (!namesDo && party.side !== undefined && findIn(theirs[party.side], party) === 'person_name') continue;
    const { size, day } = series;
    if (best === undefined || size > best.size || (size === best.size && day > best.day)) best = series;
  }
  return best;
}

/** The month after the closure in which the day falls, from 1; 0 where there is no closure by then. */
function monthsSince(closedOn: PlainDate | undefined, day: PlainDate): number {
  if (closedOn === undefined || closedOn > day) return 0;
  const monthOf = (date: PlainDate) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  const apart = Math.max(1, monthOf(day) - monthOf(closedOn));
  return Math.min(MONTHS_MAX, day <= addMonths(closedOn, apart) ? apart : apart + 1);
}
