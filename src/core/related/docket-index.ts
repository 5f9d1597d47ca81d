import type { DocketCase } from '../documents/docket.js';
import type { Matter, Stage } from '../documents/filing.js';
import { byCodePoint } from '../kernel/order.js';
import { caseNumbersIn, parseCaseNumber } from '../law/case-number.js';
import { withoutSpaces } from '../law/normal-text.js';
import { type CaseReader, type CauseKey, causeKeyOf, type EarlierCase, readEarlierCase } from './earlier-case.js';
import { BOTH_SIDES, filedUnder, type IdentifiedParty, lookedUpBy, partyOrder, type Side } from './party-key.js';
import { Postings } from './postings.js';

/** Parties a side, and keys a side, of which pairs are made: 50 × 50 parties, with a number and a name each. */
const PAIR_PARTIES = 50;
const PAIR_KEYS = 100;
const PAIR_BASE = 2 ** 26;
const LOAD_UNITS = 1_000_000;

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

/** Whether there were more parties on a side than pairs are made of. */
export type PairLookup = { readonly lists: readonly (readonly EarlierCase[])[]; readonly truncated: boolean };

function groupName(group: PartyGroup, sameCourt: boolean): string {
  const court = sameCourt ? 'own' : 'other';
  if (group.of === 'series') return [group.of, court, group.side, group.matter, group.stage, group.cause].join('\n');
  return group.of === 'model' ? [group.of, court, group.side, group.cause].join('\n') : `${group.of}\n${court}`;
}

/** A case whose stage nobody knows counts as one of first instance, which most are. */
const seriesStage = (stage: Stage | 'unknown'): Stage => (stage === 'unknown' ? 'first_instance' : stage);

/**
 * The docket's cases by everything by which a filing may find one. Built once, then only added to; no lookup scans the docket,
 * and every list is sorted by day of filing and case number, so that the docket's own order never shows. 100,000 cases: 3 to 4 s, 120 MB.
 */
export class DocketIndex {
  readonly #reader: CaseReader;
  readonly #keys = new Map<string, number>();
  readonly #groups = new Map<string, number>();
  readonly #causes = new Map<string, CauseKey>();
  readonly #byNumber = new Postings<string>();
  readonly #byInstrument = new Postings<string>();
  readonly #children = new Postings<string>();
  readonly #byPair = new Postings<number>();
  readonly #byPartyGroup = new Postings<number>();
  readonly #loads = new Map<string, number>();
  #size = 0;
  #weakNumbers = 0;
  #truncatedPairs = 0;

  /** @param cases the docket's cases, in any order */
  constructor(cases: readonly DocketCase[], reader: CaseReader) {
    this.#reader = { ...reader, courtCode: withoutSpaces(reader.courtCode) };
    // In order of filing every list grows at its end. By day first: few comparisons are left for the days themselves.
    const byDay = new Map<string, DocketCase[]>();
    for (const each of cases) {
      const sameDay = byDay.get(each.filedOn);
      if (sameDay === undefined) byDay.set(each.filedOn, [each]);
      else sameDay.push(each);
    }
    for (const [, sameDay] of [...byDay].sort(([x], [y]) => byCodePoint(x, y))) {
      for (const each of sameDay.sort((x, y) => byCodePoint(x.caseNo, y.caseNo))) this.#insert(each, false);
    }
  }

  /** Adds a case that this batch has assigned (`caseNo` is the filing's id), or, with `inBatch` false, one more of the docket. */
  add(docketCase: DocketCase, inBatch = true): EarlierCase {
    return this.#insert(docketCase, inBatch);
  }

  get size(): number {
    return this.#size;
  }

  /** Numbers in the docket that failed their check and were taken for none. */
  get weakNumbers(): number {
    return this.#weakNumbers;
  }

  /** Cases with more parties than pairs were made of: a pair of theirs may be missing. */
  get truncatedPairs(): number {
    return this.#truncatedPairs;
  }

  /** The cases of a `caseNumberKey`; more than one only where the docket repeats a number. */
  casesOf(caseKey: string): readonly EarlierCase[] {
    return this.#byNumber.get(caseKey);
  }

  /** The cases of every number that stands in the text, ranges expanded; at most `limit` numbers are looked up. */
  casesNamed(text: string, limit = Number.POSITIVE_INFINITY): EarlierCase[] {
    return caseNumbersIn(text)
      .slice(0, limit)
      .flatMap((key) => this.#byNumber.get(key));
  }

  /** Enforcement cases on the instrument of that `caseNumberKey`. */
  enforcementsOf(instrumentKey: string): readonly EarlierCase[] {
    return this.#byInstrument.get(instrumentKey);
  }

  /** Cases that name the one of that `caseNumberKey` as their origin. */
  childrenOf(caseKey: string): readonly EarlierCase[] {
    return this.#children.get(caseKey);
  }

  /** How a cause is compared; remembered by name. */
  causeKey(name: string, matter: Matter): CauseKey {
    const key = `${matter}\n${name}`;
    let cause = this.#causes.get(key);
    if (cause === undefined) {
      cause = causeKeyOf(this.#reader.causes, name, matter);
      this.#causes.set(key, cause);
    }
    return cause;
  }

  /** Cases with a party like one of side a and another like one of side b, on whichever sides they stand there. */
  pairsOf(a: readonly IdentifiedParty[], b: readonly IdentifiedParty[]): PairLookup {
    const keyed = (parties: readonly IdentifiedParty[]) =>
      sideKeys(parties.map((party) => ({ party, keys: this.#knownKeys(party) })));
    const [left, right] = [keyed(a), keyed(b)];
    const lists: (readonly EarlierCase[])[] = [];
    for (const ours of left.keys) {
      for (const other of right.keys) {
        const list = this.#byPair.get(pairKey(ours, other));
        if (list.length > 0) lists.push(list);
      }
    }
    return { lists, truncated: left.truncated || right.truncated };
  }

  /** The lists of cases in which the same party stands in that group: of this court, or else of others. None is empty. */
  casesByParty(party: IdentifiedParty, group: PartyGroup, sameCourt: boolean): (readonly EarlierCase[])[] {
    const groupId = this.#groups.get(groupName(group, sameCourt));
    if (groupId === undefined) return [];
    const lists: (readonly EarlierCase[])[] = [];
    for (const id of this.#knownKeys(party)) {
      const list = this.#byPartyGroup.get(groupId * PAIR_BASE + id);
      if (list.length > 0) lists.push(list);
    }
    return lists;
  }

  /** Open cases of this court by who holds them now: the sum of their weights (1 where none is given), to a millionth. */
  openLoads(): Map<string, number> {
    return new Map([...this.#loads].map(([judge, units]) => [judge, units / LOAD_UNITS]));
  }

  /** The keys under which the docket may hold the party; those that it has never seen are left out. */
  #knownKeys(party: IdentifiedParty): number[] {
    return lookedUpBy(party)
      .map((key) => this.#keys.get(key))
      .filter((id) => id !== undefined);
  }

  #insert(docketCase: DocketCase, inBatch: boolean): EarlierCase {
    const { cause: name, matter } = docketCase;
    const added = readEarlierCase(docketCase, this.#reader, {
      inBatch,
      cause: name === undefined || name.trim() === '' ? undefined : this.causeKey(name, matter),
      onWeakNumber: () => {
        this.#weakNumbers++;
      },
    });
    this.#size++;
    for (const key of keysOf(added)) this.#byNumber.add(key, added);
    if (added.originKey !== undefined) this.#children.add(added.originKey, added);
    if (added.instrumentKey !== undefined && matter === 'enforcement') {
      this.#byInstrument.add(added.instrumentKey, added);
    }
    const keyed = added.parties.map((party) => ({
      party,
      keys: filedUnder(party).map((key) => idOf(this.#keys, key)),
    }));
    const sides = {
      a: keyed.filter(({ party }) => party.side === 'a'),
      b: keyed.filter(({ party }) => party.side === 'b'),
    };
    this.#filePairs(added, sides);
    this.#fileGroups(added, sides);
    if (added.sameCourt && added.closure === 'open') {
      // Whole units: the sum must not depend on the order in which the cases came.
      const units = Math.round(added.weight * LOAD_UNITS);
      this.#loads.set(added.judge, (this.#loads.get(added.judge) ?? 0) + units);
    }
    return added;
  }

  #filePairs(added: EarlierCase, sides: KeyedSides): void {
    const [a, b] = [sideKeys(sides.a), sideKeys(sides.b)];
    if (a.truncated || b.truncated) this.#truncatedPairs++;
    for (const left of a.keys) {
      for (const right of b.keys) this.#byPair.add(pairKey(left, right), added);
    }
  }

  #fileGroups(added: EarlierCase, sides: KeyedSides): void {
    const { matter, stage, sameCourt, cause, modelCase, closure } = added;
    const file = (group: PartyGroup, members: readonly Keyed[]): void => {
      if (members.length === 0) return;
      const groupId = idOf(this.#groups, groupName(group, sameCourt));
      for (const { keys } of members) {
        for (const id of keys) this.#byPartyGroup.add(groupId * PAIR_BASE + id, added);
      }
    };
    if (cause !== undefined && (matter === 'civil' || matter === 'administrative')) {
      const alike = { of: 'series', cause: cause.name, matter, stage: seriesStage(stage) } as const;
      for (const side of BOTH_SIDES) file({ ...alike, side }, sides[side]);
    }
    if (cause !== undefined && modelCase) {
      for (const side of BOTH_SIDES) file({ of: 'model', side, cause: cause.name }, sides[side]);
    }
    if (matter !== 'enforcement' || stage === 'enforcement_review') return;
    const debtors = sides.b.filter(({ party }) => party.role === 'debtor');
    file({ of: 'debtor' }, debtors);
    if (closure === 'open') file({ of: 'open_debtor' }, debtors);
  }
}

type Keyed = { readonly party: IdentifiedParty; readonly keys: readonly number[] };
type KeyedSides = Readonly<Record<Side, readonly Keyed[]>>;

/** The key of a case; of one that was filed under a range of numbers, every key of the range. */
const keysOf = ({ caseKey, caseNo, inBatch }: EarlierCase): string[] =>
  !inBatch && caseKey.includes('-') && parseCaseNumber(caseNo).ok ? caseNumbersIn(caseNo) : [caseKey];

function idOf(ids: Map<string, number>, key: string): number {
  let id = ids.get(key);
  if (id === undefined) {
    id = ids.size;
    ids.set(key, id);
  }
  return id;
}

/** The keys of a side's parties, in an order that does not depend on theirs, cut where there are too many. */
function sideKeys(side: readonly Keyed[]): { readonly keys: readonly number[]; readonly truncated: boolean } {
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

/** One key whichever side the two stand on; below 2^52, so that it is an exact number. */
const pairKey = (a: number, b: number): number => (a < b ? a * PAIR_BASE + b : b * PAIR_BASE + a);
