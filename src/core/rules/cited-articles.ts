import type { CardBasis } from './citation.js';
import type { Problem } from './source.js';

/** The text of a cited article, for the check that a national quote really stands there. */
export interface ArticleText {
  readonly law: string;
  readonly article: number;
  /** 第几条, as it is cited. */
  readonly label: string;
  readonly version: string;
  readonly inForceFrom: string;
  readonly text: string;
}

/** A policy is cited by its name, with or without its number behind it. */
const DOCUMENT_NUMBER = /（[^（）]*〔\d{4}〕\d+号）$/;

const articleIndexes = new WeakMap<readonly ArticleText[], Map<string, ArticleText[]>>();

function articlesOf(
  articles: readonly ArticleText[],
  law: string,
  article: number | undefined,
): readonly ArticleText[] {
  let index = articleIndexes.get(articles);
  if (!index) {
    index = new Map();
    for (const each of articles) {
      const key = `${each.law} ${each.article}`;
      index.set(key, [...(index.get(key) ?? []), each]);
    }
    articleIndexes.set(articles, index);
  }
  return index.get(`${law} ${article}`) ?? [];
}

/** What is wrong with citations: a national or policy quote must stand in the text of its article. */
export function checkCitations(bases: readonly CardBasis[], rule: string, articles: readonly ArticleText[]): Problem[] {
  const problems: Problem[] = [];
  for (const basis of bases) {
    if (!('law' in basis) || (basis.status !== 'national' && basis.status !== 'policy')) continue;
    const law = basis.law.replace(DOCUMENT_NUMBER, '');
    const found = articlesOf(articles, law, basis.articleNumber);
    const where = `${basis.law}${basis.article ?? ''}`;
    if (found.length === 0) {
      problems.push({ ...basis.place, code: 'CITATION', rule, message: `条文库里没有「${where}」` });
    } else if (!found.some((each) => squeeze(each.text).includes(squeeze(basis.quote ?? '')))) {
      problems.push({ ...basis.place, code: 'CITATION', rule, message: `「${where}」里没有所引的原文` });
    }
  }
  return problems;
}

/** Articles are kept with their line breaks, quotes are written on one line. */
const squeeze = (text: string): string => text.replace(/\s/g, '');
