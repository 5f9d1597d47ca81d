import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createUser } from '../../app/accounts/create-user.js';
import { listUsers } from '../../app/accounts/list-users.js';
import type { AccountPorts } from '../../app/accounts/ports.js';
import { OPERATOR } from '../../app/accounts/principal.js';
import { importDocket } from '../../app/import-docket.js';
import { operatorIn } from '../../app/permit.js';
import { ROLE_WORDS, ROLES, type Role } from '../../core/access/can.js';
import type { Docket } from '../../core/documents/docket.js';
import { writeWhole } from '../files/write-file.js';
import type { OpenService } from '../open-service.js';
import { SetupError } from '../setup-error.js';
import { failInput } from './failure.js';
import { accountsOf } from './service-session.js';

const DOCKET = fileURLToPath(new URL('../../../docs/sample/docket.json', import.meta.url));
const FILE = 'sample-accounts.json';

const ACCOUNTS: readonly { readonly login: string; readonly name: string; readonly role: Role }[] = [
  { login: 'lian', name: '示例立案员', role: 'filing_clerk' },
  { login: 'faguan', name: '示例法官', role: 'judge' },
  { login: 'fuhe', name: '示例复核人', role: 'reviewer' },
  { login: 'zhihui', name: '示例指挥中心', role: 'command_centre' },
  { login: 'bianji', name: '示例规则编辑', role: 'rule_author' },
  { login: 'shenpi', name: '示例规则审批', role: 'rule_approver' },
  { login: 'yuanting', name: '示例院庭长', role: 'supervisor' },
  { login: 'shenji', name: '示例审计', role: 'auditor' },
  { login: 'guanli', name: '示例管理员', role: 'administrator' },
];

const keptSchema = z.array(z.looseObject({ login: z.string(), password: z.string(), role: z.enum(ROLES) }));
type KeptAccount = z.output<typeof keptSchema>[number];

/**
 * Loads the sample court and an account for each role, once; returns a line for each account. The passwords are made up at the first
 * start and kept, for the trial, in a file that only the one who started it can read. The file is written before the accounts are made:
 * a start that breaks off loses no password, and the next one goes on where it stopped.
 *
 * @throws SetupError, CliFailure with what to do
 */
export async function loadSample(open: OpenService, folder: string): Promise<string[]> {
  const path = join(folder, FILE);
  const docket = JSON.parse(readFileSync(DOCKET, 'utf8')) as Docket;
  const court = docket.court.code;
  const accounts = accountsOf(open);
  const made = new Set((await listUsers(accounts, OPERATOR, court)).map(({ login }) => login));
  const missing = ACCOUNTS.filter(({ login }) => !made.has(login));
  await refuseTaken(missing, accounts);
  const kept = await keptPasswords(path, missing, accounts);
  if (missing.length > 0) {
    await importDocket({ subject: operatorIn(court), service: open.service }, docket);
    await makeAccounts(open, docket, missing, kept);
  }
  const lines = ACCOUNTS.map(({ login, role }) => {
    const password = kept.get(login)?.password ?? '（没有留下，见下）';
    return `  ${login.padEnd(10)}${password.padEnd(22)}${ROLE_WORDS[role]}`;
  });
  const isUnknown = ACCOUNTS.some(({ login }) => !kept.has(login));
  return [
    '示例法院（虚构）的账号：登录名、密码、角色（密码在第一次启动时随机生成，改过的以改后的为准）',
    ...lines,
    ...(isUnknown ? [lostWords(open, path, court, folder)] : []),
  ];
}

/** A login name is the installation's: somebody of another court may have it, and then nothing is loaded at all. */
async function refuseTaken(missing: typeof ACCOUNTS, { store }: AccountPorts): Promise<void> {
  for (const { login } of missing) {
    if ((await store.byLogin(login)) === undefined) continue;
    throw new SetupError(
      `示例账号“${login}”的登录名已经有人使用，示例法院装不进这个数据库；请去掉 --sample（npm start 请写 npm start -- --no-sample）`,
    );
  }
}

/** The passwords as the file keeps them, with new ones, written down first, for accounts that are still to be made. */
async function keptPasswords(
  path: string,
  missing: typeof ACCOUNTS,
  { random }: AccountPorts,
): Promise<ReadonlyMap<string, KeptAccount>> {
  const before = existsSync(path) ? readKept(path) : [];
  const kept = new Map(before.map((account) => [account.login, account]));
  for (const { login, role } of missing) {
    if (!kept.has(login)) kept.set(login, { login, password: random.password(), role });
  }
  if (kept.size > before.length) {
    makeFolder(path);
    const written = await writeWhole(path, [JSON.stringify([...kept.values()], undefined, 2)], { mode: 0o600 });
    if (!written.ok) return failInput(written.error);
  }
  return kept;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? '';
    throw new SetupError(`示例账号的密码要写到 ${path}，它的文件夹建不了（${why}）；请用 --data 指定一个可以写的目录`);
  }
}

function readKept(path: string): KeptAccount[] {
  try {
    return keptSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new SetupError(`示例账号的文件 ${path} 读不出来；请把它移走再启动，已有账号的密码届时重置`);
  }
}

async function makeAccounts(
  open: OpenService,
  { court: { code }, judges }: Docket,
  missing: typeof ACCOUNTS,
  kept: ReadonlyMap<string, KeptAccount>,
): Promise<void> {
  const accounts = accountsOf(open);
  const judge = judges.find(({ handles }) => handles.includes('civil'))?.id;
  const from = open.service.today();
  for (const { login, name, role } of missing) {
    const password = kept.get(login)?.password;
    if (password === undefined) continue;
    const ports = { ...accounts, random: { ...accounts.random, password: () => password } };
    const posting = { role, from, ...(role === 'judge' && judge !== undefined && { judge }) };
    await createUser(ports, OPERATOR, code, { login, name, postings: [posting] });
  }
}

const lostWords = ({ isEmbedded }: OpenService, path: string, court: string, folder: string): string =>
  `有的账号已经在数据库里，密码却不在 ${path} 里，找不回来；请重置：shouze user reset 登录名 --court ${court}${
    isEmbedded ? ` --data ${folder} --server` : ''
  }`;
