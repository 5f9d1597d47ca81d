import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RULES } from '../../support/court.js';
import { PARAMETERS, reworded } from '../../support/rules-desk.js';
import { type Served, serve } from '../../support/served.js';
import { shouze } from '../../support/shouze.js';

const STORY_MS = 300_000;

let served: Served;
let folder: string;
beforeAll(async () => {
  served = await serve();
  folder = mkdtempSync(join(tmpdir(), 'shouze-release-remote-'));
  cpSync(RULES, join(folder, 'rules'), { recursive: true });
}, STORY_MS);
afterAll(async () => {
  await served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const release = (...args: string[]) => shouze(['rules', 'release', ...args, '--data', served.folder, '--server']);
const as = (role: 'rule_author' | 'rule_approver', ...args: string[]) => {
  const { login, password } = served.accounts[role];
  const all = ['rules', 'release', ...args, '--as', login, '--data', served.folder, '--server'];
  return shouze(all, { SHOUZE_PASSWORD: password });
};

it(
  '服务正在运行,数据目录锁着:由它代办,提出、批准、取消、退回都是本人登录,提出的人不能批准',
  async () => {
    expect((await release('list')).out).toMatch(/^1\t有效\t/);
    const rules = join(folder, 'rules');
    const proposal = ['propose', rules, '--title', '改说明', '--reason', '按通知'];
    expect((await as('rule_author', ...proposal)).err).toContain('没有差别');
    writeFileSync(join(rules, PARAMETERS), reworded('代办'));
    expect(await as('rule_author', ...proposal)).toMatchObject({ status: 0, err: '' });
    const approval = ['approve', '2', '--reason', '同意', '--on', '2099-01-01'];
    expect(await as('rule_author', ...approval)).toMatchObject({ status: 2 });
    expect((await as('rule_approver', ...approval)).out).toBe('第 2 号发布现在是“已排期”，施行 2099-01-01\n');
    const exported = join(folder, 'exported');
    expect((await release('show', '2', '--export', exported)).out).toContain(`改动\t${PARAMETERS}`);
    expect(readFileSync(join(exported, PARAMETERS), 'utf8')).toBe(reworded('代办'));
    const cancelled = await as('rule_approver', 'cancel', '2', '--reason', '暂缓');
    expect(cancelled.out).toContain('“已取消”');
    expect((await as('rule_author', 'rollback', '1', '--reason', '恢复')).err).toContain('只能回退到曾经有效');
    const { login } = served.accounts.rule_author;
    const wrong = ['rules', 'release', ...proposal, '--as', login, '--data', served.folder, '--server'];
    expect(await shouze(wrong, { SHOUZE_PASSWORD: 'wrong-password' })).toMatchObject({ status: 2, out: '' });
    expect((await shouze(wrong, { SHOUZE_PASSWORD: '' })).err).toContain('不能代签');
  },
  STORY_MS,
);
