import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseCardFile } from '../../../src/core/rules/card.js';
import { ruleFileSchema } from '../../../src/core/rules/schema.js';
import { Problems, readSource } from '../../../src/core/rules/source.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { lawbook, RULES } from '../../support/court.js';
import { load } from './support.js';

const { vocabulary, causes } = lawbook.book;
const schema = ruleFileSchema(vocabulary);
const isValid = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true }).compile(
  schema,
);

/** Every shipped file of cards or of examples of layers. */
const FILES = readRuleFiles(RULES).filter(
  ({ path, text }) => /^(national|links|modules|provinces|courts)\/.*\.yaml$/.test(path) && /^层: /m.test(text),
);

/** What the reader says of a file that is written out of a value. */
function read(value: unknown): Problems {
  const problems = new Problems();
  const root = readSource(
    { path: 'national/x.yaml', text: stringify(value, { schema: 'failsafe', aliasDuplicateObjects: false }) },
    problems,
  );
  if (root) parseCardFile(root, vocabulary, causes, problems);
  return problems;
}

const asStrings = (text: string): unknown => parse(text, { schema: 'failsafe' });

describe('规则文件的 JSON Schema', () => {
  it.each(FILES)('$path is as the schema says, read as an editor reads it and as we do', ({ text }) => {
    for (const value of [asStrings(text), parse(text)]) {
      expect(isValid(value) ? [] : (isValid.errors ?? []).slice(0, 3)).toEqual([]);
    }
  });

  it('there are files, and every key of theirs has a description', () => {
    expect(FILES.length).toBeGreaterThan(30);
    const undescribed: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) visit(value, `${path}/${key}`);
      if (!('additionalProperties' in node) || !('required' in node) || !('properties' in node)) return;
      for (const [key, value] of Object.entries(node.properties as Record<string, { description?: string }>)) {
        if (!value.description && key !== '参数') undescribed.push(`${path} ${key}`);
      }
    };
    visit(schema, '');
    expect(undescribed).toEqual([]);
  });

  /** Where a key, a word of the vocabulary or an operator stands in a file. */
  type Spot = { readonly path: readonly (string | number)[]; readonly isKey: boolean };
  function spots(value: unknown, path: readonly (string | number)[] = []): Spot[] {
    if (Array.isArray(value)) return value.flatMap((each, index) => spots(each, [...path, index]));
    if (typeof value === 'object' && value !== null) {
      return Object.entries(value).flatMap(([key, each]) => [
        { path: [...path, key], isKey: true },
        ...spots(each, [...path, key]),
      ]);
    }
    return [{ path, isKey: false }];
  }

  function changed(value: unknown, path: readonly (string | number)[], isKey: boolean, how: string): unknown {
    const [key, ...rest] = path;
    if (key === undefined) return how === '删' ? '' : `${String(value)}${how}`;
    if (Array.isArray(value))
      return value.map((each, index) => (index === key ? changed(each, rest, isKey, how) : each));
    const entries = Object.entries(value as Record<string, unknown>).flatMap(([name, each]): [string, unknown][] => {
      if (name !== key) return [[name, each]];
      if (rest.length > 0 || !isKey) return [[name, changed(each, rest, isKey, how)]];
      return how === '删' ? [] : [[`${name}${how}`, each]];
    });
    return Object.fromEntries(entries);
  }

  /** What a schema can tell: keys, words, operators, shapes. Causes, names of rules and quotes are the reader's. */
  const STRUCTURAL = [
    'FIELD_UNKNOWN',
    'FIELD_MISSING',
    'FACT_UNKNOWN',
    'FACT_LAYER',
    'OPERATOR',
    'PARAMETER_UNKNOWN',
    'RULE_ID',
  ];
  /** The reader asks for these only of deadlines, or counts them after it has read. */
  const READERS = /期限规则要写明|每条规则、每个例外都要有/;

  it('a key or a word that is changed or left out: the schema refuses what the reader refuses by its shape, and nothing that the reader takes', () => {
    const values = FILES.filter(({ text }) => text.length < 20_000).map(({ text }) => asStrings(text));
    const all = values.map((value) => spots(value));
    fc.assert(
      fc.property(
        fc.nat(values.length - 1).chain((file) => fc.tuple(fc.constant(file), fc.nat((all[file]?.length ?? 1) - 1))),
        fc.constantFrom('甲', '删', '：'),
        ([file, at], how) => {
          const spot = all[file]?.[at] as Spot;
          const value = changed(values[file], spot.path, spot.isKey, how);
          const { list } = read(value);
          const structural = list.filter(({ code, message }) => STRUCTURAL.includes(code) && !READERS.test(message));
          if (structural.length > 0)
            expect([isValid(value), structural[0], spot.path]).toEqual([false, structural[0], spot.path]);
          if (list.length === 0) expect([isValid(value), isValid.errors, spot.path]).toEqual([true, null, spot.path]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('the header of a table: as it is, and with a word changed', () => {
    const header = {
      名称: '表',
      层: '程序',
      表: 'teams.csv',
      命中: '一致',
      编号: 'T-B',
      列: { 案由: { 事实: '案由' }, 限额: { 事实: '标的额', 运算: '不超过', 填: '参数' } },
      结果: { 程序: '程序' },
      依据: [{ 法规: '测试法', 条: 1, 效力: '本地' }],
      效力: { 施行: '2022-01-01', 失效: '无', 版本选择依据: '收案日期' },
      说明模板: '案由是{案由}',
      示例: [{ 行: 'R01', 名: '甲', 给: { 标的额: 1 }, 得: '简易程序' }],
    };
    expect(isValid(header)).toBe(true);
    for (const wrong of [
      { ...header, 命中: '优先' },
      { ...header, 列: { 案由: { 事实: '案' } } },
      { ...header, 规则: [] },
      { ...header, 示例: [{ 行: 'R01', 名: '甲', 给: {}, 得: '简易' }] },
    ]) {
      expect(isValid(wrong)).toBe(false);
    }
  });

  it('a derived fact of the vocabulary is among the facts', () => {
    const words = '事实:\n  - { 词: 简单案件, 键: simpleCase, 组: 陈述, 类型: 是否, 当: { 事实清楚: 是 } }\n';
    const { book } = load({ 'vocabulary/more.yaml': words });
    const check = new Ajv({ strict: false }).compile(ruleFileSchema(book.vocabulary));
    const file = (condition: unknown): unknown => ({
      名称: '甲',
      层: '程序',
      规则: [
        {
          编号: 'T-A',
          名称: '甲',
          说明模板: '甲',
          条件: condition,
          结果: { 程序: '普通程序' },
          依据: [{ 法规: '测试法', 效力: '本地' }],
          效力: { 施行: '2022-01-01', 版本选择依据: '收案日期' },
        },
      ],
    });
    expect([check(file({ 简单案件: '是' })), check(file({ 简单案件: '对' })), check(file({ 简单: '是' }))]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
