import { describe, expect, it } from 'vitest';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { checkRules } from '../../../src/core/rules/check.js';
import { jsonRulesEngine } from '../../../src/core/rules/engine.js';
import { load, SMALL } from './support.js';

const DATE = plainDate('2026-03-09');
const PATH = 'national/small.yaml';
const VALIDITY = 'national/examples/validity.yaml';

const written = (...lines: string[]): string => `名称: 施行日\n效力:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

async function messages(text: string, rules = SMALL): Promise<string[]> {
  const { book, problems } = load({ [PATH]: rules, [VALIDITY]: text });
  expect(problems).toEqual([]);
  const report = await checkRules({ book, articles: [], date: DATE, engine: jsonRulesEngine });
  return report.problems
    .filter(({ message, file }) => file === VALIDITY || message.includes('validity.yaml'))
    .map(({ message }) => message);
}

describe('施行日写第二遍', () => {
  it('agrees with the rules', async () => {
    expect(await messages(written('{ 施行: 2022-01-01, 规则: [T-PT, T-JY] }'))).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ['another day', '{ 施行: 2022-01-02, 规则: [T-PT, T-JY] }', /「T-PT」应当 2022-01-02 起施行.*写的是 2022-01-01/],
    ['an end that the rule has not', '{ 施行: 2022-01-01, 失效: 2023-01-01, 规则: [T-PT, T-JY] }', /2023-01-01 失效/],
    ['a rule that is not there', '{ 施行: 2022-01-01, 规则: [T-PT, T-JY, T-JX] }', /「T-JX」,是不是「T-JY」/],
    ['a rule twice', '{ 施行: 2022-01-01, 规则: [T-PT, T-JY, T-PT] }', /「T-PT」写了两次/],
    ['a rule that is left out', '{ 施行: 2022-01-01, 规则: [T-PT] }', /「T-JY」从哪一天起施行,没有写在 national/],
  ])('%s is told', async (_, line, message) => {
    const found = await messages(written(line));
    expect(found[0]).toMatch(message);
  });

  it('a card whose day somebody changes is found', async () => {
    const changed = SMALL.replace('施行: 2022-01-01', '施行: 2021-12-31');
    expect(await messages(written('{ 施行: 2022-01-01, 规则: [T-PT, T-JY] }'), changed)).toHaveLength(1);
  });

  it('decides nothing: with it and without, the digest is the same', () => {
    const digest = (files: Readonly<Record<string, string>>): string => load(files).book.digest;
    expect(digest({ [PATH]: SMALL, [VALIDITY]: written('{ 施行: 2022-01-01, 规则: [T-PT] }') })).toBe(
      digest({ [PATH]: SMALL }),
    );
  });
});

describe('不在今天有效的版本', () => {
  const two = (end: string, next: string): string =>
    SMALL.replace('效力: { 施行: 2022-01-01, 失效: 无', `效力: { 施行: 2022-01-01, 失效: ${end}`).concat(`
  - 编号: T-PT-2
    名称: 普通程序(新)
    适用: { 案件类别: 民事, 审级: 一审 }
    结果: { 程序: 普通程序 }
    依据:
      - { 法规: 测试法, 条: 165, 效力: 本地 }
    效力: { 施行: ${next}, 失效: 无, 版本选择依据: 收案日期 }
    说明模板: 适用普通程序
    示例:
      - { 名: 错的, 给: { 事实清楚: 否 }, 得: 简易程序 }
`);

  it.each([
    ['one to come, on its first day', '2030-01-01', '2030-01-01', 'T-PT-2'],
    ['one that has ended, on its last day', '2024-01-01', '2024-01-01', 'T-PT'],
  ])('%s', async (_, end, next, rule) => {
    const text = two(end, next).replace('例外于: [T-PT]', '例外于: [T-PT, T-PT-2]');
    const wrong =
      rule === 'T-PT'
        ? text.replace(
            '{ 名: 事实不清, 给: { 事实清楚: 否 }, 得: 普通程序 }',
            '{ 名: 错的, 给: { 事实清楚: 否 }, 得: 简易程序 }',
          )
        : text;
    const { book, problems } = load({ [PATH]: wrong });
    expect(problems).toEqual([]);
    const report = await checkRules({ book, articles: [], date: DATE, engine: jsonRulesEngine });
    expect(report.cards).toBe(3);
    expect(report.examples.filter(({ passed }) => !passed).map(({ card }) => card)).toContain(rule);
  });
});
