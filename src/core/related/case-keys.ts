import type { Matter, Stage } from '../documents/filing.js';
import { byCodePoint } from '../kernel/order.js';
import { caseNumbersIn, parseCaseNumber } from '../law/case-number.js';
import type { EarlierCase } from './earlier-case.js';
import { BOTH_SIDES, filedUnder, type IdentifiedParty, lookedUpBy, partyOrder, type Side } from './party-key.js';

/** Parties a side, and keys a side, of which pairs are made: 50 × 50 parties, with a number and a name each. */
const PAIR_PARTIES = 50;
const PAIR_KEYS = 100;

/** The groups in which cases are filed by party. Cases of other courts are never mixed with this court's. */
export type PartyGroup =
  | {
      readonly of: 'series';
      readonly side: Side;
      readonly cause: string;
      readonly matter: Matter;
      readonly stage: Stage;
    }
  | { readonly of: 'model'; readonly side: Side; readonly cause: string }
  | { readonly of: 'debtor' | 'open_debtor' };

/** The name of a group, of this court or of others. */
export function groupName(group: PartyGroup, sameCourt: boolean): string {
  const court = sameCourt ? 'own' : 'other';
  if (group.of === 'series') return [group.of, court, group.side, group.matter, group.stage, group.cause].join('\n');
  return group.of === 'model' ? [group.of, court, group.side, group.cause].join('\n') : `${group.of}\n${court}`;
}

/** The key of a case; of one that was filed under a range of numbers, every key of the range. */
export const numberKeysOf = ({ caseKey, caseNo, inBatch }: EarlierCase): string[] =>
  !inBatch && caseKey.includes('-') && parseCaseNumber(caseNo).ok ? caseNumbersIn(caseNo) : [caseKey];

/** Where the keys of a case's parties go. `K` is whatever stands for a key's text: a number in memory, a digest in a database. */
export interface PartyFiler<K> {
  keyOf(text: string): K;
  /** Two keys across the sides, in no order. */
  pair(left: K, right: K): void;
  group(name: string, key: K): void;
}

/** Files a case by its parties: pairs across the sides, series, model cases, debtors. Returns whether pairs were cut short. */
export function fileByParty<K>(added: EarlierCase, filer: PartyFiler<K>): boolean {
  const keyed = added.parties.map((party) => ({ party, keys: filedUnder(party).map(filer.keyOf) }));
  const sides: KeyedSides<K> = {
    a: keyed.filter(({ party }) => party.side === 'a'),
    b: keyed.filter(({ party }) => party.side === 'b'),
  };
  const [a, b] = [sideKeys(sides.a), sideKeys(sides.b)];
  for (const left of a.keys) for (const right of b.keys) filer.pair(left, right);
  for (const { group, members } of groupsOf(added, sides)) {
    const name = groupName(group, added.sameCourt);
    for (const { keys } of members) for (const key of keys) filer.group(name, key);
  }
  return a.truncated || b.truncated;
}

/** The pairs of keys under which cases between the two sides may be filed. Returns whether they were cut short. */
export function pairsAsked(
  a: readonly IdentifiedParty[],
  b: readonly IdentifiedParty[],
  ask: (ours: string, other: string) => void,
): boolean {
  const keyed = (parties: readonly IdentifiedParty[]) =>
    sideKeys(parties.map((party) => ({ party, keys: lookedUpBy(party) })));
  const [left, right] = [keyed(a), keyed(b)];
  for (const ours of left.keys) for (const other of right.keys) ask(ours, other);
  return left.truncated || right.truncated;
}

type Keyed<K> = { readonly party: IdentifiedParty; readonly keys: readonly K[] };
type KeyedSides<K> = Readonly<Record<Side, readonly Keyed<K>[]>>;

/** A case whose stage nobody knows counts as one of first instance, which most are. */
const seriesStage = (stage: Stage | 'unknown'): Stage => (stage === 'unknown' ? 'first_instance' : stage);

function groupsOf<K>(
  { matter, stage, cause, modelCase, closure }: EarlierCase,
  sides: KeyedSides<K>,
): { readonly group: PartyGroup; readonly members: readonly Keyed<K>[] }[] {
  const groups: { group: PartyGroup; members: readonly Keyed<K>[] }[] = [];
  if (cause !== undefined && (matter === 'civil' || matter === 'administrative')) {
    const alike = { of: 'series', cause: cause.name, matter, stage: seriesStage(stage) } as const;
    for (const side of BOTH_SIDES) groups.push({ group: { ...alike, side }, members: sides[side] });
  }
  if (cause !== undefined && modelCase) {
    for (const side of BOTH_SIDES)
      groups.push({ group: { of: 'model', side, cause: cause.name }, members: sides[side] });
  }
  if (matter === 'enforcement' && stage !== 'enforcement_review') {
    const debtors = sides.b.filter(({ party }) => party.role === 'debtor');
    groups.push({ group: { of: 'debtor' }, members: debtors });
    if (closure === 'open') groups.push({ group: { of: 'open_debtor' }, members: debtors });
  }
  return groups;
}

/** The keys of a side's parties, in an order that does not depend on theirs, cut where there are too many. */
function sideKeys<K>(side: readonly Keyed<K>[]): { readonly keys: readonly K[]; readonly truncated: boolean } {
  const [only, ...others] = side;
  if (only === undefined) return { keys: [], truncated: false };
  if (others.length === 0) return { keys: only.keys.slice(0, PAIR_KEYS), truncated: only.keys.length > PAIR_KEYS };
  const keys = new Set(
    side
      .map((each) => ({ ...each, order: partyOrder(each.party) }))
      .sort((x, y) => byCodePoint(x.order, y.order))
      .slice(0, PAIR_PARTIES)
      .flatMap((each) => each.keys),
  );
  return { keys: [...keys].slice(0, PAIR_KEYS), truncated: side.length > PAIR_PARTIES || keys.size > PAIR_KEYS };
}
