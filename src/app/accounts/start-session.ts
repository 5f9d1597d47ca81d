import { sha256Hex } from '../../core/kernel/digest.js';
import { invariant } from '../../core/kernel/result.js';
import { Refusal } from '../refusal.js';
import { keepEverywhere } from './acts.js';
import { type CurrentSession, describeSession } from './current-session.js';
import { minutesAfter } from './instants.js';
import { SESSION } from './limits.js';
import { NO_FAILURES } from './lockout.js';
import type { Account, AccountPorts } from './ports.js';

/** How somebody proved who they are. */
export type Way = 'password' | 'sso';

/** A session that began now; the token goes to the browser and is kept nowhere. */
export interface StartedSession {
  readonly token: string;
  readonly current: CurrentSession;
}

/**
 * Begins a session for an account that is held and whose owner has proved who they are, inside a transaction; a
 * disabled account is refused. The token is always a new one, whatever the browser brought.
 */
export async function startSession(
  ports: AccountPorts,
  account: Account,
  { way, address }: { readonly way: Way; readonly address: string },
): Promise<StartedSession | Refusal> {
  const { store, clock, random } = ports;
  const { id: user } = account;
  if (account.disabledAt !== null) {
    await keepEverywhere(ports, user, {
      actor: null,
      action: 'session.fail',
      body: { reason: 'disabled', way, address },
    });
    return new Refusal('SIGN_IN_FAILED', '账号已停用；如果需要继续使用，请联系本院系统管理员启用');
  }
  const now = clock.now();
  const token = random.token();
  const tokenHash = sha256Hex(token);
  const expiresAt = minutesAfter(now, SESSION.absoluteMinutes);
  if (way === 'password') await store.update(user, NO_FAILURES);
  await store.startSession({ tokenHash, user, createdAt: now, seenAt: now, expiresAt, endedAt: null });
  await keepEverywhere(ports, user, { actor: user, action: 'session.start', body: { way, address } });
  const holder = await store.session(tokenHash);
  invariant(holder !== undefined, 'a session that began can be read');
  return { token, current: describeSession(holder, clock.today()) };
}
