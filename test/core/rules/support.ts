import { readdirSync } from 'node:fs';
import type { CauseNames } from '../../../src/core/rules/causes.js';
import { ReadCache } from '../../../src/core/rules/read-cache.js';
import { parseRuleBook, type RuleBook } from '../../../src/core/rules/rulebook.js';
import { type Problem, Problems, type RuleFile } from '../../../src/core/rules/source.js';
import { ruleText } from '../law/load.js';

/** The shipped vocabulary: what rule files may say. */
export const vocabularyFiles: readonly RuleFile[] = readdirSync(
  new URL('../../../rules/vocabulary/', import.meta.url),
).map((name) => ({ path: `vocabulary/${name}`, text: ruleText(`vocabulary/${name}`) }));

const PATHS: readonly (readonly string[])[] = [
  ['合同纠纷'],
  ['合同纠纷', '借款合同纠纷'],
  ['合同纠纷', '借款合同纠纷', '民间借贷纠纷'],
  ['合同纠纷', '买卖合同纠纷'],
  ['婚姻家庭纠纷', '离婚纠纷'],
];

/** A handful of causes; a name is found in any spacing, as in the official tree. */
export const causes: CauseNames = {
  has: (name) => causes.pathOf(name) !== undefined,
  near: (name) => PATHS.map((path) => path.at(-1) ?? '').filter((each) => each.includes(name) || name.includes(each)),
  pathOf: (name) => PATHS.find((path) => path.at(-1) === name.replaceAll(' ', '')),
};

/** A small file of two cards: 普通程序, and 简易程序 as its exception. Line 1 is 名称. */
export const SMALL = `名称: 测试
层: 程序
基准:
  案件类别: 民事
  审级: 一审
  案由: 民间借贷纠纷
  标的额: 20000
  事实清楚: 是
基准参数:
  小额诉讼法定限额: 40000
规则:
  - 编号: T-PT
    名称: 普通程序
    适用: { 案件类别: 民事, 审级: 一审 }
    结果: { 程序: 普通程序 }
    依据:
      - { 法规: 测试法, 条: 165, 效力: 本地 }
    效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }
    下级可细化: [例外]
    说明模板: 适用普通程序
    示例:
      - { 名: 事实不清, 给: { 事实清楚: 否 }, 得: 普通程序 }
      - { 名: 刑事, 给: { 案件类别: 刑事 }, 得: 不命中 }
  - 编号: T-JY
    名称: 简易程序
    例外于: [T-PT]
    适用: { 案件类别: 民事, 审级: 一审 }
    条件:
      - 案由: { 属于: [合同纠纷, 离婚纠纷] }
      - 标的额: { 不超过: { 参数: 小额诉讼法定限额 } }
      - 事实清楚: 是
    结果: { 程序: 简易程序 }
    依据:
      - { 法规: 测试法, 条: 166, 效力: 本地 }
    效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }
    说明模板: 标的额{标的额}元，适用简易程序
    示例:
      - { 名: 刚好等于限额, 给: { 标的额: 40000 }, 得: 简易程序 }
      - { 名: 超过一分, 给: { 标的额: 40000.01 }, 得: 普通程序 }
      - { 名: 离婚, 给: { 案由: 离婚纠纷 }, 得: 命中 }
      - { 名: 事实不清, 给: { 事实清楚: 否 }, 得: 不命中 }
`;

export const COURT = `名称: 某县人民法院
代字: 川9999
省: 四川
`;

/** A weights file, which every folder needs. */
const weights: RuleFile = { path: 'links/evidence-weights.yaml', text: ruleText('links/evidence-weights.yaml') };

const court: RuleFile = { path: 'courts/9999/court.yaml', text: COURT };

/** A rules folder of the shipped vocabulary, one court, and these files, which replace others of the same path. */
export const folder = (files: Readonly<Record<string, string>>): RuleFile[] => [
  ...[...vocabularyFiles, weights, court].filter(({ path }) => !(path in files)),
  ...Object.entries(files).map(([path, text]) => ({ path, text })),
];

/** The vocabulary is read once for all the folders of a test file. */
const cache = new ReadCache();

export function load(files: Readonly<Record<string, string>>): { book: RuleBook; problems: readonly Problem[] } {
  const problems = new Problems();
  const book = parseRuleBook(folder(files), causes, problems, cache);
  return { book, problems: problems.list };
}

/** What is wrong with the small file once `from` has become `to`. */
export function refused(from: string, to: string): readonly Problem[] {
  if (!SMALL.includes(from)) throw new Error(`no ${from}`);
  return load({ 'national/small.yaml': SMALL.replace(from, to) }).problems;
}

/** Line and column (from 1) of a text in another. */
export function placeOf(text: string, part: string): { line: number; column: number } {
  const at = text.indexOf(part);
  if (at < 0) throw new Error(`no ${part}`);
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
