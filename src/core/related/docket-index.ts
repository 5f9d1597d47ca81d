import type { DocketCase } from '../documents/docket.js';
import type { Matter } from '../documents/filing.js';
import { byCodePoint } from '../kernel/order.js';
import { caseNumbersIn } from '../law/case-number.js';
import { withoutSpaces } from '../law/normal-text.js';
import { fileByParty, groupName, numberKeysOf, type PartyGroup, pairsAsked } from './case-keys.js';
import type { DocketLookup, PairLookup } from './docket-lookup.js';
import { type CaseReader, type CauseKey, causeKeyOf, type EarlierCase, readEarlierCase } from './earlier-case.js';
import { type IdentifiedParty, lookedUpBy } from './party-key.js';
import { Postings } from './postings.js';

const PAIR_BASE = 2 ** 26;
const LOAD_UNITS = 1_000_000;

/**
 * The docket's cases by everything by which a filing may find one. Built once, then only added to; no lookup scans the docket,
 * and every list is sorted by day of filing and case number, so that the docket's own order never shows. 100,000 cases: 3 to 4 s, 120 MB.
 */
export class DocketIndex implements DocketLookup {
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

  pairsOf(a: readonly IdentifiedParty[], b: readonly IdentifiedParty[]): PairLookup {
    const lists: (readonly EarlierCase[])[] = [];
    const truncated = pairsAsked(a, b, (ours, other) => {
      const [left, right] = [this.#keys.get(ours), this.#keys.get(other)];
      if (left === undefined || right === undefined) return;
      const list = this.#byPair.get(pairKey(left, right));
      if (list.length > 0) lists.push(list);
    });
    return { lists, truncated };
  }

  casesByParty(party: IdentifiedParty, group: PartyGroup, sameCourt: boolean): (readonly EarlierCase[])[] {
    const groupId = this.#groups.get(groupName(group, sameCourt));
    if (groupId === undefined) return [];
    const lists: (readonly EarlierCase[])[] = [];
    for (const key of lookedUpBy(party)) {
      const id = this.#keys.get(key);
      const list = id === undefined ? [] : this.#byPartyGroup.get(groupId * PAIR_BASE + id);
      if (list.length > 0) lists.push(list);
    }
    return lists;
  }

  /** Open cases of this court by who holds them now: the sum of their weights (1 where none is given), to a millionth. */
  openLoads(): Map<string, number> {
    return new Map([...this.#loads].map(([judge, units]) => [judge, units / LOAD_UNITS]));
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
    for (const key of numberKeysOf(added)) this.#byNumber.add(key, added);
    if (added.originKey !== undefined) this.#children.add(added.originKey, added);
    if (added.instrumentKey !== undefined && matter === 'enforcement') {
      this.#byInstrument.add(added.instrumentKey, added);
    }
    const truncated = fileByParty(added, {
      keyOf: (text) => idOf(this.#keys, text),
      pair: (left, right) => this.#byPair.add(pairKey(left, right), added),
      group: (name, key) => this.#byPartyGroup.add(idOf(this.#groups, name) * PAIR_BASE + key, added),
    });
    if (truncated) this.#truncatedPairs++;
    if (added.sameCourt && added.closure === 'open') {
      // Whole units: the sum must not depend on the order in which the cases came.
      const units = Math.round(added.weight * LOAD_UNITS);
      this.#loads.set(added.judge, (this.#loads.get(added.judge) ?? 0) + units);
    }
    return added;
  }
}

function idOf(ids: Map<string, number>, key: string): number {
  let id = ids.get(key);
  if (id === undefined) {
    id = ids.size;
    ids.set(key, id);
  }
  return id;
}

/** One key whichever side the two stand on; below 2^52, so that it is an exact number. */
const pairKey = (a: number, b: number): number => (a < b ? a * PAIR_BASE + b : b * PAIR_BASE + a);
