import { invariant } from '../../core/kernel/result.js';
import { Refusal } from '../refusal.js';
import { keepEverywhere } from './acts.js';
import { countAttempt } from './attempt.js';
import type { CurrentSession } from './current-session.js';
import { demandStrong } from './password-policy.js';
import type { AccountPorts } from './ports.js';

export interface PasswordChange {
  readonly session: CurrentSession;
  readonly current: string;
  readonly next: string;
  /** The network address the request came from. */
  readonly address: string;
}

/**
 * Changes the password of whoever is signed in and ends all other sessions of theirs. Wrong current passwords count
 * like failed sign-ins.
 *
 * @throws Refusal PASSWORD_WEAK, PASSWORD_WRONG, ACCOUNT_LOCKED, STATE_CONFLICT
 */
export async function changePassword(ports: AccountPorts, change: PasswordChange): Promise<void> {
  const { user, login } = change.session.principal;
  demandStrong(change.next, login);
  const account = await ports.store.byLogin(login);
  invariant(account?.id === user, 'whoever is signed in has an account');
  if (account.passwordHash === null)
    throw new Refusal('STATE_CONFLICT', '您的账号没有密码，只用统一认证登录；需要密码时请系统管理员重置密码');
  const matches = await ports.passwords.verify(account.passwordHash, change.current);
  const passwordHash = await ports.passwords.hash(change.next);
  const refused = await ports.store.atomically(async (store) => {
    const inside = { ...ports, store };
    const { address } = change;
    const held = await countAttempt(inside, { account, matches, failure: 'password.fail', address });
    if (held instanceof Refusal) return held;
    await store.update(user, { passwordHash });
    await store.endSessionsOf(user, ports.clock.now(), change.session.tokenHash);
    await keepEverywhere(inside, user, { actor: user, action: 'password.change', body: { address } });
    return undefined;
  });
  if (refused === undefined) return;
  throw refused.code === 'SIGN_IN_FAILED'
    ? new Refusal('PASSWORD_WRONG', '现在的密码不对，请重新输入；连续输错会锁定账号', [
        { path: '/current', code: 'PASSWORD_WRONG', message: '现在的密码不对' },
      ])
    : refused;
}
