import { changeUser, type UserChange } from '../../app/accounts/change-user.js';
import { createUser } from '../../app/accounts/create-user.js';
import { listUsers } from '../../app/accounts/list-users.js';
import { OPERATOR } from '../../app/accounts/principal.js';
import type { UserView } from '../../app/accounts/user-view.js';
import { ROLE_WORDS, type Role } from '../../core/access/can.js';
import { systemClock } from '../clock.js';
import { CliFailure } from './failure.js';
import type { ServiceOptions, UserAddOptions, UserOptions } from './service-options.js';
import { accountsOf, inInstallation, RunningService } from './service-session.js';

const usersPath = (court: string): string => `/api/v1/courts/${encodeURIComponent(court)}/users`;
const SHOWN_ONCE = '密码只显示这一次，请当面交给本人，首次登录后修改';

export async function runUserAdd(login: string, options: UserAddOptions): Promise<void> {
  const { court, name, judge } = options;
  const role = options.role as Role;
  if ((role === 'judge') !== (judge !== undefined)) {
    throw new CliFailure(role === 'judge' ? '角色是法官时要用 --judge 写明法官编号' : '只有角色是法官时才写 --judge');
  }
  const body = { login, name, postings: [{ role, from: systemClock.today(), ...(judge !== undefined && { judge }) }] };
  const { password } = options.server
    ? await RunningService.of(options).call<{ password: string }>('POST', usersPath(court), body)
    : await inInstallation(options, (open) => createUser(accountsOf(open), OPERATOR, court, body));
  process.stdout.write(`${login}    ${password}    ${ROLE_WORDS[role]}\n`);
  process.stderr.write(`${SHOWN_ONCE}\n`);
}

export async function runUserList(options: UserOptions): Promise<void> {
  const users = await usersOf(options);
  for (const { login, name, disabled, locked, postings } of users) {
    const roles = postings.map(({ role, judge }) => ROLE_WORDS[role] + (judge === null ? '' : `(${judge})`)).join('、');
    const state = [disabled && '已停用', locked && '已锁定'].filter(Boolean).join('、');
    process.stdout.write(`${login}\t${name}\t${roles}${state === '' ? '' : `\t${state}`}\n`);
  }
}

export async function runUserChange(
  login: string,
  options: UserOptions,
  change: Omit<UserChange, 'version'>,
): Promise<void> {
  const { court } = options;
  const user = (await usersOf(options)).find((each) => each.login.toLowerCase() === login.toLowerCase());
  if (user === undefined)
    throw new CliFailure(`“${court}”没有登录名为“${login}”的用户；用 shouze user list --court ${court} 查看`);
  const body = { ...change, version: user.version };
  const { password } = options.server
    ? await RunningService.of(options).call<{ password: string | null }>(
        'PATCH',
        `${usersPath(court)}/${user.id}`,
        body,
      )
    : await inInstallation(options, (open) => changeUser(accountsOf(open), OPERATOR, { court, user: user.id }, body));
  process.stdout.write(password === null ? `${login} 已办理\n` : `${login}    ${password}\n`);
  if (password !== null) process.stderr.write(`${SHOWN_ONCE}\n`);
}

async function usersOf(options: ServiceOptions & { readonly court: string }): Promise<readonly UserView[]> {
  const { court } = options;
  if (options.server) {
    return (await RunningService.of(options).call<{ items: UserView[] }>('GET', usersPath(court))).items;
  }
  return inInstallation(options, (open) => listUsers(accountsOf(open), OPERATOR, court));
}
