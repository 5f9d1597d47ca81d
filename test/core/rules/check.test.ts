import { describe, expect, it } from 'vitest';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { onOneDay } from '../../../src/core/rules/case-days.js';
import { type CheckReport, checkRules, findings } from '../../../src/core/rules/check.js';
import type { ArticleText } from '../../../src/core/rules/cited-articles.js';
import { type EngineOfRecord, jsonRulesEngine } from '../../../src/core/rules/engine.js';
import { ReadCache } from '../../../src/core/rules/read-cache.js';
import { parseRuleBook } from '../../../src/core/rules/rulebook.js';
import { rulesetFor } from '../../../src/core/rules/ruleset.js';
import { type Problem, Problems } from '../../../src/core/rules/source.js';
import { COURT, causes, folder, load, placeOf, SMALL } from './support.js';

const PATH = 'national/small.yaml';
const DATE = plainDate('2026-03-09');

/** A small book concludes few words and has no table of parameters: what follows from that has tests of its own. */
const ELSEWHERE = ['OUTCOME_UNREACHED', 'PARAMETER_HOLE'];

async function check(
  files: Readonly<Record<string, string>>,
  { engine = jsonRulesEngine, articles = [] }: { engine?: EngineOfRecord; articles?: readonly ArticleText[] } = {},
): Promise<CheckReport> {
  const { book, problems } = load(files);
  expect(problems).toEqual([]);
  const report = await checkRules({ book, articles, date: DATE, engine });
  return { ...report, problems: report.problems.filter(({ code }) => !ELSEWHERE.includes(code)) };
}

const small = (from = '', to = ''): Readonly<Record<string, string>> => {
  if (!SMALL.includes(from)) throw new Error(`no ${from}`);
  return { [PATH]: SMALL.replace(from, to) };
};

const codesOf = (problems: readonly Problem[]): string[] => problems.map(({ code }) => code);

describe('规则检查', () => {
  it('finds nothing wrong with the small file, and counts what it looked at', async () => {
    const report = await check(small());
    expect(report.problems).toEqual([]);
    expect(report.cards).toBe(2);
    expect(report.examples).toHaveLength(6);
  });

  it('looks at national rules also where no court has a folder', async () => {
    const files = folder(small()).filter(({ path }) => !path.startsWith('courts/'));
    const book = parseRuleBook(files, causes, new Problems());
    expect((await checkRules({ book, articles: [], date: DATE, engine: jsonRulesEngine })).cards).toBe(2);
  });

  it('says which words no rule concludes', async () => {
    const { book } = load(small());
    const { problems } = await checkRules({ book, articles: [], date: DATE, engine: jsonRulesEngine });
    const messages = problems.map(({ message }) => message);
    expect(messages).toContain('没有一条规则得出「程序: 督促程序」');
    expect(messages).not.toContain('没有一条规则得出「程序: 普通程序」');
  });

  it.each<[string, string, string, string, RegExp]>([
    [
      'an example that is not so',
      '得: 简易程序',
      '得: 普通程序',
      'EXAMPLE_FAILED',
      /应当得「普通程序」,实际得「简易程序」/,
    ],
    ['a hit that misses', '{ 案由: 离婚纠纷 }', '{ 标的额: 50000 }', 'EXAMPLE_FAILED', /应当命中/],
    ['a fact that nobody gave', '  事实清楚: 是\n基准参数', '基准参数', 'EXAMPLE_FAILED', /没有给「事实清楚」/],
    ['a parameter that nobody gave', '基准参数:\n  小额诉讼法定限额: 40000\n', '', 'EXAMPLE_FAILED', /基准参数/],
    ['a threshold without its pair of examples', '标的额: 40000.01', '标的额: 40001', 'BOUNDARY', /缺 40000.01/],
    [
      'a card without an example that misses',
      '      - { 名: 刑事, 给: { 案件类别: 刑事 }, 得: 不命中 }\n',
      '',
      'EXAMPLES',
      /不命中的示例/,
    ],
    [
      'a template that names what the layer does not know',
      '适用普通程序\n',
      '适用{关联种类}\n',
      'TEMPLATE',
      /「{关联种类}」/,
    ],
    [
      'words that exclude each other',
      '{ 案件类别: 民事, 审级: 一审 }\n    条件:',
      '{ 案件类别: 民事, 审级: 一审 }\n    条件:\n      - 审级: 二审',
      'NEVER',
      /「审级」.*互相排斥/,
    ],
    [
      'a condition that lists every word',
      '- 事实清楚: 是',
      '- 事实清楚: 是\n      - 法院层级: [基层, 中级, 高级]',
      'ALWAYS',
      /等于没有条件/,
    ],
  ])('reports %s', async (_, from, to, code, message) => {
    const { problems } = await check(small(from, to));
    expect(codesOf(problems)).toContain(code);
    expect(problems.find((each) => each.code === code)?.message).toMatch(message);
  });

  it('a branch that can never hold is found beside one that can', async () => {
    const branch =
      '- 任一:\n          - 事实清楚: 是\n          - 全部:\n              - 标的额: { 超过: 90000 }\n              - 标的额: { 低于: 80000 }';
    const { problems } = await check(small('- 事实清楚: 是', branch));
    const never = problems.filter(({ code }) => code === 'NEVER');
    expect(never).toHaveLength(1);
    expect(never[0]).toMatchObject({ line: placeOf(SMALL.replace('- 事实清楚: 是', branch), '{ 超过: 90000 }').line });
  });

  it('an example that the engines answer differently is not passed', async () => {
    const { examples } = await check(small(), { engine: async () => new Set() });
    expect(examples.some(({ passed, message }) => !passed && message === '两个求值器的结果不一致')).toBe(true);
  });

  it('the words of a national or policy basis must stand in the article; a policy may carry its number', async () => {
    const text = '基层人民法院\n审理简单的民事案件';
    const articles = [
      { law: '测试法', article: 165, label: '第一百六十五条', version: '测试', inForceFrom: '2020-01-01', text },
    ];
    const cite = (what: string) => check(small('{ 法规: 测试法, 条: 165, 效力: 本地 }', what), { articles });
    expect((await cite('{ 法规: 测试法, 条: 165, 效力: 国家, 原文: 基层人民法院审理简单 }')).problems).toEqual([]);
    expect((await cite('{ 法规: 测试法（法发〔2017〕11号）, 条: 165, 效力: 政策, 原文: 审理简单 }')).problems).toEqual(
      [],
    );
    expect((await cite('{ 法规: 测试法, 条: 165, 效力: 国家, 原文: 中级人民法院 }')).problems[0]?.message).toMatch(
      /没有所引的原文/,
    );
    expect((await cite('{ 法规: 测试法, 条: 164, 效力: 政策, 原文: 审理简单 }')).problems[0]?.message).toMatch(
      /条文库里没有/,
    );
  });
});

describe('全层', () => {
  const whole = (words: string): string => `名称: 全层
层: 期限
基准: { 案件类别: 民事, 审级: 一审 }
基准参数: { 申请复核期限: 5 }
规则:
  - 编号: Q-1
    名称: 立案审查
    适用: { 案件类别: 民事 }
    结果: { 期限: 立案审查 }
    期间: { 自: 收案日, 长度: 7, 单位: 日, 顺延: 是 }
    依据: [{ 法规: 测试法, 效力: 本地 }]
    效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }
    说明模板: 七日
    示例:
      - { 名: 民事, 得: 命中, 全层: [${words}] }
      - { 名: 刑事, 给: { 案件类别: 刑事 }, 得: 不命中, 全层: [] }
  - 编号: Q-2
    名称: 复核
    适用: { 审级: 一审, 案件类别: 民事 }
    结果: { 期限: 申请复核 }
    期间: { 自: 分案日, 长度: { 参数: 申请复核期限 }, 单位: 日, 顺延: 否 }
    依据: [{ 法规: 测试法, 效力: 本地 }]
    效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }
    说明模板: 五日
    示例:
      - { 名: 一审, 得: 命中 }
      - { 名: 二审, 给: { 审级: 二审 }, 得: 不命中 }
`;
  const BOTH = '立案审查 7日 自收案日 顺延, 申请复核 5日 自分案日';

  it('is exactly what all rules conclude together, a deadline with how it runs', async () => {
    expect((await check({ 'national/q.yaml': whole(BOTH) })).problems).toEqual([]);
  });

  it.each([
    ['one is left out', '立案审查 7日 自收案日 顺延'],
    ['the length differs', '立案审查 8日 自收案日 顺延, 申请复核 5日 自分案日'],
    ['the unit differs', '立案审查 7月 自收案日 顺延, 申请复核 5日 自分案日'],
    ['the first day differs', '立案审查 7日 自立案日 顺延, 申请复核 5日 自分案日'],
    ['rolling differs', '立案审查 7日 自收案日, 申请复核 5日 自分案日'],
    ['the parameter differs', '立案审查 7日 自收案日 顺延, 申请复核 6日 自分案日'],
  ])('is refused where %s', async (_, words) => {
    const { problems } = await check({ 'national/q.yaml': whole(words) });
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('全层应当是')]);
    expect(problems[0]?.message).toContain('实际是「申请复核 5日 自分案日」「立案审查 7日 自收案日 顺延」');
  });

  it.each([
    ['立案审察 7日 自收案日', /是不是「立案审查」/],
    ['立案审查', /怎样计算/],
    ['立案审查 7天 自收案日', /怎样计算/],
  ])('「%s」 is refused on loading', (words, cure) => {
    const { problems } = load({ 'national/q.yaml': whole(words) });
    expect(problems[0]?.message).toMatch(cure);
  });

  it('a file of examples alone misses a rule that is gone', async () => {
    const examples =
      '名称: 例\n层: 程序\n基准: { 案件类别: 民事, 审级: 一审, 案由: 离婚纠纷, 标的额: 1, 事实清楚: 是 }\n基准参数: { 小额诉讼法定限额: 40000 }\n示例:\n  - { 名: 简单, 全层: [简易程序] }\n  - { 名: 刑事, 给: { 案件类别: 刑事 }, 全层: [] }\n';
    expect((await check({ ...small(), 'national/examples/a.yaml': examples })).problems).toEqual([]);
    const without = SMALL.slice(0, SMALL.indexOf('  - 编号: T-JY'));
    const { problems } = await check({ [PATH]: without, 'national/examples/a.yaml': examples });
    expect(problems).toMatchObject([{ code: 'EXAMPLE_FAILED', file: 'national/examples/a.yaml', line: 6 }]);
    expect(problems[0]?.message).toContain('全层应当是「简易程序」,实际是「普通程序」');
  });

  it('被挡 names exactly who blocks a card', async () => {
    const blocker = (id: string): string =>
      `  - 编号: ${id}\n    名称: 挡\n    例外于: [T-JY]\n    适用: { 审级: 二审 }\n    结果: 不适用\n    依据: [{ 法规: 测试法, 效力: 本地 }]\n    效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }\n    说明模板: 挡\n    示例:\n      - { 名: 二审, 给: { 审级: 二审 }, 得: 命中 }\n      - { 名: 一审, 得: 不命中 }\n`;
    const text = (blockedBy: string, ...ids: string[]): string =>
      SMALL.replace('适用: { 案件类别: 民事, 审级: 一审 }\n    条件', '适用: { 案件类别: 民事 }\n    条件').replace(
        '{ 名: 事实不清, 给: { 事实清楚: 否 }, 得: 不命中 }',
        `{ 名: 二审, 给: { 审级: 二审 }, 得: 不命中, 被挡: [${blockedBy}] }`,
      ) + ids.map(blocker).join('');
    expect((await check({ [PATH]: text('D-1, D-2', 'D-1', 'D-2') })).problems).toEqual([]);
    const { problems } = await check({ [PATH]: text('D-1, D-2', 'D-1') });
    expect(problems[0]?.message).toContain('应当被「D-1」「D-2」挡住,实际是「D-1」');
  });
});

describe('模块和法院', () => {
  const adopted = (basis: string): string => `${COURT}采用:\n  - 模块: m\n    施行: 2022-01-01\n    依据: ${basis}\n`;
  const module = SMALL.replaceAll('T-', 'M-').replace('{ 法规: 测试法, 条: 165, 效力: 本地 }', '{ 采用: 首审 }');

  it("a court's own exception does not make a national example false", async () => {
    const own = `名称: 本院\n层: 程序\n基准: { 案件类别: 民事, 审级: 一审, 事实清楚: 否 }\n规则:\n  - 编号: BY-1\n    名称: 本院例外\n    例外于: [T-PT]\n    适用: { 案件类别: 民事, 事实清楚: 否 }\n    结果: 不适用\n    依据: [{ 法规: 本院规定, 效力: 本地 }]\n    效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }\n    说明模板: 不适用\n    示例:\n      - { 名: 不清, 得: 命中 }\n      - { 名: 清楚, 给: { 事实清楚: 是 }, 得: 不命中 }\n`;
    const report = await check({ ...small(), 'courts/9999/own.yaml': own });
    expect(report.problems).toEqual([]);
    expect(report.cards).toBe(3);
  });

  it('a module is checked once, with the nation, however many courts adopt it', async () => {
    const report = await check({
      'modules/m/m.yaml': module,
      'courts/9999/court.yaml': adopted('{ 首审: { 法规: 本院办法, 效力: 本地 } }'),
    });
    expect(report.problems).toEqual([]);
    expect(report.cards).toBe(2);
  });

  it('a court that does not supply a basis of what it adopts is told', async () => {
    const { problems } = await check({
      'modules/m/m.yaml': module,
      'courts/9999/court.yaml': adopted('{ 首诉: { 法规: 本院办法, 效力: 本地 } }'),
    });
    expect(problems).toMatchObject([{ code: 'ADOPTION', file: 'courts/9999/court.yaml' }]);
    expect(problems[0]?.message).toContain('首审');
  });

  it('two courts that adopt on instruments of one name each cite their own', () => {
    const { book } = load({
      'modules/m/m.yaml': module,
      'courts/9999/court.yaml': adopted('{ 首审: { 法规: 办法, 效力: 本地, 原文: 甲 } }'),
      'courts/8888/court.yaml': adopted('{ 首审: { 法规: 办法, 效力: 未核实, 原文: 乙 } }').replace('川9999', '川8888'),
    });
    const basisOf = (code: string) =>
      rulesetFor(book, { code, province: '四川' }, onOneDay(DATE), new Map())
        .rules.get('程序')
        ?.find(({ card }) => card.id === 'M-PT')?.basis[0];
    expect(basisOf('川9999')).toMatchObject({ status: 'local', quote: '甲' });
    expect(basisOf('川8888')).toMatchObject({ status: 'unverified', quote: '乙' });
  });
});

describe('表格的示例', () => {
  const HEAD = '参数,适用,值,施行,失效,公布,文号,来源,效力,说明\n';
  const CSV = `${HEAD}系列窗口天数,全国,7,2022-01-01,,,,配置,本地,\n系列窗口天数,川9999,7,2023-01-01,2024-01-01,,,配置,本地,\n`;
  const line = (area: string, day: string, value: string, more = ''): string =>
    `  - { 参数: 系列窗口天数, 适用: ${area}, 日期: ${day}, 值: ${value}${more} }\n`;
  const YAML = `名称: 例\n示例:\n${line('全国', '2021-12-31', '无')}${line('全国', '2022-01-01', '7')}${line('川9999', '2022-12-31', '7', ', 按: 全国')}${line('川9999', '2023-01-01', '7')}${line('川9999', '2023-12-31', '7')}${line('川9999', '2024-01-01', '7', ', 按: 全国')}`;
  const parameters = (csv: string, yaml: string) => check({ 'parameters/p.csv': csv, 'parameters/p.yaml': yaml });

  it('stand beside the table, in the file of the same name', async () => {
    expect((await parameters(CSV, YAML)).problems).toEqual([]);
  });

  it.each<[string, string, string, RegExp]>([
    ['another value', '全国,7', '全国,8', /应当是 7,表里是 8/],
    ['a day later', '全国,7,2022-01-01', '全国,7,2022-01-02', /应当是 7,表里是 无/],
    ['an end a day earlier', '2024-01-01', '2023-12-31', /应当按「川9999」的一行,实际按「全国」的一行/],
    [
      "a court's row that says what the nation says, gone",
      '系列窗口天数,川9999,7,2023-01-01,2024-01-01,,,配置,本地,\n',
      '',
      /实际按「全国」/,
    ],
    ['未查明 in place of a number', '川9999,7', '川9999,未查明', /表里是 未查明/],
  ])('notice %s', async (_, from, to, message) => {
    const { problems } = await parameters(CSV.replace(from, to), YAML);
    expect(problems.map((each) => each.message)).toContainEqual(expect.stringMatching(message));
  });

  it("are asked for on either side of a row's beginning and end", async () => {
    const { problems } = await parameters(CSV, `名称: 例\n示例:\n${line('全国', '2022-01-01', '7')}`);
    expect(problems.map(({ code, line: at }) => ({ code, at }))).toEqual([
      { code: 'EXAMPLES', at: 2 },
      { code: 'EXAMPLES', at: 3 },
    ]);
    expect(problems[1]?.message).toContain('2022-12-31、2023-01-01、2023-12-31、2024-01-01');
  });

  const NATURES = '案由,金钱给付,人身关系,财产确权,效力,说明\n合同纠纷,,否,否,未核实,\n民间借贷纠纷,是,否,,未核实,\n';
  const natures = (csv: string) =>
    check({
      'national/cause-nature.csv': csv,
      'national/cause-nature.yaml':
        '名称: 例\n示例:\n  - { 案由: 合同纠纷, 金钱给付: 不定, 人身关系: 否, 财产确权: 否 }\n  - { 案由: 民间借贷纠纷, 按: [民间借贷纠纷, 合同纠纷], 金钱给付: 是, 人身关系: 否, 财产确权: 否 }\n  - { 案由: 买卖合同纠纷, 按: 合同纠纷, 金钱给付: 不定, 人身关系: 否, 财产确权: 否 }\n',
    });

  it('notice a cell, a row that only repeats the row above it, and a row without an example', async () => {
    expect((await natures(NATURES)).problems).toEqual([]);
    expect((await natures(NATURES.replace('纠纷,是', '纠纷,否'))).problems[0]?.message).toContain(
      '「金钱给付」应当是是,表里是否',
    );
    expect((await natures(NATURES.replace('是,否,,', '是,否,否,'))).problems[0]?.message).toContain(
      '实际按「民间借贷纠纷」',
    );
    expect(codesOf((await natures(`${NATURES}离婚纠纷,否,是,,未核实,\n`)).problems)).toEqual(['EXAMPLES']);
  });

  const TRIAGE =
    '编号,案由,标的额超过,标的额不超过,人数不超过,事实清楚,权利义务关系明确,争议不大,效力,说明\nA,民间借贷纠纷,,1000,2,是,是,,本地,\n';
  const triage = (csv: string, more = '') =>
    check({
      'courts/9999/triage.csv': csv,
      'courts/9999/triage.yaml': `名称: 例\n示例:\n  - { 案由: 民间借贷纠纷, 标的额: 1000, 人数: 2, 事实清楚: 是, 权利义务关系明确: 是, 争议不大: 不定, 按: A }\n  - { 案由: 民间借贷纠纷, 标的额: 1000, 人数: 3, 事实清楚: 不定, 权利义务关系明确: 不定, 争议不大: 不定 }\n${more}`,
    });
  const OVER =
    '  - { 案由: 民间借贷纠纷, 标的额: 1000.01, 人数: 2, 事实清楚: 不定, 权利义务关系明确: 不定, 争议不大: 不定 }\n';

  it('of a 繁简识别 table are asked for at each bound, and notice one that moved', async () => {
    expect((await triage(TRIAGE, OVER)).problems).toEqual([]);
    expect((await triage(TRIAGE)).problems[0]).toMatchObject({
      code: 'BOUNDARY',
      message: expect.stringContaining('1,000.01'),
    });
    expect(codesOf((await triage(TRIAGE.replace('1000', '1000.01'), OVER)).problems)).toContain('EXAMPLE_FAILED');
    expect(codesOf((await triage(TRIAGE.replace('是,是,,本', '是,否,,本'), OVER)).problems)).toContain(
      'EXAMPLE_FAILED',
    );
  });
});

describe('一次一步', () => {
  it('begins with the file that is asked for and stops where the reader does', async () => {
    const { book } = load({
      ...small(),
      'national/z.yaml': SMALL.replaceAll('T-', 'Z-').replace('得: 简易程序', '得: 普通程序'),
    });
    const input = { book, articles: [], date: DATE, engine: jsonRulesEngine };
    for await (const { card } of findings(input, 'national/z.yaml')) {
      expect(card).toMatch(/^Z-/);
      break;
    }
  });

  it('reads a file again only when it changed, and reports its problems each time', () => {
    const cache = new ReadCache();
    const file = { path: 'a', text: '' };
    let reads = 0;
    const read = (files = [file]): string[] => {
      const problems = new Problems();
      cache.read('words', files, problems, (own) => {
        reads++;
        own.add({ file: 'a', line: 1, column: 1 }, 'X', '有误');
      });
      return codesOf(problems.list);
    };
    expect([read(), read()]).toEqual([['X'], ['X']]);
    expect(reads).toBe(1);
    read([{ ...file }]);
    expect(reads).toBe(2);
    cache.forget(file);
    read();
    expect(reads).toBe(3);
  });
});
