import { byCodePoint } from '../kernel/order.js';
import { type IdentifiedParty, numbersOf, partyOrder } from './party-key.js';

/** What a single pair of parties agrees by, weakest first. */
export const PARTY_BASES = ['person_name', 'organisation_name', 'number'] as const;
export type PartyBasis = (typeof PARTY_BASES)[number];

/** The parties of one side, by number and by name. */
export type SideIndex = {
  /** Sorted, so that the order in which they were written does not show; mentions with one number are one party. */
  readonly parties: readonly IdentifiedParty[];
  readonly numbers: ReadonlyMap<string, number>;
  /** Places of the parties that bear a name: those with a number, those without. */
  readonly names: ReadonlyMap<string, { readonly numbered: readonly number[]; readonly unnumbered: readonly number[] }>;
};

/** A person and an organisation may bear one name; a number is the same whoever it was written down for. */
const keyOf = (party: IdentifiedParty, name: string): string => `${party.kind}\n${name}`;

/** Joins the mentions of one side that have a number in common. */
function distinct(mentions: readonly IdentifiedParty[]): readonly IdentifiedParty[] {
  if (mentions.length < 2) return mentions;
  const sorted = mentions
    .map((party) => ({ party, order: partyOrder(party) }))
    .sort((x, y) => byCodePoint(x.order, y.order))
    .map(({ party }) => party);
  const parties: IdentifiedParty[] = [];
  const places = new Map<string, number>();
  for (const party of sorted) {
    const keys = numbersOf(party);
    const place = keys.map((key) => places.get(key)).find((found) => found !== undefined) ?? parties.length;
    const known = parties[place];
    parties[place] =
      known === undefined
        ? party
        : {
            ...known,
            nameKeys: [...new Set([...known.nameKeys, ...party.nameKeys])],
            otherId: known.otherId ?? party.otherId,
          };
    for (const key of keys) places.set(key, place);
  }
  return parties;
}

/** The parties of one side, ready to be compared with. */
export function indexSide(mentions: readonly IdentifiedParty[]): SideIndex {
  const parties = distinct(mentions);
  const numbers = new Map<string, number>();
  const names = new Map<string, { numbered: number[]; unnumbered: number[] }>();
  for (const [place, party] of parties.entries()) {
    for (const number of numbersOf(party)) numbers.set(number, place);
    for (const name of party.nameKeys) {
      const key = keyOf(party, name);
      let bearers = names.get(key);
      if (bearers === undefined) {
        bearers = { numbered: [], unnumbered: [] };
        names.set(key, bearers);
      }
      (party.id === undefined ? bearers.unnumbered : bearers.numbered).push(place);
    }
  }
  return { parties, numbers, names };
}

/** Whether somebody of the side is the same party, and by what; as `sameParty`, against all of them at once. */
export function findIn(side: SideIndex, party: IdentifiedParty): PartyBasis | undefined {
  if (numbersOf(party).some((number) => side.numbers.has(number))) return 'number';
  const named = party.nameKeys.some((name) => {
    const bearers = side.names.get(keyOf(party, name));
    if (bearers === undefined) return false;
    return bearers.unnumbered.length > 0 || (party.id === undefined && bearers.numbered.length > 0);
  });
  if (!named) return undefined;
  return party.kind === 'person' ? 'person_name' : 'organisation_name';
}

/**
 * Whether two sides hold the same parties: each of one is the same as exactly one of the other. `number` where at least one pair
 * agrees by number, `name` where all agree by name only. Numbers are paired first, names among those that are left, by augmenting paths.
 */
export function equalSides(x: SideIndex, y: SideIndex): 'number' | 'name' | undefined {
  if (x.parties.length === 0 || x.parties.length !== y.parties.length) return undefined;
  const taken = new Map<number, number>();
  const left: number[] = [];
  for (const [place, party] of x.parties.entries()) {
    const partner = numbersOf(party)
      .map((number) => y.numbers.get(number))
      .find((found) => found !== undefined && !taken.has(found));
    if (partner === undefined) left.push(place);
    else taken.set(partner, place);
  }
  const byNumber = taken.size;
  const settled = new Set(taken.keys());

  // Each bearers' list is walked at most once a search, so that two thousand namesakes cost no more than that squared.
  const pair = (place: number, walked: Set<readonly number[]>): boolean => {
    const party = x.parties[place];
    if (party === undefined) return false;
    for (const name of party.nameKeys) {
      const bearers = y.names.get(keyOf(party, name));
      if (bearers === undefined) continue;
      for (const list of party.id === undefined ? [bearers.unnumbered, bearers.numbered] : [bearers.unnumbered]) {
        if (walked.has(list)) continue;
        walked.add(list);
        const free = list.find((each) => !taken.has(each));
        const partner = free ?? list.find((each) => !settled.has(each) && pair(taken.get(each) ?? -1, walked));
        if (partner === undefined) continue;
        taken.set(partner, place);
        return true;
      }
    }
    return false;
  };
  if (!left.every((place) => pair(place, new Set()))) return undefined;
  return byNumber > 0 ? 'number' : 'name';
}
