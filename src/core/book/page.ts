import type { PlainDate } from '../kernel/plain-date.js';
import { labelOf, type Vocabulary } from '../rules/vocabulary.js';
import { type Content, html, type Markup } from './markup.js';

/** What every page of the book says of it. */
export interface Cover {
  readonly title: string;
  readonly day: PlainDate;
  readonly digest: string;
}

const CHAPTERS: readonly (readonly [page: string, word: string])[] = [
  ['index.html', '目录'],
  ['cards.html', '规则一览'],
  ['parameters.html', '参数'],
  ['articles.html', '条文索引'],
  ['words.html', '词语'],
  ['history.html', '版本'],
];
/** Of a digest, enough to tell versions apart by eye. */
const SHORT_DIGEST = 12;

/** A whole page. `name` is its own address, by which the chapter that one is in is marked. */
export const page = (cover: Cover, name: string, title: string, content: Content): string =>
  html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${cover.title}</title>
<link rel="stylesheet" href="book.css">
</head>
<body>
<a class="skip" href="#content">跳到正文</a>
<header class="top"><div class="inner"><p class="book-title">${cover.title}</p>
<nav aria-label="章节"><ul>${CHAPTERS.map(
    ([to, word]) => html`<li><a href="${to}"${to === name && html` aria-current="page"`}>${word}</a></li>`,
  )}</ul></nav></div></header>
<main id="content" tabindex="-1">
<h1>${title}</h1>
${content}
</main>
<footer><p>施行情况以 ${cover.day} 为准。规则版本 <code>${cover.digest.slice(0, SHORT_DIGEST)}</code>。</p></footer>
</body>
</html>
`.toString();

/** How far something has been checked, in a word and in its colour. */
export const statusBadge = (status: string, vocabulary: Vocabulary): Markup =>
  html`<span class="badge ${status}">${status === 'adopted' ? '采用法院提供' : labelOf(vocabulary, '依据效力', status)}</span>`;

/**
 * Since when, until when, and whether it is so on the day of the book. `to` is the first day on which it is no longer so; `chosenBy` which
 * day of a case counts, where it is not that of receipt.
 */
export function validity(
  from: string,
  to: string | null | undefined,
  day: PlainDate,
  chosenBy?: string | null | undefined,
): Markup {
  const by = chosenBy ? `，按${chosenBy}选用` : '';
  const until = to ? `，${to} 起失效` : '';
  const [kind, word] =
    day < from ? ['future', '尚未施行'] : to && to <= day ? ['past', '已失效'] : ['present', '施行中'];
  return html`<span class="validity ${kind}">${word}</span> <span class="dates">${from} 起施行${until}${by}</span>`;
}
