import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFen, parseAmountFen } from '../../../src/core/law/money.js';

describe('金额', () => {
  it('what was formatted is read back the same', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999_999_999n }), (fen) => {
        expect(parseAmountFen(formatFen(fen))).toBe(fen);
      }),
    );
  });

  it.each([
    ['0', 0n],
    ['0.5', 50n],
    ['0.05', 5n],
    ['20000.00', 2_000_000n],
    ['999999999999999.99', 99_999_999_999_999_999n],
  ])('%s yuan', (text, fen) => {
    expect(parseAmountFen(text)).toBe(fen);
  });

  it.each(['', '-1', '+1', '01', '1.', '.5', '1.005', '1,000', '1e3', '１０', ' 1', '1\n', '1000000000000000', '五万'])(
    'refuses `%s`',
    (text) => {
      expect(parseAmountFen(text)).toBeUndefined();
    },
  );

  it('two decimals always', () => {
    expect(formatFen(0n)).toBe('0.00');
    expect(formatFen(5n)).toBe('0.05');
    expect(formatFen(2_000_000n)).toBe('20000.00');
    expect(() => formatFen(-1n)).toThrow();
  });
});
