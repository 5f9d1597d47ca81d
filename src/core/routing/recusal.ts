import { z } from 'zod';
import { type Matter, matterSchema } from '../documents/filing.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { ArticleText } from '../rules/cited-articles.js';

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

/** The rows of `reference/recusal-notice.jsonl`. @throws ZodError or SyntaxError where a line is none */
export const parseRecusalRows = (text: string): RecusalRow[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => quotedSchema.parse(JSON.parse(line)));

/**
 * The articles on recusal that a notice of that matter quotes when it is issued on that day: only those whose text is
 * there, in the version that is in force.
 */
export function recusalArticles(
  articles: readonly ArticleText[],
  rows: readonly RecusalRow[],
  matter: Matter,
  day: PlainDate,
): QuotedArticle[] {
  return rows
    .filter((row) => row.matter === matter)
    .flatMap(({ law, version, article, about }) => {
      const found = articles.find((each) => each.law === law && each.version === version && each.article === article);
      if (!found || !isInForce(found, articles, day)) return [];
      return [{ about, law, version, label: found.label, text: found.text }];
    });
}

const dayOf = ({ inForceFrom }: ArticleText): string => inForceFrom.slice(0, 10);

/** In force by that day, and no later version of the same law is. */
function isInForce(one: ArticleText, articles: readonly ArticleText[], day: PlainDate): boolean {
  if (dayOf(one) > day) return false;
  return !articles.some((each) => each.law === one.law && dayOf(each) > dayOf(one) && dayOf(each) <= day);
}
