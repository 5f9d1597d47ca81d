import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noChromium, openContext, violations, watchPage } from '../support/chromium.js';
import { type Account, type Served, serve } from '../support/served.js';
import { type AtDesk, atDesk, editor, openFile, settled, toLine } from '../support/workbench.js';

const STORY_MS = 300_000;
const FILE = 'national/civil/procedure-first-instance.yaml';
const TABLE = 'courts/1599-sample/parameters.csv';
const EXAMPLES = 'courts/1599-sample/parameters.yaml';

let served: Served;
let browser: Browser;
const complaints: string[] = [];

const desk = (account: Account): Promise<AtDesk> => atDesk({ served, browser, complaints }, account);

describe.skipIf(noChromium)('the desk of those who write and approve rules', { timeout: STORY_MS }, () => {
  let author: AtDesk;
  let second: AtDesk;

  beforeAll(async () => {
    served = await serve();
    browser = await launch();
    author = await desk(served.accounts.rule_author);
    second = await desk(served.accounts.rule_author);
  }, STORY_MS);

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test('is where rule authors come to, and names the rules in force', async () => {
    const { page } = author;
    expect(await page.title()).toContain('规则工作台');
    expect(new URL(page.url()).pathname).toMatch(/^\/rules\//);
    const inForce = page.getByRole('list', { name: '发布' }).getByRole('listitem');
    expect(await inForce.innerText()).toMatch(/第 1 号[\s\S]*现行/);
    expect(await violations(page)).toEqual([]);
  });

  test('a draft says in one glance what is wrong, what it changes and who must agree', async () => {
    const { page } = author;
    await page.getByRole('button', { name: '新建草稿' }).click();
    await page.getByLabel('改什么').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('请写明改什么').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type('示例县小额诉讼限额');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '示例县小额诉讼限额' }).waitFor();
    await settled(page, '没有问题');
    const glance = await page.getByLabel('一眼看清').innerText();
    expect(glance).toMatch(/哪里不对[\s\S]*示例 \d+ 个全部通过[\s\S]*改了什么[\s\S]*还没有改动[\s\S]*谁来同意/);
    expect(glance).toContain('示例规则编辑写的，不能自己批');
    expect(await violations(page)).toEqual([]);
  });

  test('what may be written is offered in Chinese, by key', async () => {
    const { page } = author;
    await openFile(page, FILE);
    await toLine(page, 1);
    await page.keyboard.press('Enter');
    await page.keyboard.type('基');
    const list = page.getByRole('listbox', { name: '可以写的' });
    await list.getByRole('option', { name: '基准参数' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.getByText('没有改过').waitFor();
  });

  test('what is wrong is marked while it is written, told in its place, and reached by key', async () => {
    const { page } = author;
    await toLine(page, 1);
    await page.keyboard.type('\n层次: 程序');
    await page.keyboard.press('Escape');
    await settled(page, '1 处问题');
    const problem = page.getByRole('region', { name: '问题' }).getByRole('button');
    expect(await problem.innerText()).toMatch(
      /procedure-first-instance\.yaml:2:1[\s\S]*没有「层次」这个键,是不是「层」/,
    );
    await page.locator('.cm-lintRange-error').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('#rules-title').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('e');
    await editor(page).and(page.locator(':focus')).waitFor();
    await problem.focus();
    await page.keyboard.press('Enter');
    await editor(page).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await settled(page, '没有问题');
    await problem.waitFor({ state: 'detached' });
  });

  test('the card is read beside the text with its article, as it is being written', async () => {
    const { page } = author;
    const card = page.getByRole('article', { name: /^GJ-MS-152/ });
    await card.waitFor();
    expect(await card.innerText()).toMatch(
      /程序：普通程序[\s\S]*案由不属于非讼程序案件案由[\s\S]*国家[\s\S]*第一百五十二条/,
    );
    await page.getByRole('button', { name: 'GJ-MS-160 简易程序(简单民事案件)' }).click();
    await page
      .getByRole('article', { name: /^GJ-MS-160 / })
      .getByText('事实清楚：是')
      .waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('a check that does not come says so, and typing goes on', async () => {
    const { page, context } = author;
    await context.route('**/check', (route) => route.abort());
    await toLine(page, 1);
    await page.keyboard.type('甲');
    await page.getByText('没有查成').waitFor();
    await page.keyboard.press('Backspace');
    await context.unroute('**/check');
    await settled(page, '没有问题');
  });

  test('a table is edited by cells, and only what was edited changes', async () => {
    const { page } = author;
    await openFile(page, TABLE);
    const cell = page.getByLabel('第 2 行 值');
    expect(await cell.inputValue()).toBe('40000');
    await cell.fill('四万');
    await settled(page, '1 处问题');
    expect(await cell.getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await cell.fill('41000');
    await page.keyboard.press('ArrowDown');
    await page.getByLabel('第 3 行 值').and(page.locator(':focus')).waitFor();
    // The example beside the table says 40000.
    await settled(page, /处问题/);
    await page.getByText('文字', { exact: true }).click();
    await editor(page).waitFor();
    expect(await editor(page).innerText()).toContain(
      '小额诉讼法定限额,川1599,41000,2022-01-01,,,,虚构，省内标准未查明,本地,示例',
    );
    await page.getByText('对照原来', { exact: true }).click();
    await page.getByLabel('第 1 号规则里的').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByText('表格', { exact: true }).click();
  });

  test('what was not saved is there after the page was left', async () => {
    const { page } = author;
    await page.reload();
    await page.getByText('上次没有保存的内容已经恢复').waitFor();
    expect(await page.getByLabel('第 2 行 值').inputValue()).toBe('41000');
    expect(await violations(page)).toEqual([]);
  });

  test('examples run on saving; what they contradict is told until they are put right', async () => {
    const { page } = author;
    await page.getByLabel('第 2 行 值').focus();
    await page.keyboard.press('Control+s');
    await page.getByText(/示例规则编辑 .* 保存/).waitFor();
    await settled(page, /处问题/);
    expect(await page.getByRole('button', { name: '提出发布' }).isDisabled()).toBe(true);
    await openFile(page, EXAMPLES);
    await editor(page).focus();
    await page.keyboard.press('Control+f');
    await page.getByLabel('查找').fill('值: 40000');
    await page.getByLabel('替换为').fill('值: 41000');
    await page.getByRole('button', { name: '全部替换' }).click();
    await page.getByLabel('替换为').focus();
    await page.keyboard.press('Escape');
    await settled(page, '没有问题');
    await editor(page).focus();
    await page.keyboard.press('Control+s');
    await page.getByText(/示例规则编辑 .* 保存/).waitFor();
    await settled(page, '没有问题');
    await page.getByRole('main').getByText('检查通过', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('two write one file at once: whoever saves later sees both texts, and neither is lost', async () => {
    const address = new URL(author.page.url());
    address.searchParams.set('file', FILE);
    for (const { page } of [author, second]) {
      await page.goto(address.href);
      await editor(page).waitFor();
    }
    // The second one does not hear of the first for a while.
    await second.context.route('**/rules/drafts/**', (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    await toLine(second.page, 2);
    await second.page.keyboard.type('乙也说一句。');
    await toLine(author.page, 2);
    await author.page.keyboard.type('甲先说一句。');
    await author.page.keyboard.press('Control+s');
    await author.page.getByText(/示例规则编辑 .* 保存/).waitFor();

    const { page } = second;
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { name: /先保存了这个文件.*您的内容还没有保存/ }).waitFor();
    await second.context.unroute('**/rules/drafts/**');
    const theirs = page.getByRole('textbox', { name: '示例规则编辑的内容' });
    const mine = page.getByRole('textbox', { name: '您的内容' });
    expect([await theirs.innerText(), await mine.innerText()]).toEqual([
      expect.stringContaining('甲先说一句。'),
      expect.stringContaining('乙也说一句。'),
    ]);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '先不保存，回到编辑' }).click();
    expect(await editor(page).innerText()).toContain('乙也说一句。');
    await page.getByRole('button', { name: '对照着合并' }).click();
    await mine.waitFor();
    await page.getByRole('button', { name: '这一处用左边的' }).click();
    await mine.focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.type('乙再说一句。');
    await page.getByRole('button', { name: '保存右边的内容' }).click();
    await page.getByText(/示例规则编辑 .* 保存/).waitFor();
    const text = await editor(page).innerText();
    expect([text.includes('甲先说一句。'), text.includes('乙再说一句。')]).toEqual([true, true]);
    await page.getByRole('tab', { name: '历史' }).click();
    const saves = page.getByRole('list', { name: '保存记录' }).getByRole('listitem');
    await saves.nth(1).waitFor();
    expect(await saves.count()).toBe(2);
    expect(await violations(page)).toEqual([]);
  });

  test('a second person approves what was checked, for a day that is named; the author is told why not', async () => {
    const { page } = author;
    await page.reload();
    await settled(page, '没有问题');
    await page.getByRole('button', { name: '提出发布' }).click();
    const dialog = page.getByRole('dialog', { name: /^提出发布/ });
    await dialog.getByRole('button', { name: '提出', exact: true }).click();
    await dialog.getByText('请写明理由').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('理由').fill('按 2026 年度标准调整');
    await dialog.getByRole('button', { name: '提出', exact: true }).click();
    await page.getByRole('heading', { name: /^第 2 号发布/ }).waitFor();
    await page.getByText('等规则审批人批准').first().waitFor();
    expect(await page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);

    const approver = await desk(served.accounts.rule_approver);
    await approver.page.getByRole('button', { name: /第 2 号[\s\S]*等您审批/ }).click();
    const shown = approver.page.getByLabel('发布详情');
    await shown.getByText('按 2026 年度标准调整').first().waitFor();
    expect(await shown.innerText()).toMatch(
      /示例规则编辑[\s\S]*检查通过：\d+ 条规则[\s\S]*对案件的影响[\s\S]*改动 courts/,
    );
    await shown.getByRole('button', { name: `改动 ${TABLE}` }).click();
    await approver.page.getByLabel(/parameters\.csv 现在/).waitFor();
    expect(await violations(approver.page)).toEqual([]);
    await approver.page.getByRole('button', { name: '批准', exact: true }).click();
    const deciding = approver.page.getByRole('dialog', { name: /^批准发布/ });
    await deciding.getByLabel('哪一天起施行').fill('20200101');
    await deciding.getByLabel('理由').fill('与文件一致');
    await deciding.getByRole('button', { name: '确定' }).click();
    await deciding.getByText('没有办成').waitFor();
    expect(await violations(approver.page)).toEqual([]);
    await deciding.getByLabel('哪一天起施行').fill('20990101');
    await deciding.getByRole('button', { name: '确定' }).click();
    await approver.page.getByRole('list', { name: '经过' }).getByText('与文件一致').waitFor();
    await approver.page.getByRole('main').getByText('已排期', { exact: true }).waitFor();
    expect(await approver.page.getByRole('list', { name: '经过' }).innerText()).toMatch(
      /提出 示例规则编辑[\s\S]*批准 示例规则审批[\s\S]*2099-01-01 起施行[\s\S]*与文件一致/,
    );
    await approver.context.close();
  });

  test('whoever has no part in rules is told that the desk is not theirs', async () => {
    const context = await openContext(browser);
    const page = watchPage(await context.newPage(), complaints);
    const { login, password } = served.accounts.filing_clerk;
    await page.goto(`${served.url}/rules/${encodeURIComponent(served.court)}`);
    await page.getByLabel('登录名').fill(login);
    await page.getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('规则工作台供规则编辑、规则审批、审判管理和审计人员使用').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
