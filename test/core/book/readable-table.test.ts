import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readableTable } from '../../../src/core/book/readable-table.js';
import { Problems } from '../../../src/core/rules/source.js';
import { lawbook, RULES } from '../../support/court.js';

const { vocabulary, causes } = lawbook.book;
const HEAD = '参数,适用,值,施行,失效,公布,文号,来源,效力,说明';

function rowsOf(path: string, text = readFileSync(join(RULES, path), 'utf8')) {
  const problems = new Problems();
  return { rows: readableTable({ path, text }, vocabulary, causes, problems), problems: problems.list };
}

describe('表格的读法', () => {
  test('参数一行写明数、单位、起止日、文号、来源和核实情况', () => {
    const { rows } = rowsOf(
      'parameters/small-claims.csv',
      `${HEAD}\n# 各省的\n小额诉讼法定限额,河南,35120,2026-01-01,2027-01-01,2026-01,豫高法〔2026〕3号,通知,政策,示例\n`,
    );
    expect(rows).toEqual([
      {
        line: 3,
        title: '小额诉讼法定限额（河南）',
        says: '35,120 元',
        isMissing: false,
        lines: [
          '2026-01-01 起施行，2027-01-01 起失效',
          '文号：豫高法〔2026〕3号',
          '公布：2026-01',
          '来源：通知',
          '示例',
        ],
        status: 'policy',
        statusWord: '政策',
      },
    ]);
  });

  test('没有查明的数说出来', () => {
    const line = '小额诉讼法定限额,四川,未查明,2026-01-01,,,,没有查到通知,未核实,';
    expect(rowsOf('parameters/small-claims.csv', `${HEAD}\n${line}\n`).rows[0]).toMatchObject({
      says: '未查明',
      isMissing: true,
      lines: ['2026-01-01 起施行，没有失效日', '没有文号', '来源：没有查到通知'],
    });
  });

  test('写错的一行不读，别的照读，错处由检查说', () => {
    const good = '小额诉讼法定限额,河南,35120,2026-01-01,,,,通知,政策,';
    const { rows, problems } = rowsOf(
      'courts/a/parameters.csv',
      `${HEAD}\n${good.replace('35120', '三万')}\n${good}\n`,
    );
    expect(rows.map(({ line }) => line)).toEqual([3]);
    expect(problems).toMatchObject([{ line: 2, column: 3 }]);
  });

  test('繁简识别表、案由性质表说出推定什么', () => {
    expect(rowsOf('courts/1599-sample/triage.csv').rows[0]).toMatchObject({
      title: 'SL-01 民间借贷纠纷',
      says: '事实清楚：是；权利义务关系明确：是；争议不大：是',
      lines: ['标的额：不超过 160,000 元', '人数：不超过 4 人'],
    });
    const nature = rowsOf('national/cause-nature.csv').rows.find(({ title }) => title === '离婚纠纷');
    expect(nature?.says).toBe('金钱给付：否；人身关系：是');
  });

  test.each([
    'parameters/small-claims.csv',
    'parameters/shouze.csv',
    'courts/1599-sample/triage.csv',
    'national/cause-nature.csv',
  ])('现有表格的每一行都有读法，次序和文件一样：%s', (path) => {
    const { rows, problems } = rowsOf(path);
    const text = readFileSync(join(RULES, path), 'utf8').split('\n');
    const body = text.slice(1).filter((each) => each.trim() !== '' && !each.startsWith('#'));
    expect(problems).toEqual([]);
    expect(rows).toHaveLength(body.length);
    expect(rows.map(({ line }) => text[line - 1])).toEqual(body);
  });

  test('规则表不是这样读的', () => expect(rowsOf('national/teams.csv', '行,名称\nR01,甲\n').rows).toEqual([]));
});
