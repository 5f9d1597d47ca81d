import { Refusal } from '../refusal.js';
import { keep } from './acts.js';
import { countAttempt } from './attempt.js';
import { failureRefusal } from './lockout.js';
import type { AccountPorts } from './ports.js';
import { type StartedSession, startSession } from './start-session.js';

export interface Credentials {
  readonly login: string;
  readonly password: string;
  /** The network address they came from. */
  readonly address: string;
}

/**
 * Signs in with a password. A name that nobody has and a wrong password take the same time, get the same answer and are
 * locked alike; that an account is disabled is told only to whoever has its password.
 *
 * @throws Refusal SIGN_IN_FAILED, ACCOUNT_LOCKED
 */
export async function signIn(ports: AccountPorts, credentials: Credentials): Promise<StartedSession> {
  const floor = ports.failureFloor();
  const outcome = await attempted(ports, credentials);
  if (!(outcome instanceof Refusal)) return outcome;
  await floor;
  throw outcome;
}

async function attempted(
  ports: AccountPorts,
  { login, password, address }: Credentials,
): Promise<StartedSession | Refusal> {
  const account = await ports.store.byLogin(login);
  const matches = await ports.passwords.verify(account?.passwordHash ?? null, password);
  if (account === undefined) return stranger(ports, login, address);
  return ports.store.atomically(async (store) => {
    const inside = { ...ports, store };
    const held = await countAttempt(inside, { account, matches, failure: 'session.fail', address });
    return held instanceof Refusal ? held : startSession(inside, held, { way: 'password', address });
  });
}

async function stranger(ports: AccountPorts, login: string, address: string): Promise<Refusal> {
  const now = ports.clock.now();
  const after = ports.strangers.failed(login, now);
  await keep(ports, null, null, { actor: null, action: 'session.fail', body: { reason: 'unknown', address } });
  return failureRefusal(after, now);
}
