import { invariant } from '../../core/kernel/result.js';
import { Refusal } from '../refusal.js';
import { keep } from './acts.js';
import type { AccountPorts } from './ports.js';
import { type StartedSession, startSession } from './start-session.js';

/**
 * Signs in whoever the court's own sign-on vouches for. Accounts are made by administrators alone: a subject that no
 * account has is refused. Wrong passwords do not lock this way.
 *
 * @throws Refusal SIGN_IN_FAILED
 */
export async function signInBySubject(
  ports: AccountPorts,
  { subject, address }: { readonly subject: string; readonly address: string },
): Promise<StartedSession> {
  const outcome = await ports.store.atomically(async (store) => {
    const inside = { ...ports, store };
    const account = await store.bySubject(subject);
    if (account === undefined) return unknown(inside, address);
    const held = await store.hold(account.id);
    invariant(held !== undefined, 'accounts are never deleted');
    return held.subject === subject ? startSession(inside, held, { way: 'sso', address }) : unknown(inside, address);
  });
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

async function unknown(ports: AccountPorts, address: string): Promise<Refusal> {
  const body = { reason: 'unknown', way: 'sso', address };
  await keep(ports, null, null, { actor: null, action: 'session.fail', body });
  return new Refusal(
    'SIGN_IN_FAILED',
    '统一认证通过了，但是这个身份还没有对应本系统的用户：请本院系统管理员在用户管理里填写您的统一认证标识',
  );
}
