import { and, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Account, AccountStore, Act, Posting, PostingMoves } from '../../app/accounts/ports.js';
import { Refusal } from '../../app/refusal.js';
import type { Role } from '../../core/access/can.js';
import { plainDate } from '../../core/kernel/plain-date.js';
import { appendAudit } from './audit.js';
import { type Db, schema, violates } from './db.js';
import { atGate, inCourt } from './scope.js';

const { users, postings, sessions, courts, judges } = schema;

/**
 * Where acts go that belong to no court: failed sign-ins with a name that nobody has, or of a user without any posting.
 */
export type CourtlessActs = (act: Act) => void;

/**
 * Accounts in the database. Accounts and sessions are read and written at the gate, postings and the log inside their
 * court; within `atomically` each step sets its own scope in the one transaction.
 */
export function accountStore(db: Db, courtless: CourtlessActs): AccountStore {
  return {
    atomically: (work) => db.transaction((tx) => work(accountStore(tx, courtless))),
    ...accountsAt(db),
    ...sessionsAt(db),
    ...postingsAt(db),
    record: async (court, act) =>
      court === null ? courtless(act) : inCourt(db, court, (tx) => appendAudit(tx, court, act)),
  };
}

const accountsAt = (db: Db): Pick<AccountStore, 'byLogin' | 'bySubject' | 'hold' | 'insert' | 'update'> => ({
  byLogin: (login) => oneAccount(db, sql`lower(${users.login}) = lower(${login})`),
  bySubject: (subject) => oneAccount(db, eq(users.subject, subject)),
  hold: (id) => atGate(db, async (tx) => account(await tx.select().from(users).where(eq(users.id, id)).for('update'))),
  insert: (account, createdAt) =>
    refusing(() => atGate(db, async (tx) => void (await tx.insert(users).values({ ...account, createdAt })))),
  update: (id, changes) =>
    refusing(() => atGate(db, async (tx) => void (await tx.update(users).set(changes).where(eq(users.id, id))))),
});

const sessionsAt = (
  db: Db,
): Pick<AccountStore, 'session' | 'startSession' | 'touchSession' | 'endSession' | 'endSessionsOf'> => {
  const change = (where: SQL | undefined, set: { seenAt: string } | { endedAt: string }) =>
    atGate(db, async (tx) => void (await tx.update(sessions).set(set).where(where)));
  const live = (tokenHash: string) => and(eq(sessions.tokenHash, bytes(tokenHash)), isNull(sessions.endedAt));
  return {
    session: (tokenHash) => atGate(db, (tx) => sessionHolder(tx, tokenHash)),
    startSession: ({ tokenHash, ...session }) =>
      atGate(db, async (tx) => void (await tx.insert(sessions).values({ tokenHash: bytes(tokenHash), ...session }))),
    touchSession: (tokenHash, seenAt) => change(live(tokenHash), { seenAt }),
    endSession: (tokenHash, endedAt) => change(live(tokenHash), { endedAt }),
    endSessionsOf: (user, endedAt, except) =>
      change(
        and(
          eq(sessions.user, user),
          isNull(sessions.endedAt),
          except === undefined ? undefined : ne(sessions.tokenHash, bytes(except)),
        ),
        { endedAt },
      ),
  };
};

const postingsAt = (
  db: Db,
): Pick<AccountStore, 'postingsOf' | 'courtNames' | 'judgesAmong' | 'usersOf' | 'movePostings'> => ({
  postingsOf: (user) =>
    atGate(db, async (tx) => (await tx.select().from(postings).where(eq(postings.user, user))).map(posting)),
  courtNames: (codes) =>
    atGate(db, async (tx) => {
      const { code, name } = courts;
      const found = await tx
        .select({ code, name })
        .from(courts)
        .where(inArray(code, [...codes]));
      return new Map(found.map((court) => [court.code, court.name]));
    }),
  judgesAmong: (court, ids) =>
    inCourt(db, court, async (tx) => {
      const found = await tx
        .select({ id: judges.id })
        .from(judges)
        .where(and(eq(judges.listed, true), inArray(judges.id, [...ids])));
      return new Set(found.map(({ id }) => id));
    }),
  usersOf: (court) => usersOf(db, court),
  movePostings: (court, user, moves) => refusing(() => inCourt(db, court, (tx) => movePostings(tx, user, moves))),
});

const oneAccount = (db: Db, where: SQL): Promise<Account | undefined> =>
  atGate(db, async (tx) => account(await tx.select().from(users).where(where)));

function account([row]: (typeof users.$inferSelect)[]): Account | undefined {
  if (row === undefined) return undefined;
  const { createdAt: _, ...facts } = row;
  return { ...facts, disabledAt: instant(row.disabledAt), lockedUntil: instant(row.lockedUntil) };
}

function posting(row: typeof postings.$inferSelect): Posting {
  const { id, court, role, judge, fromOn, untilOn } = row;
  // The table's own check lets no other role in.
  const until = untilOn === null ? null : plainDate(untilOn);
  return { id, court, role: role as Role, judge, from: plainDate(fromOn), until };
}

async function sessionHolder(tx: Db, tokenHash: string): ReturnType<AccountStore['session']> {
  const { id, login, name, disabledAt } = users;
  // In one query: every request of a browser begins with it.
  const found = await tx
    .select({ session: sessions, account: { id, login, name, disabledAt }, held: postings, courtName: courts.name })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.user))
    .leftJoin(postings, eq(postings.user, users.id))
    .leftJoin(courts, eq(courts.code, postings.court))
    .where(eq(sessions.tokenHash, bytes(tokenHash)));
  const [first] = found;
  if (first === undefined) return undefined;
  const { user, createdAt, seenAt, expiresAt, endedAt } = first.session;
  return {
    session: {
      tokenHash,
      user,
      createdAt: iso(createdAt),
      seenAt: iso(seenAt),
      expiresAt: iso(expiresAt),
      endedAt: instant(endedAt),
    },
    account: { ...first.account, disabledAt: instant(first.account.disabledAt) },
    postings: found.flatMap(({ held }) => (held === null ? [] : [posting(held)])),
    courtNames: new Map(
      found.flatMap(({ held, courtName }) => (held === null ? [] : [[held.court, courtName ?? held.court]])),
    ),
  };
}

async function usersOf(db: Db, court: string): ReturnType<AccountStore['usersOf']> {
  const held = await inCourt(db, court, (tx) => tx.select().from(postings));
  const byUser = new Map<string, Posting[]>();
  for (const row of held) byUser.set(row.user, [...(byUser.get(row.user) ?? []), posting(row)]);
  const { id, login, name, subject, disabledAt, failures, lockedUntil, version } = users;
  const facts = { id, login, name, subject, disabledAt, failures, lockedUntil, version };
  const found = await atGate(db, (tx) =>
    tx
      .select(facts)
      .from(users)
      .where(inArray(id, [...byUser.keys()])),
  );
  return found.map((row) => ({
    account: { ...row, disabledAt: instant(row.disabledAt), lockedUntil: instant(row.lockedUntil) },
    postings: byUser.get(row.id) ?? [],
  }));
}

async function movePostings(tx: Db, user: string, { insert, until, remove }: PostingMoves): Promise<void> {
  // What goes and what ends makes room first: the trigger that keeps auditors and administrators apart looks at each
  // row by itself.
  if (remove.length > 0)
    await tx.delete(postings).where(and(eq(postings.user, user), inArray(postings.id, [...remove])));
  for (const each of until)
    await tx
      .update(postings)
      .set({ untilOn: each.until })
      .where(and(eq(postings.user, user), eq(postings.id, each.id)));
  if (insert.length === 0) return;
  const values = insert.map(({ from: fromOn, until: untilOn, ...rest }) => ({ ...rest, user, fromOn, untilOn }));
  await tx.insert(postings).values(values);
}

/** Refusals of the database that are answers. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    for (const { constraint, refusal } of EXPECTED) if (violates(error, constraint)) throw refusal();
    throw error;
  }
}

const EXPECTED: readonly { readonly constraint: string; readonly refusal: () => Refusal }[] = [
  {
    constraint: 'users_login',
    refusal: () => {
      const message = '这个登录名已经有人使用，请换一个';
      return new Refusal('LOGIN_TAKEN', message, [{ path: '/login', code: 'LOGIN_TAKEN', message }]);
    },
  },
  {
    constraint: 'users_subject',
    refusal: () => {
      const message = '这个统一认证标识已经属于另一个用户，请核对';
      return new Refusal('USER_INVALID', message, [{ path: '/subject', code: 'USER_INVALID', message }]);
    },
  },
  {
    constraint: 'postings_separate_duties',
    refusal: () => {
      const message = '同一个人不能在同一时期既是系统管理员又是审计，请改由两个人担任';
      return new Refusal('USER_INVALID', message, [{ path: '/postings', code: 'USER_INVALID', message }]);
    },
  },
];

/** Timestamps come as PostgreSQL writes them (`2026-03-09 01:02:03.4+00`), on both engines. */
const iso = (text: string): string => new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();
const instant = (text: string | null): string | null => (text === null ? null : iso(text));

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
