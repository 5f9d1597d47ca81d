/**
 * Accounts for tests: a store in memory that keeps its promises, a clock that is driven, and passwords that cost
 * nothing.
 */
import type {
  Account,
  AccountPorts,
  AccountStore,
  Act,
  Passwords,
  Posting,
  Random,
  Session,
} from '../../src/app/accounts/ports.js';
import { Strangers } from '../../src/app/accounts/strangers.js';
import { Refusal } from '../../src/app/refusal.js';
import { shanghaiDay } from '../../src/shell/clock.js';

export const COURT = '川1527';
export const OTHER = '川1502';
export const COURT_NAMES: ReadonlyMap<string, string> = new Map([
  [COURT, '筠连县人民法院'],
  [OTHER, '宜宾市翠屏区人民法院'],
]);
export const GOOD = '春江潮水连海平-2026';

/** A clock that stands still until it is moved. */
export class DrivenClock {
  #now = Date.parse('2026-03-09T01:00:00.000Z');
  readonly now = (): string => new Date(this.#now).toISOString();
  readonly today = () => shanghaiDay(this.now());
  pass(minutes: number): void {
    this.#now += minutes * 60_000;
  }
}

/** Chance that counts: tokens and ids are all different and have the right shape. */
export class CountedRandom implements Random {
  #count = 0;
  readonly #next = (): number => ++this.#count;
  readonly token = (): string => `t${this.#next()}`.padEnd(43, '_');
  readonly password = (): string => `made-up-word-${this.#next()}`;
  readonly id = (): string => `00000000-0000-7000-8000-${String(this.#next()).padStart(12, '0')}`;
}

const plainPasswords = (): Passwords => ({
  hash: async (password) => `hash of ${password}`,
  verify: async (hash, password) => hash === `hash of ${password}`,
});

interface State {
  accounts: Map<string, Account>;
  postings: (Posting & { user: string })[];
  sessions: Map<string, Session>;
  acts: (Act & { court: string | null })[];
}

/** A store in memory; transactions come one after the other and leave nothing behind when they fail. */
export class MemoryStore implements AccountStore {
  state: State = { accounts: new Map(), postings: [], sessions: new Map(), acts: [] };
  readonly judges = new Set(['M1', 'M2']);
  #last: Promise<unknown> = Promise.resolve();

  atomically<T>(work: (store: AccountStore) => Promise<T>): Promise<T> {
    const run = this.#last.then(async () => {
      const before = structuredClone(this.state);
      try {
        return await work(this);
      } catch (error) {
        this.state = before;
        throw error;
      }
    });
    this.#last = run.catch(() => undefined);
    return run;
  }

  readonly #account = (is: (account: Account) => boolean) => [...this.state.accounts.values()].find(is);
  readonly byLogin = async (login: string) =>
    this.#account((account) => account.login.toLowerCase() === login.toLowerCase());
  readonly bySubject = async (subject: string) => this.#account((account) => account.subject === subject);
  readonly hold = async (id: string) => this.state.accounts.get(id);

  async insert(account: Account): Promise<void> {
    if (await this.byLogin(account.login)) throw new Refusal('LOGIN_TAKEN', '已有');
    this.state.accounts.set(account.id, account);
  }

  async update(id: string, changes: Partial<Account>): Promise<void> {
    const account = this.state.accounts.get(id);
    if (account) this.state.accounts.set(id, { ...account, ...changes });
  }

  readonly session = async (tokenHash: string) => {
    const session = this.state.sessions.get(tokenHash);
    const account = session && this.state.accounts.get(session.user);
    if (!session || !account) return undefined;
    return { session, account, postings: await this.postingsOf(account.id), courtNames: COURT_NAMES };
  };
  readonly startSession = async (session: Session) => void this.state.sessions.set(session.tokenHash, session);
  readonly touchSession = async (tokenHash: string, seenAt: string) => this.#changeSession(tokenHash, { seenAt });
  readonly endSession = async (tokenHash: string, endedAt: string) => this.#changeSession(tokenHash, { endedAt });

  async endSessionsOf(user: string, endedAt: string, except?: string): Promise<void> {
    for (const { tokenHash, user: whose } of [...this.state.sessions.values()])
      if (whose === user && tokenHash !== except) this.#changeSession(tokenHash, { endedAt });
  }

  #changeSession(tokenHash: string, changes: Partial<Session>): void {
    const session = this.state.sessions.get(tokenHash);
    if (session?.endedAt === null) this.state.sessions.set(tokenHash, { ...session, ...changes });
  }

  readonly postingsOf = async (user: string): Promise<Posting[]> =>
    this.state.postings.filter((posting) => posting.user === user).map(({ user: _, ...posting }) => posting);
  readonly courtNames = async (codes: readonly string[]) =>
    new Map([...COURT_NAMES].filter(([code]) => codes.includes(code)));
  readonly judgesAmong = async (_court: string, ids: readonly string[]) =>
    new Set(ids.filter((id) => this.judges.has(id)));

  async usersOf(court: string): ReturnType<AccountStore['usersOf']> {
    const held = this.state.postings.filter((posting) => posting.court === court);
    return [...this.state.accounts.values()].flatMap(({ passwordHash: _, ...account }) => {
      const postings = held.filter(({ user }) => user === account.id);
      return postings.length === 0 ? [] : [{ account, postings }];
    });
  }

  async movePostings(
    court: string,
    user: string,
    { insert, until, remove }: Parameters<AccountStore['movePostings']>[2],
  ): Promise<void> {
    const ends = new Map(until.map((each) => [each.id, each.until]));
    this.state.postings = this.state.postings
      .filter(({ id }) => !remove.includes(id))
      .map((posting) => ({ ...posting, until: ends.has(posting.id) ? (ends.get(posting.id) ?? null) : posting.until }));
    this.state.postings.push(...insert.map((posting) => ({ ...posting, court, user })));
  }

  readonly record = async (court: string | null, act: Act) => void this.state.acts.push({ court, ...act });
}

/** Everything that the use cases of accounts need, in memory. */
export function memoryPorts() {
  const store = new MemoryStore();
  const clock = new DrivenClock();
  const ports: AccountPorts = {
    store,
    clock,
    passwords: plainPasswords(),
    random: new CountedRandom(),
    strangers: new Strangers(),
    failureFloor: () => Promise.resolve(),
  };
  return { ports, store, clock };
}

/** The code with which something is refused; undefined where it is not. */
export async function refusalOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
