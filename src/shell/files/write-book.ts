import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../core/kernel/result.js';
import { type InputError, InputFault, systemError } from './input-error.js';
import { writeWhole } from './write-file.js';

/** Stands in a folder that holds a book, with the names of its pages: only these may be taken away for the next one. */
const MARK = '.shouze-book';
/** A page lies in the folder itself. */
const PAGE = /^[^/\\\0]+\.(?:html|css)$/;

/**
 * Writes the pages of a book into a folder, which is made where it is missing; an older book there gives way to it. A folder that holds
 * something else is refused, unless `force`, and then nothing but the pages' own names is written over.
 */
export async function writeBook(
  folder: string,
  pages: ReadonlyMap<string, string>,
  { force = false }: { readonly force?: boolean } = {},
): Promise<Result<void, InputError>> {
  try {
    await mkdir(folder, { recursive: true });
    const present = await readdir(folder);
    if (present.length > 0 && !present.includes(MARK) && !force) {
      const message = '这个文件夹里有别的文件，不是规则书，没有写入；请换一个文件夹，或者加 --force';
      throw new InputFault({ code: 'EXISTS', message });
    }
    const before = present.includes(MARK) ? (await readFile(join(folder, MARK), 'utf8')).split('\n') : [];
    for (const name of before) if (PAGE.test(name) && !pages.has(name)) await rm(join(folder, name), { force: true });
  } catch (failure) {
    return err(systemError(failure, folder));
  }
  for (const [name, text] of [[MARK, [...pages.keys(), ''].join('\n')] as const, ...pages]) {
    const written = await writeWhole(join(folder, name), [text]);
    if (!written.ok) return written;
  }
  return ok(undefined);
}
