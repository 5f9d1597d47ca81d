import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbersIn, withNumbersOf, withoutNumbers, withoutNumbersIn } from '../../../src/core/law/number-masking.js';
import { identityNumber } from '../../support/court.js';
import { bare, numberArbitrary, proseArbitrary, written } from '../../support/numbers.js';

describe('证件号码在文字里', () => {
  it('of every form and between any words is masked, and nothing else of the text is changed', () => {
    const texts = fc.tuple(proseArbitrary, numberArbitrary.chain(written), proseArbitrary);
    fc.assert(
      fc.property(texts, ([before, number, after]) => {
        // The 15 digits of an old one have nothing that tells them from others around them.
        fc.pre(bare(number).length === 18 || !/^\d/.test(after));
        const shown = withoutNumbers(`${before}${number}${after}`);
        const plain = bare(number);
        expect(bare(shown)).not.toContain(plain);
        const mask = plain.slice(0, 3) + '*'.repeat(plain.length - 7) + plain.slice(-4);
        expect(shown).toBe(`${before}${mask}${after}`);
      }),
    );
  });

  it('is not what stands in a digest by chance', () => {
    const digest = `a${identityNumber(7)}`.padEnd(64, 'b').toLowerCase();
    expect(withoutNumbers(digest)).toBe(digest);
    expect(withoutNumbers(digest.slice(0, 63))).not.toBe(digest.slice(0, 63));
  });

  it('is masked each time it stands there', () => {
    fc.assert(
      fc.property(fc.array(numberArbitrary.chain(written), { minLength: 2, maxLength: 5 }), (numbers) => {
        const shown = bare(withoutNumbers(numbers.join('、')));
        for (const number of numbers) expect(shown).not.toContain(bare(number));
        expect(numbersIn(numbers.join('、'))).toHaveLength(numbers.length);
      }),
    );
  });

  it('leaves texts without numbers as they are', () => {
    fc.assert(
      fc.property(proseArbitrary, (text) => {
        expect(withoutNumbers(text)).toBe(text);
      }),
    );
  });

  it.each([
    '（2026）川1527民初1024号',
    '判令被告偿还借款本金110101199013451234元', // 18 digits that begin with an area: neither a day of birth nor a check digit
    '标的额 999,999,999,999,999.99 元',
    '电话 13800138000、010-66552233',
    '银行卡 6222021234567890123',
    '银行卡 6222 0212 3456 7890',
    '2026-03-09 14:02 至 2026-03-12 09:30',
    '登记号 202603090001234',
    '91510100MA6CFXXX1F',
    '91330106673959654P',
    '01976a3e-7f1c-7b54-9a60-511527197506',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ])('stays legible: %s', (text) => {
    expect(withoutNumbers(text)).toBe(text);
  });

  it.each([
    ['a wrong check digit still gives the person away', '511527197506151011', '511***********1011'],
    ['a day of birth that does not exist, and the right check digit', '11010119901345123X', '110***********123X'],
    ['of a foreigner', '932682198501010012', '932***********0012'],
    ['the 15 digits of an old one', '510107790307123', '510********7123'],
    ['after another number', '13800138000 51010719790307123x', '13800138000 510***********123X'],
    ['with a digit before it', '1 511527197506151011 2', '1 511***********1011 2'],
    ['between other digits', '电话138001380005115271975061510182026年', '电话13800138000511***********10182026年'],
    ['an old one after a few digits', '123 510107790307123', '123 510********7123'],
  ])('%s', (_why, text, shown) => {
    expect(withoutNumbers(text)).toBe(shown);
  });

  it('of a whole value are masked, and what the program finds things by is kept', () => {
    const number = identityNumber(101);
    const mask = withoutNumbers(number);
    const value = { id: number, judge: number, record: { filing: number }, note: number, list: [number, 1, null] };
    expect(withoutNumbersIn(value)).toEqual({ ...value, note: mask, list: [mask, 1, null] });
    expect(withoutNumbersIn({ judge: { id: number, name: number } })).toEqual({ judge: { id: number, name: mask } });
    const clean = { note: '没有号码', list: [{ text: '也没有' }] };
    expect(withoutNumbersIn(clean)).toBe(clean);
  });
});

describe('a mask that comes back', () => {
  it('is the number again, whatever was written around it', () => {
    const texts = fc.tuple(proseArbitrary, numberArbitrary.chain(written), proseArbitrary);
    fc.assert(
      fc.property(texts, proseArbitrary, ([before, number, after], added) => {
        fc.pre(bare(number).length === 18 || !/^\d/.test(after));
        const stored = `${before}${number}${after}`;
        expect(withNumbersOf(withoutNumbers(stored), [stored])).toBe(stored);
        expect(withNumbersOf(`${added}，${withoutNumbers(stored)}`, [stored])).toBe(`${added}，${stored}`);
      }),
    );
  });

  it('stays a mask where nothing before looks like it', () => {
    expect(withNumbersOf('440***********9999', [identityNumber(101)])).toBe('440***********9999');
  });

  it('of two that look alike gives each its own, in their order', () => {
    const [one, other] = ['511527197506101011', '511527198506101011'];
    const stored = `甲 ${one}，乙 ${other}`;
    expect(withNumbersOf(withoutNumbers(stored), [stored])).toBe(stored);
  });
});
