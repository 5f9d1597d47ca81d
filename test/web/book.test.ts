import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noChromium, openContext, violations, watchPage } from '../support/chromium.js';
import { type Served, serve } from '../support/served.js';

const STORY_MS = 120_000;

let served: Served;
let browser: Browser;
const complaints: string[] = [];

async function signedIn(): Promise<Page> {
  const page = watchPage(await (await openContext(browser)).newPage(), complaints);
  const { login, password } = served.accounts.judge;
  await page.goto(served.url);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '退出' }).waitFor();
  return page;
}

describe.skipIf(noChromium)('the rule book at /book', { timeout: STORY_MS }, () => {
  beforeAll(async () => {
    served = await serve();
    browser = await launch();
  }, STORY_MS);

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test('is for whoever is signed in; others come to the way in', async () => {
    const page = watchPage(await (await openContext(browser)).newPage(), complaints);
    await page.goto(`${served.url}/book/cards.html`);
    await page.getByRole('button', { name: '登录' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });

  test('is read from the contents to the card, its article and back', async () => {
    const page = await signedIn();
    await page.goto(`${served.url}/book`);
    await page.getByRole('heading', { name: '目录', exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: '民事一审:适用什么程序' }).click();
    await page.getByRole('heading', { name: '民事一审:适用什么程序' }).waitFor();
    await page.waitForLoadState();
    // The style sheet is there, or the quoted words had no ground of their own.
    const colour = await page.evaluate('getComputedStyle(document.querySelector("mark")).backgroundColor');
    expect(colour).toBe('rgb(255, 241, 184)');
    expect(await violations(page)).toEqual([]);
    const card = page.getByRole('region', { name: 'GJ-MS-165-1' });
    await card.getByText(/^示例 \d+ 个$/).click();
    await card.getByRole('table').waitFor();
    await card
      .getByRole('link', { name: /第一百六十五条/ })
      .first()
      .click();
    await page.getByRole('heading', { name: '条文索引' }).waitFor();
    await page
      .getByRole('link', { name: /GJ-MS-165-1/ })
      .first()
      .click();
    await page.getByRole('heading', { name: '民事一审:适用什么程序' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test.each(['cards.html', 'parameters.html', 'words.html', 'history.html', 'flows~recusal.yaml.html'])(
    'has nothing against accessibility: %s',
    async (name) => {
      const page = await signedIn();
      await page.goto(`${served.url}/book/${name}`);
      await page.getByRole('navigation', { name: '章节' }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  test('tells what was released, by whom and what is in force', async () => {
    const page = await signedIn();
    await page.goto(`${served.url}/book/history.html`);
    const row = page.getByRole('row').filter({ hasText: '第 1 号' });
    expect(await row.innerText()).toMatch(/现行[\s\S]*\d{4}-\d{2}-\d{2}[\s\S]*系统登记[\s\S]*规则目录/);
  });

  test('can be read on a phone: nothing is wider than the screen', async () => {
    const page = await signedIn();
    await page.setViewportSize({ width: 375, height: 700 });
    for (const name of ['index.html', 'national~civil~procedure-first-instance.yaml.html', 'flows~recusal.yaml.html']) {
      await page.goto(`${served.url}/book/${name}`);
      expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(375);
    }
  });

  test('says of a page that it does not have that it has none', async () => {
    const page = await signedIn();
    const answer = await page.request.get(`${served.url}/book/nothing.html`);
    expect([answer.status(), await answer.text()]).toEqual([404, expect.stringContaining('规则书里没有这一页')]);
    expect((await page.request.get(`${served.url}/book/..%2f..%2fpackage.json`)).status()).toBe(404);
  });
});
