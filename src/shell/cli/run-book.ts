import { join } from 'node:path';
import { FIRST_PAGE, renderBook } from '../../core/book/book.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { parseArticles } from '../../core/routing/lawbook.js';
import { DEFAULT_COURT } from '../../core/rules/rulebook.js';
import { readArticles } from '../files/rule-files.js';
import { writeBook } from '../files/write-book.js';
import { CliFailure, failInput } from './failure.js';
import { loadLawbook } from './library.js';
import { readRuleFolder } from './rule-folder.js';

export interface BookOptions {
  readonly out: string;
  readonly court?: string;
  readonly on: PlainDate;
  readonly force: boolean;
}

/** Writes the rules of a folder as a book. */
export async function runRulesBook(folder: string, { out, court, on, force }: BookOptions): Promise<void> {
  const lawbook = loadLawbook(folder);
  const { courts } = lawbook.book;
  if (court !== undefined && !courts.has(court)) {
    const known = [...courts.keys()].filter((code) => code !== DEFAULT_COURT).join('、');
    throw new CliFailure(`规则目录里没有法院「${court}」;有:${known}。没有自己目录的法院按「${DEFAULT_COURT}」`);
  }
  const pages = renderBook({
    lawbook,
    files: readRuleFolder(folder),
    articles: parseArticles(readArticles(folder)),
    day: on,
    history: [],
    ...(court !== undefined && { court }),
  });
  const written = await writeBook(out, pages, { force });
  if (!written.ok) failInput(written.error);
  process.stderr.write(`规则书已写好:${join(out, FIRST_PAGE)}(${pages.size - 1} 页)\n`);
}
