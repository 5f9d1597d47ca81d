import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../src/core/kernel/canonical.js';
import { digestOf, hmacSha256, sha256Hex } from '../../../src/core/kernel/digest.js';

describe('canonical JSON', () => {
  test('the order of keys does not show', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
  test.each([
    ['undefined', { a: undefined }],
    ['a Map', { a: new Map() }],
    ['a Date', [new Date(0)]],
    ['NaN', [Number.NaN]],
    ['Infinity', { a: { b: Number.POSITIVE_INFINITY } }],
    ['bigint', [1n]],
    ['a function', { a: () => 1 }],
    ['a lone surrogate', ['\ud800']],
  ])('%s is refused', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow();
  });
});

describe('digests', () => {
  test('SHA-256 and HMAC-SHA-256 agree with the published vectors', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    const mac = Buffer.from(hmacSha256(Buffer.from('Jefe').toString('hex'), 'what do ya want for nothing?')).toString(
      'hex',
    );
    expect(mac).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });
  test('a digest is over the canonical form', () => {
    expect(digestOf({ b: 1, a: [true] })).toBe(sha256Hex('{"a":[true],"b":1}'));
  });
});
