import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyRing } from '../../../src/shell/db/key-ring.js';
import { openDocument, openWhole, sealDocument, sealWhole } from '../../../src/shell/db/sealed-documents.js';

const K1 = `k1:${'11'.repeat(32)}`;
const K2 = `k2:${'22'.repeat(32)}`;

const documents = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('record'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  record: fc.dictionary(fc.constantFrom('idNumber', 'uscc', 'name', 'parties', 'relations'), tie('value'), {
    maxKeys: 4,
  }),
})).record;

describe('identity numbers are sealed', () => {
  it('any document comes back as it was, and no sealed field shows its text', () => {
    const keys = new KeyRing(K1);
    fc.assert(
      fc.property(documents, fc.string(), (document, place) => {
        const sealed = sealDocument(keys, place, document);
        expect(openDocument(keys, place, sealed)).toEqual(document);
        const walk = (before: unknown, after: unknown): void => {
          if (typeof before !== 'object' || before === null) return;
          for (const [name, value] of Object.entries(before)) {
            const stored = (after as Record<string, unknown>)[name];
            if (typeof value === 'string' && (name === 'idNumber' || name === 'uscc'))
              expect(stored).toMatch(/^k1\.[\w-]{38,}$/);
            else walk(value, stored);
          }
        };
        walk(document, sealed);
      }),
    );
  });

  it('a number that was moved to another row, or changed in one bit, does not open', () => {
    const keys = new KeyRing(K1);
    const sealed = keys.seal('511527197506150015', '川1527/filings/a/parties/0/idNumber');
    expect(() => keys.open(sealed, '川1527/filings/b/parties/0/idNumber')).toThrow();
    const bits = Buffer.from(sealed.slice(3), 'base64url');
    for (let at = 0; at < bits.length; at++) {
      const changed = Buffer.from(bits);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => keys.open(`k1.${changed.toString('base64url')}`, '川1527/filings/a/parties/0/idNumber')).toThrow();
    }
  });

  it('the same number is sealed differently each time, and searched for by the same key', () => {
    const keys = new KeyRing(K1);
    expect(keys.seal('x', 'p')).not.toBe(keys.seal('x', 'p'));
    expect(keys.searchKey('number\nx')).toBe(new KeyRing(K1).searchKey('number\nx'));
    expect(keys.searchKey('number\nx')).not.toBe(new KeyRing(K2).searchKey('number\nx'));
  });

  it('a new master key seals from now on; what the old one sealed still opens and is still found', () => {
    const [before, after] = [new KeyRing(K1), new KeyRing(`${K2}, ${K1}`)];
    expect(after.open(before.seal('x', 'p'), 'p')).toBe('x');
    expect(after.seal('x', 'p').startsWith('k2.')).toBe(true);
    expect(after.searchKey('x')).toBe(before.searchKey('x'));
    expect(() => new KeyRing(K2).open(before.seal('x', 'p'), 'p')).toThrow('没有名为“k1”的密钥');
  });

  it.each(['', 'k1', 'k1:zz', `${K1}:${K1}`, `${K1},${K1}`, `K1:${'11'.repeat(32)}`])(
    '“%s” is refused without being repeated',
    (text) => {
      expect(() => new KeyRing(text)).toThrow('SHOUZE_KEY');
      try {
        new KeyRing(text);
      } catch (error) {
        if (text.length > 8) expect((error as Error).message).not.toContain(text);
      }
    },
  );

  it('a value that was refused is sealed whole', () => {
    const keys = new KeyRing(K1);
    const value = { anywhere: ['511527197506150015'] };
    const sealed = sealWhole(keys, 'p', value);
    expect(JSON.stringify(sealed)).not.toContain('5115');
    expect(openWhole(keys, 'p', sealed)).toEqual(value);
  });
});
