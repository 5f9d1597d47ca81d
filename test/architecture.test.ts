import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const ROOT = new URL('..', import.meta.url);

const sources = (folder: string): string[] =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${folder}/${path}`);

/** Lines of code, without comments: a comment may cite what code may not contain. */
const codeOf = (path: string): string =>
  readFileSync(new URL(path, ROOT), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');

describe('the house', () => {
  test('imports run one way, and the checker saw modules', () => {
    const output = execFileSync(
      process.execPath,
      [
        'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'json',
        'src',
      ],
      { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    const { summary } = JSON.parse(output) as {
      summary: { totalCruised: number; violations: { rule: { name: string }; from: string }[] };
    };
    expect(summary.totalCruised).toBeGreaterThan(80);
    expect(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual([]);
  });

  test('the core has no clock, no chance, no environment and no locale', () => {
    const forbidden =
      /\bDate\.now|\bnew Date\b|\bMath\.random|\bprocess\.|\bcrypto\.random|\blocaleCompare\b|\bIntl\.|\bconsole\./;
    for (const path of sources('src/core'))
      expect([path, forbidden.exec(codeOf(path))?.[0]]).toEqual([path, undefined]);
  });

  test('no article, 文号 or 法律 name stands in code', () => {
    const law =
      /第[一二三四五六七八九十百零\d]+条|〔\d{4}〕|中华人民共和国|最高人民法院|民事诉讼法|刑事诉讼法|行政诉讼法|司法解释/;
    for (const path of sources('src')) expect([path, law.exec(codeOf(path))?.[0]]).toEqual([path, undefined]);
  });

  test('no 案由 stands in code', () => {
    const names = ['civil', 'criminal', 'administrative'].flatMap((list) =>
      readFileSync(new URL(`rules/reference/causes-${list}.csv`, ROOT), 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[1] ?? '')
        .filter((name) => name.length > 3),
    );
    const all = new Set(names);
    for (const path of sources('src')) {
      // Templates of spreadsheets show two example filings, which have to name some cause.
      if (path === 'src/shell/files/template.ts') continue;
      const quoted = [...codeOf(path).matchAll(/['"`]([^'"`\n]{4,60})['"`]/g)].map((match) => match[1] ?? '');
      expect([path, quoted.filter((text) => all.has(text))]).toEqual([path, []]);
    }
  });
});
