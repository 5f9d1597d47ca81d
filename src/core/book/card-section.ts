import type { Card } from '../rules/card.js';
import { type BookIndex, statusOf } from './book-index.js';
import { type ReadableBasis, readableBasis } from './cited-text.js';
import type { ConditionLine } from './condition-lines.js';
import { type Content, html, type Markup, table } from './markup.js';
import { statusBadge, validity } from './page.js';
import { type ReadableException, readableCard } from './readable-card.js';

/** A card with the articles that it rests on beside it. */
export function cardSection(card: Card, index: BookIndex): Markup {
  const { day, lawbook } = index.input;
  const { vocabulary } = lawbook.book;
  const read = readableCard(card, vocabulary, index.library);
  const bases = [...read.basis, ...read.exceptions.flatMap(({ basis }) => basis)];
  return html`<section class="card" id="${card.id}" aria-labelledby="${card.id}-name">
<header><h2 id="${card.id}-name"><a class="number" href="#${card.id}">${card.id}</a> ${card.name}</h2>
<p class="marks">${statusBadge(statusOf(card.basis), vocabulary)} ${validity(read.validFrom, read.validTo, day, read.chosenBy)}</p></header>
<div class="pair"><div class="rule">
<dl>
<dt>结果</dt><dd class="conclusion">${read.conclusion}</dd>
${read.period !== null && html`<dt>期间</dt><dd>${read.period}${periodLink(card, index)}</dd>`}
<dt>条件</dt><dd>${conditions(read.conditions, index, '没有条件，一律如此')}</dd>
${read.exceptions.length > 0 && html`<dt>例外</dt><dd>${read.exceptions.map((each) => exception(each, index))}</dd>`}
${named('例外于', read.exceptionTo, index)}
${links('被谁例外', index.exceptionsTo(card), index)}
${read.groups.length > 0 && html`<dt>组</dt><dd>${read.groups.join('、')}</dd>`}
${read.delegates.length > 0 && html`<dt>下级可细化</dt><dd>${read.delegates.join('、')}</dd>`}
<dt>说明模板</dt><dd>${read.template}</dd>
</dl>
${examples(read)}
</div>
<aside class="articles" aria-label="${card.id} 的依据">${bases.map((basis) => article(basis, card, index))}</aside>
</div></section>
`;
}

const periodLink = ({ period }: Card, index: BookIndex): Content =>
  typeof period?.length === 'object' && html` <a href="${index.parameterHref(period.length.parameter)}">看参数</a>`;

/** 条件 as nested lists. */
function conditions(lines: readonly ConditionLine[], index: BookIndex, none: string): Markup {
  if (lines.length === 0) return html`${none}`;
  return html`<ul class="conditions">${lines.map((line) =>
    line.kind === 'group'
      ? html`<li><span class="heading">${line.heading}</span>${conditions(line.members, index, '（无）')}</li>`
      : html`<li>${line.text}${line.parameter !== undefined && html` <a href="${index.parameterHref(line.parameter)}">看参数</a>`}</li>`,
  )}</ul>`;
}

const exception = ({ id, name, conditions: lines, template }: ReadableException, index: BookIndex): Markup =>
  html`<div class="exception" id="${id}"><p><span class="number">${id}</span> ${name}</p>${conditions(lines, index, '一律')}<p class="template">${template}</p></div>`;

function named(label: string, names: readonly string[], index: BookIndex): Content {
  if (names.length === 0) return false;
  return html`<dt>${label}</dt><dd><ul class="links">${names.map((name) => {
    const href = index.cardHref(name);
    if (href !== undefined) return html`<li>${cardLink(name, index)}</li>`;
    return html`<li>组“${name}”：${list(index.named(name), index)}</li>`;
  })}</ul></dd>`;
}

const links = (label: string, cards: readonly Card[], index: BookIndex): Content =>
  cards.length > 0 &&
  html`<dt>${label}</dt><dd><ul class="links">${cards.map(({ id }) => html`<li>${cardLink(id, index)}</li>`)}</ul></dd>`;

const list = (cards: readonly Card[], index: BookIndex): Content =>
  cards.length === 0 ? '（本书没有）' : cards.map(({ id }, at) => [at > 0 && '、', cardLink(id, index)]);

/** A card's number and name, leading to it where the book has it. */
export function cardLink(id: string, index: BookIndex): Markup {
  const href = index.cardHref(id);
  const [card] = index.named(id);
  const text = card ? `${id} ${card.name}` : id;
  return href === undefined ? html`${text}` : html`<a href="${href}">${text}</a>`;
}

function examples({ id, examples: all }: ReturnType<typeof readableCard>): Content {
  if (all.length === 0) return false;
  const rows = all.map(({ name, given, expected }) => [name, given.join('；') || '同基准', expected]);
  return html`<details><summary>示例 ${all.length} 个</summary>${table(`${id} 的示例`, ['示例', '给出的事实', '结论'], rows)}</details>`;
}

function article(basis: ReadableBasis, card: Card, index: BookIndex): Markup {
  const { vocabulary } = index.input.lawbook.book;
  const { status, law, version, article: place, text, source, quote } = basis;
  const head = html`<p class="cite">${statusBadge(status, vocabulary)} ${text ? html`<a href="articles.html#${index.articleId(text.law, text.number)}">${law}${place}</a>` : html`${law}${place}`}${version !== null && html` <span class="version">${version}</span>`}</p>`;
  if (basis.adopted !== null) {
    const supplied = index.supplied(card.file.split('/')[1] ?? '', basis.adopted);
    return html`<blockquote class="article ${status}">${head}<ul>${supplied.map(({ court, basis: own }) => {
      const read = readableBasis(own, vocabulary, index.library);
      return html`<li>${court.name}：${read.law}${read.article}（${read.statusWord}）</li>`;
    })}</ul></blockquote>`;
  }
  const isQuoted = text !== null && text.quote !== '';
  return html`<blockquote class="article ${status}">${head}
${text && html`<p class="text">${text.before}<mark>${text.quote}</mark>${text.after}</p>`}
${!isQuoted && quote !== null && html`<p class="text">所引原文：${quote}</p>`}
${!isQuoted && (status === 'national' || status === 'policy') && html`<p class="note wrong">${text ? '这一条里没有所引的原文' : '条文库里没有这一条'}，请核对。</p>`}
${source !== null && html`<p class="note">来源：${source}</p>`}</blockquote>`;
}
