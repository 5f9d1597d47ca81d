import { byCodePoint } from '../kernel/order.js';
import type { BasisStatus, CardBasis } from '../rules/citation.js';
import type { ArticleText } from '../rules/cited-articles.js';
import { labelOf, type Vocabulary } from '../rules/vocabulary.js';

/** One basis of a rule as a person reads it, with the article that it quotes. */
export interface ReadableBasis {
  /** `adopted`: the court that adopts the module supplies it. */
  readonly status: BasisStatus | 'adopted';
  readonly statusWord: string;
  /** Under which name the adopting court supplies it. */
  readonly adopted: string | null;
  readonly law: string;
  readonly version: string | null;
  readonly article: string | null;
  readonly quote: string | null;
  readonly source: string | null;
  /** Null where the library of articles has none. */
  readonly text: CitedText | null;
}

/** A whole article with the quoted words told apart; `quote` is empty where the words do not stand in it. */
export interface CitedText {
  readonly law: string;
  readonly number: number;
  readonly label: string;
  readonly version: string;
  readonly before: string;
  readonly quote: string;
  readonly after: string;
}

/** A policy is cited by its name, with or without its number behind it. */
const DOCUMENT_NUMBER = /（[^（）]*〔\d{4}〕\d+号）$/;

/** Finds the article that a basis cites. */
export class ArticleLibrary {
  readonly #articles = new Map<string, ArticleText[]>();

  constructor(articles: readonly ArticleText[]) {
    for (const article of articles) {
      const key = `${article.law} ${article.article}`;
      const known = this.#articles.get(key);
      if (known) known.push(article);
      else this.#articles.set(key, [article]);
    }
    for (const known of this.#articles.values()) known.sort((a, b) => byCodePoint(b.inForceFrom, a.inForceFrom));
  }

  /** The version that the basis names and quotes; else one in which its words stand; else the newest. */
  cited(law: string, number: number | undefined, version: string | undefined, quote: string): CitedText | null {
    const found = this.#articles.get(`${law.replace(DOCUMENT_NUMBER, '')} ${number}`) ?? [];
    const quoting = found.filter(({ text }) => spanOf(text, quote) !== undefined);
    const article = quoting.find((each) => each.version === version) ?? quoting[0] ?? found[0];
    if (!article) return null;
    const { text, label } = article;
    const [start, end] = spanOf(text, quote) ?? [text.length, text.length];
    return {
      law: article.law,
      number: article.article,
      label,
      version: article.version,
      before: text.slice(0, start),
      quote: text.slice(start, end),
      after: text.slice(end),
    };
  }
}

/** Where a quote stands in an article: articles are kept with their line breaks, quotes are written on one line. */
function spanOf(text: string, quote: string): readonly [number, number] | undefined {
  const words = quote.replace(/\s/g, '');
  if (words === '') return undefined;
  const places: number[] = [];
  let squeezed = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (/\s/.test(character)) continue;
    places.push(index);
    squeezed += character;
  }
  const at = squeezed.indexOf(words);
  return at < 0 ? undefined : [places[at] ?? 0, (places[at + words.length - 1] ?? 0) + 1];
}

/** A basis in the words of the vocabulary. */
export function readableBasis(basis: CardBasis, vocabulary: Vocabulary, library: ArticleLibrary): ReadableBasis {
  if (!('law' in basis)) {
    return {
      status: 'adopted',
      statusWord: '采用法院提供',
      adopted: basis.adopted,
      law: `采用法院为“${basis.adopted}”写明的依据`,
      version: null,
      article: null,
      quote: null,
      source: null,
      text: null,
    };
  }
  const { law, status, version, article, articleNumber, quote, source } = basis;
  return {
    status,
    statusWord: labelOf(vocabulary, '依据效力', status),
    adopted: null,
    law,
    version: version ?? null,
    article: article ?? null,
    quote: quote ?? null,
    source: source ?? null,
    text: library.cited(law, articleNumber, version, quote ?? ''),
  };
}
