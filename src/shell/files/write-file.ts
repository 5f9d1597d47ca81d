import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { err, ok, type Result } from '../../core/kernel/result.js';
import { type InputError, InputFault, systemError } from './input-error.js';

/** What a file shall hold: bytes, or text piece by piece. */
export type Content = Uint8Array | Iterable<string>;

const FLUSH_CHARACTERS = 256 * 1024;

async function write(handle: FileHandle, content: Content): Promise<void> {
  if (content instanceof Uint8Array) {
    await handle.writeFile(content);
    return;
  }
  let pending = '';
  for (const piece of content) {
    pending += piece;
    if (pending.length < FLUSH_CHARACTERS) continue;
    await handle.writeFile(pending);
    pending = '';
  }
  await handle.writeFile(pending);
}

async function replace(target: string, content: Content, mode: number): Promise<void> {
  const draft = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(draft, 'wx', mode);
  try {
    try {
      await write(handle, content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, target);
  } catch (failure) {
    await rm(draft, { force: true });
    throw failure;
  }
}

async function existing(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return undefined;
    throw failure;
  }
}

/**
 * Writes a file as a whole or not at all: beside the target first, then in its place. A pipe or device is written to as it
 * is. With `keep`, a file that already holds something is left alone; with `mode`, it has those permissions from its first byte on,
 * whatever stood there before.
 */
export async function writeWhole(
  path: string,
  content: Content,
  options: { readonly keep?: boolean; readonly mode?: number } = {},
): Promise<Result<void, InputError>> {
  try {
    const before = await existing(path);
    if (before?.isDirectory()) {
      throw new InputFault({ code: 'EISDIR', message: '这是文件夹,请写明文件名,例如 结果.xlsx' });
    }
    if (options.keep === true && before !== undefined && before.size > 0) {
      throw new InputFault({ code: 'EXISTS', message: '文件已经存在,没有覆盖;请换一个文件名,或者先把它移走' });
    }
    if (before === undefined) await replace(path, content, options.mode ?? 0o666);
    else if (before.isFile()) await replace(await realpath(path), content, options.mode ?? before.mode & 0o777);
    else {
      const handle = await open(path, 'w');
      await write(handle, content).finally(() => handle.close());
    }
    return ok(undefined);
  } catch (failure) {
    const error = systemError(failure, path);
    if (error.code !== 'ENOENT') return err(error);
    return err({ ...error, message: `文件夹「${dirname(path)}」不存在,请先建好或者改正路径` });
  }
}
