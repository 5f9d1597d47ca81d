import type { Card } from '../rules/card.js';
import { type BookFile, type BookIndex, LAYERS, statusOf } from './book-index.js';
import { cardLink } from './card-section.js';
import { readableBasis } from './cited-text.js';
import { type Content, html, type Markup, table } from './markup.js';
import { statusBadge, validity } from './page.js';
import { readableCard } from './readable-card.js';

const STATUSES = ['national', 'policy', 'local', 'unverified', 'adopted'] as const;

/** 目录: every page by layer, and how far the cards have been checked. */
export function contentsPage(index: BookIndex): Content {
  const { vocabulary } = index.input.lawbook.book;
  const counts = STATUSES.map((status) => ({
    status,
    count: index.cards.filter(({ basis }) => statusOf(basis) === status).length,
  }));
  return html`<p class="lead">每条规则写明结果、条件、例外和依据；依据的条文全文在规则旁边，引用的原话加了底色。</p>
<ul class="counts" aria-label="规则的核实情况">${counts.map(
    ({ status, count }) => html`<li><strong>${count}</strong> 条 ${statusBadge(status, vocabulary)}</li>`,
  )}</ul>
${LAYERS.map((layer) => {
  const files = index.files.filter((file) => file.layer === layer);
  return (
    files.length > 0 &&
    html`<section aria-labelledby="layer-${LAYERS.indexOf(layer)}"><h2 id="layer-${LAYERS.indexOf(layer)}">${layer}</h2>
<div class="folders">${foldersOf(files).map(([folder, inside]) => folderList(folder, inside, index))}</div></section>`
  );
})}`;
}

/** Folders of the nation's rules in the order in which a case comes to them. */
const FOLDER_WORDS: Readonly<Record<string, string>> = {
  national: '通用',
  'national/civil': '民事',
  'national/criminal': '刑事',
  'national/administrative': '行政',
  'national/enforcement': '执行',
  'national/bars': '回避和不得参与',
  links: '关联',
  parameters: '参数',
  flows: '流程',
  clocks: '期限的扣除和延长',
  escalation: '催办督办',
};
const EXAMPLES = '整层的示例';

function folderWord(folder: string, index: BookIndex): string {
  const court = index.courts.find(({ file }) => file === `${folder}/court.yaml`);
  if (court) return court.name;
  if (folder.endsWith('/examples')) return EXAMPLES;
  return FOLDER_WORDS[folder] ?? folder.split('/').at(-1) ?? folder;
}

/** Files by folder; what stands deeper in a court or module stays with it. */
function foldersOf(files: readonly BookFile[]): [string, BookFile[]][] {
  const folders = new Map<string, BookFile[]>();
  for (const file of files) {
    const parts = file.path.split('/').slice(0, -1);
    const folder = parts.slice(0, 2).join('/');
    const known = folders.get(folder);
    if (known) known.push(file);
    else folders.set(folder, [file]);
  }
  const known = Object.keys(FOLDER_WORDS);
  const rank = (folder: string): number => (known.includes(folder) ? known.indexOf(folder) : known.length);
  return [...folders].sort(([a], [b]) => rank(a) - rank(b));
}

function folderList(folder: string, files: readonly BookFile[], index: BookIndex): Markup {
  return html`<div class="folder"><h3>${folderWord(folder, index)}</h3><ul>${files.map(({ page, title, path }) => {
    const cards = index.cards.filter(({ file }) => file === path).length;
    return html`<li><a href="${page}">${title}</a>${cards > 0 && html` <span class="count">${cards} 条</span>`}</li>`;
  })}</ul></div>`;
}

/** 规则一览: all cards in one table, for whoever looks for a word. */
export function cardsPage(index: BookIndex): Content {
  const { vocabulary } = index.input.lawbook.book;
  return [
    html`<p>全部规则在一页里，可以用浏览器的“在页面中查找”找词。</p>`,
    table(
      '全部规则',
      ['规则', '层', '结果', '核实', '施行', '文件'],
      index.cards.map((card) => {
        const read = readableCard(card, vocabulary, index.library);
        const file = index.fileOf(card.file);
        return [
          cardLink(card.id, index),
          card.layer,
          read.conclusion,
          statusBadge(statusOf(card.basis), vocabulary),
          validity(read.validFrom, read.validTo, index.input.day, read.chosenBy),
          file && html`<a href="${file.page}">${file.title}</a>`,
        ];
      }),
    ),
  ];
}

/** Where a flow, ladder or adjustment that cites an article stands. */
interface Citing {
  readonly href: string;
  readonly text: string;
}

/** 条文索引: every article that something rests on, in full, with what rests on it. */
export function articlesPage(index: BookIndex): Content {
  const { lawbook } = index.input;
  const { vocabulary } = lawbook.book;
  const cited = new Map<
    string,
    { law: string; number: number; label: string; version: string; text: string; by: Citing[] }
  >();
  const cite = (bases: Card['basis'], citing: Citing): void => {
    for (const basis of bases) {
      const { text } = readableBasis(basis, vocabulary, index.library);
      if (!text) continue;
      const key = index.articleId(text.law, text.number);
      const entry = cited.get(key) ?? { ...text, text: `${text.before}${text.quote}${text.after}`, by: [] };
      if (!entry.by.some(({ href }) => href === citing.href)) entry.by.push(citing);
      cited.set(key, entry);
    }
  };
  for (const card of index.cards) {
    const href = index.cardHref(card.id) ?? '';
    cite([...card.basis, ...card.exceptions.flatMap(({ basis }) => basis)], { href, text: `${card.id} ${card.name}` });
  }
  const others = [
    ...[...lawbook.flows, ...lawbook.ladders].map(({ basis, file, name }) => ({ basis, file, name })),
    ...lawbook.adjustments.map(({ basis, place, name }) => ({ basis, file: place.file, name })),
  ];
  for (const { basis, file, name } of others) {
    const page = index.fileOf(file)?.page;
    if (page !== undefined) cite(basis, { href: page, text: name });
  }
  const laws = [...new Set([...cited.values()].map(({ law }) => law))].sort();
  return [
    html`<nav aria-label="法规"><ul class="links">${laws.map((law, at) => html`<li><a href="#law-${at + 1}">${law}</a></li>`)}</ul></nav>`,
    laws.map((law, at) => {
      const own = [...cited].filter(([, entry]) => entry.law === law).sort(([, a], [, b]) => a.number - b.number);
      return html`<section aria-labelledby="law-${at + 1}"><h2 id="law-${at + 1}">${law}</h2>
${own.map(
  ([
    id,
    { label, version, text, by },
  ]) => html`<article class="cited" id="${id}"><h3>${label} <small>${version}</small></h3><p class="text">${text}</p>
<p>据此的规则：</p><ul class="links">${by.map((each) => html`<li><a href="${each.href}">${each.text}</a></li>`)}</ul></article>`,
)}</section>`;
    }),
  ];
}

/** 版本: the digest of the rules that the book was made from, and the releases of the service. */
export function historyPage(index: BookIndex): Content {
  const { history, lawbook, day } = index.input;
  return [
    html`<dl class="facts"><dt>规则版本</dt><dd><code>${lawbook.book.digest}</code></dd><dt>施行情况以哪一天为准</dt><dd>${day}</dd></dl>`,
    history.length === 0
      ? html`<p>这本书由规则目录生成，没有发布记录。在服务里发布过的版本，由服务的“规则书”列出。</p>`
      : table(
          '发布记录',
          ['版本', '状态', '从哪一天起', '什么时候', '谁', '内容', '摘要'],
          history.map(({ name, state, effectiveFrom, at, who, what, digest }) => [
            name,
            state,
            effectiveFrom,
            at,
            who,
            what,
            html`<code>${digest.slice(0, 12)}</code>`,
          ]),
        ),
  ];
}
