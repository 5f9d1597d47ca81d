import { z } from 'zod';
import { type Matter, matterSchema } from '../documents/filing.js';
import type { PlainDate } from '../kernel/plain-date.js';

/** An article in full, under a heading that says what it settles. */
export interface QuotedArticle {
  readonly about: string;
  readonly law: string;
  readonly version: string;
  readonly label: string;
  readonly text: string;
}

const quotedSchema = z.strictObject({
  matter: matterSchema,
  law: z.string().min(1),
  version: z.string().min(1),
  article: z.int().min(1),
  label: z.string().min(1),
  about: z.string().min(1),
});

/** Which article a notice quotes on recusal, by law, version and number. */
export type RecusalRow = z.infer<typeof quotedSchema>;

const articleSchema = z.object({
  law: z.string(),
  version: z.string(),
  in_force_from: z.string(),
  article: z.int(),
  label: z.string(),
  text: z.string(),
});

type ArticleVersion = z.infer<typeof articleSchema>;

const linesOf = <T>(schema: z.ZodType<T>, text: string): T[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => schema.parse(JSON.parse(line)));

/** The rows of `reference/recusal-notice.jsonl`. @throws ZodError or SyntaxError where a line is none */
export const parseRecusalRows = (text: string): RecusalRow[] => linesOf(quotedSchema, text);

/**
 * The articles on recusal that a notice of that matter quotes when it is issued on that day: only those whose text is
 * there, in the version that is in force.
 *
 * @param articles the text of `reference/articles.jsonl`
 * @param rows the text of `reference/recusal-notice.jsonl`
 */
export function recusalArticles(articles: string, rows: string, matter: Matter, day: PlainDate): QuotedArticle[] {
  const versions = linesOf(articleSchema, articles);
  return parseRecusalRows(rows)
    .filter((row) => row.matter === matter)
    .flatMap(({ law, version, article, about }) => {
      const found = versions.find((each) => each.law === law && each.version === version && each.article === article);
      if (!found || !isInForce(found, versions, day)) return [];
      return [{ about, law, version, label: found.label, text: found.text }];
    });
}

const dayOf = ({ in_force_from }: ArticleVersion): string => in_force_from.slice(0, 10);

/** In force by that day, and no later version of the same law is. */
function isInForce(one: ArticleVersion, versions: readonly ArticleVersion[], day: PlainDate): boolean {
  if (dayOf(one) > day) return false;
  return !versions.some((each) => each.law === one.law && dayOf(each) > dayOf(one) && dayOf(each) <= day);
}
