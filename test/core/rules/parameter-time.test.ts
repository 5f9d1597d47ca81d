import { describe, expect, it } from 'vitest';
import { checkParameterTime } from '../../../src/core/rules/check-parameters.js';
import { load, SMALL } from './support.js';

const HEAD = '参数,适用,值,施行,失效,公布,文号,来源,效力,说明\n';

/** What the check of parameters over time says of the small file, whose 简易程序 reads 小额诉讼法定限额 from 2022-01-01 on. */
function inTime(rows: string, files: Readonly<Record<string, string>> = {}) {
  const { book, problems } = load({ 'national/small.yaml': SMALL, 'parameters/p.csv': HEAD + rows, ...files });
  expect(problems).toEqual([]);
  const { problems: holes, remarks } = checkParameterTime(book);
  return { holes: holes.map(({ message }) => message), remarks: remarks.map(({ message }) => message) };
}

describe('参数在规则有效期间都有值', () => {
  it('a parameter that a card reads and that has no row at all is a hole in every province of a court', () => {
    const { holes } = inTime('系列窗口天数,全国,7,2022-01-01,,,,配置,本地,\n');
    expect(holes).toEqual([expect.stringMatching(/小额诉讼法定限额.*四川 2022-01-01 起没有值/)]);
  });

  it('names the days before the first row, between two rows, and after the last', () => {
    const { holes } = inTime(
      `小额诉讼法定限额,四川,1,2022-01-09,2022-09-01,,,通知,本地,
小额诉讼法定限额,四川,2,2022-09-03,2023-01-01,,,通知,本地,
`,
    );
    expect(holes.map((each) => each.match(/四川 (.*?) ?没有值/)?.[1])).toEqual([
      '2022-01-01 至 2022-01-08',
      '2022-09-01 至 2022-09-02',
      '2023-01-01 起',
    ]);
  });

  it('a row that declares 未查明 is no hole, nor are days that the nation covers', () => {
    expect(inTime('小额诉讼法定限额,四川,未查明,2022-01-01,,,,没有查到,未核实,\n').holes).toEqual([]);
    expect(
      inTime(`小额诉讼法定限额,四川,1,2022-01-09,,,,通知,本地,
小额诉讼法定限额,全国,2,2021-01-01,2022-01-09,,,通知,本地,
`).holes,
    ).toEqual([]);
  });

  it("days before any card that reads it are nobody's concern, nor a parameter that no card reads", () => {
    const { holes } = inTime(
      '小额诉讼法定限额,四川,1,2022-01-01,,,,通知,本地,\n系列窗口天数,四川,1,2030-01-01,,,,通知,本地,\n',
    );
    expect(holes).toEqual([]);
  });

  it("a court's own row fills its own days only, and its province's hole is told once", () => {
    const rows = '小额诉讼法定限额,川9999,1,2022-01-01,2022-02-01,,,通知,本地,\n';
    expect(inTime(rows).holes.map((each) => each.match(/在(\S+) (.*?) ?没有值/)?.slice(1))).toEqual([
      ['四川', '2022-01-01 起'],
      ['川9999', '2022-02-01 起'],
    ]);
  });
});

describe('公布和文号', () => {
  it('what was published after it came into force is remarked', () => {
    const row = (published: string): readonly string[] =>
      inTime(
        `小额诉讼法定限额,全国,54323,2022-01-11,,${published},,通知,本地,\n小额诉讼法定限额,全国,未查明,2022-01-01,2022-01-11,,,没有查到,未核实,\n`,
      ).remarks;
    expect(row('2022-01-13')).toEqual([expect.stringMatching(/2022-01-13 公布,自 2022-01-11 起施行/)]);
    for (const published of ['2022-01-11', '2021-12-30', '2022-01', '']) expect(row(published)).toEqual([]);
    expect(row('2022-02')).toHaveLength(1);
  });

  it.each([
    ['公布', '小额诉讼法定限额,全国,1,2022-01-01,,1月9日,,通知,本地,', /「1月9日」不是日期/],
    ['公布', '小额诉讼法定限额,全国,1,2022-01-01,,2022-13,,通知,本地,', /不是日期/],
    ['文号', '小额诉讼法定限额,全国,1,2022-01-01,,,苏高法电[2024]9号,通知,本地,', /不是文号.*六角括号/],
  ])('%s of a wrong shape is refused', (_, row, message) => {
    const { problems } = load({ 'parameters/p.csv': `${HEAD}${row}\n` });
    expect(problems.map((each) => each.message)).toEqual([expect.stringMatching(message)]);
  });
});
