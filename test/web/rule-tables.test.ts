import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noChromium, violations } from '../support/chromium.js';
import { type Served, serve } from '../support/served.js';
import { type AtDesk, atDesk, Drafting, settled } from '../support/workbench.js';

const STORY_MS = 180_000;
const TABLE = 'courts/1599-sample/parameters.csv';
const TEAMS = 'courts/1599-sample/teams.csv';
const TEAMS_HEAD = 'courts/1599-sample/teams.yaml';
const WRONG = 300;

/** 300 rows whose 值 is no number: the first on line 4. */
const withWrongRows = (text: string): string =>
  `${text.trimEnd()}\n${'小额诉讼法定限额,川1599,四万,2030-01-01,,,,来源,本地,\n'.repeat(WRONG)}`;

const HEAD = `名称: 按案由和标的额
层: 程序
表: teams.csv
命中: 一致
编号: CS-TD
列:
  案由: { 事实: 案由 }
  标的额: { 事实: 标的额 }
结果: { 程序: 程序 }
适用: { 案件类别: 民事, 审级: 一审 }
依据:
  - { 法规: 示例县人民法院团队分案办法, 条: 3, 效力: 本地 }
效力: { 施行: 2022-01-01, 失效: 无 }
说明模板: 案由是{案由}
`;
const ROWS = `行,案由,标的额,程序,说明
R01,民间借贷纠纷,不超过 20000,简易程序,
R02,买卖合同纠纷,超过 20000、不超过 90000,普通程序,
`;

let served: Served;
let browser: Browser;
let author: AtDesk;
const complaints: string[] = [];
const drafts = { wrong: '', plain: '', teams: '' };

const cell = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const focused = (page: Page, name: string): Promise<void> => cell(page, name).and(page.locator(':focus')).waitFor();

async function open(page: Page, draft: string, file: string): Promise<void> {
  const address = new URL(page.url());
  address.search = `?draft=${draft}&file=${encodeURIComponent(file)}`;
  await page.goto(address.href);
  await page.getByRole('heading', { name: file }).waitFor();
}

describe.skipIf(noChromium)('tables of rules at the desk', { timeout: STORY_MS }, () => {
  beforeAll(async () => {
    served = await serve();
    browser = await launch();
    const drafting = await Drafting.open(served);
    drafts.wrong = await drafting.draft('三百处问题', { [TABLE]: withWrongRows });
    drafts.plain = await drafting.draft('改一行', {});
    drafts.teams = await drafting.draft('团队', { [TEAMS_HEAD]: () => HEAD, [TEAMS]: () => ROWS });
    author = await atDesk({ served, browser, complaints }, served.accounts.rule_author);
  }, STORY_MS);

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test('three hundred problems are one stop for Tab, and each leads to its cell by key', async () => {
    const { page } = author;
    await open(page, drafts.wrong, TABLE);
    await settled(page, `${WRONG} 处问题`);
    const list = page.getByRole('region', { name: '问题', exact: true });
    expect(await list.getByRole('button').count()).toBe(WRONG);
    expect(await list.locator('button[tabindex="0"]').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await list.getByRole('button').first().focus();
    await page.keyboard.press('End');
    await list.getByRole('button').last().and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await focused(page, `第 ${WRONG + 3} 行 值`);
    expect(await cell(page, '第 4 行 值').getAttribute('aria-invalid')).toBe('true');
    const told = await cell(page, '第 4 行 值').getAttribute('aria-describedby');
    expect(await page.locator(`[id="${told}"]`).innerText()).toContain('「四万」不是「小额诉讼法定限额」的值');
    await page.keyboard.press('F8');
    await focused(page, '第 4 行 值');
    await page.getByText('第 4 行还读不出来；改好以后在这里显示。').waitFor();
    await page.keyboard.press('F8');
    await focused(page, '第 5 行 值');
    await page.keyboard.press('Shift+F8');
    await focused(page, '第 4 行 值');
  });

  test('in the text they are marked at the line and on the cell, and F8 goes through them while one writes', async () => {
    const { page } = author;
    await page.getByText('文字', { exact: true }).click();
    const editor = page.locator('.cm-content').first();
    await editor.waitFor();
    await page.locator('.cm-lint-marker-error').first().waitFor();
    expect(await page.locator('.cm-lintRange-error').first().innerText()).toBe('四万');
    await editor.focus();
    await page.keyboard.press('F8');
    await page.locator('.cm-activeLineGutter').getByText('5', { exact: true }).waitFor();
    await editor.and(page.locator(':focus')).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('rows come and go by key, arrows lead through the cells, and every step is undone and done again', async () => {
    const { page } = author;
    await open(page, drafts.plain, TABLE);
    await settled(page, '没有问题');
    expect(await page.getByRole('region', { name: '问题', exact: true }).count()).toBe(0);
    await cell(page, '第 2 行 值').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await focused(page, '第 2 行 施行');
    await page.keyboard.press('ArrowDown');
    await focused(page, '第 3 行 施行');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await focused(page, '第 3 行 值');
    await page.keyboard.press('Control+Enter');
    await focused(page, '第 4 行 参数');
    await page.keyboard.type('没有的参数');
    await page
      .getByText(/词表里没有参数「没有的参数」/)
      .first()
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+z');
    expect(await cell(page, '第 4 行 参数').inputValue()).toBe('');
    await page.keyboard.press('Control+z');
    await cell(page, '第 4 行 参数').waitFor({ state: 'detached' });
    await page.getByText('没有改过').waitFor();
    await page.keyboard.press('Control+y');
    await cell(page, '第 4 行 参数').waitFor();
    await cell(page, '第 4 行 参数').focus();
    await page.keyboard.press('Control+Delete');
    await cell(page, '第 4 行 参数').waitFor({ state: 'detached' });
    await focused(page, '第 3 行 参数');
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('没有改过').waitFor();
    await settled(page, '没有问题');
  });

  test('a parameter is read beside its row: value, unit, days, document', async () => {
    const { page } = author;
    await cell(page, '第 3 行 值').focus();
    const row = page.getByRole('article', { name: '小额诉讼约定限额（川1599）' });
    await row.waitFor();
    expect(await row.innerText()).toMatch(
      /160,000 元[\s\S]*2022-01-01 起施行，没有失效日[\s\S]*没有文号[\s\S]*来源：虚构/,
    );
    await page.getByRole('button', { name: /小额诉讼法定限额（川1599）：40,000 元/ }).click();
    await focused(page, '第 2 行 参数');
    await cell(page, '第 2 行 值').fill('未查明');
    await page.getByRole('article', { name: '小额诉讼法定限额（川1599）' }).getByText('案件转人工').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '恢复原来的' }).click();
  });

  test('rules written as a table are read as cards, from either of their two files', async () => {
    const { page } = author;
    await open(page, drafts.teams, TEAMS);
    const first = page.getByRole('article', { name: /^CS-TD-R01/ });
    await first.waitFor();
    expect(await first.innerText()).toMatch(
      /程序：简易程序[\s\S]*案由[\s\S]*民间借贷纠纷[\s\S]*标的额不超过 20,000 元/,
    );
    await cell(page, '第 3 行 标的额').focus();
    const second = page.getByRole('article', { name: /^CS-TD-R02/ });
    await second.getByText('标的额不超过 90,000 元').waitFor();
    await cell(page, '第 3 行 标的额').fill('超过 20000、不超过 80000');
    await second.getByText('标的额不超过 80,000 元').waitFor();
    expect(await violations(page)).toEqual([]);
    // Not saved yet, and read from the head all the same.
    await page.getByRole('navigation', { name: '规则文件' }).getByTitle(TEAMS_HEAD, { exact: true }).click();
    await page.getByRole('heading', { name: TEAMS_HEAD }).waitFor();
    await first.waitFor();
    await first.getByRole('button', { name: /^CS-TD-R02/ }).click();
    await page.getByRole('heading', { name: TEAMS }).waitFor();
    await focused(page, '第 3 行 行');
    await second.getByText('标的额不超过 80,000 元').waitFor();
    expect(complaints).toEqual([]);
  });
});
