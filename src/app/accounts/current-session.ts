import { sha256Hex } from '../../core/kernel/digest.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { isBefore, minutesAfter, secondsBetween } from './instants.js';
import { SESSION } from './limits.js';
import type { AccountPorts, Session, SessionHolder } from './ports.js';
import type { Principal } from './principal.js';
import { subjectsOn } from './subject.js';

/** A session that holds now, and whose it is. */
export interface CurrentSession {
  readonly principal: Principal;
  readonly courtNames: ReadonlyMap<string, string>;
  readonly tokenHash: string;
  readonly expiresAt: string;
}

/** A session with the roles that its user has on a day. */
export function describeSession(holder: SessionHolder, day: PlainDate): CurrentSession {
  const { session, account, postings, courtNames } = holder;
  const { id: user, login, name } = account;
  return {
    principal: { user, login, name, courts: subjectsOn(user, postings, day) },
    courtNames,
    tokenHash: session.tokenHash,
    expiresAt: session.expiresAt,
  };
}

const holds = ({ endedAt, expiresAt, seenAt }: Session, now: string): boolean =>
  endedAt === null && isBefore(now, expiresAt) && isBefore(now, minutesAfter(seenAt, SESSION.idleMinutes));

/**
 * The session of a token, if it holds now. Account and roles are read each time, so that what is taken from somebody is
 * gone with the next request.
 *
 * @param passive requests that a page makes by itself do not keep a session alive
 */
export async function currentSession(
  { store, clock }: AccountPorts,
  token: string,
  { passive = false }: { readonly passive?: boolean } = {},
): Promise<CurrentSession | undefined> {
  const now = clock.now();
  const holder = await store.session(sha256Hex(token));
  if (holder === undefined || holder.account.disabledAt !== null || !holds(holder.session, now)) return undefined;
  const { tokenHash, seenAt } = holder.session;
  if (!passive && secondsBetween(seenAt, now) >= SESSION.seenEverySeconds) await store.touchSession(tokenHash, now);
  return describeSession(holder, clock.today());
}
