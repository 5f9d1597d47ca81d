import { buildLawbook, type Lawbook, parseArticles } from '../routing/lawbook.js';
import { parseRecusalRows, type RecusalRow } from '../routing/recusal.js';
import type { ArticleText } from '../rules/cited-articles.js';
import { ReadCache } from '../rules/read-cache.js';
import type { Problems, RuleFile } from '../rules/source.js';

/** All that the service reads of a rules folder: the lawbook, and the texts that are quoted and decide nothing. */
export interface Edition extends Lawbook {
  readonly articles: readonly ArticleText[];
  readonly recusal: readonly RecusalRow[];
  /** The rule files themselves, without what is quoted. */
  readonly files: readonly RuleFile[];
}

export const ARTICLES = 'reference/articles.jsonl';
export const EARLIER_ARTICLES = 'reference/earlier-articles.jsonl';
export const RECUSAL_ROWS = 'reference/recusal-notice.jsonl';

/** No .jsonl is part of the rules' digest: a change of what a notice quotes must not change a draw. */
export const isQuoted = ({ path }: RuleFile): boolean => path.endsWith('.jsonl');

/** As `buildLawbook`, of the files with what is quoted. A quoted file that cannot be read is a problem too. */
export function buildEdition(
  files: readonly RuleFile[],
  problems: Problems,
  cache = new ReadCache(),
): Edition | undefined {
  const rules = files.filter((file) => !isQuoted(file));
  const lawbook = buildLawbook(rules, problems, cache);
  const quoted = (...paths: string[]): RuleFile[] => files.filter(({ path }) => paths.includes(path));
  const articles = cache.read('articles', quoted(ARTICLES, EARLIER_ARTICLES), problems, (into) => {
    const earlier = textOf(files, EARLIER_ARTICLES);
    rowsOf(files, EARLIER_ARTICLES, jsonLines, into);
    return rowsOf(files, ARTICLES, (text) => parseArticles(text, isAllJson(earlier) ? earlier : ''), into);
  });
  const recusal = cache.read('recusal rows', quoted(RECUSAL_ROWS), problems, (into) =>
    rowsOf(files, RECUSAL_ROWS, parseRecusalRows, into),
  );
  return lawbook && { ...lawbook, articles, recusal, files: rules };
}

function rowsOf<T>(
  files: readonly RuleFile[],
  path: string,
  parse: (text: string) => readonly T[],
  problems: Problems,
): readonly T[] {
  const text = textOf(files, path);
  try {
    return parse(text);
  } catch {
    const line = 1 + text.split('\n').findIndex((each) => each !== '' && !isJson(each));
    problems.add(
      { file: path, line: Math.max(1, line), column: 1 },
      'JSONL',
      '这一行不是一个 JSON 对象；每行应当是一个',
    );
    return [];
  }
}

const textOf = (files: readonly RuleFile[], of: string): string => files.find(({ path }) => path === of)?.text ?? '';

const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));

const isAllJson = (text: string): boolean => text.split('\n').every((line) => line === '' || isJson(line));

function isJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}
