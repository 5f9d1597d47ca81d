import type { PartyGroup } from './case-keys.js';
import type { DocketLookup } from './docket-lookup.js';
import type { EarlierCase } from './earlier-case.js';
import { type FilingView, OWN_AND_OTHER, without } from './filing-view.js';
import { BOTH_SIDES, type IdentifiedParty } from './party-key.js';
import { compareCases } from './postings.js';
import { countBetween, newestBetween, newestOf } from './series.js';

/** By what a candidate may be found, strongest first. */
export const CANDIDATE_KEYS = [
  'origin',
  'cited',
  'instrument',
  'pair',
  'model',
  'series',
  'debtor',
  'open_debtor',
] as const;
export type CandidateKey = (typeof CANDIDATE_KEYS)[number];

/** A key under which there was more than is looked at: `total` cases (for `cited`, numbers; for `pair` with too many parties, parties). */
export type Truncation = { readonly key: CandidateKey; readonly total: number };

/** The earlier cases worth a comparison, by day and case number, each once, and what was cut. A cut list never means "none". */
export type Candidates = { readonly cases: readonly EarlierCase[]; readonly truncated: readonly Truncation[] };

/** The most cases that each key gives. Of a series, always its first case too; of a debtor's open cases, the earliest. */
export const CANDIDATE_LIMITS: Readonly<Record<CandidateKey, number>> = {
  origin: 100,
  cited: 500,
  instrument: 100,
  pair: 100,
  model: 100,
  series: 20,
  debtor: 20,
  open_debtor: 20,
};
const FIRST_CASES = 100;

/** The earlier cases that may be linked with a filing: never a scan, never the filing itself, never a case filed after it. */
export function findCandidates(index: DocketLookup, view: FilingView): Candidates {
  const cases = new Set<EarlierCase>();
  const truncated: Truncation[] = [];
  const keep = (found: readonly EarlierCase[]): void => {
    for (const each of found) cases.add(each);
  };
  const cut = (key: CandidateKey, total: number): void => {
    truncated.push({ key, total });
  };
  const newest = (key: CandidateKey, lists: readonly (readonly EarlierCase[])[]): void => {
    const limit = CANDIDATE_LIMITS[key];
    const reach = { from: Number.NEGATIVE_INFINITY, to: view.day };
    const reachable = without(lists, view.self);
    const found = newestBetween(reachable, { ...reach, count: limit + 1 });
    keep(found.slice(-limit));
    if (found.length > limit) cut(key, countBetween(reachable, reach.from, reach.to));
  };

  newest('origin', [[...view.origins].sort(compareCases)]);
  newest('cited', [[...view.cited].sort(compareCases)]);
  if (view.citedBeyond > 0) cut('cited', view.citedBeyond);
  if (view.instrumentKey !== undefined) newest('instrument', [index.enforcementsOf(view.instrumentKey)]);

  const { a, b } = view.sides;
  const pairs = index.pairsOf(a.parties, b.parties);
  newest('pair', pairs.lists);
  if (pairs.truncated) cut('pair', Math.max(a.parties.length, b.parties.length));

  const modelLists = BOTH_SIDES.flatMap((side) =>
    listsOf(index, view.sides[side].parties, { of: 'model', side, cause: view.cause.name }),
  );
  newest('model', modelLists);

  seriesCases(view, keep, cut);
  if (view.filing.matter === 'enforcement' && view.filing.stage !== 'enforcement_review') {
    const open = without(listsOf(index, view.debtors.parties, { of: 'open_debtor' }), view.self);
    keep(
      firsts(
        open
          .map((list) => list[0])
          .filter((each) => each !== undefined)
          .filter((each) => each.day <= view.day),
      ),
    );
    newest('open_debtor', open);
  }
  return { cases: [...cases].sort(compareCases), truncated };
}

/** The first case of every series that the filing joins, and the newest of all of them. */
function seriesCases(
  view: FilingView,
  keep: (found: readonly EarlierCase[]) => void,
  cut: (key: CandidateKey, total: number) => void,
): void {
  const key: CandidateKey = view.filing.matter === 'enforcement' ? 'debtor' : 'series';
  const limit = CANDIDATE_LIMITS[key];
  const all = view.series.map(({ series }) => series);
  keep(firsts(all.map(({ first }) => first)));
  const newest = new Set(all.flatMap((series) => newestOf(series, limit)));
  keep([...newest].sort(compareCases).slice(-limit));
  const largest = all.reduce((most, { size }) => Math.max(most, size), 0);
  if (largest > limit + 1 || newest.size > limit) cut(key, Math.max(largest, newest.size));
}

const firsts = (found: readonly EarlierCase[]): EarlierCase[] =>
  [...new Set(found)].sort(compareCases).slice(0, FIRST_CASES);

const listsOf = (index: DocketLookup, parties: readonly IdentifiedParty[], group: PartyGroup) =>
  OWN_AND_OTHER.flatMap((sameCourt) => parties.flatMap((party) => index.casesByParty(party, group, sameCourt)));
