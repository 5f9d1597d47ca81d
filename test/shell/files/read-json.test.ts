import { chmodSync, mkdirSync, truncateSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatInputError } from '../../../src/shell/files/input-error.js';
import { MAX_DOCKET_BYTES, readJsonFile } from '../../../src/shell/files/read-json.js';
import { file } from './support.js';

async function read(content: string | Uint8Array) {
  return readJsonFile(file('in.json', content), { maxBytes: 64 * 1024 * 1024 });
}
async function refused(content: string | Uint8Array) {
  const result = await read(content);
  if (result.ok) throw new Error('was read');
  return result.error;
}

describe('readJsonFile', () => {
  it('reads UTF-8, with a byte order mark too', async () => {
    expect(await read('\uFEFF[{"名":"甲\\"：{","b":[1,2]}]')).toEqual({
      ok: true,
      value: [{ 名: '甲"：{', b: [1, 2] }],
    });
  });

  it('names line, column and key of a duplicate key at any depth', async () => {
    const error = await refused('{"a":1,\n "b":[{"名":1,"名":2}]}');
    expect(error).toMatchObject({ code: 'DUPLICATE_KEY', line: 2, column: 14, field: '名' });
    expect(formatInputError(error)).toMatch(/in\.json 第2行第14列「名」:.*删去/);
  });

  it('does not take colons and quotes inside strings for keys', async () => {
    expect((await read('{"a:b":"c\\\\","d":"\\":{[","e":"x:\\u003a"}')).ok).toBe(true);
  });

  it.each([
    ['an unclosed array', '[1,2', 'SYNTAX'],
    ['a trailing comma', '[1,]', 'SYNTAX'],
    ['a comment', '[1] // 注释', 'SYNTAX'],
    ['Chinese quotes', '{“a”:1}', 'SYNTAX'],
    ['100,000 brackets', '['.repeat(100_000), 'TOO_DEEP'],
    ['100,000 brackets after an unclosed string', `"\n${'['.repeat(100_000)}`, 'TOO_DEEP'],
    ['100,000 brackets behind a quote in a comment', `/* " */${'['.repeat(100_000)}`, 'SYNTAX'],
    ['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`, 'TOO_DEEP'],
    ['UTF-16 with a mark', Buffer.from('\uFEFF[]', 'utf16le'), 'UTF16'],
    ['UTF-16 without a mark', Buffer.from('[{"a":1}]', 'utf16le'), 'UTF16'],
    ['a NUL byte', '["甲\0乙"]', 'BINARY'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2]), 'BINARY'],
    ['a zip archive', Buffer.from('PK\u0003\u0004aaaa'), 'BINARY'],
    ['GB18030', Buffer.from([0x5b, 0x22, 0xd6, 0xd0, 0x22, 0x5d]), 'NOT_UTF8'],
    ['neither encoding', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), 'NOT_UTF8'],
    ['half a surrogate pair', '["\\ud800"]', 'BAD_UNICODE'],
    ['nothing', '', 'EMPTY'],
    ['blanks', ' \n', 'EMPTY'],
  ])('refuses %s', async (_, content, code) => {
    expect((await refused(content)).code).toBe(code);
  });

  it('keeps __proto__ and constructor as ordinary keys', async () => {
    const result = await read('{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}');
    expect(result.ok && Object.keys(result.value as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('refuses 500 MB before reading it', async () => {
    const path = file('huge.json', '');
    truncateSync(path, 500_000_000);
    const started = Date.now();
    const result = await readJsonFile(path, { maxBytes: MAX_DOCKET_BYTES });
    expect(result).toMatchObject({ ok: false, error: { code: 'TOO_LARGE' } });
    expect(Date.now() - started).toBeLessThan(1000);
  });

  it('names what is missing, a folder, and what may not be read', async () => {
    const limits = { maxBytes: 1000 };
    expect(await readJsonFile(file('none.json'), limits)).toMatchObject({ error: { code: 'ENOENT' } });
    mkdirSync(file('folder.json'));
    expect(await readJsonFile(file('folder.json'), limits)).toMatchObject({ error: { code: 'EISDIR' } });
    if (process.getuid?.() === 0) return;
    const secret = file('secret.json', '[]');
    chmodSync(secret, 0);
    expect(await readJsonFile(secret, limits)).toMatchObject({ error: { code: 'EACCES' } });
  });

  it('reads 30 MB in seconds and finds the one duplicate in it', async () => {
    const one = JSON.stringify({ caseNo: '（2025）川1527民初88号', parties: [{ name: '王建国', kind: 'person' }] });
    const many = Array.from({ length: 300_000 }, () => one).join(',\n');
    const started = Date.now();
    expect((await read(`[${many}]`)).ok).toBe(true);
    expect(Date.now() - started).toBeLessThan(6000);
    expect(await refused(`[${many},\n{"a":1,"a":1}]`)).toMatchObject({
      code: 'DUPLICATE_KEY',
      line: 300_001,
      field: 'a',
    });
  });
});
