import type { Party } from '../documents/filing.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { normaliseIdentityNumber } from '../law/identity-number.js';
import { normaliseOrganisationCode } from '../law/organisation-code.js';
import { nameKey, type PartyKind } from './name-key.js';

export type Role = Party['role'];

/** `a` asks (plaintiff, applicant, appellant, creditor), `b` answers (defendant, respondent, appellee, debtor, accused). */
export type Side = 'a' | 'b';

/** What a party is matched by. */
export type IdentifiedParty = {
  readonly kind: PartyKind;
  readonly role: Role;
  /** Undefined for third parties and agents, and for prosecutors, whom all criminal cases share. */
  readonly side: Side | undefined;
  /** The 18-character identity number or the nine-character organisation code; a person's first number is the former. */
  readonly id: string | undefined;
  /** The second number, where a party states one of each sort. */
  readonly otherId: string | undefined;
  /** Keys of the own name and the former ones, each once; none where all are masked. */
  readonly nameKeys: readonly string[];
};

/** The fields of a party that say who it is. */
export type PartyIdentity = Pick<Party, 'kind' | 'role' | 'name' | 'idNumber' | 'uscc' | 'formerNames'>;

export const BOTH_SIDES = ['a', 'b'] as const satisfies readonly Side[];

/** On which side of a case a role stands; third parties and agents on none. */
export const SIDE_OF: Readonly<Record<Role, Side | undefined>> = {
  plaintiff: 'a',
  applicant: 'a',
  appellant: 'a',
  creditor: 'a',
  defendant: 'b',
  respondent: 'b',
  appellee: 'b',
  debtor: 'b',
  accused: 'b',
  prosecutor: 'a',
  third_party: undefined,
  agent: undefined,
};

const NO_NAMES: readonly string[] = [];

/**
 * A party with its numbers and names normalised. Either sort of number is read on either kind of party. A number that fails its
 * check (or names a birth after `asOf`) is no number; `onWeakNumber` is told of each.
 */
export function identify(party: PartyIdentity, asOf?: PlainDate, onWeakNumber?: () => void): IdentifiedParty {
  const { kind, role, idNumber = '', uscc = '' } = party;
  const person = idNumber.trim() === '' ? undefined : normaliseIdentityNumber(idNumber, asOf);
  const organisation = uscc.trim() === '' ? undefined : normaliseOrganisationCode(uscc);
  if (person?.ok === false) onWeakNumber?.();
  if (organisation?.ok === false) onWeakNumber?.();
  const id18 = person?.ok ? person.value : undefined;
  const code9 = organisation?.ok ? organisation.value.code9 : undefined;
  const [first, second] = kind === 'person' ? [id18, code9] : [code9, id18];
  return {
    kind,
    role,
    side: role === 'prosecutor' ? undefined : SIDE_OF[role],
    id: first ?? second,
    otherId: first === undefined ? undefined : second,
    nameKeys: nameKeysOf(party),
  };
}

function nameKeysOf({ kind, name, formerNames }: PartyIdentity): readonly string[] {
  const own = nameKey(name, kind);
  if (formerNames === undefined || formerNames.length === 0) return own === undefined ? NO_NAMES : [own];
  const keys = new Set(own === undefined ? [] : [own]);
  for (const former of formerNames) {
    const key = nameKey(former, kind);
    if (key !== undefined) keys.add(key);
  }
  return [...keys];
}

/** A party's numbers, none to two. */
export function numbersOf({ id, otherId }: IdentifiedParty): readonly string[] {
  if (id === undefined) return NO_NAMES;
  return otherId === undefined ? [id] : [id, otherId];
}

/**
 * Whether two mentions are the same party, and by what. A number in common decides; two mentions that have numbers and none in
 * common are different parties, whatever their names; otherwise a name in common, former ones included, of the same kind: a shop and
 * its keeper may be written down as either under one number, but not known for the same by name.
 */
export function sameParty(x: IdentifiedParty, y: IdentifiedParty): 'number' | 'name' | undefined {
  const others = numbersOf(y);
  if (numbersOf(x).some((number) => others.includes(number))) return 'number';
  if (x.kind !== y.kind) return undefined;
  if (x.id !== undefined && y.id !== undefined) return undefined;
  return x.nameKeys.some((name) => y.nameKeys.includes(name)) ? 'name' : undefined;
}

/**
 * The keys under which a party is filed. Names of parties with a number and of those without are kept apart, so that a lookup
 * by name never meets a number that conflicts.
 */
export function filedUnder(party: IdentifiedParty): string[] {
  const letter = party.kind === 'person' ? 'p' : 'o';
  const named = `${letter}${party.id === undefined ? '0' : '1'}`;
  return [...numbersOf(party).map((number) => `#${number}`), ...party.nameKeys.map((name) => named + name)];
}

/** The keys under which everyone who is the same party is filed. */
export function lookedUpBy(party: IdentifiedParty): string[] {
  const letter = party.kind === 'person' ? 'p' : 'o';
  const numbers = numbersOf(party).map((number) => `#${number}`);
  const unnumbered = party.nameKeys.map((name) => `${letter}0${name}`);
  if (party.id !== undefined) return [...numbers, ...unnumbered];
  return [...unnumbered, ...party.nameKeys.map((name) => `${letter}1${name}`)];
}

/** A text that orders the parties of a side whatever the order in which they were written: by name, then number. */
export const partyOrder = ({ kind, id, otherId, nameKeys }: IdentifiedParty): string =>
  [[...nameKeys].sort().join('|'), kind, id ?? '', otherId ?? ''].join('\n');
