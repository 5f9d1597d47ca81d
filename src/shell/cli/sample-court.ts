import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createUser } from '../../app/accounts/create-user.js';
import { OPERATOR } from '../../app/accounts/principal.js';
import { importDocket } from '../../app/import-docket.js';
import { operatorIn } from '../../app/permit.js';
import { ROLE_WORDS, type Role } from '../../core/access/can.js';
import type { Docket } from '../../core/documents/docket.js';
import type { OpenService } from '../open-service.js';
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

interface SampleAccount {
  readonly login: string;
  readonly password: string;
  readonly role: Role;
}

/**
 * Loads the sample court and an account for each role, once; returns a line for each account. The passwords are made up at the first
 * start and kept, for the trial, in a file that only the one who started it can read.
 */
export async function loadSample(open: OpenService, folder: string): Promise<string[]> {
  const path = join(folder, FILE);
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as SampleAccount[]) : undefined;
  const accounts = kept ?? (await makeSample(open, path));
  const lines = accounts.map(
    ({ login, password, role }) => `  ${login.padEnd(10)}${password.padEnd(22)}${ROLE_WORDS[role]}`,
  );
  return ['示例法院（虚构）的账号：登录名、密码、角色（密码在第一次启动时随机生成，改过的以改后的为准）', ...lines];
}

async function makeSample(open: OpenService, path: string): Promise<SampleAccount[]> {
  const docket = JSON.parse(readFileSync(DOCKET, 'utf8')) as Docket;
  const court = docket.court.code;
  await importDocket({ subject: operatorIn(court), service: open.service }, docket);
  const judge = docket.judges.find(({ handles }) => handles.includes('civil'))?.id;
  const from = open.service.today();
  const made: SampleAccount[] = [];
  for (const { login, name, role } of ACCOUNTS) {
    const posting = { role, from, ...(role === 'judge' && judge !== undefined && { judge }) };
    const { password } = await createUser(accountsOf(open), OPERATOR, court, { login, name, postings: [posting] });
    made.push({ login, password, role });
  }
  writeFileSync(path, JSON.stringify(made, undefined, 2), { mode: 0o600 });
  return made;
}
