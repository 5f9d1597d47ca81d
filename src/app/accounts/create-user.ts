import { Refusal } from '../refusal.js';
import { keep } from './acts.js';
import { givePostings, postingsForLog } from './give-postings.js';
import type { Account, AccountPorts } from './ports.js';
import type { WantedPosting } from './posting-plan.js';
import { actorOf, demand, type Principal } from './principal.js';
import { type UserView, userView } from './user-view.js';

export interface NewUser {
  readonly login: string;
  readonly name: string;
  readonly postings: readonly WantedPosting[];
}

/**
 * Makes an account with postings in one court. The password is made up here and shown this once.
 *
 * @throws Refusal NOT_FOUND, FORBIDDEN, LOGIN_TAKEN, USER_INVALID, JUDGE_UNKNOWN
 */
export async function createUser(
  ports: AccountPorts,
  by: Principal,
  court: string,
  { login, name, postings: wanted }: NewUser,
): Promise<{ readonly user: UserView; readonly password: string }> {
  demand(by, 'user.manage', court);
  const { clock, passwords, random } = ports;
  const names = await ports.store.courtNames([court]);
  if (!names.has(court)) throw new Refusal('NOT_FOUND', '没有这个法院：请核对法院代字，或者先导入它的案卷');
  const password = random.password();
  const account: Account = {
    id: random.id(),
    login,
    name,
    passwordHash: await passwords.hash(password),
    subject: null,
    disabledAt: null,
    failures: 0,
    lockedUntil: null,
    version: 1,
  };
  const postings = await ports.store.atomically(async (store) => {
    const inside = { ...ports, store };
    const { id: user } = account;
    await store.insert(account, clock.now());
    const { after } = await givePostings(inside, { court, user, before: [], wanted });
    const body = { postings: postingsForLog(after) };
    await keep(inside, court, user, { actor: actorOf(by), action: 'user.create', body });
    return after;
  });
  return { user: userView(account, postings, clock.now()), password };
}
