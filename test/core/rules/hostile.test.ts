import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReadCache } from '../../../src/core/rules/read-cache.js';
import { parseRuleBook } from '../../../src/core/rules/rulebook.js';
import { Problems } from '../../../src/core/rules/source.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { lawbook, RULES } from '../../support/court.js';
import { load, SMALL } from './support.js';

const PATH = 'national/small.yaml';

/** Twenty-six ways to hurt a reader of YAML, each at ten sizes. */
const BOMBS: Readonly<Record<string, (size: number) => string>> = {
  'brackets in brackets': (size) => `名称: ${'['.repeat(25 * size)}`,
  'closed brackets in brackets': (size) => `名称: ${'['.repeat(30 * size)}${']'.repeat(30 * size)}`,
  'braces in braces': (size) => `名称: ${'{ 甲: '.repeat(30 * size)}`,
  'brackets that hide behind line breaks': (size) => `名称: ${'[\n-'.repeat(2_000 * size)}`,
  'dashes in a row': (size) => `规则:\n  ${'- '.repeat(1_000 * size)}甲`,
  'question marks in a row': (size) => `${'? '.repeat(1_000 * size)}甲`,
  'maps in maps': (size) => Array.from({ length: 60 * size }, (_, depth) => `${' '.repeat(depth)}键:`).join('\n'),
  'lists in lists': (size) => Array.from({ length: 60 * size }, (_, depth) => `${' '.repeat(depth * 2)}-`).join('\n'),
  'groups in groups': (size) =>
    SMALL.replace('- 事实清楚: 是', `- ${'全部: [ '.repeat(13 + size)}事实清楚: 是${' ]'.repeat(13 + size)}`),
  'aliases that multiply': (size) =>
    `甲0: &甲0 [一]\n${Array.from({ length: 5 * size }, (_, index) => `甲${index + 1}: &甲${index + 1} [*甲${index}, *甲${index}, *甲${index}]`).join('\n')}`,
  'an alias of itself': (size) => `甲: &甲 [${'*甲, '.repeat(size)}*甲]`,
  'merge keys': (size) => `${'<<: *甲\n'.repeat(size)}`,
  'a very long word': (size) => SMALL.replace('- 事实清楚: 是', `- ${'清'.repeat(40_000 * size)}: 是`),
  'a very long cause': (size) => SMALL.replace('[合同纠纷, 离婚纠纷]', `[${'合'.repeat(40_000 * size)}]`),
  'a very long number': (size) => SMALL.replace('标的额: 20000', `标的额: ${'9'.repeat(40_000 * size)}`),
  'a very long id': (size) => SMALL.replace('编号: T-PT', `编号: ${'A-'.repeat(20_000 * size)}`),
  'very many keys': (size) => `${Array.from({ length: 500 * size }, (_, index) => `键${index}: 值`).join('\n')}\n`,
  'very many unknown rules': (size) =>
    SMALL.replace('[T-PT]', `[${Array.from({ length: 300 * size }, (_, index) => `无此-${index}`).join(', ')}]`),
  'quotes that do not close': (size) => `名称: "${'\\"甲\n'.repeat(500 * size)}`,
  'keys of every object': (size) =>
    SMALL.replace(
      '名称: 测试',
      ['__proto__', 'constructor', 'toString'].map((key) => `${key}${'_'.repeat(size - 1)}: 甲`).join('\n'),
    ),
  'facts of every object': (size) => SMALL.replace('- 事实清楚: 是', `- { __proto__: ${'是'.repeat(size)} }`),
  'text that runs the other way': (size) => SMALL.replace('名称: 测试', `名称: 测试${'\u202e'.repeat(size)}是`),
  'characters without width': (size) => SMALL.replace('事实清楚: 是', `事实${'\u200b'.repeat(size)}清楚: 是`),
  NUL: (size) => SMALL.replace('名称: 测试', `名称: 测试${'\u0000'.repeat(size)}`),
  'many documents': (size) => `${SMALL}${`---\n${SMALL}`.repeat(size)}`,
  'control characters': (size) => `名称: 测试${String.fromCodePoint(size - 1)}\u0007`,
};

describe('敌意文件', () => {
  const cases = Object.entries(BOMBS).flatMap(([name, bomb]) =>
    Array.from({ length: 10 }, (_, index) => [name, index + 1, bomb] as const),
  );

  it('there are more than two hundred of them', () => {
    expect(cases).toHaveLength(260);
  });

  it.each(cases)('%s, size %i, is refused with a place and without a crash', (_name, size, bomb) => {
    const { problems } = load({ [PATH]: bomb(size) });
    expect(problems.length).toBeGreaterThan(0);
    for (const { file, line, column, message } of problems) {
      expect(file).toBe(PATH);
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(message).toMatch(/\p{Script=Han}/u);
      expect(message.length).toBeLessThan(400);
    }
  });
});

const TABLE = 'national/teams.csv';
const HEADER = `名称: 表
层: 程序
表: teams.csv
命中: 一致
编号: T-B
列: { 案由: { 事实: 案由 }, 标的额: { 事实: 标的额 } }
结果: { 程序: 程序 }
依据: [{ 法规: 测试法, 效力: 本地 }]
效力: { 施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期 }
说明模板: 表
`;
const HEAD = '行,案由,标的额,程序\n';

/** As many ways to hurt the reader of a table. */
const SPREADSHEETS: Readonly<Record<string, (size: number) => string>> = {
  'quotes that do not close': (size) => `${HEAD}R01,"${'借款合同纠纷\n'.repeat(500 * size)}`,
  'a cell without end': (size) => `${HEAD}R01,,${'9'.repeat(50_000 * size)},简易程序\n`,
  'very many columns': (size) => `${HEAD.trim()}${',列'.repeat(1_000 * size)}\nR01\n`,
  'very many rows': (size) =>
    `${HEAD}${Array.from({ length: 600 * size }, (_, index) => `R${index},,,简易程序`).join('\n')}\n`,
  'very many words in a cell': (size) => `${HEAD}R01,${'无此案由、'.repeat(200 * size)}无,,简易程序\n`,
  'rows of other lengths': (size) =>
    `${HEAD}${Array.from({ length: 10 * size }, (_, index) => 'R01,'.repeat(index + 5)).join('\n')}\n`,
  'no header': (size) => 'R01,,,简易程序\n'.repeat(size),
  'headers of every object': (size) => `行,案由,标的额,程序${',__proto__'.repeat(size)}\nR01,,,简易程序\n`,
  NUL: (size) => `${HEAD}R01,,${'\u0000'.repeat(size)},简易程序\n`,
  'text that runs the other way': (size) => `${HEAD}R01,${'\u202e'.repeat(size)}借款合同纠纷,,简易程序\n`,
  'what was read as another encoding': (size) => `${HEAD}R01,${'\ufffd'.repeat(size)},,简易程序\n`,
  formulas: (size) => `${HEAD}R01,,"=${'1+'.repeat(size)}1",简易程序\n`,
};

describe('敌意的表', () => {
  const cases = Object.entries(SPREADSHEETS).flatMap(([name, bomb]) =>
    Array.from({ length: 10 }, (_, index) => [name, index + 1, bomb] as const),
  );

  it.each(cases)('%s, size %i, is refused with a place and without a crash', (_name, size, bomb) => {
    const { problems } = load({ 'national/teams.yaml': HEADER, [TABLE]: bomb(size) });
    expect(problems.length).toBeGreaterThan(0);
    for (const { file, line, column, message } of problems) {
      expect(file).toBe(TABLE);
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(message).toMatch(/\p{Script=Han}/u);
      expect(message.length).toBeLessThan(400);
    }
  });
});

/** Either something is wrong, with a place, or there is a book: never an exception. */
function survives(text: string, path = PATH): void {
  const { book, problems } = load({ [path]: text });
  if (problems.length === 0) expect(book.digest).toMatch(/^[0-9a-f]{64}$/);
  for (const { line, column } of problems) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
  }
}

describe('改坏一处', () => {
  it('a character less, anywhere, is a problem or another book, never a crash', () => {
    fc.assert(
      fc.property(fc.nat(SMALL.length - 1), (at) => survives(SMALL.slice(0, at) + SMALL.slice(at + 1))),
      { numRuns: 400 },
    );
  });

  it('a character less, anywhere in any shipped rule file, is a problem or another book, never a crash', () => {
    const shipped = readRuleFiles(RULES).filter(({ path }) => !/^(reference|calendars)\//.test(path));
    const cache = new ReadCache();
    const { causes } = lawbook.book;
    const anywhere = fc
      .constantFrom(...shipped)
      .chain((file) => fc.tuple(fc.constant(file), fc.nat(Math.max(0, file.text.length - 1))));
    fc.assert(
      fc.property(anywhere, ([file, at]) => {
        const changed = { path: file.path, text: file.text.slice(0, at) + file.text.slice(at + 1) };
        const problems = new Problems();
        const files = shipped.map((each) => (each === file ? changed : each));
        const book = parseRuleBook(files, causes, problems, cache);
        cache.forget(changed);
        if (problems.list.length === 0) expect(book.digest).toMatch(/^[0-9a-f]{64}$/);
        for (const { line, column, message } of problems.list) {
          expect(Math.min(line, column)).toBeGreaterThan(0);
          expect(message).toMatch(/\p{Script=Han}/u);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('a line less, anywhere', () => {
    const lines = SMALL.split('\n');
    for (const index of lines.keys()) survives(lines.toSpliced(index, 1).join('\n'));
  });

  it('characters that mean something to YAML, put anywhere', () => {
    fc.assert(
      fc.property(
        fc.nat(SMALL.length),
        fc.string({
          unit: fc.constantFrom(...':,[]{}#&*!|>\'"%@`-? \n：，０', '\ud800', '甲', '1', '~'),
          minLength: 1,
          maxLength: 4,
        }),
        (at, inserted) => survives(SMALL.slice(0, at) + inserted + SMALL.slice(at)),
      ),
      { numRuns: 400 },
    );
  });

  it("any text at all, as cards, as a court, as a table or as a table's examples", () => {
    const paths = [
      'national/small.yaml',
      'courts/9999/court.yaml',
      'vocabulary/more.yaml',
      'parameters/p.csv',
      'links/evidence-weights.yaml',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.string({ unit: 'binary', maxLength: 60 }), (path, text) =>
        survives(text, path),
      ),
      { numRuns: 500 },
    );
  });
});
