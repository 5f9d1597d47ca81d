import fc from 'fast-check';
import { stdnum } from 'stdnum';
import { describe, expect, it } from 'vitest';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { identityCheckDigit, normaliseIdentityNumber } from '../../../src/core/law/identity-number.js';

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((each) => each.join(''));
const birth = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2020-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));
const valid = fc.tuple(digits(6), birth, digits(3)).map((parts) => {
  const first17 = parts.join('');
  return first17 + identityCheckDigit(first17);
});
const wide = (text: string): string =>
  text.replace(/[0-9X]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));
const codeOf = (text: string, asOf?: string): string => {
  const result = normaliseIdentityNumber(text, asOf === undefined ? undefined : plainDate(asOf));
  return result.ok ? 'ok' : result.error.code;
};

describe('公民身份号码', () => {
  it('is the same in full width, with spaces and with a small x', () => {
    fc.assert(
      fc.property(valid, (number) => {
        for (const text of [
          number,
          wide(number),
          number.toLowerCase(),
          ` ${number.slice(0, 6)} ${number.slice(6)}\u3000`,
        ]) {
          expect(normaliseIdentityNumber(text)).toEqual({ ok: true, value: number });
        }
      }),
    );
  });

  it('fifteen digits become the eighteen of the same person', () => {
    fc.assert(
      fc.property(valid, (number) => {
        fc.pre(number.slice(6, 8) === '19');
        const old = number.slice(0, 6) + number.slice(8, 17);
        expect(normaliseIdentityNumber(old)).toEqual({ ok: true, value: number });
      }),
    );
  });

  it('one wrong digit never passes', () => {
    fc.assert(
      fc.property(valid, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
        const digit = (Number(number[at]) + shift) % 10;
        expect(codeOf(number.slice(0, at) + digit + number.slice(at + 1))).not.toBe('ok');
      }),
    );
  });

  it('agrees with an independent implementation on any eighteen characters', () => {
    const maybe = fc.oneof(
      valid,
      digits(18),
      fc.tuple(digits(6), birth, digits(4)).map((parts) => parts.join('')),
      fc.tuple(digits(6), digits(8), digits(3)).map((parts) => `${parts.join('')}X`),
    );
    fc.assert(
      fc.property(maybe, (number) => {
        const born = number.slice(6, 14);
        fc.pre(born >= '19000101' && born <= '20251231');
        expect(codeOf(number) === 'ok').toBe(stdnum.CN?.ric?.validate(number).isValid);
      }),
      { numRuns: 1000 },
    );
  });

  it('an error never repeats the number', () => {
    fc.assert(
      fc.property(fc.oneof(digits(18), digits(15), digits(17)), (number) => {
        const result = normaliseIdentityNumber(number);
        if (!result.ok) expect(result.error.message).not.toMatch(/\d{3}/);
      }),
    );
  });

  it.each([
    ['11010519491231002X', 'ok'],
    ['511527197506150015', 'ok'],
    ['51152719750615012X', 'ok'],
    ['511527197506150016', 'check_digit'],
    ['511527197502300015', 'birth_date'],
    ['51152719750615001', 'length'],
    ['5115271975O6150015', 'characters'],
    ['51152719750615X015', 'characters'],
    ['', 'length'],
  ])('%s: %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each(['999999', '810000', '820000', '830000', '911124'])(
    'the first six digits %s are not looked up',
    (address) => {
      const first17 = `${address}19900307007`;
      expect(codeOf(first17 + identityCheckDigit(first17))).toBe('ok');
    },
  );

  it('nobody files before being born', () => {
    const number = `51152720260310001${identityCheckDigit('51152720260310001')}`;
    expect(codeOf(number, '2026-03-09')).toBe('future_birth');
    expect(codeOf(number, '2026-03-10')).toBe('ok');
    expect(codeOf(number)).toBe('ok');
  });
});
