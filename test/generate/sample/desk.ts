import type { FilingDocument } from '../../../src/shell/files/filing-rows.js';
import { as, firm, type Invented, type PartyDocument, person } from '../people.js';
import { type CaseDocument, COURT, TODAY } from './court.js';
import type { Draft, Register } from './register.js';

/** A cell that the table shall hold instead of what the document says. */
export interface CellPatch {
  /** Its place among the filing's parties. */
  readonly party: number;
  readonly header: string;
  readonly value: string | number;
}

/** One filing of the day, with what is wrong in its cells. */
export interface DayFiling {
  readonly document: Omit<FilingDocument, 'id'>;
  /** The id; the next number where none is given. */
  readonly id?: string;
  readonly cells?: readonly CellPatch[];
}

/** The clerk's answers. */
export type Facts = NonNullable<FilingDocument['facts']>;
/** What a filing says besides court, day and, in plain civil cases, matter and stage. */
export type Body = Partial<FilingDocument> & { readonly cause: string; readonly parties: FilingDocument['parties'] };
type CaseFields = Partial<CaseDocument> & { readonly filedOn: string; readonly judge: string };

/** What the clerk knows of a plain case. */
export const CLEAR: Facts = { factsClear: true, rightsClear: true, disputeMinor: true };
/** There is a dispute of principle, though facts and rights are clear. */
export const DISPUTED: Facts = { factsClear: true, rightsClear: true, disputeMinor: false };
/** Money is asked for; most contracts leave that open by their 案由. */
export const MONEY: Facts = { monetaryClaim: true };

/** Where filings are thought up: people whom no other case knows, earlier cases, and filings of the day. */
export class Desk {
  readonly #register: Register;
  readonly #day: (() => DayFiling)[] = [];
  #people = 10_000;
  #firms = 500;

  constructor(register: Register) {
    this.#register = register;
  }

  someone = (): Invented => person(this.#people++);

  company = (name?: string): Invented => firm(this.#firms++, name);

  /** An earlier case of first instance in civil matters, unless told otherwise. */
  past(
    word: string,
    cause: string,
    parties: readonly PartyDocument[],
    fields: CaseFields,
    links: Partial<Draft> = {},
  ): Draft {
    const [matter, stage] = MATTERS[word] ?? (['civil', 'first_instance'] as const);
    return this.#register.enter({ word, fields: { matter, stage, cause, parties: [...parties], ...fields }, ...links });
  }

  /** One more filing of the day; it is written down when earlier cases have their numbers. */
  file(make: (numberOf: (draft: Draft) => string) => Body, more: Omit<DayFiling, 'document'> = {}): void {
    const numberOf = (draft: Draft): string => this.#register.numberOf(draft);
    this.#day.push(() => ({
      document: { court: COURT, matter: 'civil', stage: 'first_instance', receivedOn: TODAY, ...make(numberOf) },
      ...more,
    }));
  }

  /** The filings, once the register is closed. */
  filings = (): DayFiling[] => this.#day.map((make) => make());
}

const MATTERS: Readonly<Record<string, readonly [CaseDocument['matter'], NonNullable<CaseDocument['stage']>]>> = {
  民初: ['civil', 'first_instance'],
  民终: ['civil', 'second_instance'],
  刑初: ['criminal', 'first_instance'],
  行初: ['administrative', 'first_instance'],
  执: ['enforcement', 'enforcement'],
  执异: ['enforcement', 'enforcement_review'],
};

/** Plaintiff and defendant. */
export const versus = (plaintiff: Invented, ...defendants: Invented[]): PartyDocument[] => [
  as('plaintiff', plaintiff),
  ...defendants.map((each) => as('defendant', each)),
];

/** Creditor and debtor. */
export const against = (creditor: Invented, debtor: Invented): PartyDocument[] => [
  as('creditor', creditor),
  as('debtor', debtor),
];
