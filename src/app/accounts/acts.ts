import type { AccountPorts, Act } from './ports.js';
import { reach } from './subject.js';

/** What the log calls the acts on accounts. */
export const ACCOUNT_ACTS = {
  'session.start': '登录',
  'session.end': '退出登录',
  'session.fail': '登录没有成功',
  'password.fail': '更改密码时输错现在的密码',
  'user.lock': '账号因为连续输错密码而锁定',
  'password.change': '更改自己的密码',
  'user.create': '新建用户',
  'user.change': '更改用户',
} as const;
export type AccountAct = keyof typeof ACCOUNT_ACTS;

export type Said = Pick<Act, 'actor' | 'body'> & { readonly action: AccountAct };

/** Keeps an act on a user in one court's chain, or in the log of the service. */
export const keep = ({ store, clock }: AccountPorts, court: string | null, user: string | null, said: Said) =>
  store.record(court, { at: clock.now(), subject: user ?? '-', ...said });

/**
 * Keeps an act on an account in the chain of every court that the account reaches; where it reaches none, in the log.
 */
export async function keepEverywhere(ports: AccountPorts, user: string, said: Said): Promise<void> {
  const courts = reach(await ports.store.postingsOf(user), ports.clock.today());
  for (const court of courts.length === 0 ? [null] : courts) await keep(ports, court, user, said);
}
