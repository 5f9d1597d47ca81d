import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffRuleFiles, isSettled, type LawbookDiff } from '../../../src/core/checking/diff-lawbooks.js';
import { ReadCache } from '../../../src/core/rules/read-cache.js';
import type { RuleFile } from '../../../src/core/rules/source.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';

const SHIPPED = readRuleFiles('rules');
const LIMITS = 'parameters/small-claims.csv';
const FIRST = 'national/civil/procedure-first-instance.yaml';

const edited = (path: string, edit: (text: string) => string): RuleFile[] =>
  SHIPPED.map((file) => (file.path === path ? { path, text: edit(file.text) } : file));

/** The shipped files are read once. */
const cache = new ReadCache();

function diff(after: readonly RuleFile[]): LawbookDiff {
  const found = diffRuleFiles(SHIPPED, after, { cache });
  if ('problems' in found) throw new Error(found.problems.map(({ message }) => message).join('\n'));
  return found;
}

describe('两个版本的比较', () => {
  test('一个省的小额诉讼限额:恰好是两个限额之间的案件,只有这个省', () => {
    const { changes, unknown, files } = diff(
      edited(LIMITS, (text) => text.replace('小额诉讼法定限额,河南,35120', '小额诉讼法定限额,河南,40000')),
    );
    expect(unknown).toEqual([]);
    expect(changes.map(({ layer, kind, before, after, where }) => [layer, kind, before, after, where])).toEqual([
      ['程序', '民事一审', '简易程序', '小额诉讼程序', ['河南、沈丘县人民法院：2022-01-09 起收案']],
    ]);
    const [change] = changes;
    expect(change?.region).toHaveLength(1);
    expect(change?.region[0]).toMatch(/^35,120 < 标的额 ≤ 40,000 元；/);
    expect(change?.region[0]).toMatch(/是：事实清楚、权利义务关系明确、争议不大、金钱给付；否：约定小额诉讼、人身关系/);
    expect(JSON.parse(change?.filing ?? '')).toMatchObject({ matter: 'civil', amount: '40000.00' });
    expect(files).toEqual([
      {
        file: LIMITS,
        kind: 'changed',
        what: ['小额诉讼法定限额 河南 2022-01-09 起：35,120 元 改为 40,000 元'],
        isProved: true,
      },
    ]);
  });

  test('限额提前一天公布失效:只有那一天收的案件', () => {
    const { changes } = diff(
      edited(LIMITS, (text) =>
        text
          .replace(/(小额诉讼法定限额,江苏,51811,2022-01-07,)2024-01-06/, '$12024-01-05')
          .replace('小额诉讼法定限额,江苏,60862,2024-01-06', '小额诉讼法定限额,江苏,60862,2024-01-05'),
      ),
    );
    expect(changes.map(({ where }) => where)).toEqual([['江苏：2024-01-05 到 2024-01-06 前收案']]);
    expect(changes[0]?.region[0]).toMatch(/^51,811 < 标的额 ≤ 60,862 元；/);
  });

  test('只改说明、只改注释、只换写法:没有一个案件改变,改了什么照样说出来', () => {
    const wording = diff(
      edited(FIRST, (text) => text.replace('当事人双方约定适用简易程序\n', '双方约定适用简易程序\n')),
    );
    expect(wording.changes).toEqual([]);
    expect(wording.files).toEqual([
      { file: FIRST, kind: 'changed', what: ['「GJ-MS-160-2」的说明模板'], isProved: true },
    ]);
    const comment = diff(edited(FIRST, (text) => `# 核对过\n${text}`));
    expect(comment.files).toEqual([{ file: FIRST, kind: 'changed', what: ['只有注释或者空白'], isProved: true }]);
    const order = diff(
      edited(FIRST, (text) =>
        text.replace(
          '      - 事实清楚: 是\n      - 权利义务关系明确: 是\n',
          '      - 权利义务关系明确: 是\n      - 事实清楚: 是\n',
        ),
      ),
    );
    expect(order.changes).toEqual([]);
    expect(order.files[0]?.what).toEqual(['「GJ-MS-160」的条件']);
    expect(isSettled(order)).toBe(true);
  });

  test('删去一条规则:它管的案件怎样改变', () => {
    const { changes } = diff(
      edited('national/civil/procedure-exclusions.yaml', (text) =>
        text.replace(/ {2}- 编号: GJ-MS-166-2\n[\s\S]*?(?= {2}- 编号:)/, ''),
      ),
    );
    expect(changes.length).toBeGreaterThan(0);
    for (const { kind, region } of changes) {
      expect(kind).toBe('民事一审');
      for (const box of region) expect(box).toMatch(/是：[^；]*涉外/);
    }
  });

  test('流程、日历、识别表不在逐案证明的范围里,要人核对', () => {
    const found = diff(edited('flows/recusal.yaml', (text) => text.replace('顺延: 是', '顺延: 否')));
    expect(found.changes).toEqual([]);
    expect(found.files[0]?.what).toEqual([expect.stringMatching(/^期限「.+」的顺延：是 → 否$/)]);
    expect(isSettled(found)).toBe(false);
  });

  test('读不出来的版本说出是哪一个、哪里不对', () => {
    const broken = diffRuleFiles(
      SHIPPED,
      edited(FIRST, (text) => text.replace('层: 程序', '层: 程式')),
    );
    expect(broken).toMatchObject({ side: 'after' });
    const problems = 'problems' in broken ? broken.problems : [];
    expect(problems.map(({ file, code }) => `${file} ${code}`)).toContain(`${FIRST} WORD_UNKNOWN`);
  });

  test('任意删去一个字:要么说出错在哪里,要么说出改了什么,不会悄悄过去', { timeout: 300_000 }, () => {
    const texts = SHIPPED.filter(({ path }) => !path.startsWith('reference/'));
    const place = fc
      .nat(texts.length - 1)
      .chain((file) => fc.tuple(fc.constant(file), fc.nat(Math.max(0, (texts[file]?.text.length ?? 1) - 1))));
    fc.assert(
      fc.property(place, ([file, at]) => {
        const { path, text } = texts[file] as RuleFile;
        const found = diffRuleFiles(
          SHIPPED,
          edited(path, () => text.slice(0, at) + text.slice(at + 1)),
        );
        if ('problems' in found) {
          expect(found.problems.length).toBeGreaterThan(0);
          for (const problem of found.problems) expect(problem.message).not.toBe('');
        } else {
          expect(found.files.map((each) => each.file)).toEqual([path]);
          expect(found.files[0]?.what.length).toBeGreaterThan(0);
          if (found.changes.length === 0) expect(found.files[0]?.what.join()).not.toBe('');
        }
      }),
      { numRuns: Number(process.env.DELETIONS ?? 40) },
    );
  });
});
