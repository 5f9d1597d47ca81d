import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { checkRules } from '../../../src/core/rules/check.js';
import { type Condition, testsOf } from '../../../src/core/rules/condition.js';
import { jsonRulesEngine } from '../../../src/core/rules/engine.js';
import { holds, trace } from '../../../src/core/rules/evaluate.js';
import { explain } from '../../../src/core/rules/explain.js';
import { load, SMALL } from './support.js';

const WORDS = 'vocabulary/more.yaml';
const PATH = 'national/small.yaml';

const SIMPLE = `事实:
  - { 词: 简单案件, 键: simpleCase, 组: [收案, 陈述], 类型: 是否, 当: { 事实清楚: 是, 标的额: { 不超过: 40000 } } }
  - { 词: 简单民事案件, 键: simpleCivil, 组: [收案, 陈述], 类型: 是否, 当: { 案件类别: 民事, 简单案件: 是 } }
`;

const using = (condition: string, words = SIMPLE, template = '适用简易程序'): Readonly<Record<string, string>> => ({
  [WORDS]: words,
  [PATH]: SMALL.replace(/- 案由: \{ 属于: .*\n.*\n {6}- 事实清楚: 是/, `- ${condition}`).replace(
    '标的额{标的额}元，适用简易程序',
    template,
  ),
});

function conditionOf(condition: string, words = SIMPLE): Condition {
  const { book, problems } = load(using(condition, words));
  expect(problems).toEqual([]);
  return book.national.find(({ id }) => id === 'T-JY')?.condition as Condition;
}

const cases = fc.record({
  matter: fc.constantFrom('civil', 'criminal'),
  stage: fc.constantFrom('first_instance', 'second_instance'),
  factsClear: fc.boolean(),
  amount: fc.constantFrom(0n, 3_999_999n, 4_000_000n, 4_000_001n),
});

describe('派生事实', () => {
  it('a rule that uses it says what its definition says, for every case; 否 is that the definition does not hold', () => {
    const scope = (facts: { matter: string; stage: string }): boolean =>
      facts.matter === 'civil' && facts.stage === 'first_instance';
    const [is, isNot, nested] = ['简单案件: 是', '简单案件: 否', '简单民事案件: 是'].map((each) => conditionOf(each));
    fc.assert(
      fc.property(cases, (record) => {
        const facts = new Map(Object.entries(record));
        const simple = record.factsClear && record.amount <= 4_000_000n;
        expect(holds(is as Condition, facts)).toBe(scope(record) && simple);
        expect(holds(isNot as Condition, facts)).toBe(scope(record) && !simple);
        expect(holds(nested as Condition, facts)).toBe(scope(record) && simple && record.matter === 'civil');
      }),
    );
  });

  it('the trace names the word that the rule uses, at the place where the rule uses it', () => {
    const condition = conditionOf('简单民事案件: 是');
    const facts = new Map(Object.entries({ matter: 'civil', stage: 'first_instance', factsClear: true, amount: 1n }));
    const named = testsOf(condition).filter(({ derived }) => derived !== undefined);
    expect(named.map(({ fact, derived, place }) => [fact, derived, place.file])).toEqual([
      ['matter', '简单民事案件', PATH],
      ['factsClear', '简单民事案件', PATH],
      ['amount', '简单民事案件', PATH],
    ]);
    expect(
      JSON.stringify(trace(condition, facts), (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).toContain('"derived":"简单民事案件"');
  });

  it('a template may name it where the rule uses it, and shows what it comes to', async () => {
    const messages = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
      const { book, problems } = load(files);
      expect(problems).toEqual([]);
      const date = plainDate('2026-03-09');
      const report = await checkRules({ book, articles: [], date, engine: jsonRulesEngine });
      return report.problems.filter(({ code }) => code === 'TEMPLATE').map(({ message }) => message);
    };
    expect(await messages(using('简单案件: 是', SIMPLE, '是否简单案件{简单案件}'))).toEqual([]);
    expect(await messages(using('事实清楚: 是', SIMPLE, '是否简单案件{简单案件}'))).toEqual([
      expect.stringMatching(/「{简单案件}」这条规则没有用到/),
    ]);
    const { book } = load(using('简单案件: 是'));
    const show = (facts: Record<string, boolean | bigint>): string =>
      explain('{简单案件}', new Map(Object.entries(facts)), book.vocabulary, new Map());
    expect(show({ factsClear: true, amount: 1n })).toBe('是');
    expect(show({ factsClear: false })).toBe('否');
    expect(show({ factsClear: true })).toBe('未知');
  });

  it('nobody is asked for it: it is no fact that a filing or an example can give', () => {
    const files = using('简单案件: 是');
    expect(load(files).book.vocabulary.facts.has('简单案件')).toBe(false);
    const given = {
      ...files,
      [PATH]: (files[PATH] ?? '').replace('  事实清楚: 是\n基准参数', '  简单案件: 是\n基准参数'),
    };
    expect(load(given).problems.map(({ code, message }) => [code, message])).toEqual([
      ['FACT_DERIVED', expect.stringMatching(/「简单案件」是派生事实.*写它用到的事实/)],
    ]);
  });

  it.each<[string, string, RegExp]>([
    [
      'a circle',
      `事实:
  - { 词: 甲况, 键: a, 组: 陈述, 类型: 是否, 当: { 乙况: 是 } }
  - { 词: 乙况, 键: b, 组: 陈述, 类型: 是否, 当: { 事实清楚: 是, 甲况: 否 } }
`,
      /成了一个圈:甲况 → 乙况 → 甲况/,
    ],
    ['itself', '事实:\n  - { 词: 甲况, 键: a, 组: 陈述, 类型: 是否, 当: { 甲况: 是 } }\n', /甲况 → 甲况/],
    [
      'a fact of another group',
      '事实:\n  - { 词: 甲况, 键: a, 组: 陈述, 类型: 是否, 当: { 案件类别: 民事 } }\n',
      /「案件类别」在「派生事实「甲况」」这一步还不知道/,
    ],
    ['a word that is taken', '事实:\n  - { 词: 标的额, 键: a, 组: 陈述, 类型: 是否, 当: { 事实清楚: 是 } }\n', /重复/],
    ['another type', '事实:\n  - { 词: 甲况, 键: a, 组: 陈述, 类型: 整数, 当: { 事实清楚: 是 } }\n', /只能是「是否」/],
    ['nothing', '事实:\n  - { 词: 甲况, 键: a, 组: 陈述, 类型: 是否, 当: [] }\n', /不能是空的|条件/],
    [
      'a presumption besides',
      '事实:\n  - { 词: 甲况, 键: a, 组: 陈述, 类型: 是否, 缺失: 推定否, 当: { 事实清楚: 是 } }\n',
      /没有「缺失」/,
    ],
  ])('refuses a definition by %s, where it stands', (_, words, message) => {
    const { problems } = load({ [WORDS]: words });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.file).toBe(WORDS);
  });

  it.each<[string, string, RegExp]>([
    ['a misspelt one', '简单案: 是', /是不是「简单案件」/],
    ['another value', '简单案件: 一审', /只能写「是」或者「否」/],
    ['an operator', '简单案件: { 超过: 1 }', /只能写「是」或者「否」/],
  ])('refuses %s in a rule', (_, condition, message) => {
    const { problems } = load(using(condition));
    expect(problems.map((each) => each.message)).toEqual([expect.stringMatching(message)]);
    expect(problems[0]?.file).toBe(PATH);
  });
});
