import { type BookFile, BookIndex, type BookInput } from './book-index.js';
import { BOOK_STYLE } from './book-style.js';
import { cardSection } from './card-section.js';
import { FlowPages } from './flow-pages.js';
import { articlesPage, cardsPage, contentsPage, historyPage } from './list-pages.js';
import { type Content, html } from './markup.js';
import { type Cover, page } from './page.js';
import {
  courtFile,
  layerExamples,
  natureFile,
  parameterFile,
  parametersPage,
  triageFile,
  weightsFile,
  wordsPage,
} from './table-pages.js';

export type { BookInput, BookRelease } from './book-index.js';

/** The book's first page. */
export const FIRST_PAGE = 'index.html';

/**
 * The rules as a book: its pages and their style sheet by name, all in one folder. They carry no script and no style of their own, so that
 * they can be served under a policy that allows neither; everything that stands in a rule file is escaped.
 */
export function renderBook(input: BookInput): ReadonlyMap<string, string> {
  const index = new BookIndex(input);
  const { book } = input.lawbook;
  const [court] = input.court === undefined ? [] : index.courts;
  const cover: Cover = {
    title: court ? `规则书：${court.name}` : '规则书',
    day: input.day,
    digest: book.digest,
  };
  const pages = new Map<string, string>([['book.css', BOOK_STYLE]]);
  const add = (name: string, title: string, content: Content): void => {
    pages.set(name, page(cover, name, title, content));
  };
  add(FIRST_PAGE, '目录', contentsPage(index));
  add('cards.html', '规则一览', cardsPage(index));
  add('parameters.html', '参数', parametersPage(index));
  add('articles.html', '条文索引', articlesPage(index));
  add('words.html', '词语', wordsPage(book.vocabulary));
  add('history.html', '版本', historyPage(index));
  const flows = new FlowPages(index);
  for (const file of index.files) {
    const where = html`<p class="path">${file.layer} · <code>${file.path}</code></p>${file.note !== '' && html`<p class="lead">${file.note}</p>`}`;
    add(file.page, file.title, [where, fileContent(file, index, flows)]);
  }
  return pages;
}

function fileContent(file: BookFile, index: BookIndex, flows: FlowPages): Content {
  const { lawbook } = index.input;
  const { path } = file;
  const flow = lawbook.flows.find((each) => each.file === path);
  if (flow) return flows.flow(flow);
  const ladders = lawbook.ladders.filter((each) => each.file === path);
  if (ladders.length > 0) return ladders.map((ladder) => flows.ladder(ladder));
  const adjustments = lawbook.adjustments.filter(({ place }) => place.file === path);
  if (adjustments.length > 0) return flows.adjustments(adjustments);
  if (path.endsWith('/court.yaml')) return courtFile(file, index);
  if (path.endsWith('/triage.csv')) return triageFile(file, index);
  if (path === 'national/cause-nature.csv') return natureFile(index);
  if (path.endsWith('.csv')) return parameterFile(file, index);
  if (path === 'links/evidence-weights.yaml') return weightsFile(index);
  const cards = index.cards.filter((card) => card.file === path);
  return [
    cards.length > 1 &&
      html`<nav class="local" aria-label="本页的规则"><ul>${cards.map(({ id, name }) => html`<li><a href="#${id}">${id} ${name}</a></li>`)}</ul></nav>`,
    cards.map((card) => cardSection(card, index)),
    layerExamples(path, index),
  ];
}
