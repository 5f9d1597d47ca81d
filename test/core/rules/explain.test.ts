import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/core/rules/condition.js';
import { parameterFact } from '../../../src/core/rules/diagram.js';
import { explain, placeholdersOf, showFen } from '../../../src/core/rules/explain.js';
import type { ResolvedParameter } from '../../../src/core/rules/parameters.js';
import { load } from './support.js';

const { vocabulary } = load({}).book;
const say = (
  template: string,
  facts: Readonly<Record<string, Value>> = {},
  parameters: ReadonlyMap<string, ResolvedParameter> = new Map(),
  context: Readonly<Record<string, string>> = {},
): string => explain(template, new Map(Object.entries(facts)), vocabulary, parameters, context);

const limit = (value?: bigint): Map<string, ResolvedParameter> =>
  new Map([
    [
      'small_claims.mandatory_max',
      {
        id: 'small_claims.mandatory_max',
        word: '小额诉讼法定限额',
        origin: '河南',
        status: 'local',
        documentNo: '',
        ...(value !== undefined && { value }),
      },
    ],
  ]);

describe('说明', () => {
  it('puts values as a person reads them', () => {
    expect(say('标的额{标的额}元', { amount: 3_512_000n })).toBe('标的额35,120元');
    expect(say('标的额{标的额}元', { amount: 123_456_789_01n })).toBe('标的额123,456,789.01元');
    expect(say('案由是{案由}', { cause: ['合同纠纷', '民间借贷纠纷'] })).toBe('案由是民间借贷纠纷');
    expect(
      say('{审级}、{涉外}、{一方当事人人数}人', { stage: 'first_instance', foreignRelated: false, largestSide: 10 }),
    ).toBe('一审、否、10人');
  });

  it('a value that is not known says so', () => {
    expect(say('标的额{标的额}元')).toBe('标的额未知元');
    expect(say('案由是{案由}，{没有这个词}')).toBe('案由是未知，未知');
  });

  it('a parameter that nobody published says so, whatever else is known', () => {
    expect(say('限额{小额诉讼法定限额}元', {}, limit())).toBe('限额小额诉讼法定限额(未查明)元');
    expect(say('限额{小额诉讼法定限额}元')).toBe('限额小额诉讼法定限额(未查明)元');
    expect(say('限额{小额诉讼法定限额}元', { [parameterFact('small_claims.mandatory_max')]: 1n }, limit())).toBe(
      '限额小额诉讼法定限额(未查明)元',
    );
    expect(say('限额{小额诉讼法定限额}元', {}, limit(3_512_000n))).toBe('限额35,120元');
  });

  it('takes names from the case, and no name from the program', () => {
    expect(say('由{法官}（{前案案号}）办理', {}, new Map(), { 法官: '张三', 前案案号: '（2025）川1527民初88号' })).toBe(
      '由张三（（2025）川1527民初88号）办理',
    );
    expect(say('{constructor}{toString}{__proto__}')).toBe('未知未知未知');
  });

  it("a template's words are found in order", () => {
    expect(placeholdersOf('甲{标的额}乙{案由}丙')).toEqual(['标的额', '案由']);
  });

  it.each([
    [0n, '0'],
    [1n, '0.01'],
    [100n, '1'],
    [99_999n, '999.99'],
    [100_000n, '1,000'],
  ])('%s fen is %s yuan', (fen, yuan) => {
    expect(showFen(fen)).toBe(yuan);
  });
});
