/** The desk of those who write and approve rules, in a real browser. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openContext, watchPage } from './chromium.js';
import { type Account, Person, type Served } from './served.js';

export interface AtDesk {
  readonly page: Page;
  readonly context: BrowserContext;
}

export interface Workbench {
  readonly served: Served;
  readonly browser: Browser;
  /** What the browsers complained of. */
  readonly complaints: string[];
}

/** Somebody who has signed in and sees the desk. */
export async function atDesk(
  { served, browser, complaints }: Workbench,
  { login, password }: Account,
  search = '',
): Promise<AtDesk> {
  const context = await openContext(browser);
  const page = watchPage(await context.newPage(), complaints);
  await page.goto(`${served.url}/rules/${encodeURIComponent(served.court)}${search}`);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
  // The lists make way while a file is open.
  await page.getByRole('button', { name: '退出' }).waitFor();
  return { page, context };
}

export const editor = (page: Page) => page.locator('.cm-content').first();

export const checked = (page: Page, words: string | RegExp): Promise<void> =>
  page.getByLabel('一眼看清').getByRole('status').filter({ hasText: words }).waitFor();

/** The check of what is there now, and not of what was. */
export async function settled(page: Page, words: string | RegExp): Promise<void> {
  await checked(page, words);
  await page.getByText('正在检查新的内容').waitFor({ state: 'detached' });
}

export async function openFile(page: Page, path: string): Promise<void> {
  await page.getByLabel('找文件').fill(path);
  await page.getByRole('navigation', { name: '规则文件' }).getByTitle(path, { exact: true }).click();
  await page.getByRole('heading', { name: path }).waitFor();
}

/** Puts the caret at the end of a line by key. */
export async function toLine(page: Page, line: number): Promise<void> {
  await editor(page).focus();
  await page.keyboard.press('Control+Home');
  for (let at = 1; at < line; at++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
}

const DRAFTS = '/api/v1/rules/drafts';

/** Drafts that are written without a browser. */
export class Drafting {
  readonly #author: Person;

  private constructor(author: Person) {
    this.#author = author;
  }

  static async open({ url, accounts }: Served): Promise<Drafting> {
    return new Drafting(await Person.signIn(url, accounts.rule_author));
  }

  async #done<T>(method: string, path: string, content?: unknown): Promise<T> {
    const { status, body } = await this.#author.ask(method, path, content);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    return body as T;
  }

  /** A draft with files saved in it, each from the text that it has beneath; undefined beneath a new one. Gives its id. */
  async draft(title: string, files: Readonly<Record<string, (text: string) => string>>): Promise<string> {
    const { id } = await this.#done<{ id: string }>('POST', DRAFTS, { title });
    const { base } = await this.#done<{ base: number }>('GET', `${DRAFTS}/${id}`);
    for (const [path, write] of Object.entries(files)) {
      const known = await this.#author.ask('GET', `${DRAFTS}/${id}/file?path=${encodeURIComponent(path)}`);
      const text = known.status === 200 ? (known.body as { text: string }).text : '';
      await this.#done('PUT', `${DRAFTS}/${id}/file`, { path, text: write(text), revision: 0, base });
    }
    return id;
  }

  /** Proposes it as it stands; gives the number of the release. */
  async propose(id: string): Promise<number> {
    const { revision } = await this.#done<{ revision: number }>('GET', `${DRAFTS}/${id}`);
    const terms = { revision, urgency: 'ordinary', reason: '按通知修改' };
    return (await this.#done<{ number: number }>('POST', `${DRAFTS}/${id}/proposal`, terms)).number;
  }
}
