import { invariant } from '../../core/kernel/result.js';
import type { Refusal } from '../refusal.js';
import { type AccountAct, keepEverywhere } from './acts.js';
import { failureRefusal, isLocked, oneMore } from './lockout.js';
import type { Account, AccountPorts } from './ports.js';

/** A password that was given for an account, and checked before the transaction: checking takes long. */
export interface Attempt {
  readonly account: Account;
  readonly matches: boolean;
  /** What a failure is called in the log. */
  readonly failure: AccountAct;
  /** The network address it came from. */
  readonly address: string;
}

/**
 * Counts an attempt, inside a transaction: the account, held, where the password is right; otherwise what to answer. A
 * locked account is refused whatever the password is, so that attempts made at once do not get past the lock.
 */
export async function countAttempt(ports: AccountPorts, attempt: Attempt): Promise<Account | Refusal> {
  const { account, matches, failure: action, address } = attempt;
  const { id } = account;
  const now = ports.clock.now();
  const held = await ports.store.hold(id);
  invariant(held !== undefined, 'accounts are never deleted');
  if (isLocked(held, now)) {
    await keepEverywhere(ports, id, { actor: null, action, body: { reason: 'locked', address } });
    return failureRefusal(held, now);
  }
  // A password that was changed since it was checked is no longer the right one.
  if (matches && held.passwordHash === account.passwordHash) return held;
  const after = oneMore(held, now);
  await ports.store.update(id, after);
  const { failures, lockedUntil: until } = after;
  await keepEverywhere(ports, id, { actor: null, action, body: { reason: 'password', failures, address } });
  if (until !== null)
    await keepEverywhere(ports, id, { actor: null, action: 'user.lock', body: { failures, until, address } });
  return failureRefusal(after, now);
}
