import { byCodePoint } from '../../core/kernel/order.js';
import type { AccountPorts } from './ports.js';
import { demand, type Principal } from './principal.js';
import { type UserView, userView } from './user-view.js';

/** The users who have or had a posting in a court, by login name. @throws Refusal NOT_FOUND, FORBIDDEN */
export async function listUsers({ store, clock }: AccountPorts, by: Principal, court: string): Promise<UserView[]> {
  demand(by, 'user.read', court);
  const now = clock.now();
  const users = await store.usersOf(court);
  return users
    .map(({ account, postings }) => userView(account, postings, now))
    .sort((a, b) => byCodePoint(a.login, b.login));
}
