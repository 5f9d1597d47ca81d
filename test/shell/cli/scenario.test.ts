import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { ScenarioResult } from '../../../src/core/scenario/scenario.js';
import { docket, filing } from '../../support/court.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const EXAMPLES = join(ROOT, 'test/contract/examples');
const work = mkdtempSync(join(tmpdir(), 'shouze-scenario-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function play(path: string, ...more: string[]): { status: number | null; stdout: string; stderr: string } {
  const argv = ['--import', 'tsx', join(ROOT, 'src/main/cli.ts'), 'scenario', 'run', path, ...more];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: ROOT, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function script(name: string, content: unknown): string {
  const path = join(work, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('shouze scenario run', () => {
  const example = join(EXAMPLES, 'scenario-missed-first-trial.yaml');

  test('合同的例子:未发现首审,复核成功后调整至首审负责人', () => {
    const { status, stdout, stderr } = play(example);
    const { events, cases } = JSON.parse(stdout) as ScenarioResult;
    expect(status, stderr).toBe(0);
    expect(events.map(({ step }) => step)).toEqual(['absent', 'file', 'object', 'decide']);
    expect(cases.F1).toMatchObject({ owner: 'M2', method: 'first_trial', objection: 'upheld', status: 'assigned' });
    expect(play(example).stdout).toBe(stdout);
  });

  test('预期不符:退出码 1,逐项写明应当是什么、实际是什么', () => {
    const text = readFileSync(example, 'utf8').replace(
      'docket: docket.json',
      `docket: ${join(EXAMPLES, 'docket.json')}`,
    );
    const { status, stderr, stdout } = play(script('differs.yaml', text.replace('F1: { owner: M2', 'F1: { owner: M1')));
    expect(status).toBe(1);
    expect(stderr).toContain('不符:F1 owner：应当是 "M1"，实际是 "M2"');
    expect(JSON.parse(stdout)).toHaveProperty('cases.F1.owner', 'M2');
  });

  test('案卷可以写在剧本里;被拒绝的一步写明代码,剧本继续,退出码 0', () => {
    const steps = [
      { on: '2026-03-09', file: filing() },
      { on: '2026-03-09', decide: { filing: 'F1', by: '立案庭', outcome: 'upheld' } },
      { on: '2026-03-10', tick: {} },
    ];
    const out = join(work, '结果.json');
    const { status, stdout, stderr } = play(script('inline.json', { docket: docket(), steps }), '--out', out);
    const { events } = JSON.parse(readFileSync(out, 'utf8')) as ScenarioResult;
    expect(status, stderr).toBe(0);
    expect(stdout).toBe('');
    expect(events[1]).toMatchObject({ on: '2026-03-09', step: 'decide', refused: { code: 'WRONG_STATE' } });
    expect(stderr).toContain('共 3 步,1 步被拒绝');
  });

  test.each([
    ['没有这个剧本', 'none.yaml', undefined, '找不到文件'],
    ['不是 YAML', 'broken.yaml', 'steps: [', '不是合法的 YAML'],
    ['一个键写了两次', 'twice.yaml', 'docket: a\ndocket: b\nsteps: []', '第2行'],
    ['引用', 'alias.yaml', 'docket: &a x\nsteps: *a', '引用'],
    ['没有步骤', 'empty.yaml', 'docket: x.json', '/steps'],
    ['不认识的事', 'unknown.yaml', 'docket: x.json\nsteps: [{ on: "2026-03-09", dance: {} }]', '/steps/0/dance'],
    [
      '一步两件事',
      'two.yaml',
      'docket: x.json\nsteps: [{ on: "2026-03-09", tick: {}, close: { filing: F1, closure: judgment } }]',
      '/steps/0',
    ],
    ['日期不存在', 'date.yaml', 'docket: x.json\nsteps: [{ on: "2026-02-30", tick: {} }]', '/steps/0/on'],
    ['种子不是十六进制', 'seed.yaml', 'docket: x.json\nseed: xyz\nsteps: []', '/seed'],
    ['没有这个案卷', 'court.yaml', 'docket: x.json\nsteps: []', 'x.json'],
    ['嵌套太深', 'deep.yaml', `docket: ${'['.repeat(20_000)}`, '.yaml'],
  ])('%s:退出码 2,说明位置,标准输出没有内容', (_, name, text, expected) => {
    const path = text === undefined ? join(work, name) : script(name, text);
    const { status, stdout, stderr } = play(path);
    expect(stderr).toContain(expected);
    expect(stderr).not.toContain('    at ');
    expect([status, stdout]).toEqual([2, '']);
  });
});
