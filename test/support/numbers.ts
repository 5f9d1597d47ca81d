/** Synthetic identity numbers as people write them into texts, for property tests. */
import fc from 'fast-check';
import { identityCheckDigit } from '../../src/core/law/identity-number.js';

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((each) => each.join(''));

/** 18 characters, or the 15 digits of an old one, of somebody who does not exist. */
export const numberArbitrary: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('110101', '310120', '510107', '511527', '650102', '810000', '830000'),
    fc.date({ min: new Date('1930-01-01T00:00:00Z'), max: new Date('1999-12-31T00:00:00Z'), noInvalidDate: true }),
    digits(3),
    fc.boolean(),
  )
  .map(([area, date, sequence, isOld]) => {
    const birth = date.toISOString().slice(0, 10).replaceAll('-', '');
    const first17 = area + birth + sequence;
    return isOld ? area + birth.slice(2) + sequence : first17 + identityCheckDigit(first17);
  });

const wide = (text: string): string =>
  text.replace(/[0-9X]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));
const grouped = (number: string, between: string): string => {
  const last = number.length - (number.length === 18 ? 4 : 3);
  return [number.slice(0, 6), number.slice(6, last), number.slice(last)].join(between);
};

/** The same number in the ways in which it is written. */
export const written = (number: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    number,
    number.toLowerCase(),
    wide(number),
    ...[' ', '-', '－', '\u00a0', '\u200b', ' - '].map((between) => grouped(number, between)),
  );

/** What is left of a text when nothing hides a number in it. */
export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Pd}−]+/gu, '')
    .toUpperCase();

/** Words without a number, which may end right before one and go on right after it. */
export const proseArbitrary: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      '身份证',
      '号码',
      '：',
      '（',
      '）',
      '张三',
      '公司',
      'ID',
      '借款 5 万元',
      '2026年3月9日',
      '，电话 13800138000。',
      '（2025）川1527民初88号',
      '"',
      '\\',
      '女',
      '𠮷',
      '<b>',
      '=',
    ),
    { maxLength: 6 },
  )
  .map((words) => words.join(''));
