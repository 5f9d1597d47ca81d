import { describe, expect, it } from 'vitest';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { onOneDay } from '../../../src/core/rules/case-days.js';
import { areaOf, isDeclaredMissing, resolveParameter } from '../../../src/core/rules/parameters.js';
import { rulesetFor } from '../../../src/core/rules/ruleset.js';
import { load } from './support.js';

const HEAD = '参数,适用,值,施行,失效,公布,文号,来源,效力,说明\n';
const ROWS = `${HEAD}系列窗口天数,全国,7,2022-01-01,,,,配置,本地,
系列窗口天数,四川,9,2023-01-01,2024-01-01,,川高法〔2023〕1号,通知,本地,
系列窗口天数,川9999,11,2023-06-01,2023-09-01,,,本院配置,本地,
系列窗口天数,川9999,未查明,2024-06-01,2024-07-01,,,没有查到,未核实,
小额诉讼法定限额,四川,38997.5,2022-01-01,2022-09-01,,,公布,未核实,
`;
const { book, problems } = load({ 'parameters/p.csv': ROWS });
const parameter = book.vocabulary.parametersById.get('series.window_days');
const AREAS = ['川9999', '四川', '全国'];

const on = (date: string, areas = AREAS) => {
  if (!parameter) throw new Error('no parameter');
  return resolveParameter(parameter, book.parameters, areas, plainDate(date));
};

describe('参数在某院某日是多少', () => {
  it('reads the table', () => {
    expect(problems).toEqual([]);
  });

  it.each<[string, number | undefined, string]>([
    ['2021-12-31', undefined, '没有在该日有效的一行'],
    ['2022-01-01', 7, '全国'],
    ['2022-12-31', 7, '全国'],
    ['2023-01-01', 9, '四川'],
    ['2023-05-31', 9, '四川'],
    ['2023-06-01', 11, '川9999'],
    ['2023-08-31', 11, '川9999'],
    ['2023-09-01', 9, '四川'],
    ['2023-12-31', 9, '四川'],
    ['2024-01-01', 7, '全国'],
    ['2024-06-01', undefined, '川9999:未查明'],
    ['2024-07-01', 7, '全国'],
  ])(
    'on %s it is %s, from %s: the court before the province before the nation, from the first day to the day before the end',
    (date, value, origin) => {
      expect(on(date)).toMatchObject({ origin, ...(value !== undefined && { value }) });
      expect(on(date).value).toBe(value);
    },
  );

  it("a court elsewhere has the nation's", () => {
    expect(on('2023-07-01', ['豫1624', '河南', '全国'])).toMatchObject({ value: 7, origin: '全国' });
  });

  it('what is declared not to be known is told from what has ended and from what never was', () => {
    expect(isDeclaredMissing(on('2024-06-01'))).toBe(true);
    expect(areaOf(on('2024-06-01'))).toBe('川9999');
    expect(isDeclaredMissing(on('2021-12-31'))).toBe(false);
    expect(on('2024-03-01', ['四川'])).toMatchObject({
      origin: '四川:已于 2024-01-01 失效',
      documentNo: '川高法〔2023〕1号',
    });
    expect(isDeclaredMissing(on('2024-03-01', ['四川']))).toBe(false);
  });

  it('an amount is kept in fen', () => {
    const limit = book.vocabulary.parametersById.get('small_claims.mandatory_max');
    if (!limit) throw new Error('no parameter');
    expect(resolveParameter(limit, book.parameters, ['四川'], plainDate('2022-08-31')).value).toBe(3_899_750n);
  });

  it("the docket's own number comes before all, and its digest with it", () => {
    const court = { code: '川9999', province: '四川' };
    const day = plainDate('2023-07-01');
    const plain = rulesetFor(book, court, onOneDay(day), new Map());
    const own = rulesetFor(book, court, onOneDay(day), new Map([['series.window_days', 3]]));
    expect(plain.parameters.get('series.window_days')).toMatchObject({ value: 11, origin: '川9999' });
    expect(own.parameters.get('series.window_days')).toMatchObject({ value: 3, origin: '案卷', status: 'local' });
    expect(own.parameterDigest).not.toBe(plain.parameterDigest);
  });
});
