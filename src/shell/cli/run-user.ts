import { changeUser, type UserChange } from '../../app/accounts/change-user.js';
import { createUser } from '../../app/accounts/create-user.js';
import { listUsers } from '../../app/accounts/list-users.js';
import type { WantedPosting } from '../../app/accounts/posting-plan.js';
import { OPERATOR } from '../../app/accounts/principal.js';
import type { UserView } from '../../app/accounts/user-view.js';
import { ROLE_WORDS, type Role } from '../../core/access/can.js';
import { systemClock } from '../clock.js';
import { CliFailure } from './failure.js';
import type { UserAddOptions, UserGrantOptions, UserOptions, UserSubjectOptions } from './service-options.js';
import { accountsOf, inInstallation, RunningService } from './service-session.js';

const usersPath = (court: string): string => `/api/v1/courts/${encodeURIComponent(court)}/users`;
const SUBJECT_MAX = 200;
const SHOWN_ONCE = '密码只显示这一次，请当面交给本人，首次登录后修改';

export async function runUserAdd(login: string, options: UserAddOptions): Promise<void> {
  const { court, name } = options;
  const posting = postingOf(options);
  const body = { login, name, postings: [posting] };
  const { password } = options.server
    ? await RunningService.of(options).call<{ password: string }>('POST', usersPath(court), body)
    : await inInstallation(options, (open) => createUser(accountsOf(open), OPERATOR, court, body));
  process.stdout.write(`${login}    ${password}    ${ROLE_WORDS[posting.role]}\n`);
  process.stderr.write(`${SHOWN_ONCE}\n`);
}

/** A role from today on. */
function postingOf({ role: given, judge }: { readonly role: string; readonly judge?: string }): WantedPosting {
  const role = given as Role;
  if ((role === 'judge') !== (judge !== undefined)) {
    throw new CliFailure(role === 'judge' ? '角色是法官时要用 --judge 写明法官编号' : '只有角色是法官时才写 --judge');
  }
  return { role, from: systemClock.today(), ...(judge !== undefined && { judge }) };
}

/** Gives another role: those that are not over are asked for again as they are, or they would end. */
export async function runUserGrant(login: string, options: UserGrantOptions): Promise<void> {
  const posting = postingOf(options);
  await changeFound(login, options, ({ postings }) => {
    const left = postings.filter(({ until }) => until === null || until >= posting.from);
    const { role, judge = null, from } = posting;
    if (left.some((each) => each.role === role && each.judge === judge && each.from <= from)) {
      throw new CliFailure(`${login} 已经有这个角色：${ROLE_WORDS[role]}`);
    }
    return { postings: [...left.map(asWanted), posting] };
  });
}

const asWanted = ({ role, judge, from, until }: UserView['postings'][number]): WantedPosting => ({
  role,
  from,
  ...(judge !== null && { judge }),
  ...(until !== null && { until }),
});

export async function runUserSubject(
  login: string,
  given: string | undefined,
  options: UserSubjectOptions,
): Promise<void> {
  const { clear } = options;
  const subject = given?.trim() ?? '';
  if (clear ? given !== undefined : subject === '') {
    throw new CliFailure('请写明统一认证标识（sub）；要去掉已有的，不写标识，写 --clear');
  }
  if (subject.length > SUBJECT_MAX) throw new CliFailure(`标识太长，最多 ${SUBJECT_MAX} 个字符；请核对`);
  await changeFound(login, options, () => ({ subject: clear ? null : subject }));
}

export async function runUserList(options: UserOptions): Promise<void> {
  const { court } = options;
  const users = options.server
    ? await listedBy(RunningService.of(options), court)
    : await inInstallation(options, (open) => listUsers(accountsOf(open), OPERATOR, court));
  for (const { login, name, disabled, locked, postings } of users) {
    const roles = postings.map(({ role, judge }) => ROLE_WORDS[role] + (judge === null ? '' : `(${judge})`)).join('、');
    const state = [disabled && '已停用', locked && '已锁定'].filter(Boolean).join('、');
    process.stdout.write(`${login}\t${name}\t${roles}${state === '' ? '' : `\t${state}`}\n`);
  }
}

type Change = Omit<UserChange, 'version'>;

export const runUserChange = (login: string, options: UserOptions, change: Change): Promise<void> =>
  changeFound(login, options, () => change);

/** Looks the user up and changes it as it was seen; an embedded database is opened once for both. */
async function changeFound(login: string, options: UserOptions, changeOf: (user: UserView) => Change): Promise<void> {
  const { court } = options;
  const changeIn = (users: readonly UserView[]): { readonly user: string; readonly body: UserChange } => {
    const user = users.find((each) => each.login.toLowerCase() === login.toLowerCase());
    if (user === undefined)
      throw new CliFailure(`“${court}”没有登录名为“${login}”的用户；用 shouze user list --court ${court} 查看`);
    return { user: user.id, body: { ...changeOf(user), version: user.version } };
  };
  const { password } = options.server
    ? await changeRemotely(RunningService.of(options), court, changeIn)
    : await inInstallation(options, async (open) => {
        const accounts = accountsOf(open);
        const { user, body } = changeIn(await listUsers(accounts, OPERATOR, court));
        return changeUser(accounts, OPERATOR, { court, user }, body);
      });
  process.stdout.write(password === null ? `${login} 已办理\n` : `${login}    ${password}\n`);
  if (password !== null) process.stderr.write(`${SHOWN_ONCE}\n`);
}

async function changeRemotely(
  running: RunningService,
  court: string,
  changeIn: (users: readonly UserView[]) => { readonly user: string; readonly body: UserChange },
): Promise<{ readonly password: string | null }> {
  const { user, body } = changeIn(await listedBy(running, court));
  return running.call('PATCH', `${usersPath(court)}/${user}`, body);
}

const listedBy = async (running: RunningService, court: string): Promise<readonly UserView[]> =>
  (await running.call<{ items: UserView[] }>('GET', usersPath(court))).items;
