import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutNames } from '../../../src/core/documents/nameless.js';

const WORD = '〇';
const name = fc.string({
  unit: fc.constantFrom('甲', '乙', '丙', '(', '*', '\\', '$', 'A'),
  minLength: 2,
  maxLength: 5,
});

describe('a text without names', () => {
  test('holds none of them any more', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 5 }), fc.array(fc.string({ unit: 'grapheme' })), (names, texts) => {
        const text = names.flatMap((each, index) => [each, texts[index] ?? '']).join('');
        const told = withoutNames(
          text,
          names.map((each) => ({ name: each, word: WORD })),
        );
        for (const each of names.filter((given) => given.trim().length >= 2)) expect(told).not.toContain(each.trim());
      }),
    );
  });

  test('is the same where it held none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(withoutNames(text, [])).toBe(text);
        expect(withoutNames(text, [{ name: '', word: WORD }])).toBe(text);
      }),
    );
  });

  test('较长的名称先换;曾用名也换;一个字的不换', () => {
    const people = [
      { name: '张三', word: '原告' },
      { name: '张三丰商贸有限公司', formerNames: ['三丰商行'], word: '被告' },
      { name: '李', word: '第三人' },
    ];
    expect(withoutNames('张三与张三丰商贸有限公司（原三丰商行）因行李托运', people)).toBe(
      '原告与被告（原被告）因行李托运',
    );
  });
});
