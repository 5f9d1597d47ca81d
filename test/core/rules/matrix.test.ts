import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import type { Card } from '../../../src/core/rules/card.js';
import { onOneDay } from '../../../src/core/rules/case-days.js';
import { checkRules } from '../../../src/core/rules/check.js';
import type { Condition } from '../../../src/core/rules/condition.js';
import { jsonRulesEngine } from '../../../src/core/rules/engine.js';
import { rulesetFor } from '../../../src/core/rules/ruleset.js';
import type { Problem } from '../../../src/core/rules/source.js';
import { coverageOf } from '../../../src/core/rules/test-rules.js';
import { withProposals } from '../../../src/core/rules/write-proposals.js';
import { load, SMALL } from './support.js';

const DATE = plainDate('2026-03-09');
const CSV = 'national/teams.csv';
const HEADER = 'national/teams.yaml';

/** A table over cause, amount and stage: 简案 below a limit, ordinary otherwise. */
const head = (hit = '一致', more = ''): string => `名称: 按案由和标的额
层: 程序
表: teams.csv
命中: ${hit}
编号: T-B
列:
  案由: { 事实: 案由 }
  标的额: { 事实: 标的额 }
  限额: { 事实: 标的额, 运算: 不超过, 填: 参数 }
  审级: { 事实: 审级 }
结果: { 程序: 程序 }
适用: { 案件类别: 民事 }
依据:
  - { 法规: 测试法, 条: 165, 效力: 本地 }
效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }
说明模板: 案由是{案由}，标的额{标的额}元
基准: { 案件类别: 民事, 审级: 一审, 案由: 民间借贷纠纷, 标的额: 10000 }
基准参数: { 小额诉讼法定限额: 50000 }
${more}`;

const rows = (...lines: string[]): string => `行,案由,标的额,限额,审级,程序,说明\n${lines.join('\n')}\n`;

const R01 = 'R01,借款合同纠纷、买卖合同纠纷,不超过 20000,,一审,简易程序,';
const R02 = 'R02,借款合同纠纷、买卖合同纠纷,超过 20000、不超过 90000.5,,一审,普通程序,';

const read = (csv: string, header = head(), files: Readonly<Record<string, string>> = {}) =>
  load({ [HEADER]: header, [CSV]: csv, ...files });

async function clashes(csv: string, header = head()): Promise<readonly Problem[]> {
  const { book, problems } = read(csv, header);
  expect(problems).toEqual([]);
  const report = await checkRules({ book, articles: [], date: DATE, engine: jsonRulesEngine });
  return report.problems.filter(({ code }) => code === 'MATRIX_OVERLAP');
}

/** A card without what says where it was written. */
function bare({ file: _, place: __, row: ___, examples: ____, ...card }: Card): unknown {
  const plain = (condition: Condition): unknown => {
    if (condition.kind === 'test') {
      const { place: _place, ...test } = condition;
      return test;
    }
    return condition.kind === 'not'
      ? { kind: 'not', member: plain(condition.member) }
      : { kind: condition.kind, members: condition.members.map(plain) };
  };
  const basis = card.basis.map(({ place: _place, ...each }) => each);
  return { ...card, basis, condition: plain(card.condition) };
}

describe('规则表', () => {
  it('a row is the card that one could have written', () => {
    const { book, problems } = read(rows(R02, 'R03,,,小额诉讼法定限额,二审、再审,简易程序,备注'));
    expect(problems).toEqual([]);
    const written = load({
      'national/written.yaml': `名称: 写出来的
层: 程序
基准: { 案件类别: 民事, 审级: 一审, 案由: 民间借贷纠纷, 标的额: 10000 }
基准参数: { 小额诉讼法定限额: 50000 }
规则:
  - 编号: T-B-R02
    名称: 按案由和标的额(R02)
    适用: { 案件类别: 民事 }
    条件:
      - 案由: { 属于: [借款合同纠纷, 买卖合同纠纷] }
      - 标的额: { 超过: 20000, 不超过: 90000.5 }
      - 审级: 一审
    结果: { 程序: 普通程序 }
    依据:
      - { 法规: 测试法, 条: 165, 效力: 本地 }
    效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }
    说明模板: 案由是{案由}，标的额{标的额}元
  - 编号: T-B-R03
    名称: 按案由和标的额(R03)
    适用: { 案件类别: 民事 }
    条件:
      - 标的额: { 不超过: { 参数: 小额诉讼法定限额 } }
      - 审级: [二审, 再审]
    结果: { 程序: 简易程序 }
    依据:
      - { 法规: 测试法, 条: 165, 效力: 本地 }
    效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }
    说明模板: 案由是{案由}，标的额{标的额}元
`,
    });
    expect(written.problems).toEqual([]);
    expect(book.national.map(bare)).toEqual(written.book.national.map(bare));
    expect(book.national.map(({ row }) => row?.row)).toEqual(['R02', 'R03']);
  });

  it('examples stand in the header, each with its row; 全层 examples without one', async () => {
    const examples = `示例:
  - { 行: R01, 名: 正好两万, 给: { 标的额: 20000 }, 得: 简易程序 }
  - { 行: R02, 名: 刚过两万, 给: { 标的额: 20000.01 }, 得: 普通程序 }
  - { 行: R02, 名: 正好九万零五角, 给: { 标的额: 90000.5 }, 得: 普通程序 }
  - { 行: R02, 名: 刚过九万零五角, 给: { 标的额: 90000.51 }, 得: 无规则 }
  - { 名: 全层, 给: { 标的额: 1 }, 全层: [简易程序] }
`;
    const { book, problems } = read(rows(R01, R02), head('一致', examples));
    expect(problems).toEqual([]);
    const report = await checkRules({ book, articles: [], date: DATE, engine: jsonRulesEngine });
    expect(report.examples.map(({ card, passed }) => [card, passed])).toEqual([
      ['T-B-R01', true],
      ['T-B-R02', true],
      ['T-B-R02', true],
      ['T-B-R02', true],
      ['程序层', true],
    ]);
    // R01 misses where R02 hits; its own threshold lacks the side past it, which stands at R02.
    expect(report.problems.filter(({ rule }) => rule?.startsWith('T-B')).map(({ code, rule }) => [code, rule])).toEqual(
      [
        ['BOUNDARY', 'T-B-R01'],
        ['BOUNDARY', 'T-B-R02'],
      ],
    );
  });

  it('proposals for rows go to the header, each with its row', () => {
    const header = head('一致', '示例:\n  - { 行: R01, 名: 正好两万, 给: { 标的额: 20000 }, 得: 简易程序 }\n');
    const { book } = read(rows(R01, R02), header);
    const proposals = coverageOf(book, DATE).flatMap(({ boundaries }) => boundaries);
    const { text, added } = withProposals(header, proposals, book.vocabulary);
    expect(added).toBe(5);
    expect(text).toContain(
      '- { 行: R01, 名: "界线:标的额刚过界", 给: { 标的额: 20000.01 }, 得: 普通程序, 待确认: 是 }',
    );
    const written = read(rows(R01, R02), text);
    expect(written.problems).toEqual([]);
    expect(written.book.national.map(({ examples }) => examples.length)).toEqual([2, 4]);
  });

  it('an example of a row that is not there is refused with the nearest', () => {
    const { problems } = read(rows(R01), head('一致', '示例:\n  - { 行: R1, 名: 错, 给: {}, 得: 命中 }\n'));
    expect(problems.map(({ file, line, message }) => [file, line, message])).toEqual([
      [HEADER, 20, expect.stringMatching(/「R1」,是不是「R01」/)],
    ]);
  });

  it('唯一: rows that can hold at once are told with a case, whatever they conclude', async () => {
    const [problem, ...more] = await clashes(rows(R01, 'R02,买卖合同纠纷,不低于 20000,,一审,简易程序,'), head('唯一'));
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ file: CSV, line: 3, rule: 'T-B-R02' });
    expect(problem?.message).toMatch(/R01 行和 R02 行可以同时成立:.*案由 买卖合同纠纷.*标的额 20,000/);
    expect(await clashes(rows(R01, R02), head('唯一'))).toEqual([]);
  });

  it('一致: they may, where they conclude the same', async () => {
    const other = (procedure: string): string => rows(R01, `R02,买卖合同纠纷,不低于 20000,,一审,${procedure},`);
    expect(await clashes(other('简易程序'))).toEqual([]);
    expect((await clashes(other('普通程序')))[0]?.message).toMatch(/要得出同一个结果/);
  });

  it('收集: each speaks; but not where there is one answer only', () => {
    const { problems } = read(rows(R01), head('收集'));
    expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/「程序」只能有一个答案/)]);
  });

  it('a parameter as a bound counts in overlaps with the value that it has', async () => {
    const limit = (row: string): string => rows('R01,,,小额诉讼法定限额,一审,简易程序,', row);
    expect(await clashes(limit('R02,,超过 50000,,一审,普通程序,'))).toEqual([]);
    expect((await clashes(limit('R02,,超过 49999.99,,一审,普通程序,')))[0]?.message).toMatch(/标的额 50,000/);
  });

  it('rows of other days do not meet; a row has its own 施行 and 失效 where it says so', async () => {
    const dated = (from: string): string =>
      `行,案由,标的额,限额,审级,程序,施行,失效\nR01,,,,一审,简易程序,,2025-01-01\nR02,,,,一审,普通程序,${from},\n`;
    expect(await clashes(dated('2025-01-01'))).toEqual([]);
    const { book } = read(dated('2025-01-01'));
    const on = (day: string): string[] =>
      (
        rulesetFor(book, { code: '川9999', province: '四川' }, onOneDay(plainDate(day)), new Map()).rules.get('程序') ??
        []
      ).map(({ card }) => card.id);
    expect([on('2024-12-31'), on('2025-01-01')]).toEqual([['T-B-R01'], ['T-B-R02']]);
  });

  it('is an exception as a card is', async () => {
    const header = head('一致', '例外于: [T-PT]\n');
    const { book, problems } = read(rows(R01), header, { 'national/small.yaml': SMALL });
    expect(problems).toEqual([]);
    expect(book.national.find(({ id }) => id === 'T-B-R01')?.exceptionTo).toMatchObject([{ name: 'T-PT' }]);
  });

  it.each<[string, string, RegExp]>([
    ['a list that became a date', 'R01,,1-2,,,简易程序,', /「1-2」.*日期/],
    ['a month and a day', 'R01,,1月2日,,,简易程序,', /日期/],
    ['an English month', 'R01,,2-Jan,,,简易程序,', /日期/],
    ['full-width digits', 'R01,,不超过 ５００００,,,简易程序,', /全角数字/],
    ['a thousands separator', 'R01,,"50,000",,,简易程序,', /千分位/],
    ['a number in scientific notation', 'R01,,1E+05,,,简易程序,', /科学计数/],
    ['what was GBK', 'R01,\ufffd\ufffd,,,,简易程序,', /GBK/],
    ['a list with commas', 'R01,"借款合同纠纷,买卖合同纠纷",,,,简易程序,', /顿号/],
    ['a unit', 'R01,,不超过 5万,,,简易程序,', /不是金额/],
    ['one operator twice', 'R01,,不超过 5、不超过 6,,,简易程序,', /写了两次/],
    ['an unknown cause', 'R01,借款合同,,,,简易程序,', /词表里没有案由/],
    ['an unknown word', 'R01,,,,一申,简易程序,', /「一申」,是不是「一审」/],
    ['an unknown parameter', 'R01,,,小额限额,,简易程序,', /词表里没有参数/],
    ['an unknown conclusion', 'R01,,,,,简易,', /「简易」,是不是「简易程序」/],
    ['no conclusion', 'R01,,,,,,', /「程序」.*这里是空的/],
    ['a row number that a spreadsheet changes', '01,,,,,简易程序,', /大写字母开头/],
    ['a row number twice', `${R01}\n${R01}`, /写了两次/],
  ])('refuses %s, with its cell', (_, row, message) => {
    const { problems } = read(rows(row));
    expect(problems.map((each) => each.message)).toEqual([expect.stringMatching(message)]);
    expect(problems[0]).toMatchObject({ file: CSV, line: row === `${R01}\n${R01}` ? 3 : 2 });
  });

  it.each<[string, string, string, RegExp]>([
    ['another file in 表', '表: teams.csv', '表: other.csv', /同名的文件「teams.csv」/],
    ['an unknown 命中', '命中: 一致', '命中: 优先', /词表里没有命中「优先」/],
    ['a column of no fact', '{ 事实: 审级 }', '{ 事实: 审极 }', /是不是「审级」/],
    ['parameters without an operator', '运算: 不超过, 填: 参数', '填: 参数', /要写明「运算」/],
    ['an unknown key', '编号: T-B', '编号: T-B\n优先: 1', /没有「优先」/],
    ['a basis that is none, told once for all rows', '效力: 本地 }', '效力: 本県 }', /词表里没有依据效力/],
  ])('refuses a header with %s', (_, from, to, message) => {
    const { problems } = read(rows(R01, R02), head().replace(from, to));
    expect(problems.filter(({ file }) => file === HEADER).map((each) => each.message)).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it('a table without a header, and one of more than 500 rows', () => {
    expect(load({ [CSV]: rows(R01) }).problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/同名的 .yaml/),
    ]);
    const many = Array.from({ length: 501 }, (_, index) => `R${index},,,,一审,简易程序,`);
    expect(read(rows(...many)).problems.map(({ message }) => message)).toEqual([expect.stringMatching(/最多 500 行/)]);
  });

  it('any cell at all is read or refused, never a crash', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.constantFrom(1, 2, 3, 4, 5), (cell, at) => {
        const cells = ['R01', '', '', '', '一审', '简易程序', ''];
        cells[at] = `"${cell.replaceAll('"', '""')}"`;
        for (const { line, column } of read(rows(cells.join(','))).problems) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
  });
});
