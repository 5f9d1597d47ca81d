import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { docket, filing, person } from '../../support/court.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'shouze-cli-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function shouze(...argv: string[]): { status: number | null; stdout: string; stderr: string } {
  const child = spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'src/main/cli.ts'), ...argv], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}

function file(name: string, content: unknown): string {
  const path = join(work, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const court = file('docket.json', docket());

describe('shouze route', () => {
  test('有误的一件不妨碍其他件:标准输出只有决定,退出码 1,标准错误写明位置和改法', () => {
    const wrong = filing({
      id: 'F2',
      parties: [person('plaintiff', '甲一', undefined, { idNumber: '511527197506151010' })],
    });
    const { status, stdout, stderr } = shouze(
      'route',
      file('two.json', [filing(), wrong]),
      '--docket',
      court,
      '--seed',
      '00',
    );
    const decisions = JSON.parse(stdout) as { filing: string; status: string }[];
    expect(decisions.map((each) => [each.filing, each.status])).toEqual([
      ['F1', 'assigned'],
      ['F2', 'invalid'],
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain('/parties/0/idNumber');
  });
  test('同样的输入逐字节相同,不管时区和语言', () => {
    const path = file('same.json', [filing(), filing({ id: 'F2', amount: '90000' })]);
    const runs = ['America/New_York', 'Asia/Tokyo'].map((zone) => {
      const child = spawnSync(
        process.execPath,
        ['--import', 'tsx', join(ROOT, 'src/main/cli.ts'), 'route', path, '--docket', court, '--seed', 'ab'],
        {
          cwd: ROOT,
          encoding: 'utf8',
          env: { ...process.env, TZ: zone, LANG: zone === 'Asia/Tokyo' ? 'C' : 'zh_CN.UTF-8' },
        },
      );
      return child.stdout;
    });
    expect(runs[0]).toBe(runs[1]);
    expect(runs[0]?.length).toBeGreaterThan(1000);
  });
  test('csv、xlsx 写到文件,表格打印在屏幕上', () => {
    const path = file('one.json', [filing()]);
    for (const name of ['result.csv', 'result.xlsx']) {
      const out = join(work, name);
      expect(shouze('route', path, '--docket', court, '--seed', '00', '--out', out).status).toBe(0);
      expect(readFileSync(out).length).toBeGreaterThan(100);
    }
    expect(shouze('route', path, '--docket', court, '--format', 'table').stdout).toContain('小额诉讼程序');
    expect(shouze('route', path, '--docket', court, '--format', 'xlsx').status).toBe(2);
  });
  test.each([
    ['没有这个文件', join(work, 'none.json'), '找不到文件'],
    ['重复的键', file('twice.json', '[{"id":"a","id":"b"}]'), '写了两次'],
    ['嵌套太深', file('deep.json', '['.repeat(100_000)), '嵌套'],
    ['二进制', file('binary.json', '\u0000\u0001\u0002[]'), 'NUL'],
    ['不是收案', file('number.json', '42'), '数组'],
  ])('读不出来:%s,退出码 2,标准输出空', (_name, path, words) => {
    const { status, stdout, stderr } = shouze('route', path, '--docket', court);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });
  test('500 MB 的一行:不读就拒绝', () => {
    const path = file('huge.json', '');
    truncateSync(path, 500 * 1024 * 1024);
    for (const argv of [
      ['route', path, '--docket', court],
      ['route', file('small.json', [filing()]), '--docket', path],
    ]) {
      const { status, stderr } = shouze(...argv);
      expect(status).toBe(2);
      expect(stderr).toContain('太大');
    }
  });
  test('案卷不合格式:退出码 2,逐处写明', () => {
    const broken = {
      ...docket(),
      parameters: { 'series.window_day': 7 },
      court: { ...(docket().court as object), level: 'town' },
    };
    const { status, stderr } = shouze('route', file('f.json', [filing()]), '--docket', file('broken.json', broken));
    expect(status).toBe(2);
    expect(stderr).toContain('/court/level');
    const misspelt = shouze(
      'route',
      file('f.json', [filing()]),
      '--docket',
      file('m.json', { ...docket(), parameters: { 'series.window_day': 7 } }),
    );
    expect(misspelt.stderr).toContain('series.window_days');
  });
  test('控制字符到不了终端', () => {
    const hostile = filing({ id: '\u001b[31mRED\u202e\nx', amount: 'abc' });
    const { stderr } = shouze('route', file('esc.json', [hostile]), '--docket', court);
    expect(stderr).not.toContain('\u001b');
    expect(stderr).not.toContain('\u202e');
  });
});

describe('其他命令', () => {
  test('deadline', () => {
    const due = (...argv: string[]) =>
      JSON.parse(shouze('deadline', '--from', ...argv).stdout) as Record<string, unknown>;
    expect(due('2026-03-09', '--days', '5')).toMatchObject({
      from: '2026-03-09',
      due: '2026-03-16',
      rolled: true,
      provisional: false,
    });
    expect(due('2026-03-09', '--days', '5', '--custody')).toMatchObject({ due: '2026-03-14', rolled: false });
    expect(due('2026-02-28', '--months', '1', '--matter', 'criminal')).toMatchObject({ due: '2026-03-31' });
    expect(due('2026-12-30', '--days', '7')).toMatchObject({ due: '2027-01-06', provisional: true });
    for (const wrong of [
      ['2026-02-30', '--days', '5'],
      ['2026-03-09'],
      ['2026-03-09', '--days', '0'],
      ['2026-03-09', '--days', '5', '--months', '1'],
    ]) {
      const { status, stdout, stderr } = shouze('deadline', '--from', ...wrong);
      expect([wrong, status, stdout]).toEqual([wrong, 2, '']);
      expect(stderr).not.toBe('');
    }
  });
  test('explain、replay、related', () => {
    const path = file('e.json', [filing(), filing({ id: 'F2', amount: null })]);
    const out = join(work, 'decisions.json');
    expect(shouze('route', path, '--docket', court, '--seed', '00', '--out', out).status).toBe(0);
    const page = shouze('explain', out, 'F1').stdout;
    for (const words of ['分案决定  F1', '小额诉讼程序', '第一百六十五条', '怎样抽的', '期限'])
      expect(page).toContain(words);
    expect(shouze('replay', out)).toMatchObject({ status: 0, stdout: '重算 2 件,相同 2 件,不同 0 件\n' });
    const tampered = readFileSync(out, 'utf8').replace('"procedure":"small_claims"', '"procedure":"ordinary"');
    expect(shouze('replay', file('tampered.json', tampered))).toMatchObject({ status: 1 });
    const related = JSON.parse(
      shouze('related', file('r.json', filing()), '--docket', court, '--graph').stdout,
    ) as object;
    expect(related).toMatchObject({ filing: 'F1', links: [] });
  });
  test('每个命令的帮助都有例子', () => {
    for (const command of ['route', 'related', 'deadline', 'explain', 'replay', 'template']) {
      const { status, stdout } = shouze(command, '--help');
      expect(status).toBe(0);
      expect(stdout).toContain('例 / Examples');
    }
  });
  test('模板填的示例可以直接分案', () => {
    const path = join(work, 'template.xlsx');
    expect(shouze('template', path).status).toBe(0);
    const { status, stdout } = shouze('route', path, '--docket', court, '--seed', '00');
    expect([0, 1]).toContain(status);
    expect((JSON.parse(stdout) as { status: string }[]).map((each) => each.status)).toContain('assigned');
  });
});
