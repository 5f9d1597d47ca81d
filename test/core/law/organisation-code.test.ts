import fc from 'fast-check';
import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import { normaliseOrganisationCode } from '../../../src/core/law/organisation-code.js';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CODE9_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const characters = (alphabet: string, length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((each) => each.join(''));
const usccLike = fc.tuple(characters('0123456789', 8), characters(ALPHABET, 10)).map((parts) => parts.join(''));
const codeOf = (text: string): string => {
  const result = normaliseOrganisationCode(text);
  return result.ok ? 'ok' : result.error.code;
};
/** Completes by trial, so that the test does not repeat the arithmetic that it checks. */
const completed = (start: string, alphabet: string): string => {
  const found = [...alphabet].map((last) => start + last).filter((text) => codeOf(text) === 'ok');
  expect(found).toHaveLength(1);
  return found[0] ?? '';
};
const uscc = usccLike.map((text) => completed(text.slice(0, 17), ALPHABET));
const code9 = characters(CODE9_ALPHABET, 8).map((text) => completed(text, '0123456789X'));
const changed = (text: string, at: number, shift: number, alphabet: string): string => {
  const character = alphabet[(alphabet.indexOf(text.charAt(at)) + shift) % alphabet.length] ?? '';
  return text.slice(0, at) + character + text.slice(at + 1);
};

describe('统一社会信用代码', () => {
  it('agrees with an independent implementation on any eighteen characters', () => {
    fc.assert(
      fc.property(fc.oneof(usccLike, uscc), (text) => {
        // stdnum 1.12.0 takes 31 for the check value where it is 0, and so refuses every code that ends in 0.
        fc.pre(!text.endsWith('0'));
        expect(codeOf(text) === 'ok').toBe(stdnum.CN?.uscc?.validate(text).isValid);
      }),
      { numRuns: 1000 },
    );
  });

  it('holds the organisation code in its characters 9 to 17', () => {
    fc.assert(
      fc.property(uscc, (text) => {
        expect(normaliseOrganisationCode(` ${text.toLowerCase()}`)).toEqual({
          ok: true,
          value: { uscc: text, code9: text.slice(8, 17) },
        });
      }),
    );
  });

  it('one wrong character never passes', () => {
    fc.assert(
      fc.property(uscc, fc.nat(17), fc.integer({ min: 1, max: 30 }), (text, at, shift) => {
        expect(codeOf(changed(text, at, shift, ALPHABET))).not.toBe('ok');
      }),
    );
  });

  it.each([
    ['91350211M000100Y46', 'ok'],
    ['91350211M000100Y43', 'check_digit'],
    ['91110000600037341L', 'ok'],
    ['９１１１００００６０００３７３４１Ｌ', 'ok'],
    ['91511527076543212B', 'ok'],
    ['91511527011122230T', 'ok'],
    ['9111000060003734IL', 'characters'],
    ['91110000600037341', 'length'],
    ['511527600012345', 'length'],
  ])('%s: %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });
});

describe('组织机构代码', () => {
  it('is the same with and without its hyphen, in any width and case', () => {
    fc.assert(
      fc.property(code9, (text) => {
        for (const dash of ['', '-', '－', '—', ' - ']) {
          const written = (text.slice(0, 8) + dash + text.slice(8)).toLowerCase();
          expect(normaliseOrganisationCode(written)).toEqual({ ok: true, value: { code9: text } });
        }
      }),
    );
  });

  it('meets the long code of the same organisation', () => {
    expect(normaliseOrganisationCode('60003734-1')).toEqual({ ok: true, value: { code9: '600037341' } });
    expect(normaliseOrganisationCode('91110000600037341L')).toMatchObject({ value: { code9: '600037341' } });
  });

  it.each([
    ['600037342', 'check_digit'],
    ['6000-37341', 'characters'],
    ['6000373-41', 'characters'],
    ['60003734Y', 'characters'],
    ['', 'length'],
  ])('%s: %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });
});
