import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noChromium, openContext, violations, watchPage } from '../support/chromium.js';
import { type Account, type Served, serve } from '../support/served.js';

const ROOT = new URL('../..', import.meta.url);
const SAMPLE = fileURLToPath(new URL('docs/sample/filings.xlsx', ROOT));
/** What the browser may fetch before the list is there, compressed. */
const FIRST_LOAD_BYTES = 400_000;
const STORY_MS = 300_000;

let served: Served;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** What the browser complained of; a page that is refused by its own policy says so here. */
const complaints: string[] = [];

const watch = (watched: Page): Page => watchPage(watched, complaints);
const open = (): Promise<BrowserContext> => openContext(browser);

/** Signs in by key, and waits for the list. */
async function signIn(at: Page, { login, password }: Account): Promise<void> {
  await at.goto(served.url);
  await at.getByLabel('登录名').fill(login);
  await at.keyboard.press('Tab');
  await at.keyboard.type(password);
  await at.keyboard.press('Enter');
  await heading(at, '全部收案');
}

const heading = (at: Page, name: string | RegExp) => at.getByRole('heading', { name, exact: true }).waitFor();
const opened = (at: Page, reference: string) => at.locator('#filing-title', { hasText: reference }).waitFor();

/** The rows that the list shows; a 登记号 may stand there twice. */
const rowsShown = (at: Page): Promise<string[]> =>
  at.locator('tbody th button').evaluateAll((buttons) => buttons.map(({ id }) => id));

/** Leaves what is open, and has the list again. */
async function leave(at: Page): Promise<void> {
  await at.keyboard.press('Escape');
  await at.locator('#filing-title').waitFor({ state: 'detached' });
}

/** Moves through the list by key until a filing has the focus. */
async function moveTo(at: Page, reference: string): Promise<void> {
  await at.locator('table').getByRole('button', { name: reference, exact: true }).waitFor();
  const [from, to, last] = (await at.evaluate(`(() => {
    const rows = [...document.querySelectorAll('tbody th button')];
    const active = rows.findIndex(({ tabIndex }) => tabIndex === 0);
    return [active, rows.findIndex(({ textContent }) => textContent === '${reference}'), rows.length - 1];
  })()`)) as [number, number, number];
  const [onward, back] = to < from || from === last ? ['k', 'j'] : ['j', 'k'];
  // The active row gets the focus by moving away and back.
  if (to === from) await at.keyboard.press(onward);
  for (let step = 0; step < Math.max(1, Math.abs(to - from)); step += 1) {
    await at.keyboard.press(to === from ? back : onward);
  }
  expect(await at.evaluate('document.activeElement?.textContent')).toBe(reference);
}

describe.skipIf(noChromium)('the filing desk', { timeout: STORY_MS }, () => {
  beforeAll(async () => {
    served = await serve();
    browser = await launch();
    context = await open();
    page = watch(await context.newPage());
  }, STORY_MS);

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test('a wrong password is told, and the fields stay', async () => {
    await page.goto(served.url);
    await page.getByLabel('登录名').fill('lian');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('密码').fill('不对');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('登录名').inputValue()).toBe('lian');
    expect(await violations(page)).toEqual([]);
  });

  test('the first load is small, and nothing of it stands in the page', async () => {
    await signIn(page, served.accounts.filing_clerk);
    const loaded = (await page.evaluate(
      `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/assets/'))`,
    )) as string[];
    const sizes = await Promise.all(
      loaded.map(async (name) => gzipSync(Buffer.from(await (await fetch(name)).arrayBuffer())).length),
    );
    expect(loaded.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(FIRST_LOAD_BYTES);
    const html = await (await fetch(served.url)).text();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toContain('__CSP_NONCE__');
  });

  test('an empty desk says how to begin', async () => {
    await page.getByText('还没有收案').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await violations(page)).toEqual([]);
  });

  test('u uploads the sample, whose progress is told to its end', async () => {
    const chosen = page.waitForEvent('filechooser');
    await page.keyboard.press('u');
    await (await chosen).setFiles(SAMPLE);
    await page.getByRole('progressbar').waitFor();
    await page.getByText('60 件已办完').first().waitFor({ timeout: 120_000 });
    await page.getByText('第 1–50 件，共 60 件').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('a file of another kind is refused with what to do', async () => {
    await page.locator('input[type=file]').setInputFiles({
      name: '收案.xls',
      mimeType: 'application/vnd.ms-excel',
      buffer: Buffer.from('old'),
    });
    await page.getByText('收案.xls 没有上传成功').waitFor();
    await page.getByRole('button', { name: '知道了' }).click();
    await page.getByText('收案.xls 没有上传成功').waitFor({ state: 'detached' });
  });

  test('a question is answered by key, the change is shown, and the next waiting case opens', async () => {
    await page.keyboard.press('3');
    await heading(page, '待人工');
    expect(await violations(page)).toEqual([]);
    await moveTo(page, '2026-0029');
    await page.keyboard.press('Enter');
    await opened(page, '2026-0029');
    await page.getByRole('button', { name: '不知道' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('2');
    await page.getByText('已选“否”，还没有提交：按 Enter 确认，按 Esc 收回').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('2026-0029 已分案').first().waitFor();
    await opened(page, '2026-0030');
    expect(await page.getByText('随机分案').first().isVisible()).toBe(true);
  });

  test('a slip of a key answers nothing: Esc takes it back, another digit takes its place, other keys leave it', async () => {
    const answers: string[] = [];
    const note = (request: { url: () => string }): void => {
      if (request.url().endsWith('/answers')) answers.push(request.url());
    };
    page.on('request', note);
    const chosen = page.getByText('还没有提交');
    await page.keyboard.press('1');
    await page.getByText('已选“是”').waitFor();
    await page.keyboard.press('Escape');
    await chosen.waitFor({ state: 'detached' });
    await opened(page, '2026-0030');
    expect(await page.evaluate('document.activeElement?.id')).toBe('filing-title');
    // Nothing is chosen any more: Enter has nothing to confirm.
    await page.keyboard.press('Enter');
    await page.keyboard.press('1');
    await page.keyboard.press('2');
    await page.getByText('已选“否”').waitFor();
    expect(await page.getByRole('button', { name: '否' }).getAttribute('aria-pressed')).toBe('true');
    expect(await page.getByRole('button', { name: '是', exact: true }).getAttribute('aria-pressed')).toBe('false');
    // The one that takes back is not confirmed over.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await chosen.waitFor({ state: 'detached' });
    await page.keyboard.press('2');
    await chosen.waitFor();
    await page.keyboard.press('k');
    await page.locator('#filing-title', { hasText: '2026-0030' }).waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await opened(page, '2026-0030');
    await page.getByText('再按 Enter 确认').waitFor();
    await page.getByRole('button', { name: '否' }).click();
    await chosen.waitFor();
    await page.keyboard.press('Escape');
    await chosen.waitFor({ state: 'detached' });
    page.off('request', note);
    expect(answers).toEqual([]);
  });

  test('keys of an input method do nothing, and Esc gives the focus back to the row', async () => {
    await page.evaluate(`window.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', isComposing: true }))`);
    await leave(page);
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('2026-0030');
    expect(await page.getByRole('heading', { name: '录入收案' }).count()).toBe(0);
  });

  test('a decision opens with its reasons, articles, pool and draw', async () => {
    await page.keyboard.press('2');
    await heading(page, '已分');
    await moveTo(page, '2026-0009');
    await page.keyboard.press('Enter');
    await opened(page, '2026-0009');
    await page.getByRole('group').locator('summary').first().click();
    await page.locator('blockquote').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: '为什么是他' }).click();
    await page.getByLabel('按姓名、编号或者部门查找法官').fill('没有这个人');
    await page.getByText('没有找到“没有这个人”').waitFor();
    await page.getByLabel('按姓名、编号或者部门查找法官').fill('');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: '收案内容' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: '经过' }).click();
    expect(await violations(page)).toEqual([]);
    await leave(page);
  });

  test('a faulty filing is corrected in its fields and routed at once', async () => {
    await page.keyboard.press('4');
    await heading(page, '有误');
    await moveTo(page, '2026-0057');
    await page.keyboard.press('Enter');
    await opened(page, '2026-0057');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('e');
    const cause = page.getByLabel('案由');
    await cause.waitFor();
    expect(await cause.getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('收案日期').fill('20260309');
    await cause.fill('mjjd');
    await page.getByRole('option', { name: /^民间借贷纠纷/ }).waitFor();
    await page.keyboard.press('Enter');
    expect(await cause.inputValue()).toBe('民间借贷纠纷');
    await page.keyboard.press('Control+Enter');
    await page.getByText('2026-0057 已更正').first().waitFor();
    await leave(page);
  });

  test('a filing is typed in, with what is wrong told at its field; leaving asks first', async () => {
    await page.keyboard.press('n');
    await heading(page, '录入收案');
    await page.keyboard.type('2026-0901');
    await page.getByLabel('案由').fill('离婚纠纷');
    await page.getByLabel('第 1 名当事人 姓名或名称').fill('示例甲');
    await page.getByLabel('第 1 名当事人 身份证号').fill('11010119900307005');
    await page.keyboard.press('Tab');
    await page.getByText('身份证号码应为18位').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '继续填写' }).click();
    await page.getByLabel('第 1 名当事人 身份证号').fill('');
    await page.getByLabel('第 2 名当事人 姓名或名称').fill('示例乙');
    await page.getByLabel('收案日期').fill('20260309');
    const docketing = page.getByLabel('立案日期');
    await docketing.fill('20260306');
    // Told by submitting too, without leaving the field.
    await page.keyboard.press('Control+Enter');
    await page.getByText('立案日期 2026-03-06 早于收案日期 2026-03-09').waitFor();
    expect(await docketing.getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    await docketing.fill('20260312');
    await page.keyboard.press('Control+Enter');
    await opened(page, '2026-0901');
    const id = new URL(page.url()).searchParams.get('filing');
    const stored = (await page.evaluate(
      `fetch('/api/v1/courts/${encodeURIComponent(served.court)}/filings/${id}').then((answer) => answer.json())`,
    )) as { clocks: { from: string }[]; filing: { receivedOn: string } };
    expect(stored.filing.receivedOn).toBe('2026-03-09');
    expect(stored.clocks.map(({ from }) => from)).toContain('2026-03-12');
    await leave(page);
  });

  test('two correct the same filing: nothing that was typed is lost', async () => {
    const other = await open();
    const second = watch(await other.newPage());
    await signIn(second, served.accounts.filing_clerk);
    for (const at of [page, second]) {
      await at.keyboard.press('3');
      await heading(at, '待人工');
      await moveTo(at, '2026-0038');
      await at.keyboard.press('Enter');
      await opened(at, '2026-0038');
      await at.keyboard.press('e');
      await heading(at, '更正 2026-0038');
    }
    await page.getByLabel('标的额').fill('12345.00');
    await second.getByLabel('诉讼请求').fill('停止执行');
    await second.keyboard.press('Control+Enter');
    await second.getByText('2026-0038 已更正').first().waitFor();
    await page.getByText('这件收案刚被别人改过').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '在最新内容上保留我填写的' }).click();
    expect(await page.getByLabel('标的额').inputValue()).toBe('12345.00');
    expect(await page.getByLabel('诉讼请求').inputValue()).toBe('停止执行');
    await page.keyboard.press('Control+Enter');
    await page.getByText('2026-0038 已更正').first().waitFor();
    await leave(page);
    await other.close();
  });

  test('one proposes, a second person approves, and both see it', async () => {
    await page.keyboard.press('3');
    await heading(page, '待人工');
    await moveTo(page, '2026-0037');
    await page.keyboard.press('Enter');
    await opened(page, '2026-0037');
    await page.keyboard.press('c');
    await page.getByText('已认领').first().waitFor();
    await page.keyboard.press('h');
    await page.getByLabel('由谁承办').fill('钱葵廊');
    await page.getByRole('option', { name: /钱葵廊/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('radio').first().check();
    await page.getByLabel('说明').fill('由院领导承办');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '提出', exact: true }).click();
    await page.getByText('指定分案，待审批').waitFor();

    const other = await open();
    const supervisor = watch(await other.newPage());
    await signIn(supervisor, served.accounts.supervisor);
    await supervisor.keyboard.press('g');
    await supervisor.keyboard.press('p');
    await supervisor.getByRole('button', { name: '批准', exact: true }).waitFor();
    expect(await violations(supervisor)).toEqual([]);
    await supervisor.getByRole('button', { name: '批准', exact: true }).click();
    await supervisor.getByText('2026-0037 的指定分案已批准').first().waitFor();
    await other.close();
    await page.getByRole('button', { name: /告知书 docx/ }).waitFor();
  });

  test('each dialog opens, with nothing that the policy of the pages refuses', async () => {
    const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
    const closed = async (name: string | RegExp): Promise<void> => {
      await dialog(name).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await dialog(name).waitFor({ state: 'detached' });
    };
    await page.getByRole('button', { name: '结案' }).click();
    await dialog(/^结案/).getByLabel('结案方式').focus();
    await page.keyboard.press('ArrowDown');
    await closed(/^结案/);
    await page.getByRole('button', { name: '变更承办人' }).click();
    await closed(/变更承办人/);
    await page.getByRole('tab', { name: '收案内容' }).click();
    await page
      .getByRole('button', { name: /^查看全部号码/ })
      .first()
      .click();
    await dialog(/完整证件号码/)
      .getByLabel('用途')
      .fill('核对 511527197506151018 的证件');
    await page.keyboard.press('Enter');
    await dialog(/完整证件号码/)
      .getByText('请不要写身份证号码')
      .waitFor();
    await closed(/完整证件号码/);
    await page.getByRole('button', { name: '修改密码' }).click();
    await closed('修改密码');
    await opened(page, '2026-0037');
  });

  test('what the policy of the pages refuses would be told', async () => {
    const other = await open();
    const told: string[] = [];
    const tried = await other.newPage();
    tried.on('console', (message) => void told.push(message.text()));
    await tried.goto(served.url);
    await tried.getByLabel('登录名').waitFor();
    await tried.evaluate(`document.body.setAttribute('style', 'color: red')`);
    await tried.evaluate(
      `document.body.append(Object.assign(new Image(), { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }))`,
    );
    await expect.poll(() => told.filter((text) => text.startsWith('refused by policy:')).length).toBe(2);
    expect(told.join()).toMatch(/style-src-attr inline[\s\S]*img-src data/);
    await other.close();
  });

  test('the notice and the list are downloaded by key', async () => {
    const notice = page.waitForEvent('download');
    await page.keyboard.press('d');
    expect((await notice).suggestedFilename()).toMatch(/\.docx$/);
    const list = page.waitForEvent('download');
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    expect((await list).suggestedFilename()).toMatch(/\.xlsx$/);
    await leave(page);
  });

  test('/ searches, ? lists the keys', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('2026-0001');
    await page.keyboard.press('Enter');
    await heading(page, '搜索“2026-0001”');
    await page.getByRole('button', { name: '2026-0001' }).first().waitFor();
    expect(page.url()).not.toContain('2026-0001');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('/');
    await page.keyboard.type('2026-');
    await page.keyboard.press('Enter');
    await page.getByText('第 1–50 件').waitFor();
    const firstPage = await rowsShown(page);
    await page.getByRole('button', { name: '下一页' }).click();
    await page.getByText('第 51–').waitFor();
    // The page before stays in sight while the next one comes.
    await expect.poll(() => rowsShown(page)).not.toContain(firstPage[0]);
    const secondPage = await rowsShown(page);
    expect(new Set([...firstPage, ...secondPage]).size).toBe(firstPage.length + secondPage.length);
    expect(secondPage.length).toBeGreaterThan(9);
    await page.getByRole('button', { name: '上一页' }).click();
    await expect.poll(() => rowsShown(page)).toEqual(firstPage);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '快捷键' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await heading(page, '全部收案');
  });

  test('a session that ends loses nothing: the same person signs in again and it goes on', async () => {
    await page.keyboard.press('n');
    await heading(page, '录入收案');
    await page.keyboard.type('2026-0902');
    expect(await page.getByLabel('立案日期').inputValue()).toBe('');
    await page.getByLabel('案由').fill('离婚纠纷');
    await page.getByLabel('第 1 名当事人 姓名或名称').fill('示例丙');
    await page.getByLabel('第 2 名当事人 姓名或名称').fill('示例丁');
    await context.clearCookies();
    await page.keyboard.press('Control+Enter');
    const again = page.getByRole('dialog', { name: '登录已过期，请重新登录' });
    await again.waitFor();
    expect(await violations(page)).toEqual([]);
    await again.getByLabel('密码').fill(served.accounts.filing_clerk.password);
    await page.keyboard.press('Enter');
    await opened(page, '2026-0902');
    await leave(page);
  });

  test('a service that is gone is told, and what was typed goes through when it is back', async () => {
    await page.keyboard.press('n');
    await heading(page, '录入收案');
    await page.keyboard.type('2026-0903');
    await page.getByLabel('案由').fill('离婚纠纷');
    await page.getByLabel('第 1 名当事人 姓名或名称').fill('示例戊');
    await page.getByLabel('第 2 名当事人 姓名或名称').fill('示例己');
    await context.setOffline(true);
    await page.keyboard.press('Control+Enter');
    await page.getByText('没有提交成功').waitFor();
    await page.getByText('连不上服务器，正在重试').waitFor();
    expect(await violations(page)).toEqual([]);
    await context.setOffline(false);
    await page.getByText('连不上服务器，正在重试').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Enter');
    await opened(page, '2026-0903');
    await leave(page);
  });

  test('an application for recusal is entered for a party, and the tab shows until when it is decided', async () => {
    const other = await open();
    const at = watch(await other.newPage());
    await signIn(at, served.accounts.filing_clerk);
    await at.keyboard.press('n');
    await heading(at, '录入收案');
    await at.keyboard.type('2026-0904');
    await at.getByLabel('案由').fill('离婚纠纷');
    await at.getByLabel('第 1 名当事人 姓名或名称').fill('示例庚');
    await at.getByLabel('第 2 名当事人 姓名或名称').fill('示例辛');
    await at.keyboard.press('Control+Enter');
    await opened(at, '2026-0904');
    await at.getByRole('tab', { name: '异议、回避' }).click();
    const apply = at.getByRole('button', { name: '代当事人登记：申请回避' });
    await apply.waitFor();
    expect(await violations(at)).toEqual([]);
    await apply.focus();
    await at.keyboard.press('Enter');
    const dialog = at.getByRole('dialog', { name: /^申请回避/ });
    await dialog.getByLabel('代哪一名当事人登记').selectOption('示例辛');
    await dialog.getByRole('button', { name: '登记' }).click();
    await dialog.getByText('请写明理由').waitFor();
    expect(await violations(at)).toEqual([]);
    await dialog.getByLabel('理由').fill('与承办人是近亲属');
    await at.keyboard.press('Tab');
    await at.keyboard.press('Tab');
    await at.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const run = at.getByRole('listitem').filter({ hasText: '待决定' });
    await run.waitFor();
    expect(await run.innerText()).toMatch(/申请人：示例辛[\s\S]*回避决定期限：\d{4}-\d{2}-\d{2} 到期/);
    expect(await violations(at)).toEqual([]);
    await other.close();
  });

  test('signing out leaves nothing behind', async () => {
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByLabel('登录名').waitFor();
    expect((await context.cookies()).filter(({ value }) => value !== '')).toEqual([]);
    expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
  });

  test('the pages had nothing to complain of', () => {
    expect(complaints).toEqual([]);
  });
});
