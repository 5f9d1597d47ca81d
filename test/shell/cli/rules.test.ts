import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { RULES } from '../../support/court.js';

const work = mkdtempSync(join(tmpdir(), 'shouze-rules-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const CLI = fileURLToPath(new URL('../../../src/main/cli.ts', import.meta.url));

function shouze(...argv: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--import', 'tsx', CLI, ...argv], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}

const FILE = 'national/handover.yaml';

/** A copy of the shipped rules with one file changed. */
function changed(name: string, from: string, to: string, path = FILE): string {
  const folder = join(work, name);
  cpSync(RULES, folder, { recursive: true });
  const text = readFileSync(join(folder, path), 'utf8');
  if (!text.includes(from)) throw new Error(`no ${from}`);
  writeFileSync(join(folder, path), text.replace(from, to));
  return folder;
}

describe('shouze rules check --format', () => {
  const wrong = changed('wrong', '结果: { 可以指定: 是 }', '结果: { 可以指定: 否 }');

  test('SARIF 2.1.0:每一处有规则、级别、文字、文件、行、列', () => {
    const { status, stdout } = shouze('rules', 'check', wrong, '--format', 'sarif');
    expect(status).toBe(1);
    const log = JSON.parse(stdout) as {
      version: string;
      $schema: string;
      runs: {
        tool: { driver: { name: string; rules: { id: string }[] } };
        originalUriBaseIds: Record<string, { uri: string }>;
        results: {
          ruleId: string;
          level: string;
          message: { text: string };
          locations: {
            physicalLocation: {
              artifactLocation: { uri: string; uriBaseId: string };
              region: { startLine: number; startColumn: number };
            };
          }[];
        }[];
      }[];
    };
    expect(log.version).toBe('2.1.0');
    expect(log.$schema).toMatch(/sarif-2\.1\.0\.json$/);
    expect(log.runs).toHaveLength(1);
    const [run] = log.runs;
    expect(run?.tool.driver.name).toBe('shouze');
    const known = new Set(run?.tool.driver.rules.map(({ id }) => id));
    expect(run?.results.length).toBeGreaterThan(0);
    for (const { ruleId, level, message, locations } of run?.results ?? []) {
      expect(known.has(ruleId)).toBe(true);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).not.toBe('');
      const [place] = locations;
      expect(place?.physicalLocation.region.startLine).toBeGreaterThan(0);
      expect(place?.physicalLocation.region.startColumn).toBeGreaterThan(0);
      expect(run?.originalUriBaseIds[place?.physicalLocation.artifactLocation.uriBaseId ?? '']?.uri).toMatch(
        /^file:.*\/$/,
      );
    }
    expect(run?.results[0]).toMatchObject({ ruleId: 'CONCLUSION', level: 'error' });
    expect(run?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(FILE);
  });

  test('JSON 逐处列出问题和未核实的引文,--out 写到文件而不打印', () => {
    const out = join(work, 'report.json');
    const { status, stdout } = shouze('rules', 'check', '--format', 'json', '--out', out);
    expect([status, stdout]).toEqual([0, '']);
    const report = JSON.parse(readFileSync(out, 'utf8')) as Record<
      'problems' | 'remarks' | 'pending',
      { code: string; file: string; line: number }[]
    >;
    expect(report.problems).toEqual([]);
    const unverified = report.remarks.filter(({ code }) => code === 'CITATION_UNVERIFIED');
    expect(unverified.length).toBeGreaterThan(0);
    for (const { file, line } of unverified)
      expect([file, line]).toEqual([expect.stringMatching(/\.yaml$/), expect.any(Number)]);
  });

  test('文字:一处一行,文件:行:列', () => {
    const { status, stdout } = shouze('rules', 'check', wrong);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^national\/handover\.yaml:\d+:\d+ ZC-SJFA-ZD: .*\[CONCLUSION\]\n/);
  });
});

describe('shouze rules test', () => {
  test('国家规则有一处条件没有示例显示它起作用:退出码 1,列出可以加的示例;写进规则文件以后运行,确认以前不算数', () => {
    const folder = changed('uncovered', '      - { 名: 没有事由, 给: { 指定事由: 无 }, 得: 不命中 }\n', '');
    const file = join(folder, FILE);
    const before = shouze('rules', 'test', folder, '--propose', file);
    expect(before.status).toBe(1);
    expect(before.stdout).toContain('未覆盖 ZC-SJFA-ZD 「指定事由」不符合时');
    expect(before.stdout).toMatch(/可以加:- \{ 名: .*给: \{ 指定事由: 无 \}, 得: 不命中, 待确认: 是 \}/);
    expect(before.stderr).toMatch(/国家规则 (\d+)\/(\d+)\(99%\)/);
    expect(before.stderr).toContain('1 个待确认的示例');

    const waiting = shouze('rules', 'test', folder);
    expect(waiting.status).toBe(1);
    expect(waiting.stdout).toContain('待确认 ZC-SJFA-ZD');
    expect(waiting.stderr).toMatch(/不过 0,其中待确认 1/);

    writeFileSync(file, readFileSync(file, 'utf8').replace(', 待确认: 是', ''));
    const confirmed = shouze('rules', 'test', folder);
    expect([confirmed.status, confirmed.stdout]).toEqual([0, '']);
    expect(confirmed.stderr).toMatch(/国家规则 (\d+)\/\1\(100%\)/);
  }, 180_000);

  test('--propose 后面不是有规则的文件:说明要写什么,什么也不写', () => {
    const { status, stderr } = shouze('rules', 'test', '--propose', join(work, 'none.yaml'));
    expect(status).toBe(2);
    expect(stderr).toContain('--propose');
  });
});

describe('shouze rules schema', () => {
  test('写出的 JSON Schema 接受随程序的规则文件', () => {
    const out = join(work, 'schema.json');
    expect(shouze('rules', 'schema', '--out', out).status).toBe(0);
    const isValid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(out, 'utf8')));
    expect(isValid(parse(readFileSync(join(RULES, FILE), 'utf8')))).toBe(true);
    expect(isValid({ 名称: '甲', 层: '程序', 规则: [{}] })).toBe(false);
  });
});
