import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '../../../src/app/accounts/create-user.js';
import { OPERATOR } from '../../../src/app/accounts/principal.js';
import { ROLES } from '../../../src/core/access/can.js';
import { accountPorts } from '../../../src/shell/account-ports.js';
import { loadSample } from '../../../src/shell/cli/sample-court.js';
import { accountStore } from '../../../src/shell/db/accounts.js';
import { type OpenService, openService } from '../../../src/shell/open-service.js';
import { docket, RULES } from '../../support/court.js';
import { noPostgres } from '../../support/database.js';
import { COURT, openDesk } from '../../support/desk.js';
import { emptied, type OpenedEngine, openServer } from '../../support/engines.js';

const KEYS = `k1:${'11'.repeat(32)}`;
/** How many looks at the accounts a start gets: before the first account is made, after one, after a few more. */
const BROKEN_OFF_AFTER = [11, 13, 16] as const;

interface Kept {
  readonly login: string;
  readonly password: string;
}

describe.skipIf(noPostgres)('the sample court on a PostgreSQL', () => {
  let engine: OpenedEngine & { readonly url: string };
  let open: OpenService;
  let root: string;
  beforeAll(async () => {
    engine = await openServer();
    root = mkdtempSync(join(tmpdir(), 'shouze-sample-'));
    open = await openService({ databaseUrl: engine.url, folder: join(root, 'unused'), rules: RULES, keys: KEYS });
  });
  afterAll(async () => {
    await open?.close();
    await engine?.close();
    rmSync(root, { recursive: true, force: true });
  });

  const keptIn = (folder: string): Kept[] => JSON.parse(readFileSync(join(folder, 'sample-accounts.json'), 'utf8'));
  const ports = () => accountPorts(accountStore(open.db, () => {}));
  const signsIn = async ({ login, password }: Kept): Promise<boolean> => {
    const { store, passwords } = ports();
    return passwords.verify((await store.byLogin(login))?.passwordHash ?? null, password);
  };

  it('makes no account whose password it cannot write down', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(loadSample(open, join(root, 'file/data'))).rejects.toThrow('--data');
    expect(await ports().store.byLogin('lian')).toBeUndefined();
  });

  it('makes its folder, and a start that breaks off anywhere loses no password and no later start', async () => {
    const folder = join(root, 'not/yet/there');
    const [first, ...later] = BROKEN_OFF_AFTER;
    await expect(loadSample(breakingOff(open, first), folder)).rejects.toThrow('broken off');
    const before = keptIn(folder);
    for (const looks of later) {
      await expect(loadSample(breakingOff(open, looks), folder)).rejects.toThrow('broken off');
      expect(keptIn(folder)).toEqual(before);
    }
    await loadSample(open, folder);
    expect(before.length).toBe(ROLES.length);
    expect(await Promise.all(before.map(signsIn))).toEqual(before.map(() => true));
    expect(statSync(join(folder, 'sample-accounts.json')).mode & 0o777).toBe(0o600);
    const lines = (await loadSample(open, folder)).join('\n');
    for (const { password } of before) expect(lines).toContain(password);
    expect(keptIn(folder)).toEqual(before);
  });

  it('starts where the file is gone, and says how the passwords are set anew', async () => {
    const lines = await loadSample(open, join(root, 'elsewhere'));
    expect(lines.at(-1)).toContain('shouze user reset 登录名 --court 川1599');
    expect(lines.filter((line) => line.includes('没有留下'))).toHaveLength(ROLES.length);
  });

  it('says which file to move away where it cannot be read', async () => {
    writeFileSync(join(root, 'sample-accounts.json'), '[{"login":');
    await expect(loadSample(open, root)).rejects.toThrow(join(root, 'sample-accounts.json'));
  });

  it('loads nothing where somebody of another court has one of its login names', async () => {
    await emptied(engine.db);
    await openDesk(open.db, docket());
    const postings = [{ role: 'auditor' as const, from: '2026-01-01' }];
    await createUser(ports(), OPERATOR, COURT, { login: 'Shenji', name: '某人', postings });
    await expect(loadSample(open, join(root, 'taken'))).rejects.toThrow('“shenji”的登录名已经有人使用');
    expect(await ports().store.byLogin('lian')).toBeUndefined();
  });
});

/** The same installation, which fails at the look at its accounts after so many. */
function breakingOff(open: OpenService, looks: number): OpenService {
  let left = looks;
  const db = new Proxy(open.db, {
    get: (target, name) => {
      if (name === 'transaction' && left-- <= 0) throw new Error('broken off');
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { ...open, db };
}
