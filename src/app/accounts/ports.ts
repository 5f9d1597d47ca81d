import type { Role } from '../../core/access/can.js';
import type { AuditEvent } from '../../core/audit/chain.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { Strangers } from './strangers.js';

/** Someone who may sign in, with all that is known of the account. Never leaves the use cases. */
export interface Account {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly passwordHash: string | null;
  /** Subject at the court's own sign-on. */
  readonly subject: string | null;
  readonly disabledAt: string | null;
  readonly failures: number;
  readonly lockedUntil: string | null;
  readonly version: number;
}

/** What others may know of an account. */
export type AccountFacts = Omit<Account, 'passwordHash'>;

/** What may change of an account. */
export type AccountChanges = Partial<Omit<Account, 'id' | 'login'>>;

/** A role in a court, from a day to a day, both included. */
export interface Posting {
  readonly id: string;
  readonly court: string;
  readonly role: Role;
  readonly judge: string | null;
  readonly from: PlainDate;
  readonly until: PlainDate | null;
}

/** A session by the SHA-256 of its token, in hex. */
export interface Session {
  readonly tokenHash: string;
  readonly user: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly expiresAt: string;
  readonly endedAt: string | null;
}

/** A session with whose it is, as the store knows them now. */
export interface SessionHolder {
  readonly session: Session;
  readonly account: Pick<Account, 'id' | 'login' | 'name' | 'disabledAt'>;
  readonly postings: readonly Posting[];
  /** Names of the postings' courts, by code. */
  readonly courtNames: ReadonlyMap<string, string>;
}

/** What becomes of a user's postings in one court. */
export interface PostingMoves {
  readonly insert: readonly Posting[];
  readonly until: readonly { readonly id: string; readonly until: PlainDate | null }[];
  readonly remove: readonly string[];
}

/** What the log keeps of an act. */
export type Act = Pick<AuditEvent, 'at' | 'actor' | 'action' | 'subject' | 'body'>;

/** Accounts are the installation's; postings are a court's. */
export interface AccountStore {
  /** Runs all of it or nothing of it. */
  atomically<T>(work: (store: AccountStore) => Promise<T>): Promise<T>;

  /** By login name, whatever the case of its letters. */
  byLogin(login: string): Promise<Account | undefined>;
  bySubject(subject: string): Promise<Account | undefined>;
  /** Reads an account and keeps others from changing it until the end of the transaction. */
  hold(id: string): Promise<Account | undefined>;
  /** @throws Refusal LOGIN_TAKEN */
  insert(account: Account, createdAt: string): Promise<void>;
  /** @throws Refusal USER_INVALID where another user has that subject */
  update(id: string, changes: AccountChanges): Promise<void>;

  session(tokenHash: string): Promise<SessionHolder | undefined>;
  startSession(session: Session): Promise<void>;
  touchSession(tokenHash: string, at: string): Promise<void>;
  endSession(tokenHash: string, at: string): Promise<void>;
  /** Ends the sessions of a user that have not ended yet, save one. */
  endSessionsOf(user: string, at: string, except?: string): Promise<void>;

  /** In all courts, of all times. */
  postingsOf(user: string): Promise<readonly Posting[]>;
  courtNames(codes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Those of `ids` that are judges of the court. */
  judgesAmong(court: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Users who have or had a posting in the court, each with the postings there. */
  usersOf(court: string): Promise<readonly { readonly account: AccountFacts; readonly postings: readonly Posting[] }[]>;
  /** @throws Refusal USER_INVALID where auditor and administrator would be one person */
  movePostings(court: string, user: string, moves: PostingMoves): Promise<void>;

  /** Keeps an act in the court's chain; where there is no court, in the log of the service. */
  record(court: string | null, act: Act): Promise<void>;
}

export interface Clock {
  /** ISO 8601 in UTC. */
  readonly now: () => string;
  /** The day in Asia/Shanghai. */
  readonly today: () => PlainDate;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes the same time where there is no hash. */
  verify(hash: string | null, password: string): Promise<boolean>;
}

export interface Random {
  /** 256 bits for a session, fit for a cookie. */
  token(): string;
  /** A password to be shown once. */
  password(): string;
  id(): string;
}

export interface AccountPorts {
  readonly store: AccountStore;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly random: Random;
  readonly strangers: Strangers;
  /** Begins when it is called and ends when a failure may be answered. */
  readonly failureFloor: () => Promise<void>;
}
