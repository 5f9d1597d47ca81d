import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeBook } from '../../../src/shell/files/write-book.js';
import { shouze } from '../../support/shouze.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shouze-book-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const book = (...pages: string[]): Map<string, string> => new Map(pages.map((name) => [name, `第 ${name} 页`]));
const names = (): string[] => readdirSync(folder).sort();

test('写成一本书，打开就能看，帮助里有例子', async () => {
  const out = join(folder, '规则书');
  const { status, err } = await shouze(['rules', 'book', '--out', out, '--court', '川1599', '--on', '2026-01-01']);
  expect([status, err]).toEqual([0, expect.stringMatching(/规则书已写好:.*index\.html\(\d+ 页\)/)]);
  const index = readFileSync(join(out, 'index.html'), 'utf8');
  for (const words of ['规则书：示例县人民法院', '施行情况以 2026-01-01 为准', '民事一审:适用什么程序'])
    expect(index).toContain(words);
  expect(existsSync(join(out, 'book.css'))).toBe(true);
  expect((await shouze(['rules', 'book', '--help'])).out).toContain('例 / Examples');
});

test('没有的法院说有哪些，什么也不写', async () => {
  const out = join(folder, 'book');
  const { status, err } = await shouze(['rules', 'book', '--out', out, '--court', '川9999']);
  expect([status, existsSync(out)]).toEqual([2, false]);
  expect(err).toContain('规则目录里没有法院「川9999」');
  expect(err).toContain('川1599');
});

test('重写时，上一本书多出的页不留下', async () => {
  expect(await writeBook(folder, book('a.html', 'b.html'))).toMatchObject({ ok: true });
  writeFileSync(join(folder, '笔记.txt'), '自己的');
  expect(await writeBook(folder, book('b.html', 'c.html'))).toMatchObject({ ok: true });
  expect(names()).toEqual(['.shouze-book', 'b.html', 'c.html', '笔记.txt'].sort());
});

test('别的文件夹不动，除非 --force；加了也只写自己的页', async () => {
  writeFileSync(join(folder, 'a.html'), '别人的');
  writeFileSync(join(folder, 'z.html'), '别人的');
  const refused = await writeBook(folder, book('a.html'));
  expect(refused).toMatchObject({ ok: false, error: { code: 'EXISTS', message: expect.stringContaining('--force') } });
  expect([names(), readFileSync(join(folder, 'a.html'), 'utf8')]).toEqual([['a.html', 'z.html'], '别人的']);
  expect(await writeBook(folder, book('a.html'), { force: true })).toMatchObject({ ok: true });
  expect(names()).toEqual(['.shouze-book', 'a.html', 'z.html']);
  expect(readFileSync(join(folder, 'z.html'), 'utf8')).toBe('别人的');
});

test('目录标记里写了别处的文件，也不会去删', async () => {
  const outside = join(folder, 'outside.html');
  writeFileSync(outside, '别处的');
  const inner = join(folder, 'book');
  expect(await writeBook(inner, book('a.html'))).toMatchObject({ ok: true });
  writeFileSync(join(inner, '.shouze-book'), '../outside.html\na.html\n');
  expect(await writeBook(inner, book('b.html'))).toMatchObject({ ok: true });
  expect([existsSync(outside), readdirSync(inner).sort()]).toEqual([true, ['.shouze-book', 'b.html']]);
});

test('路径是一个文件时说清楚', async () => {
  const path = join(folder, 'file');
  writeFileSync(path, '');
  expect(await writeBook(path, book('a.html'))).toMatchObject({ ok: false });
});
