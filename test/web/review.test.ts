import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noChromium, openContext, violations, watchPage } from '../support/chromium.js';
import type { Json } from '../support/court.js';
import { done, SampleFilings } from '../support/sample-filings.js';
import { type Account, Person, type Served, serve } from '../support/served.js';

const STORY_MS = 300_000;
/** A case of another judge, cited as evidence. */
const OTHERS = { caseNo: '（2026）川1599民初22号', judge: 'M02' };
const ENDED_FIRST = '前案判决后的追偿，属于实体审理后衍生的案件';

let served: Served;
let browser: Browser;
let filings: SampleFilings;
let judge: Person;
const complaints: string[] = [];

const object = (row: Json, more: Json = {}): Promise<Json> =>
  done(
    judge.ask(
      'POST',
      filings.at('/objections'),
      {
        filing: row.id,
        version: row.version,
        flow: 'first_trial_objection',
        ground: 'missed_first_trial',
        claimedOwner: OTHERS.judge,
        evidence: [OTHERS.caseNo],
        reason: '同一原告此前另有一件，本件系判决后的追偿',
        ...more,
      },
      randomUUID(),
    ),
  );

async function signIn(page: Page, { login, password }: Account): Promise<Page> {
  await page.goto(served.url);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
  return page;
}

/** Somebody's own browser, at the desk of those who decide. */
async function review(account: Account): Promise<{ page: Page; context: BrowserContext }> {
  const context = await openContext(browser);
  const page = await signIn(watchPage(await context.newPage(), complaints), account);
  await heading(page, /^(待办理|全部收案)$/);
  if (await page.getByRole('heading', { name: '全部收案', exact: true }).isVisible()) {
    await page.getByRole('link', { name: '复核台' }).click();
  }
  await heading(page, '待办理');
  return { page, context };
}

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', typeof name === 'string' ? { name, exact: true } : { name }).waitFor();
const line = (page: Page, reference: string) =>
  page.getByRole('listitem').filter({ has: page.locator('strong', { hasText: reference }) });

/** Opens a run by key. */
async function openByKey(page: Page, reference: string): Promise<void> {
  await line(page, reference).getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.locator('#objection-title', { hasText: reference }).waitFor();
  await heading(page, /^作出决定/);
}

/** Confirms by key once the dialog has the focus: before, the key would go to what is behind it. */
async function confirmByKey(page: Page, title: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: `确认：${title}` });
  await dialog.getByRole('button', { name: '确认提交' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
}

describe.skipIf(noChromium)('the desk of those who decide', { timeout: STORY_MS }, () => {
  let first: { page: Page; context: BrowserContext };
  let second: { page: Page; context: BrowserContext };

  beforeAll(async () => {
    served = await serve();
    browser = await launch();
    filings = await SampleFilings.open(served);
    judge = await Person.signIn(served.url, served.accounts.judge);
    first = await review(served.accounts.reviewer);
    second = await review(served.accounts.reviewer);
  }, STORY_MS);

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test('an empty queue says so', async () => {
    const { page } = first;
    await page.getByText('没有等着办理的异议、会商和回避').waitFor();
    expect(await page.title()).toContain('复核台');
    expect(await violations(page)).toEqual([]);
  });

  test('what a judge objects to appears without reloading, and opens with both sides beside each other', async () => {
    const { page } = first;
    const row = await filings.fileMine('2026-9101');
    await object(row);
    const shown = line(page, '2026-9101');
    await shown.waitFor();
    expect(await shown.innerText()).toMatch(
      /剩 \d+ 日[\s\S]*首审异议：未发现首审[\s\S]*主张由 钱葵廊 办理[\s\S]*等复核人/,
    );
    await openByKey(page, '2026-9101');
    const panel = page.getByLabel('异议详情');
    const text = await panel.innerText();
    for (const wanted of [
      '申请人一方',
      '本件系判决后的追偿',
      OTHERS.caseNo,
      '与本件不一致',
      '分案依据一方',
      '第 1 号决定',
      '作为首审负责人办理',
      '与本件一致：原告相同',
      '办理依据',
      '还没有相像的决定',
      '改由钱葵廊承办',
      '仍由赵葵坊承办',
    ])
      expect(text).toContain(wanted);
    expect(await violations(page)).toEqual([]);
  });

  test('a judge objects in one browser, a reviewer decides in another, and neither reloads', async () => {
    const row = await filings.fileMine('2026-9106');
    const context = await openContext(browser);
    const page = await signIn(watchPage(await context.newPage(), complaints), served.accounts.judge);
    await page.getByRole('button', { name: '退出' }).waitFor();
    await page.goto(`${served.url}/filing/${encodeURIComponent(served.court)}/${row.id as string}`);
    await page.getByRole('tab', { name: '异议、回避' }).click();
    await page.getByRole('button', { name: '申请复核', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^申请复核/ });
    await dialog.getByRole('radio', { name: '未发现首审' }).check();
    await dialog.getByLabel('被主张人').fill('钱葵廊');
    await page.getByRole('option', { name: /钱葵廊/ }).click();
    await dialog.getByLabel('证据').fill(OTHERS.caseNo);
    await dialog.getByLabel('理由').fill('应当由钱葵廊法官办理');
    await dialog.getByRole('button', { name: '确定' }).click();
    const run = page.getByRole('listitem').filter({ hasText: '待复核' });
    await run.waitFor();
    expect(await violations(page)).toEqual([]);

    await line(first.page, '2026-9106').waitFor();
    await openByKey(first.page, '2026-9106');
    await first.page.keyboard.press('2');
    await first.page.keyboard.type('两案当事人不同，不属于首审');
    await first.page.keyboard.press('Control+Enter');
    await confirmByKey(first.page, '认定不成立');
    await first.page.getByText('已办结：复核不成立').waitFor();

    const ruling = page.getByRole('listitem').filter({ hasText: '复核不成立' });
    await ruling.waitFor();
    expect(await ruling.innerText()).toContain('决定理由：两案当事人不同，不属于首审');
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  test('two decide at once: one does, the other is told by whom, and nothing that was written is lost', async () => {
    for (const { page } of [first, second]) await openByKey(page, '2026-9101');
    await second.page.keyboard.press('2');
    await second.page.keyboard.type('另一个人写了很久的理由');
    // The queue of the second one hears nothing for a while.
    await second.context.route('**/objections**', (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    const { page } = first;
    await page.keyboard.press('Control+Enter');
    await page.getByText('请选择一项决定').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Control+Enter');
    await page.getByText('请写明理由').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type(ENDED_FIRST);
    await page.keyboard.press('Control+Enter');
    const confirm = page.getByRole('dialog', { name: '确认：认定成立' });
    await confirm.getByText('改由钱葵廊承办').waitFor();
    expect(await violations(page)).toEqual([]);
    await confirmByKey(page, '认定成立');
    await page.getByText('2026-9101 已办理：认定成立').first().waitFor();
    await page.getByText('已办结：复核成立').waitFor();
    await line(page, '2026-9101').waitFor({ state: 'detached' });
    expect(await violations(page)).toEqual([]);

    await second.page.keyboard.press('Control+Enter');
    await confirmByKey(second.page, '认定不成立');
    await second.page.getByText(/已经在 \d{4}-\d{2}-\d{2} 由示例复核人办结：复核成立/).waitFor();
    expect(await second.page.getByLabel('理由').inputValue()).toBe('另一个人写了很久的理由');
    await second.context.unroute('**/objections**');
    await second.page.reload();
    await second.page.getByText('已办结：复核成立').waitFor();
  });

  test('what is decided while somebody still writes is told at once, and the reasons stay to be copied', async () => {
    const row = await filings.fileMine('2026-9102');
    await object(row, { ground: 'not_first_trial', claimedOwner: undefined, reason: '前案是另一笔借款' });
    for (const { page } of [first, second]) await openByKey(page, '2026-9102');
    await second.page.keyboard.press('1');
    await second.page.keyboard.type('还没有写完的理由');
    expect(await first.page.getByText(/重新抽签确定承办人：\d+ 名法官参加/).isVisible()).toBe(true);
    await first.page.keyboard.press('2');
    await first.page.keyboard.type('与前案系同一法律关系');
    await first.page.keyboard.press('Control+Enter');
    await confirmByKey(first.page, '认定不成立');
    await first.page.getByText('已办结：复核不成立').waitFor();
    await second.page.getByText('这一件已经由别人办理，您的决定没有提交').waitFor();
    expect(await second.page.getByLabel('您写的理由（没有提交）').inputValue()).toBe('还没有写完的理由');
    expect(await violations(second.page)).toEqual([]);
    await second.page.getByRole('button', { name: '不要了' }).click();
    await second.page.getByText('已经办结。').waitFor();
  });

  test('what was written stays while another case is looked at; earlier rulings alike are shown without names', async () => {
    const { page } = first;
    const row = await filings.fileMine('2026-9103');
    const { row: run } = (await object(row)) as { row: Json };
    await openByKey(page, '2026-9103');
    const alike = page.getByRole('listitem').filter({ hasText: ENDED_FIRST });
    expect(await alike.innerText()).toMatch(/复核成立[\s\S]*关联种类相同/);
    await page.keyboard.press('2');
    await page.keyboard.type('写到一半');
    await alike.getByRole('button').click();
    await page.locator('#objection-title', { hasText: '2026-9101' }).waitFor();
    await page.goBack();
    await page.locator('#objection-title', { hasText: '2026-9103' }).waitFor();
    expect(await page.getByLabel('理由').inputValue()).toBe('写到一半');
    expect(new URL(page.url()).searchParams.get('run')).toBe(run.id);
    await page.keyboard.press('Escape');
    await page.locator('#objection-title').waitFor({ state: 'detached' });
  });

  test('the queue is filtered, and says when nothing fits', async () => {
    const { page } = first;
    await page.getByLabel('不论等谁').selectOption('president');
    await page.getByText('没有符合条件的').waitFor();
    await page.getByRole('button', { name: '看全部' }).click();
    await page.getByLabel('轮到我').check();
    await line(page, '2026-9103').waitFor();
    await page.getByLabel('已逾期').check();
    await page.getByText('没有符合条件的').waitFor();
    await page.getByLabel('在办还是已办结').selectOption('ended');
    await page.getByRole('button', { name: '看全部' }).click();
    await line(page, '2026-9102').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('在办还是已办结').selectOption('open');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '快捷键' }).getByText('到“作出决定”').waitFor();
    await page.keyboard.press('Escape');
  });

  test('a recusal goes to the president, is refused, and the filing division enters that the party asks again', async () => {
    const before = filings.earlier();
    const [party] = before.parties;
    const row = await filings.fileAfter('2026-9104', before);
    const application = {
      filing: row.id,
      version: row.version,
      flow: 'recusal',
      action: 'apply',
      onBehalfOf: party?.name,
    };
    await done(
      filings.clerk.ask(
        'POST',
        filings.at('/objections'),
        { ...application, reason: '与对方有亲属关系' },
        randomUUID(),
      ),
    );
    const { page: president } = await review(served.accounts.supervisor);
    await openByKey(president, '2026-9104');
    // 申请回避 with the law in its own words.
    expect(await president.getByLabel('异议详情').innerText()).toContain('审判人员的回避，由院长决定');
    await president.keyboard.press('2');
    await president.keyboard.type('不属于应当回避的情形');
    await president.keyboard.press('Control+Enter');
    await confirmByKey(president, '驳回申请');
    await president.getByText('2026-9104 已办理：驳回申请').first().waitFor();

    const context = await openContext(browser);
    const desk = await signIn(watchPage(await context.newPage(), complaints), served.accounts.filing_clerk);
    await heading(desk, '全部收案');
    await desk.getByRole('button', { name: '2026-9104', exact: true }).click();
    await desk.getByRole('tab', { name: '异议、回避' }).click();
    await desk.getByText('决定理由：不属于应当回避的情形').waitFor();
    await desk.getByRole('button', { name: '代当事人登记：申请复议' }).click();
    const dialog = desk.getByRole('dialog', { name: /^申请复议/ });
    expect(await dialog.getByLabel('代哪一名当事人登记').inputValue()).toBe(party?.name);
    await dialog.getByLabel('理由').fill('请求复议');
    expect(await violations(desk)).toEqual([]);
    await dialog.getByRole('button', { name: '登记' }).click();
    await desk.getByRole('listitem').filter({ hasText: '复议中' }).waitFor();
    await context.close();
    await line(president, '2026-9104').filter({ hasText: '复议中' }).waitFor();
  });

  test('the command centre has the first measures returned, and is told what the search finds', async () => {
    const enforcement = {
      matter: 'enforcement',
      stage: 'enforcement',
      cause: '物业服务合同纠纷',
      amount: '1000.00',
      facts: {},
      parties: [
        { role: 'creditor', kind: 'person', name: '示例申请人甲' },
        { role: 'debtor', kind: 'person', name: '示例被执行人乙' },
      ],
    };
    const row = await filings.file('2026-9105', enforcement);
    const centre = await Person.signIn(served.url, served.accounts.command_centre);
    const handOver = { flow: 'initial_enforcement', ground: 'first_measures', filing: row.id, version: row.version };
    const { page } = await review(served.accounts.command_centre);
    expect(await page.title()).toContain('执行指挥中心');
    await done(centre.ask('POST', filings.at('/objections'), handOver, randomUUID()));
    await line(page, '2026-9105').waitFor();
    await openByKey(page, '2026-9105');
    await page.keyboard.press('Control+Enter');
    const confirm = page.getByRole('dialog', { name: '确认：移回分流' });
    await confirm.waitFor();
    expect(await violations(page)).toEqual([]);
    await confirmByKey(page, '移回分流');
    await page.getByText('已办结：已分流').waitFor();
  });

  test('the pages had nothing to complain of', () => {
    expect(complaints).toEqual([]);
  });
});
