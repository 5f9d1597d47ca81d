import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey, toSimplified } from '../../../src/core/related/name-key.js';

const HAN = '王李张刘陈罗大勇何晓兰筠连青禾茶业物流科技支行分公司有限責任罗大勇何曉蘭筠連華東臺灣銀行萬豐後裡乾';
const LATIN = 'ABDOCKETabc019';
const han = fc.array(fc.constantFrom(...HAN), { minLength: 2, maxLength: 12 }).map((parts) => parts.join(''));
const organisationName = fc
  .tuple(han, fc.array(fc.constantFrom(...LATIN), { maxLength: 4 }))
  .map(([a, b]) => a + b.join(''));
const kind = fc.constantFrom('person' as const, 'organization' as const);
const wide = (text: string) =>
  text.replace(/[!-~]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000');

describe('名称的归一化', () => {
  it('a key is its own key', () => {
    fc.assert(
      fc.property(fc.oneof(organisationName, fc.string({ unit: 'grapheme' })), kind, (name, k) => {
        const key = nameKey(name, k);
        if (key !== undefined) expect(nameKey(key, k)).toBe(key);
      }),
    );
  });

  it('width, spaces, dots, quotes and case make no difference', () => {
    fc.assert(
      fc.property(organisationName, kind, fc.constantFrom(' ', '·', '•', '．', '“', '\u3000', '-'), (name, k, mark) => {
        const key = nameKey(name, k);
        expect(nameKey(wide(name), k)).toBe(key);
        if (!/[A-Za-z\d]/.test(name)) expect(nameKey([...name].join(mark), k)).toBe(key);
        expect(nameKey(name.toLowerCase(), 'organization')).toBe(nameKey(name.toUpperCase(), 'organization'));
      }),
    );
  });

  it('traditional characters are the simplified ones', () => {
    fc.assert(
      fc.property(han, kind, (name, k) => {
        expect(nameKey(toSimplified(name), k)).toBe(nameKey(name, k));
      }),
    );
    expect(nameKey('何曉蘭', 'person')).toBe('何晓兰');
    expect(nameKey('羅大勇', 'person')).toBe(nameKey('罗大勇', 'person'));
  });

  it('no character of the plane makes the table run in circles', () => {
    for (let point = 0x2e80; point < 0x30000; point++) {
      if (point >= 0xd800 && point < 0xe000) continue;
      const once = toSimplified(String.fromCodePoint(point));
      if (toSimplified(once) !== once) throw new Error(point.toString(16));
    }
  });

  it.each([
    ['筠连青禾茶业有限责任公司', '筠连青禾茶业有限公司'],
    ['筠連青禾茶業（集團）有限公司', '筠连青禾茶业(集团)有限责任公司'],
    ['Abc（中国）有限公司', 'ＡＢＣ 中国 有限公司'],
    ['中国建设银行股份有限公司筠连支行', '中国建设银行 股份有限公司 筠连支行'],
  ])('%s 就是 %s', (one, other) => {
    expect(nameKey(one, 'organization')).toBe(nameKey(other, 'organization'));
    expect(nameKey(one, 'organization')).toBeDefined();
  });

  it.each([
    ['成都青禾茶业有限公司', '上海青禾茶业有限公司'],
    ['中国建设银行股份有限公司', '中国建设银行股份有限公司筠连支行'],
  ])('%s 不是 %s', (one, other) => {
    expect(nameKey(one, 'organization')).not.toBe(nameKey(other, 'organization'));
  });

  it('阿里木·库尔班的各种间隔号', () => {
    for (const dot of ['·', '•', '．', '・', 'ᐧ', ' ', '']) {
      expect(nameKey(`阿里木${dot}库尔班`, 'person')).toBe('阿里木库尔班');
    }
  });
});

describe('隐去的名称不作为键', () => {
  it.each([
    '李某',
    '李某某',
    '李某1',
    '某甲',
    'X某',
    '张×',
    '张××',
    '张＊',
    '张*',
    '王XX',
    'ｘｘ',
    '李A',
    '王二3',
    '无名氏',
    '李',
    '',
    '李某（曾用名）',
    '李〇〇',
    '王先生',
  ])('自然人 %s', (name) => {
    expect(nameKey(name, 'person')).toBeUndefined();
  });
  it.each(['某公司', '某某建设有限公司', '成都XX科技有限公司', '成都×××公司', '甲公司', 'A公司', '***', '（）'])(
    '单位 %s',
    (name) => {
      expect(nameKey(name, 'organization')).toBeUndefined();
    },
  );
  it.each(['TCL科技集团股份有限公司', '58同城信息技术有限公司', 'XEROX中国有限公司', '3M中国有限公司'])(
    '真名 %s',
    (name) => {
      expect(nameKey(name, 'organization')).toBeDefined();
    },
  );
});
