import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderLockedError, holderOf, lockFolder } from '../../../src/shell/db/folder-lock.js';

describe('a folder belongs to one process', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shouze-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('whoever holds it is named, with its address; given back, the next one takes it', () => {
    const lock = lockFolder(folder, { url: 'http://127.0.0.1:8080', token: 't' });
    expect(holderOf(folder)).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:8080' });
    expect(() => lockFolder(folder)).toThrow(FolderLockedError);
    lock.release();
    expect(holderOf(folder)).toBeUndefined();
    lockFolder(folder).release();
  });

  it('a process that was killed holds nothing', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: 'pipe' });
    writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: child.pid }));
    expect(() => lockFolder(folder)).toThrow(`进程 ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    lockFolder(folder).release();
  });

  it('a number that another process has got meanwhile does not deceive', () => {
    writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: process.ppid, born: '1' }));
    expect(holderOf(folder)).toBeUndefined();
    lockFolder(folder).release();
  });

  it.each(['', '{', '{"pid":"x"}', '[]'])('a lock that cannot be read (%s) holds nothing', (content) => {
    writeFileSync(join(folder, 'lock.json'), content);
    lockFolder(folder).release();
  });

  it('of many processes at once exactly one takes it', async () => {
    const module = new URL('../../../src/shell/db/folder-lock.ts', import.meta.url).href;
    const script = `import(${JSON.stringify(module)}).then(({ lockFolder }) => {
      process.stdin.once('data', () => { try { lockFolder(${JSON.stringify(folder)}); console.log('took'); } catch { console.log('refused'); } process.stdin.once('data', () => process.exit()); });
      console.log('ready');
    });`;
    writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: 2 ** 22 + 1 }));
    const children = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: 'pipe' }),
    );
    const says = (child: (typeof children)[number]) =>
      once(child.stdout, 'data').then(([chunk]) => String(chunk).trim());
    expect(await Promise.all(children.map(says))).toEqual(children.map(() => 'ready'));
    const answers = Promise.all(children.map(says));
    for (const child of children) child.stdin.write('go\n');
    expect((await answers).sort()).toEqual(['refused', 'refused', 'refused', 'refused', 'refused', 'took']);
    for (const child of children) child.stdin.write('end\n');
    await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
  });
});
