import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CaseNumber,
  caseNumberKey,
  caseNumbersIn,
  formatCaseNumber,
  parseCaseNumber,
} from '../../../src/core/law/case-number.js';
import { csvRows } from './load.js';

const types = csvRows('reference/case-types.csv').map((row) => row.code ?? '');
const courts = csvRows('reference/courts.csv').map((row) => row.code ?? '');

const numbering = fc.oneof(
  fc.record({ first: fc.integer({ min: 1, max: 99_999_999 }) }),
  fc.integer({ min: 1, max: 99_999_999 }).chain((first) =>
    fc.oneof(
      fc.integer({ min: 1, max: 999 }).map((more) => ({ first, last: first + more })),
      fc.integer({ min: 1, max: first }).map((sub) => ({ first, sub })),
    ),
  ),
);
const suffix = fc.option(fc.constantFrom('一', '二', '十一', '2'), { nil: undefined });
const year = fc.integer({ min: 1985, max: 2099 });

const newForm: fc.Arbitrary<CaseNumber> = fc
  .tuple(year, fc.constantFrom(...courts), fc.boolean(), fc.constantFrom(...types), numbering, suffix)
  .map(([y, court, special, type, numbers, documentSuffix]) => ({
    year: y,
    court,
    ...(special ? { special: '知' as const } : {}),
    type,
    ...numbers,
    oldForm: false,
    ...(documentSuffix === undefined ? {} : { documentSuffix }),
  }));

const oldForm: fc.Arbitrary<CaseNumber> = fc
  .tuple(
    year,
    fc.constantFrom('筠', '深中法', '一中', '民', '行'),
    fc.constantFrom('民初', '民终', '执', '执恢', '刑初', '民一（民）初', '商终'),
    numbering,
    suffix,
  )
  .map(([y, court, type, numbers, documentSuffix]) => ({
    year: y,
    court,
    type,
    ...numbers,
    oldForm: true,
    ...(documentSuffix === undefined ? {} : { documentSuffix }),
  }));

const anyNumber = fc.oneof(newForm, oldForm);

const brackets = [
  ['（', '）'],
  ['(', ')'],
  ['〔', '〕'],
  ['[', ']'],
  ['［', '］'],
  ['【', '】'],
] as const;
const wide = (text: string): string =>
  text.replace(/[0-9-]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));

const read = (text: string): CaseNumber => {
  const parsed = parseCaseNumber(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  return parsed.value;
};
const errorOf = (text: string): string => {
  const parsed = parseCaseNumber(text);
  return parsed.ok ? 'no error' : parsed.error.code;
};

describe('案号的性质', () => {
  it('what was formatted is read back the same', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        expect(read(formatCaseNumber(number))).toEqual(number);
      }),
    );
  });

  it('brackets, width and spaces make no difference', () => {
    fc.assert(
      fc.property(
        anyNumber,
        fc.constantFrom(...brackets),
        fc.boolean(),
        fc.boolean(),
        (number, [open, close], isWide, spaced) => {
          const official = formatCaseNumber(number);
          let text = official.replaceAll('（', open).replaceAll('）', close);
          if (isWide) text = wide(text);
          if (spaced) text = ` ${[...text].join(' ')}\u3000`;
          expect(read(text)).toEqual(number);
          expect(caseNumberKey(text)).toBe(caseNumberKey(official));
        },
      ),
    );
  });

  it('a key is its own key', () => {
    fc.assert(
      fc.property(fc.oneof(anyNumber.map(formatCaseNumber), fc.string({ unit: 'grapheme' })), (text) => {
        expect(caseNumberKey(caseNumberKey(text))).toBe(caseNumberKey(text));
      }),
    );
  });

  it('documents of one case have one key', () => {
    fc.assert(
      fc.property(anyNumber, ({ documentSuffix: _, ...number }) => {
        expect(caseNumberKey(formatCaseNumber({ ...number, documentSuffix: '三' }))).toBe(formatCaseNumber(number));
      }),
    );
  });

  it('a range stands for each of its cases and for no other', () => {
    fc.assert(
      fc.property(anyNumber, ({ documentSuffix: _, ...number }) => {
        const { last, ...one } = number;
        const expected = Array.from({ length: (last ?? one.first) - one.first + 1 }, (_each, index) =>
          formatCaseNumber({ ...one, first: one.first + index }),
        );
        expect(caseNumbersIn(formatCaseNumber(number))).toEqual(expected);
      }),
    );
  });

  it('no text makes it throw, and what it refuses it explains', () => {
    const noise = fc.array(
      fc.constantFrom('（', '2025', ')', '川', '1527', '民初', '88', '号', '字第', '之一', '-', '0', ' ', '甲'),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          noise.map((parts) => parts.join('')),
          fc.string(),
        ),
        (text) => {
          const parsed = parseCaseNumber(text);
          if (!parsed.ok) expect(parsed.error.message).toMatch(/\p{Script=Han}/u);
          caseNumbersIn(text);
        },
      ),
    );
  });
});

describe('案号的写法', () => {
  it.each([
    ['（2025）川1527民初88号', { year: 2025, court: '川1527', type: '民初', first: 88, oldForm: false }],
    ['(2024)川1527民初512号', { year: 2024, court: '川1527', type: '民初', first: 512, oldForm: false }],
    ['〔2024〕辽05民终7号', { year: 2024, court: '辽05', type: '民终', first: 7, oldForm: false }],
    ['（２０２５）沪民申３号', { year: 2025, court: '沪', type: '民申', first: 3, oldForm: false }],
    ['（2019）最高法知民终1号', { year: 2019, court: '最高法', special: '知', type: '民终', first: 1, oldForm: false }],
    ['（2022）川1527诉前调确9号', { year: 2022, court: '川1527', type: '诉前调确', first: 9, oldForm: false }],
    ['（2025）川1527执182-1号', { year: 2025, court: '川1527', type: '执', first: 182, sub: 1, oldForm: false }],
    [
      '（2025）川1527民初88号之一',
      { year: 2025, court: '川1527', type: '民初', first: 88, oldForm: false, documentSuffix: '一' },
    ],
    [
      '（2025）川1527民初88之二号',
      { year: 2025, court: '川1527', type: '民初', first: 88, oldForm: false, documentSuffix: '二' },
    ],
    [
      '（2023）豫1624民初14716-14736号',
      { year: 2023, court: '豫1624', type: '民初', first: 14716, last: 14736, oldForm: false },
    ],
    ['（2023）豫1624民初3至5号', { year: 2023, court: '豫1624', type: '民初', first: 3, last: 5, oldForm: false }],
    ['（2013）筠民初字第88号', { year: 2013, court: '筠', type: '民初', first: 88, oldForm: true }],
    ['（2013）筠执字第182-1号', { year: 2013, court: '筠', type: '执', first: 182, sub: 1, oldForm: true }],
    ['（2012）浦民一(民)初字第00123号', { year: 2012, court: '浦', type: '民一（民）初', first: 123, oldForm: true }],
    ['（2013）民权民初字第5号', { year: 2013, court: '民权', type: '民初', first: 5, oldForm: true }],
    ['（2013）新民民初字第5号', { year: 2013, court: '新民', type: '民初', first: 5, oldForm: true }],
    ['（2013）民一终字第88号', { year: 2013, court: '', type: '民一终', first: 88, oldForm: true }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['', 'empty'],
    ['川1527民初88号', 'year'],
    ['（25）川1527民初88号', 'year'],
    ['（2025）民初88号', 'court'],
    ['（2025）川152民初88号', 'court'],
    ['（2025）甲1527民初88号', 'court'],
    ['（2025）川152788号', 'court'],
    ['（2025）川1527民初88', 'mark'],
    ['（2025）川1527民初号', 'number'],
    ['（2025）川1527民初0号', 'number'],
    ['（2025）川1527民初八十八号', 'number'],
    ['（2025）川1527民初字第88号', 'type'],
    ['（2025）川1527民事诉讼一审88号', 'type'],
    ['（2025）川1527民初88号判决书', 'trailing'],
    ['（2025）川1527民初88至80号', 'range'],
    ['（2025）川1527民初1-1001号', 'range'],
  ])('refuses %s as %s', (text, code) => {
    expect(errorOf(text)).toBe(code);
  });

  it('says how it would be right', () => {
    const parsed = parseCaseNumber('（2025）民初88号');
    expect(parsed).toMatchObject({ ok: false, error: { message: expect.stringContaining('（2025）川1527民初88号') } });
  });

  it('takes the documents of other bodies as they are, but for width, case and spaces', () => {
    expect(caseNumberKey(' 宜仲裁字〔2024〕第 5 号 ')).toBe(caseNumberKey('宜仲裁字（２０２４）第5号'));
    expect(caseNumberKey('cietac-2024-ab1')).toBe('CIETAC-2024-AB1');
    expect(caseNumbersIn('宜仲裁字〔2024〕第5号')).toEqual(['宜仲裁字（2024）第5号']);
    expect(caseNumbersIn(' ')).toEqual([]);
  });

  it('finds the numbers that a text names, each once', () => {
    const text = '本院(2024)川1527民初1-3号判决已生效，另见（2013）筠民初字第88号、〔2024〕川1527民初2号之一。';
    expect(caseNumbersIn(text)).toEqual([
      '（2024）川1527民初1号',
      '（2024）川1527民初2号',
      '（2024）川1527民初3号',
      '（2013）筠民初字第88号',
    ]);
  });

  it('does not unfold a range of more than a thousand', () => {
    expect(caseNumbersIn('（2023）豫1624民初1-1000号')).toHaveLength(1000);
    expect(caseNumbersIn('（2023）豫1624民初1-1001号')).toEqual([]);
  });
});
