import { byCodePoint } from '../../core/kernel/order.js';
import { Refusal } from '../refusal.js';
import { keep } from './acts.js';
import { givePostings, postingsForLog } from './give-postings.js';
import { NO_FAILURES } from './lockout.js';
import type { Account, AccountChanges, AccountPorts, Posting } from './ports.js';
import type { WantedPosting } from './posting-plan.js';
import { actorOf, demand, mayDo, type Principal } from './principal.js';
import { reach } from './subject.js';
import { type UserView, userView } from './user-view.js';

export interface UserChange {
  /** The version that whoever changes it has seen. */
  readonly version: number;
  readonly name?: string;
  readonly disabled?: boolean;
  readonly unlock?: true;
  readonly subject?: string | null;
  readonly resetPassword?: true;
  readonly postings?: readonly WantedPosting[];
}

export interface ChangedUser {
  readonly user: UserView;
  /** Shown this once, where it was reset. */
  readonly password: string | null;
}

/**
 * Changes a user who has or had a posting in the court. An account is the installation's: whoever changes it
 * administers every court that it reaches, or else an administrator of one court could act in another under somebody's
 * name. Postings are the court's own.
 *
 * @throws Refusal NOT_FOUND, FORBIDDEN, VERSION_CONFLICT, USER_INVALID, JUDGE_UNKNOWN
 */
export async function changeUser(
  ports: AccountPorts,
  by: Principal,
  target: { readonly court: string; readonly user: string },
  change: UserChange,
): Promise<ChangedUser> {
  demand(by, 'user.manage', target.court);
  if (by.user === target.user) refuseOnOneself(change);
  const password = change.resetPassword ? ports.random.password() : null;
  // Before the transaction: hashing takes long.
  const passwordHash = password === null ? null : await ports.passwords.hash(password);
  const user = await ports.store.atomically((store) =>
    changed({ ...ports, store }, by, { ...target, change, passwordHash }),
  );
  return { user, password };
}

/** Nobody gives roles to themselves; the password of one's own is changed with the present one. */
function refuseOnOneself({ disabled, subject, resetPassword, postings }: UserChange): void {
  if (postings !== undefined || disabled !== undefined || subject !== undefined)
    throw new Refusal('FORBIDDEN', '不能更改自己的职务、停用状态和统一认证标识，请由另一名系统管理员办理');
  if (resetPassword) throw new Refusal('FORBIDDEN', '不能重置自己的密码，请用“更改密码”');
}

interface Wanted {
  readonly court: string;
  readonly user: string;
  readonly change: UserChange;
  readonly passwordHash: string | null;
}

async function changed(ports: AccountPorts, by: Principal, wanted: Wanted): Promise<UserView> {
  const { store, clock } = ports;
  const { court, user, change } = wanted;
  const account = await store.hold(user);
  const everywhere = await store.postingsOf(user);
  const before = everywhere.filter((posting) => posting.court === court);
  if (account === undefined || before.length === 0) throw new Refusal('NOT_FOUND', '本院没有这个用户，请刷新后再试');
  if (account.version !== change.version)
    throw new Refusal('VERSION_CONFLICT', '这个用户刚刚被别人改过：请刷新，核对之后再改');

  const changes = changesOf(wanted, account, clock.now());
  const touchesAccount = Object.keys(changes).length > 0;
  const elsewhere = reach(everywhere, clock.today()).filter((code) => code !== court);
  if (touchesAccount) demandEverywhere(by, elsewhere);
  const after: Account = { ...account, ...changes, version: account.version + 1 };
  await store.update(user, { ...changes, version: after.version });
  const endsSessions =
    change.disabled || change.resetPassword || (changes.subject !== undefined && changes.subject !== account.subject);
  if (endsSessions) await store.endSessionsOf(user, clock.now());

  const postings = await postingsAfter(ports, wanted, before);
  const said = { actor: actorOf(by), action: 'user.change' as const };
  const body = namesOf(change);
  const ofCourt = change.postings && { before: postingsForLog(before), after: postingsForLog(postings) };
  const told = touchesAccount ? [court, ...elsewhere].sort(byCodePoint) : [court];
  for (const code of told) {
    const postings = code === court && ofCourt ? { postings: ofCourt } : {};
    await keep(ports, code, user, { ...said, body: { ...body, ...postings } });
  }
  return userView(after, postings, clock.now());
}

async function postingsAfter(
  ports: AccountPorts,
  { court, user, change }: Wanted,
  before: readonly Posting[],
): Promise<readonly Posting[]> {
  if (change.postings === undefined) return before;
  return (await givePostings(ports, { court, user, before, wanted: change.postings })).after;
}

function changesOf({ change, passwordHash }: Wanted, account: Account, now: string): AccountChanges {
  const { name, disabled, unlock, subject } = change;
  const unlocks = unlock || passwordHash !== null || disabled === false;
  return {
    ...(name !== undefined && { name }),
    ...(disabled !== undefined && { disabledAt: disabled ? (account.disabledAt ?? now) : null }),
    ...(subject !== undefined && { subject }),
    ...(passwordHash !== null && { passwordHash }),
    ...(unlocks && NO_FAILURES),
  };
}

function demandEverywhere(by: Principal, courts: readonly string[]): void {
  if (courts.every((court) => mayDo(by, 'user.manage', court))) return;
  throw new Refusal(
    'FORBIDDEN',
    '这个用户在其他法院也有职务：账号本身要由在这些法院都是系统管理员的人更改；本院的职务可以单独更改',
  );
}

/** What was changed, as the log keeps it: neither names nor subjects nor passwords. */
function namesOf({ name, disabled, unlock, subject, resetPassword }: UserChange): Record<string, boolean> {
  return {
    ...(name !== undefined && { name: true }),
    ...(disabled !== undefined && { disabled }),
    ...(unlock && { unlock }),
    ...(subject !== undefined && { subject: subject !== null }),
    ...(resetPassword && { resetPassword }),
  };
}
