import { adoptedBy, isSupplied } from '../flows/flows-of.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Lawbook } from '../routing/lawbook.js';
import type { Card } from '../rules/card.js';
import type { BasisStatus, CardBasis } from '../rules/citation.js';
import type { ArticleText } from '../rules/cited-articles.js';
import { type CourtBook, cardsOf, DEFAULT_COURT } from '../rules/rulebook.js';
import { shortProvince } from '../rules/ruleset.js';
import { isRulingFile } from '../rules/ruling-file.js';
import { Problems, type RuleFile, readSource } from '../rules/source.js';
import { isMatrix, isTableExamples } from '../rules/table-examples.js';
import { isValidityFile } from '../rules/validity-examples.js';
import { ArticleLibrary } from './cited-text.js';

/** What a rule book is made from. */
export interface BookInput {
  readonly lawbook: Lawbook;
  /** The rules folder as it stands, for the names of its files. */
  readonly files: readonly RuleFile[];
  readonly articles: readonly ArticleText[];
  /** On which day what is in force is told from what is not. */
  readonly day: PlainDate;
  /** 法院代字: only what holds in this court. */
  readonly court?: string;
  /** The releases of the service, newest first; none where the book is made from a folder. */
  readonly history: readonly BookRelease[];
}

/** A release of the rules as the book's history tells it. */
export interface BookRelease {
  readonly name: string;
  /** 已生效, 待生效, …, in words. */
  readonly state: string;
  readonly effectiveFrom: string;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly digest: string;
}

/** Layers of the rules in the order in which they are read. */
export const LAYERS = ['全国', '模块', '省', '法院'] as const;
export type BookLayer = (typeof LAYERS)[number];

/** A page about one file of the rules folder. */
export interface BookFile {
  readonly path: string;
  readonly title: string;
  readonly note: string;
  readonly layer: BookLayer;
  readonly page: string;
}

const FOLDERS: Readonly<Record<string, BookLayer>> = { modules: '模块', provinces: '省', courts: '法院' };
/** Files that say no name of their own. */
const UNTITLED: Readonly<Record<string, string>> = { 'links/evidence-weights.yaml': '证据权重' };
/** Folders that are read for other things: the vocabulary has a page of its own. */
const WITHOUT_PAGES = /^(?:vocabulary|calendars|reference)\//;

/** The address of a file's page, beside all others. */
export const pageOf = (path: string): string => `${path.replaceAll('/', '~')}.html`;

/** Where everything stands in the book: what links lead to. */
export class BookIndex {
  readonly input: BookInput;
  readonly library: ArticleLibrary;
  readonly files: readonly BookFile[];
  readonly cards: readonly Card[];
  readonly courts: readonly CourtBook[];
  readonly #pages: ReadonlyMap<string, BookFile>;
  readonly #byId = new Map<string, Card>();
  readonly #exceptions = new Map<string, Card[]>();
  readonly #laws: readonly string[];

  constructor(input: BookInput) {
    const { lawbook, articles, files } = input;
    const { book } = lawbook;
    this.input = input;
    this.library = new ArticleLibrary(articles);
    const court =
      input.court === undefined ? undefined : (book.courts.get(input.court) ?? book.courts.get(DEFAULT_COURT));
    this.courts = court ? [court] : [...book.courts.values()];
    const unadopted = court ? this.#unadopted(court) : new Set<string>();
    this.files = filesOf(files).filter(({ path }) => this.#isWithin(path, court, unadopted));
    this.#pages = new Map(this.files.map((file) => [file.path, file]));
    this.cards = cardsOf(book).filter((card) => this.#pages.has(card.file));
    for (const card of this.cards) {
      for (const { id } of [card, ...card.exceptions]) this.#byId.set(id, card);
      for (const { name } of card.exceptionTo) {
        const known = this.#exceptions.get(name);
        if (known) known.push(card);
        else this.#exceptions.set(name, [card]);
      }
    }
    this.#laws = [...new Set(articles.map(({ law }) => law))];
  }

  #isWithin(path: string, court: CourtBook | undefined, unadopted: ReadonlySet<string>): boolean {
    if (!court) return true;
    const [folder, name] = path.split('/');
    if (folder === 'modules')
      return court.adoptions.some(({ module, validFrom }) => module === name && validFrom <= this.input.day);
    if (folder === 'provinces') return name === court.province;
    if (unadopted.has(path)) return false;
    return folder !== 'courts' || path.startsWith(court.file.replace(/court\.yaml$/, ''));
  }

  /** Files of flows, and of what belongs to them, whose bases the court supplies on no day up to this one. */
  #unadopted(court: CourtBook): ReadonlySet<string> {
    const { lawbook, day } = this.input;
    const adopted = adoptedBy(lawbook.book, court.code, day);
    const resting = [
      ...[...lawbook.flows, ...lawbook.ladders].map(({ file, basis }) => ({ file, basis })),
      ...lawbook.adjustments.map(({ place, basis }) => ({ file: place.file, basis })),
    ];
    const stands = new Set(resting.filter(({ basis }) => isSupplied(basis, adopted)).map(({ file }) => file));
    return new Set(resting.map(({ file }) => file).filter((file) => !stands.has(file)));
  }

  fileOf(path: string): BookFile | undefined {
    return this.#pages.get(path);
  }

  /** The address of a card or of an exception inside one. */
  cardHref(id: string): string | undefined {
    const card = this.#byId.get(id);
    const page = card && this.#pages.get(card.file)?.page;
    return page && `${page}#${id}`;
  }

  /** The cards that bear a name: the one with this id, or those of this group. */
  named(name: string): readonly Card[] {
    return this.cards.filter((card) => card.id === name || card.groups.includes(name));
  }

  /** The cards that are exceptions to a card. */
  exceptionsTo(card: Card): readonly Card[] {
    const found = new Set([card.id, ...card.groups].flatMap((name) => this.#exceptions.get(name) ?? []));
    found.delete(card);
    return [...found];
  }

  /** Whether a row of parameters for 全国, a province or a court (适用) can be the one that holds in this book's court. */
  concerns(area: string): boolean {
    const [court, ...others] = this.courts;
    if (court === undefined || others.length > 0 || court.code === DEFAULT_COURT) return true;
    return ['全国', shortProvince(court.province), court.code].includes(area);
  }

  /** The place of an article in the index of articles. */
  articleId(law: string, number: number): string {
    return `article-${this.#laws.indexOf(law) + 1}-${number}`;
  }

  /** The address of a parameter's values. */
  parameterHref(id: string): string {
    return `parameters.html#parameter-${id}`;
  }

  /** What the courts of the book supply under a name to a module that they adopt. */
  supplied(module: string, name: string): { readonly court: CourtBook; readonly basis: CardBasis }[] {
    return this.courts.flatMap((court) =>
      court.adoptions.flatMap((adoption) => {
        const basis = adoption.module === module ? adoption.bases.get(name) : undefined;
        return basis ? [{ court, basis }] : [];
      }),
    );
  }
}

/** How far bases have been checked: that of the least checked one. */
export function statusOf(bases: readonly CardBasis[]): BasisStatus | 'adopted' {
  const order: readonly (BasisStatus | 'adopted')[] = ['unverified', 'local', 'adopted', 'policy', 'national'];
  const held = bases.map((basis) => ('law' in basis ? basis.status : 'adopted'));
  return order.find((status) => held.includes(status)) ?? 'unverified';
}

function filesOf(files: readonly RuleFile[]): BookFile[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.flatMap((file) => {
    const { path } = file;
    if (WITHOUT_PAGES.test(path) || isRulingFile(file) || isValidityFile(file)) return [];
    // The examples of a table stand on the table's page; the rows of a table of rules on that of its head.
    if (isTableExamples(path, paths) || isMatrix(path)) return [];
    const companion = files.find((each) => each.path === path.replace(/\.csv$/, '.yaml')) ?? file;
    const { title, note } = headOf(companion);
    const layer = FOLDERS[path.split('/')[0] ?? ''] ?? '全国';
    return [{ path, title: title ?? UNTITLED[path] ?? path, note, layer, page: pageOf(path) }];
  });
}

function headOf(file: RuleFile): { readonly title: string | undefined; readonly note: string } {
  const root = file.path.endsWith('.yaml') ? readSource(file, new Problems()) : undefined;
  const text = (key: string): string | undefined => {
    const node = root?.kind === 'map' ? root.entries.get(key)?.value : undefined;
    return node?.kind === 'text' ? node.text : undefined;
  };
  return { title: text('名称'), note: text('说明') ?? '' };
}
