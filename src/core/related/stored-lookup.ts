import type { Matter } from '../documents/filing.js';
import { caseNumbersIn } from '../law/case-number.js';
import { fileByParty, groupName, numberKeysOf, type PartyGroup, pairsAsked } from './case-keys.js';
import type { DocketLookup, PairLookup } from './docket-lookup.js';
import { type CaseReader, type CauseKey, causeKeyOf, type EarlierCase } from './earlier-case.js';
import { type IdentifiedParty, lookedUpBy } from './party-key.js';
import { compareCases } from './postings.js';

/** What a stored key is a key of. The order is stored: append only. */
export const KEY_FAMILIES = ['number', 'instrument', 'origin', 'pair', 'group'] as const;
export type KeyFamily = (typeof KEY_FAMILIES)[number];

/** A key as a database keeps it, before it is hashed. Numbers of parties stand in its text. */
export type StoredKey = { readonly family: KeyFamily; readonly text: string };

const pairText = (a: string, b: string): string => (a < b ? `${a}\n${b}` : `${b}\n${a}`);
const groupText = (group: string, party: string): string => `${group}\n${party}`;

/** Every key under which a stored docket files a case, each once. The same as `DocketIndex` files it under. */
export function storedKeysOf(added: EarlierCase): StoredKey[] {
  const keys = new Map<string, StoredKey>();
  const put = (family: KeyFamily, text: string): void => {
    keys.set(keyName(family, text), { family, text });
  };
  for (const number of numberKeysOf(added)) put('number', number);
  if (added.originKey !== undefined) put('origin', added.originKey);
  if (added.instrumentKey !== undefined && added.matter === 'enforcement') put('instrument', added.instrumentKey);
  fileByParty(added, {
    keyOf: (text) => text,
    pair: (left, right) => put('pair', pairText(left, right)),
    group: (name, key) => put('group', groupText(name, key)),
  });
  return [...keys.values()];
}

const keyName = (family: KeyFamily, text: string): string => `${family}\u0000${text}`;

const NONE: readonly EarlierCase[] = [];

/**
 * A docket of which only the answers fetched so far are known. What is asked and not known yet answers "none" and is noted down in
 * `missed`: ask, fetch what was missed, ask again, until nothing is missed any more; then every answer is what `DocketIndex` gives.
 */
export class StoredLookup implements DocketLookup {
  readonly #reader: CaseReader;
  readonly #lists = new Map<string, readonly EarlierCase[]>();
  readonly #missed = new Map<string, StoredKey>();
  readonly #causes = new Map<string, CauseKey>();

  constructor(reader: CaseReader) {
    this.#reader = reader;
  }

  /** What was asked and is not known. */
  get missed(): readonly StoredKey[] {
    return [...this.#missed.values()];
  }

  /** Tells the cases of a key: all of them, in any order. */
  tell({ family, text }: StoredKey, cases: readonly EarlierCase[]): void {
    const name = keyName(family, text);
    this.#lists.set(name, [...cases].sort(compareCases));
    this.#missed.delete(name);
  }

  /** The same answers with some cases exchanged for fuller ones. */
  with(fuller: ReadonlyMap<EarlierCase, EarlierCase>): StoredLookup {
    const next = new StoredLookup(this.#reader);
    for (const [name, list] of this.#lists) {
      next.#lists.set(
        name,
        list.map((each) => fuller.get(each) ?? each),
      );
    }
    return next;
  }

  casesOf(caseKey: string): readonly EarlierCase[] {
    return this.#ask('number', caseKey);
  }

  casesNamed(text: string, limit = Number.POSITIVE_INFINITY): EarlierCase[] {
    return caseNumbersIn(text)
      .slice(0, limit)
      .flatMap((key) => this.casesOf(key));
  }

  enforcementsOf(instrumentKey: string): readonly EarlierCase[] {
    return this.#ask('instrument', instrumentKey);
  }

  childrenOf(caseKey: string): readonly EarlierCase[] {
    return this.#ask('origin', caseKey);
  }

  causeKey(name: string, matter: Matter): CauseKey {
    const key = `${matter}\n${name}`;
    const known = this.#causes.get(key);
    if (known !== undefined) return known;
    const cause = causeKeyOf(this.#reader.causes, name, matter);
    this.#causes.set(key, cause);
    return cause;
  }

  pairsOf(a: readonly IdentifiedParty[], b: readonly IdentifiedParty[]): PairLookup {
    const lists: (readonly EarlierCase[])[] = [];
    const truncated = pairsAsked(a, b, (ours, other) => {
      const list = this.#ask('pair', pairText(ours, other));
      if (list.length > 0) lists.push(list);
    });
    return { lists, truncated };
  }

  casesByParty(party: IdentifiedParty, group: PartyGroup, sameCourt: boolean): (readonly EarlierCase[])[] {
    const name = groupName(group, sameCourt);
    return lookedUpBy(party)
      .map((key) => this.#ask('group', groupText(name, key)))
      .filter((list) => list.length > 0);
  }

  #ask(family: KeyFamily, text: string): readonly EarlierCase[] {
    const name = keyName(family, text);
    const list = this.#lists.get(name);
    if (list !== undefined) return list;
    this.#missed.set(name, { family, text });
    return NONE;
  }
}
