import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/core/rules/csv.js';
import { Problems } from '../../src/core/rules/source.js';
import type { RuleWords } from '../../src/web/api/types.js';
import { readTable, withCell, withoutRow, withRowAfter, writeTable } from '../../src/web/rules/csv-text.js';
import { spotAt } from '../../src/web/rules/rule-text.js';
import { isCause, suggest } from '../../src/web/rules/suggest.js';
import { lawbook, RULES } from '../support/court.js';

const { vocabulary } = lawbook.book;
const words: RuleWords = {
  layers: [...vocabulary.layers].map(([word, groups]) => ({ word, groups: [...groups] })),
  facts: [...vocabulary.facts.values()].map(({ word, group, type, enumeration, unit, meaning }) => ({
    word,
    group,
    type,
    values: enumeration?.terms.map((term) => term.word) ?? [],
    unit: unit ?? null,
    meaning: meaning ?? null,
  })),
  outcomes: [...vocabulary.outcomes.values()].map(({ word, layer, enumeration }) => ({
    word,
    layer,
    values: enumeration?.terms.map((term) => term.word) ?? ['是'],
  })),
  parameters: [...vocabulary.parameters.values()].map(({ word, unit }) => ({ word, unit })),
  enumerations: Object.fromEntries(
    [...vocabulary.enumerations].map(([name, { terms }]) => [name, terms.map(({ word }) => word)]),
  ),
};

/** What is offered where `|` stands. */
const offered = (text: string, path = 'national/civil/a.yaml'): string[] =>
  suggest(text.slice(0, text.indexOf('|')), path, words).options.map(({ label }) => label);

const HEAD = '名称: 试\n层: 程序\n规则:\n  - 编号: GJ-MS-1\n';

describe('在规则文件里，下面该写什么', () => {
  test('文件开头是文件的键，写过的不再提', () => {
    expect(offered('|')).toEqual(['名称', '说明', '层', '基准', '基准参数', '不设规则', '规则', '示例']);
    expect(offered('名称: 试\n|')).not.toContain('名称');
    expect(offered('名称: 试\n|')).toContain('层');
  });
  test('层有哪些', () => expect(offered('层: |')).toEqual([...vocabulary.layers.keys()]));
  test('规则里是规则的键', () => {
    expect(offered(`${HEAD}    |`)).toEqual(
      expect.arrayContaining(['名称', '适用', '条件', '结果', '依据', '效力', '示例']),
    );
    expect(offered(`${HEAD}    |`)).not.toContain('编号');
    expect(offered(`${HEAD}    名称: 甲\n    |`)).not.toContain('名称');
  });
  test('条件里是这一层能用的事实，和全部、任一、非', () => {
    const facts = offered(`${HEAD}    条件:\n      - |`);
    expect(facts).toEqual(expect.arrayContaining(['全部', '任一', '非', '案件类别', '标的额', '事实清楚']));
    expect(facts).not.toContain('先前承办人缺席天数');
  });
  test('事实后面是它的取值、运算', () => {
    expect(offered(`${HEAD}    条件:\n      - 事实清楚: |`)).toEqual(['是', '否']);
    expect(offered(`${HEAD}    适用: { 案件类别: |`)).toEqual(['民事', '刑事', '行政', '执行']);
    expect(offered(`${HEAD}    适用: { 案件类别: 民事, |`)).toContain('审级');
    expect(offered(`${HEAD}    适用: { 案件类别: 民事, |`)).not.toContain('案件类别');
    expect(offered(`${HEAD}    条件:\n      - 标的额: |`)).toEqual(['不超过', '超过', '低于', '不低于']);
    expect(offered(`${HEAD}    条件:\n      - 标的额: { |`)).toEqual(['不超过', '超过', '低于', '不低于']);
    expect(offered(`${HEAD}    条件:\n      - 标的额: { 不超过: |`)).toEqual(['参数']);
    expect(offered(`${HEAD}    条件:\n      - 标的额: { 不超过: { 参数: |`)).toContain('小额诉讼法定限额');
    expect(offered(`${HEAD}    条件:\n      - 审级: { 属于: [一审, |`)).toEqual(
      expect.arrayContaining(['二审', '再审']),
    );
    expect(offered(`${HEAD}    条件:\n      - 审级: { 属于: [一审, |`)).not.toContain('一审');
  });
  test('结果是这一层的结论', () => {
    expect(offered(`${HEAD}    结果: |`)).toContain('程序：简易程序');
    expect(offered(`${HEAD}    结果: |`)).not.toContain('承办：首审负责');
    expect(offered(`${HEAD}    结果: { |`)).toEqual(['程序']);
    expect(offered(`${HEAD}    结果: { 程序: |`)).toContain('小额诉讼程序');
  });
  test('依据里的效力是核实情况，规则的效力是日期', () => {
    expect(offered(`${HEAD}    依据:\n      - { 法规: 某法, 效力: |`)).toEqual(['国家', '政策', '本地', '未核实']);
    expect(offered(`${HEAD}    效力: { 施行: 2026-01-01, |`)).toEqual(['失效', '版本选择依据', '说明']);
    expect(offered(`${HEAD}    效力: { 施行: 2026-01-01, 失效: |`)).toEqual(['无']);
  });
  test('示例里', () => {
    expect(offered(`${HEAD}    示例:\n      - { |`)).toEqual(['名', '给', '得', '被挡', '全层', '待确认']);
    expect(offered(`${HEAD}    示例:\n      - { 名: 甲, 给: { |`)).toContain('标的额');
    expect(offered(`${HEAD}    示例:\n      - { 名: 甲, 给: { 标的额: 1 }, 得: |`)).toEqual(
      expect.arrayContaining(['命中', '不命中', '无规则', '普通程序']),
    );
  });
  test('期限、流程', () => {
    expect(offered('层: 期限\n规则:\n  - 编号: A-1\n    期间: { 自: |')).toContain('立案日');
    expect(offered('名称: 甲\n动作:\n  - { |', 'flows/a.yaml')).toContain('期限内');
  });
  test('案由要查', () => {
    expect(isCause(`${HEAD}    条件:\n      - 案由: { 不属于: [非`, words)).toBe(true);
    expect(isCause(`${HEAD}    条件:\n      - 审级: 一`, words)).toBe(false);
  });

  test('任何文字都有一处可说，打过的字就是末尾的字', () => {
    const text = fc.string({
      unit: fc.constantFrom('条件', '标的额', ':', ' ', '\n', '- ', '{', '}', '[', ']', ',', "'", '"', '#'),
    });
    fc.assert(
      fc.property(text, (before) => {
        const { typed } = spotAt(before);
        expect(before.endsWith(typed)).toBe(true);
        expect(() => suggest(before, 'national/a.yaml', words)).not.toThrow();
      }),
    );
  });

  test('现有规则文件里每一处键，写到那里时都会提到', () => {
    const folder = join(RULES, 'national/civil');
    let asked = 0;
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.yaml'))) {
      const text = readFileSync(join(folder, name), 'utf8');
      for (const match of text.matchAll(/^( {4,6}(?:- )?)([\u4e00-\u9fff]+):(?= |$)/gm)) {
        const [, , key = ''] = match;
        const at = (match.index ?? 0) + (match[1]?.length ?? 0);
        const labels = suggest(text.slice(0, at), `national/civil/${name}`, words).options.map(({ label }) => label);
        expect([name, key, labels.includes(key)]).toEqual([name, key, true]);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(100);
  });
});

describe('表格', () => {
  const tables = [
    'parameters/national.csv',
    'parameters/small-claims.csv',
    'courts/1599-sample/triage.csv',
    'national/cause-nature.csv',
  ];
  const textOf = (path: string): string => readFileSync(join(RULES, path), 'utf8');

  test.each(tables)('不改就一字不差：%s', (path) => {
    const text = textOf(path);
    const table = readTable(text);
    expect(table && writeTable(table)).toBe(text);
  });

  test('改一格，别的行一字不差', () => {
    const text = textOf('parameters/shouze.csv');
    const table = readTable(text);
    if (!table) throw new Error('unreadable');
    const lines = text.split('\n');
    const changed = writeTable(withCell(table, 2, 2, '4,0"0')).split('\n');
    expect(changed.filter((line, at) => line !== lines[at])).toHaveLength(1);
    expect(changed[2]).toContain('"4,0""0"');
    expect(writeTable(withCell(table, 2, 2, table.rows[2]?.cells[2] ?? ''))).toBe(text);
  });

  test('写出去的，规则的读法读得回来', () => {
    const cell = fc.string({ unit: fc.constantFrom('甲', 'a', ',', '"', '1', '，') });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 6 }), (cells) => {
        const start = readTable('一,二\n');
        if (!start) throw new Error('unreadable');
        let table = start;
        for (const [at, [first, second]] of cells.entries()) {
          table = withCell(withCell(withRowAfter(table, at), at + 1, 0, `x${first}`), at + 1, 1, second);
        }
        const problems = new Problems();
        const rows = readCsv({ path: 'a.csv', text: writeTable(table) }, ['一', '二'], problems);
        expect(problems.list).toEqual([]);
        expect(rows.map((row) => [row.cells.一, row.cells.二])).toEqual(
          cells.map(([first, second]) => [`x${first}`, second]),
        );
      }),
    );
  });

  test('加一行再删去，还是原来的', () => {
    const text = textOf('parameters/shouze.csv');
    const table = readTable(text);
    expect(table && writeTable(withoutRow(withRowAfter(table, 1), 2))).toBe(text);
  });

  test('引号没有合上的，只能改文字', () => expect(readTable('一,二\n"甲,乙\n')).toBeUndefined());
});
