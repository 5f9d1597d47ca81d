import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noChromium, openContext, violations, watchPage } from '../support/chromium.js';
import type { Json } from '../support/court.js';
import { done, SampleFilings } from '../support/sample-filings.js';
import { Person, type Served, serve } from '../support/served.js';

const STORY_MS = 300_000;
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());

let served: Served;
let browser: Browser;
let filings: SampleFilings;
let reviewer: Person;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

const heading = (name: string | RegExp) =>
  page.getByRole('heading', typeof name === 'string' ? { name, exact: true } : { name }).waitFor();
const card = (reference: string) => page.getByRole('article', { name: reference });
/** The run of an objection to a filing, by its id. */
const runOf = async (filing: unknown): Promise<Json> => {
  const { items } = (await done(reviewer.ask('GET', filings.at('/objections')))) as { items: Json[] };
  const run = items.find((each) => (each.filing as Json).id === filing);
  if (run === undefined) throw new Error('no run');
  return run;
};
const rule = async (filing: unknown, outcome: 'uphold' | 'reject', reason: string): Promise<void> => {
  const { id, version } = await runOf(filing);
  await done(reviewer.ask('POST', filings.at(`/objections/${id as string}/decide`), { version, outcome, reason }));
};

describe.skipIf(noChromium)('the judge’s desk', { timeout: STORY_MS }, () => {
  beforeAll(async () => {
    served = await serve();
    browser = await launch();
    filings = await SampleFilings.open(served);
    reviewer = await Person.signIn(served.url, served.accounts.reviewer);
    context = await openContext(browser);
    page = watchPage(await context.newPage(), complaints);
  }, STORY_MS);

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test('a judge lands at their own desk, which says that nothing is new', async () => {
    await page.goto(served.url);
    await page.getByLabel('登录名').fill(served.accounts.judge.login);
    await page.getByLabel('密码').fill(served.accounts.judge.password);
    await page.keyboard.press('Enter');
    await heading('新收');
    expect(new URL(page.url()).pathname).toContain('/mine/');
    await page.getByText('没有新收的案件').waitFor();
    expect(await page.title()).toContain('法官工作台');
    expect(await violations(page)).toEqual([]);
  });

  test('a case that comes appears without reloading, with the days left, why it is theirs, and all reasons behind it', async () => {
    await filings.fileMine('2026-9301');
    await card('2026-9301').waitFor();
    const text = await card('2026-9301').innerText();
    expect(text).toMatch(/剩 \d+ 日[\s\S]*申请复核/);
    expect(text).toMatch(/为什么是我[\s\S]*作为首审负责人办理/);
    expect(text).toContain('赵葵坊');
    expect(text).toContain('示例县人民法院首审负责制办法');
    expect(await violations(page)).toEqual([]);
    await card('2026-9301').getByRole('button', { name: '2026-9301' }).click();
    await page.getByRole('tab', { name: '为什么是他' }).click();
    await heading(/^承办人怎样确定的/);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('#filing-title').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('2026-9301');
  });

  test('an objection takes two steps by key: the ground with what the engine proposes, then what follows; the ruling appears by itself', async () => {
    const row = await filings.fileMine('2026-9302');
    await card('2026-9302').getByRole('button', { name: '提出异议' }).focus();
    await page.keyboard.press('Enter');
    await heading('提出异议 2026-9302');
    await page.getByRole('button', { name: '下一步：核对' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('请选择一项事由').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('不属于首审').focus();
    await page.keyboard.press('Space');
    const proposed = page.getByRole('listitem').filter({ hasText: '建议' });
    await proposed.waitFor();
    expect(await proposed.innerText()).toMatch(/承办人：赵葵坊[\s\S]*与本件一致：原告相同/);
    await proposed.getByRole('checkbox').focus();
    await page.keyboard.press('Space');
    await page.getByLabel('理由').focus();
    await page.keyboard.type('前案是另一笔借款，与本件无关');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '下一步：核对' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('第二步：核对').waitFor();
    const preview = await page.getByRole('form', { name: '核对异议' }).innerText();
    expect(preview).toMatch(/等复核人办理，最迟 \d{4}-\d{2}-\d{2} 作出决定/);
    expect(preview).toContain('只能提出一次');
    expect(preview).toContain('认定成立的，重新分案；认定不成立的，维持');
    expect(preview).toContain('前案是另一笔借款');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '上一步' }).click();
    expect(await page.getByLabel('理由').inputValue()).toBe('前案是另一笔借款，与本件无关');
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await page.getByRole('button', { name: '确认提出' }).click();
    await heading('2026-9302 首审异议');
    await page.getByText('等复核人办理').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await card('2026-9302').waitFor({ state: 'detached' });

    await rule(row.id, 'reject', '与前案系同一法律关系');
    await page.getByText('已办结：复核不成立').waitFor();
    await page
      .getByText(/理由：与前案系同一法律关系/)
      .first()
      .waitFor();
    const told = page.getByRole('region', { name: '新通知' });
    await told.getByText('2026-9302 首审异议：认定不成立').waitFor();
    expect(await violations(page)).toEqual([]);
    await told.getByRole('button', { name: '都看过了' }).click();
    await told.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('6');
    await page.getByRole('region', { name: '没有看过的' }).getByText('都看过了').waitFor();
    await page
      .getByRole('region', { name: '看过的', exact: true })
      .getByText('2026-9302 首审异议：认定不成立')
      .waitFor();
    expect(await page.locator('nav [aria-current="page"]').allInnerTexts()).toEqual([expect.stringContaining('通知')]);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('3');
    await page.getByRole('button', { name: /2026-9302 首审异议/ }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('what is ruled to be another’s leaves their list while they look at it, and says why', async () => {
    const row = await filings.fileMine('2026-9303');
    await page.keyboard.press('1');
    await card('2026-9303').getByRole('button', { name: '提出异议' }).click();
    await page.getByLabel('未发现首审').check();
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await page.getByText('请从列表里选一名法官').waitFor();
    await page.getByLabel('被主张人').fill('钱葵廊');
    await page.getByRole('option', { name: /钱葵廊/ }).click();
    await page.getByLabel('其他案号').fill('（2026）川1599民初22号');
    await page.getByRole('button', { name: '下一步：核对' }).click();
    await page.getByRole('button', { name: '确认提出' }).click();
    await heading('2026-9303 首审异议');
    await page.getByRole('button', { name: '打开收案' }).click();
    await page.locator('#filing-title', { hasText: '2026-9303' }).waitFor();
    await rule(row.id, 'uphold', '属于实体审理后衍生的案件');
    await page.getByText('本件现在不由您承办').waitFor();
    await page.getByText('首审异议：复核成立，现由钱葵廊承办').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '看结论和理由' }).click();
    await page.getByText('已办结：复核成立').waitFor();
  });

  test('a case that was noted moves to the others, and can still be objected to', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await card('2026-9301').getByRole('button', { name: '已阅，继续办理' }).click();
    await card('2026-9301').waitFor({ state: 'detached' });
    await page.keyboard.press('2');
    await card('2026-9301').getByRole('button', { name: '提出异议' }).waitFor();
    expect(await card('2026-9301').getByRole('button', { name: '已阅，继续办理' }).count()).toBe(0);
  });

  test('clocks stand in a list and in a calendar with its rest days, each with how it was counted', async () => {
    await page.keyboard.press('4');
    await heading('我的期限');
    const line = page.getByRole('row').filter({ hasText: '2026-9301' }).filter({ hasText: '审限' });
    await line.waitFor();
    expect(await violations(page)).toEqual([]);
    await line.getByRole('button', { name: /怎么算的/ }).click();
    const dialog = page.getByRole('dialog', { name: /2026-9301 审限/ });
    await dialog.getByText('起算，当日不计入').waitFor();
    await dialog.getByText(/依据：《中华人民共和国民事诉讼法》/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByLabel('月历').check();
    await page.getByRole('button', { name: '本月' }).waitFor();
    const month = new URL(page.url()).searchParams.get('month');
    expect(month).toMatch(/^\d{4}-\d{2}$/);
    expect(await page.getByRole('cell').filter({ hasText: '休' }).count()).toBeGreaterThanOrEqual(8);
    const shown = page.locator('td button').filter({ hasText: '2026-9301' });
    for (let ahead = 0; (await shown.count()) === 0 && ahead < 2; ahead += 1) {
      await page.getByRole('button', { name: '下个月' }).click();
      await page.getByRole('heading', { name: /个期限届满$/ }).waitFor();
    }
    expect(await violations(page)).toEqual([]);
    await shown.first().click();
    await page.getByRole('dialog', { name: /2026-9301/ }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('an absence is entered, refused where it overlaps, seen in the bench, and withdrawn', async () => {
    await page.keyboard.press('5');
    await page.getByText('没有登记过请假').waitFor();
    expect(await violations(page)).toEqual([]);
    const entry = page.getByRole('form', { name: '登记请假' });
    const look = entry.getByRole('button', { name: '登记：先看影响' });
    await look.click();
    await entry.getByText('请选择事由').waitFor();
    expect(await violations(page)).toEqual([]);
    await entry.getByLabel('从哪一天').fill('20990105');
    await entry.getByLabel('到哪一天').fill('20990104');
    await entry.getByText('早于开始的那一天').waitFor();
    await entry.getByLabel('到哪一天').fill('20990109');
    await entry.getByLabel('事由').selectOption('training');
    await look.click();
    const check = page.getByRole('dialog', { name: '核对请假' });
    await check.getByText('共 5 日').waitFor();
    await check.getByText('这些天没有期限届满').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    const row = page.getByRole('row').filter({ hasText: '2099-01-05 至 2099-01-09' });
    await row.getByText('有效').waitFor();
    await entry.getByLabel('从哪一天').fill('20990107');
    await entry.getByLabel('事由').selectOption('leave');
    await look.click();
    await check.getByText('重叠').waitFor();
    expect(await check.getByRole('button', { name: '确认登记' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    // Refused, the way back has the focus.
    await page.keyboard.press('Enter');
    await check.waitFor({ state: 'detached' });
    await entry.getByLabel('从哪一天').fill(today);
    await entry.getByLabel('到哪一天').fill('20990101');
    await look.click();
    await check.getByText(/连续缺席超过 \d+ 天/).waitFor();
    await check
      .getByRole('listitem')
      .filter({ hasText: /2026-9301 审限/ })
      .waitFor();
    await check.getByRole('button', { name: '回去改' }).click();
    const bench = (await done(filings.clerk.ask('GET', filings.at('/judges')))) as { judges: Json[] };
    expect(bench.judges.find(({ id }) => id === 'M01')?.absences).toContainEqual({
      from: '2099-01-05',
      to: '2099-01-09',
      reason: 'training',
    });
    await row.getByRole('button', { name: /撤回/ }).click();
    const dialog = page.getByRole('dialog', { name: '撤回请假' });
    await dialog.getByText('5 日照常参加分案').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: '撤回', exact: true }).click();
    await row.getByText('已撤回').waitFor();
  });

  test('on a phone everything is there in one column, with nothing to the side of it', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const word of ['新收', '在办', '异议和会商', '我的期限', '请假', '通知']) {
      await page.getByRole('navigation', { name: '我的工作' }).getByRole('link', { name: word }).click();
      await heading(word);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      expect([word, await violations(page)]).toEqual([word, []]);
    }
    await page.getByRole('link', { name: '在办' }).click();
    const reference = card('2026-9301').getByRole('button', { name: '2026-9301', exact: true });
    await reference.click();
    await page.locator('#filing-title', { hasText: '2026-9301' }).waitFor();
    expect(await reference.isVisible()).toBe(false);
    await page.getByRole('region', { name: '2026-9301' }).getByRole('button', { name: '关闭' }).click();
    await reference.waitFor();
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  test('what cannot be read is said, and is read again on demand', async () => {
    for (const [path, link, title] of [
      ['mine/cases?part=held', '在办', '列表没有读出来'],
      ['clocks?', '我的期限', '期限没有读出来'],
      ['absences?', '请假', '请假没有读出来'],
      ['notifications?state=seen', '通知', '通知没有读出来'],
    ] as const) {
      const isBroken = ({ href }: URL): boolean => href.includes(path);
      await page.goto(`${served.url}/mine/${encodeURIComponent(served.court)}`);
      await heading('新收');
      await context.route(isBroken, (route) => route.fulfill({ status: 500, body: '' }));
      await page.getByRole('link', { name: link }).click();
      const told = page.getByRole('alert').filter({ hasText: title });
      await told.waitFor();
      expect([link, await violations(page)]).toEqual([link, []]);
      await context.unroute(isBroken);
      await told.getByRole('button', { name: '再读一次' }).click();
      await told.waitFor({ state: 'detached' });
    }
  });

  test('the keys are told, and the filing desk is closed to a judge with the way back', async () => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '快捷键' }).getByText('新收、在办').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`${served.url}/desk/${encodeURIComponent(served.court)}`);
    await heading('这里打不开');
    await page.getByRole('link', { name: '法官工作台' }).click();
    await heading('新收');
  });

  test('the pages had nothing to complain of', () => {
    expect(complaints).toEqual([]);
  });
});
