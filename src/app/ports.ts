import type { Subject } from '../core/access/can.js';
import type { Decision } from '../core/documents/decision.js';
import type { Docket, DocketCase, Judge } from '../core/documents/docket.js';
import type { FieldError } from '../core/documents/field-errors.js';
import type { Filing } from '../core/documents/filing.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import type { StoredKey } from '../core/related/stored-lookup.js';
import type { Edition } from '../core/releases/edition.js';
import type { CheckedDocket } from '../core/routing/docket-check.js';
import type { Lawbook } from '../core/routing/lawbook.js';
import type { Evaluator } from '../core/rules/evaluate.js';
import type { AbsenceReads, AbsenceTx } from './absence-ports.js';
import type { ClockList } from './clock-list-ports.js';
import type { ClockReads, ClockTx } from './clock-ports.js';
import type { FlowReads, FlowTx } from './flow-ports.js';
import type { MineReads, MineTx } from './mine-ports.js';
import type { ObjectionReads } from './objection-ports.js';
import type { RegisterReads } from './register-ports.js';
import type { ReleaseReads, ReleaseTx } from './release-ports.js';
import type { UrgingReads, UrgingTx } from './urging-ports.js';

/** What every use case is given: who acts, and what the process holds. */
export interface Context {
  readonly subject: Subject;
  readonly service: Service;
}

/** What the process holds. The clock and chance come in here and nowhere else. */
export interface Service {
  readonly store: Store;
  readonly editions: Editions;
  readonly evaluator: Evaluator;
  /** An instant, ISO 8601 in UTC. */
  now(): string;
  /** The court's own day, Asia/Shanghai. */
  today(): PlainDate;
  newId(): string;
  /** 32 random bytes in hex: the key of a batch's draws. */
  newSeed(): string;
}

/** Who acts in which court; null: the service itself, for filings that somebody filed. */
export interface Actor {
  readonly court: string;
  readonly user: string | null;
  /**
   * The request that asks for the act. The same request again gets the answer of the first (which is why acts answer with ids alone);
   * the same key with other content is refused, and so is one whose first is still under way.
   */
  readonly request?: RequestKey | undefined;
}

export interface RequestKey {
  readonly principal: string;
  readonly key: string;
  /** Digest of everything that was asked. */
  readonly digest: string;
}

/** The rules that decide today. */
export interface InForce {
  readonly lawbook: Edition;
}

/** For what is done outside of any act or read of a court. */
export interface Editions {
  /** The rules in force now. */
  now(): Promise<Edition>;
}

export interface Store {
  /**
   * One act of one court: everything in one transaction, after all acts of the same court before it; what it records is appended to the
   * court's chain at its end. Whatever `work` throws leaves nothing behind.
   */
  act<T>(by: Actor, work: (tx: CourtTx) => Promise<T>): Promise<T>;
  /** Reads of one moment, which lock nothing. */
  read<T>(court: string, work: (tx: CourtReads) => Promise<T>): Promise<T>;
  /** Keyed digest of a value: what may be stored and compared, and not read back. */
  contentDigest(value: unknown): string;
}

export const FILING_STATES = ['received', 'assigned', 'needs_review', 'invalid', 'replaced', 'closed'] as const;
export type FilingState = (typeof FILING_STATES)[number];
export type Occasion = 'filed' | 'answered' | 'corrected' | 'designated' | 'reassigned' | 'ruled';

/** The court as its docket says, without cases, and with the absences entered here; another one whenever any of it or the rules change. */
export interface Bench {
  readonly docket: Omit<Docket, 'cases'>;
  readonly overrides: CheckedDocket['overrides'];
  /** The rules by which its parameters were read, and by which it is asked. */
  readonly lawbook: Lawbook;
  readonly version: number;
}

/** What choosing among earlier cases needs of each; the whole case is read for the few that are chosen. */
export interface CaseStub {
  readonly id: string;
  readonly source: 'docket' | 'filing';
  readonly caseNo: string;
  readonly caseKey: string;
  readonly originKey: string | undefined;
  readonly filedOn: PlainDate;
  readonly owner: string;
}

export interface StoredFiling {
  readonly id: string;
  readonly batch: string;
  readonly position: number;
  /** The key of its draws, and the day of docketing where it is not the filing's own. */
  readonly seed: string;
  readonly docketedOn: PlainDate | undefined;
  readonly reference: string;
  readonly state: FilingState;
  /** Undefined where it is invalid: then `raw` is the value as it was read. */
  readonly filing: Filing | undefined;
  readonly raw: unknown;
  readonly errors: readonly FieldError[];
  /** Number of the decision in force; 0 before the first. */
  readonly decision: number;
  readonly waitingFor: string | undefined;
  readonly version: number;
}

export type NewFiling = Pick<StoredFiling, 'id' | 'position' | 'reference' | 'filing' | 'raw' | 'errors'>;

export interface Owner {
  readonly judge: string;
  readonly method: string;
}

export interface StoredHandover {
  readonly id: string;
  readonly filing: string;
  readonly kind: 'designate' | 'reassign';
  /** Undefined: by draw among the others. */
  readonly judge: string | undefined;
  readonly ground: string;
  readonly note: string;
  readonly proposedBy: string;
  readonly outcome: 'approved' | 'rejected' | 'withdrawn' | undefined;
  readonly version: number;
}

/** An event of the court's chain. `body` holds ids, digests, words of the vocabulary and numbers, never a name or a number of a person. */
export interface Act {
  readonly action: string;
  readonly subject: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What waits in a court for the service itself. */
export interface Awaiting {
  /** Filings to be routed. */
  readonly received: boolean;
  /** Clocks that have run out. */
  readonly timers: boolean;
}

export interface CourtReads extends InForce {
  /** The court's own day at the one instant of this act or read, whenever midnight comes. */
  readonly today: PlainDate;
  readonly clocks: ClockReads;
  readonly clockList: ClockList;
  readonly mine: MineReads;
  readonly flows: FlowReads;
  readonly objections: ObjectionReads;
  readonly register: RegisterReads;
  readonly absences: AbsenceReads;
  readonly urgings: UrgingReads;
  readonly releases: ReleaseReads;
  awaiting(): Promise<Awaiting>;
  bench(): Promise<Bench | undefined>;
  /** Loads in millionths of a case, by judge: the sums of the ledger. */
  loads(): Promise<ReadonlyMap<string, number>>;
  /** For each key every case that is filed under it. */
  casesUnder(keys: readonly StoredKey[]): Promise<ReadonlyMap<StoredKey, readonly CaseStub[]>>;
  cases(ids: readonly string[]): Promise<ReadonlyMap<string, DocketCase>>;
  filing(id: string): Promise<StoredFiling | undefined>;
  decisionOf(filing: string, number: number): Promise<Decision | undefined>;
  ownerOf(matter: string): Promise<Owner | undefined>;
  handover(id: string): Promise<StoredHandover | undefined>;
}

/** A decision with all that follows from it. */
export interface Settlement {
  readonly filing: StoredFiling;
  readonly decision: Decision;
  readonly occasion: Occasion;
  readonly state: FilingState;
  /** Until when somebody has to look at it. */
  readonly waitingDue: PlainDate | undefined;
}

export interface CourtTx extends CourtReads {
  readonly clocks: ClockTx;
  readonly flows: FlowTx;
  readonly absences: AbsenceTx;
  readonly mine: MineTx;
  readonly urgings: UrgingTx;
  readonly releases: ReleaseTx;
  /** The one filing, so that nobody else changes it until this act ends. */
  lockFiling(id: string): Promise<StoredFiling | undefined>;
  /** The next filing to be routed: of the earliest batch, by day of receipt, then position. */
  nextReceived(): Promise<StoredFiling | undefined>;
  saveBench(docket: Omit<Docket, 'cases'>): Promise<void>;
  /** Adds and changes cases of a docket; those that it does not name stay. */
  saveDocketCases(cases: readonly DocketCase[]): Promise<{ added: number; changed: number; same: number }>;
  /** Opening balances of the ledger: brings each judge's to the load that the docket states or that its open cases weigh. */
  openLedger(judges: readonly Judge[]): Promise<void>;
  batchOf(digest: string): Promise<string | undefined>;
  /** Which of the references are taken, and by what content. */
  taken(references: readonly string[]): Promise<ReadonlyMap<string, { readonly id: string; readonly digest: string }>>;
  saveBatch(
    batch: {
      readonly id: string;
      readonly seed: string;
      readonly digest: string;
      readonly docketedOn: PlainDate | undefined;
      readonly remarks: readonly string[];
    },
    filings: readonly NewFiling[],
  ): Promise<void>;
  /** Puts what a filing says in place of what it said; its state becomes `received`. */
  replaceFiling(id: string, reference: string, filing: Filing): Promise<void>;
  /** Invalid filings of other batches under these references are put aside. */
  putAside(references: readonly string[], exceptBatch: string): Promise<void>;
  saveDecision(settlement: Settlement): Promise<void>;
  /** Makes the filing a case of the docket, held by its judge, in the ledger and findable by those that follow. */
  assign(filing: StoredFiling & { readonly filing: Filing }, owner: Owner): Promise<void>;
  /** Passes a case from who holds it to another, in the ledger too. */
  handOver(filing: StoredFiling & { readonly filing: Filing }, from: string, to: Owner, ground: string): Promise<void>;
  /** Takes a closed case up again: it is open from now on and weighs on whoever goes on with it. */
  reopen(filing: StoredFiling & { readonly filing: Filing }, to: Owner, ground: string): Promise<void>;
  close(filing: StoredFiling & { readonly filing: Filing }, closure: string, closedOn: PlainDate): Promise<void>;
  take(filing: string, user: string): Promise<void>;
  /** Something about the filing changed that whoever looks at it should see: its version goes up. */
  noteChange(filing: StoredFiling): Promise<void>;
  proposeHandover(handover: Omit<StoredHandover, 'outcome' | 'version'>): Promise<void>;
  decideHandover(id: string, outcome: 'approved' | 'rejected' | 'withdrawn', user: string): Promise<void>;
  record(act: Act): void;
}
