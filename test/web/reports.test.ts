import { readFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noChromium, openContext, violations, watchPage } from '../support/chromium.js';
import { type Account, type Served, serve } from '../support/served.js';

const STORY_MS = 120_000;
const OPENS = '流程台账和周报';

let served: Served;
let browser: Browser;
const complaints: string[] = [];

async function signedIn({ login, password }: Account): Promise<Page> {
  const page = watchPage(await (await openContext(browser)).newPage(), complaints);
  await page.goto(served.url);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '退出' }).waitFor();
  return page;
}

/** Presses a button and opens the workbook that comes; gives its name and its sheets. */
async function downloaded(page: Page, button: string): Promise<{ name: string; sheets: string[] }> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(await readFile(await file.path())).buffer);
  return { name: file.suggestedFilename(), sheets: workbook.worksheets.map(({ name }) => name) };
}

describe.skipIf(noChromium)('the register and the weekly report on the desk', { timeout: STORY_MS }, () => {
  beforeAll(async () => {
    served = await serve();
    browser = await launch();
  }, STORY_MS);

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test('are opened by key, downloaded, and refused with the cure under the fields', async () => {
    const page = await signedIn(served.accounts.supervisor);
    await page.getByRole('button', { name: OPENS }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: OPENS });
    await dialog.waitFor();
    expect(await violations(page)).toEqual([]);
    const register = await downloaded(page, '下载台账');
    expect(register.name).toMatch(/^流程台账-\d{4}-\d{2}-01-\d{4}-\d{2}-\d{2}\.xlsx$/);
    expect(register.sheets).toEqual(['流程台账', '办理经过', '提示催办督办']);
    const week = await downloaded(page, '下载周报');
    expect(week.sheets).toEqual(['概况', '按流程', '按职务和人员', '逾期未办结', '非随机分案']);
    await dialog.getByLabel('台账从哪一天起').fill('2024-01-01');
    await page.keyboard.press('Tab');
    await dialog.getByRole('button', { name: '下载台账' }).click();
    await dialog.getByText('一次最多导出 366 天，请分几次导出').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  test('are not offered to whoever may not have them', async () => {
    const page = await signedIn(served.accounts.reviewer);
    await page.getByRole('heading', { name: /^(待办理|全部收案)$/ }).waitFor();
    expect(await page.getByRole('button', { name: OPENS }).count()).toBe(0);
  });
});
