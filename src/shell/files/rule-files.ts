import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byCodePoint } from '../../core/kernel/order.js';
import { FILE_BYTES_MAX, FILES_MAX } from '../../core/releases/draft-files.js';
import { ARTICLES, EARLIER_ARTICLES, RECUSAL_ROWS } from '../../core/releases/edition.js';
import type { RuleFile } from '../../core/rules/source.js';

/** Why a rules folder could not be read. */
export class RuleFilesError extends Error {
  override readonly name = 'RuleFilesError';
}

/**
 * Reads every .yaml and .csv of a rules folder, paths relative to it with `/`, in code-point order.
 * The .jsonl of `reference` are read only on demand, see `readArticles` and `readRecusalRows`.
 *
 * @throws RuleFilesError when the folder is not there, a file is not UTF-8 or beyond 4 MiB
 */
export function readRuleFiles(folder: string): RuleFile[] {
  const files: RuleFile[] = [];
  const walk = (path: string): void => {
    let entries: Dirent[];
    try {
      entries = readdirSync(join(folder, path), { withFileTypes: true });
    } catch {
      throw new RuleFilesError(`规则目录读不出来:${join(folder, path)};请用 --rules 指明规则目录`);
    }
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(inner);
      else if (/\.(yaml|csv)$/.test(entry.name)) files.push({ path: inner, text: readText(join(folder, inner)) });
      else if (/\.yml$/.test(entry.name)) throw new RuleFilesError(`规则文件的扩展名要写成 .yaml:${inner}`);
      if (files.length > FILES_MAX) throw new RuleFilesError(`规则目录里的文件超过 ${FILES_MAX} 个`);
    }
  };
  walk('');
  return files.sort((a, b) => byCodePoint(a.path, b.path));
}

/** The text of `reference/articles.jsonl`, empty where the folder has none. */
export const readArticles = (folder: string): string => readOnDemand(folder, ARTICLES);

/**
 * The text of `reference/earlier-articles.jsonl`, what is known of earlier versions of the articles; empty where the
 * folder has none.
 */
export const readEarlierArticles = (folder: string): string => readOnDemand(folder, EARLIER_ARTICLES);

/**
 * The text of `reference/recusal-notice.jsonl`, empty where the folder has none. No .csv, so that what a notice quotes
 * is no part of the rules' digest: a change of it must not change a draw.
 */
export const readRecusalRows = (folder: string): string => readOnDemand(folder, RECUSAL_ROWS);

/** What is quoted of a folder and no part of the rules' digest; a file that is not there is left out. */
export const readQuotedFiles = (folder: string): RuleFile[] =>
  [
    { path: ARTICLES, text: readArticles(folder) },
    { path: EARLIER_ARTICLES, text: readEarlierArticles(folder) },
    { path: RECUSAL_ROWS, text: readRecusalRows(folder) },
  ].filter(({ text }) => text !== '');

function readOnDemand(folder: string, path: string): string {
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch {
    return '';
  }
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  if (bytes.length > FILE_BYTES_MAX) throw new RuleFilesError(`规则文件超过 4 MiB:${path}`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RuleFilesError(`规则文件不是 UTF-8 编码:${path};请用 UTF-8 另存`);
  }
}
