import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noChromium, violations } from '../support/chromium.js';
import { done, SampleFilings } from '../support/sample-filings.js';
import { type Account, Person, type Served, serve } from '../support/served.js';
import { type AtDesk, atDesk, Drafting, settled } from '../support/workbench.js';

const STORY_MS = 300_000;
const TABLE = 'courts/1599-sample/parameters.csv';
const EXAMPLES = 'courts/1599-sample/parameters.yaml';
const POOL = 'national/pool.yaml';
const VALIDITY = 'national/examples/validity.yaml';

/** 小额诉讼法定限额 of the sample court, and its examples. */
const withLimit = (yuan: string) => ({
  [TABLE]: (text: string) => text.replace('川1599,40000,', `川1599,${yuan},`),
  [EXAMPLES]: (text: string) => text.replaceAll('值: 40000', `值: ${yuan}`),
});

const DAY_MS = 86_400_000;
const YESTERDAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() - DAY_MS);

let served: Served;
let browser: Browser;
let drafting: Drafting;
/** A second approver, and one who sits in the pool of the court. */
let third: Account;
let sitting: Account;
/** The drafts of the story: of the emergency, of whoever was overtaken by it, and of one that decides who gets cases. */
let urgent: string;
let overtaken: string;
let reference: string;
const complaints: string[] = [];

const desk = (account: Account, search = ''): Promise<AtDesk> =>
  atDesk({ served, browser, complaints }, account, search);
const shown = (page: Page) => page.getByLabel('发布详情');
const dialogOf = (page: Page, name: RegExp) => page.getByRole('dialog', { name });

async function approverNamed(login: string, name: string, judge?: string): Promise<Account> {
  const administrator = await Person.signIn(served.url, served.accounts.administrator);
  const from = '2026-01-01';
  const postings = [{ role: 'rule_approver', from }, ...(judge === undefined ? [] : [{ role: 'judge', judge, from }])];
  const path = `/api/v1/courts/${encodeURIComponent(served.court)}/users`;
  const { password } = await done(administrator.ask('POST', path, { login, name, postings }));
  return { login, password: password as string };
}

describe.skipIf(noChromium)('releases of rules at the desk', { timeout: STORY_MS }, () => {
  beforeAll(async () => {
    served = await serve();
    browser = await launch();
    drafting = await Drafting.open(served);
    third = await approverNamed('approver.third', '第三人');
    sitting = await approverNamed('approver.sitting', '在池法官', 'M02');
    const filings = await SampleFilings.open(served);
    const { cause, amount, parties } = filings.earlier();
    const received = { receivedOn: YESTERDAY, matter: 'civil', stage: 'first_instance', cause, amount, parties };
    ({ reference } = (await filings.file('rules-desk-earlier', received)) as { reference: string });
    urgent = await drafting.draft('限额写错了', withLimit('41000'));
    overtaken = await drafting.draft('限额另一种写法', withLimit('42000'));
  }, STORY_MS);

  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  test('a draft shows which cases come out otherwise, by their exact bounds', async () => {
    const { page, context } = await desk(served.accounts.rule_author, `?draft=${urgent}&file=${TABLE}`);
    await settled(page, '没有问题');
    await page.getByLabel('一眼看清').getByText('1 类案件结果会变：简易程序 → 小额诉讼程序').waitFor();
    await page.getByRole('tab', { name: '影响' }).click();
    const moved = page.getByRole('list', { name: '结果会变的案件' });
    await moved.waitFor();
    expect(await moved.innerText()).toMatch(
      /程序（民事一审）：简易程序 → 小额诉讼程序[\s\S]*示例县人民法院[\s\S]*40,000 < 标的额 ≤ 41,000 元[\s\S]*例如：民事一审案件，标的额 41,000 元/,
    );
    expect(await page.getByRole('list', { name: '逐个文件' }).innerText()).toContain('40,000 元 改为 41,000 元');
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  test('an emergency is asked for with its ground', async () => {
    const { page, context } = await desk(served.accounts.rule_author, `?draft=${urgent}`);
    await settled(page, '没有问题');
    await page.getByRole('button', { name: '提出发布' }).click();
    const dialog = dialogOf(page, /^提出发布/);
    await dialog.getByLabel(/^紧急发布/).check();
    await dialog.getByRole('button', { name: '提出', exact: true }).click();
    await dialog.getByText('请选择紧急发布的事由').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('紧急事由').selectOption({ index: 1 });
    await dialog.getByLabel('理由').fill('限额写错，正在错分');
    await dialog.getByRole('button', { name: '提出', exact: true }).click();
    await page.getByRole('heading', { name: /^第 2 号发布/ }).waitFor();
    await shown(page)
      .getByText(/紧急：/)
      .waitFor();
    await context.close();
  });

  test('whoever approves sees the reach, and which decisions lie in days for which it says something else', async () => {
    const { page, context } = await desk(served.accounts.rule_approver, '?release=2');
    const said = shown(page).getByRole('list', { name: '对以前收案的新说法' });
    await said.waitFor();
    expect(await said.innerText()).toMatch(/参数 小额诉讼法定限额：2022-01-01 起、\d{4}-\d\d-\d\d 前收的案件/);
    const earlier = shown(page).getByRole('list', { name: '以前的决定' });
    expect(await earlier.innerText()).toMatch(new RegExp(`^${reference} ${YESTERDAY} 收案，.* 作出第 1 次决定$`));
    await shown(page).getByText('发布不改动它们').waitFor();
    const list = await shown(page).getByRole('list', { name: '结果会变的案件' }).innerText();
    expect(list).toContain('40,000 < 标的额 ≤ 41,000 元');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '批准', exact: true }).click();
    const dialog = dialogOf(page, /^批准发布/);
    await dialog.getByText(/批准后今天（\d{4}-\d\d-\d\d）起施行，事后由第三个人复核/).waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('理由').fill('情况属实');
    await dialog.getByRole('button', { name: '确定' }).click();
    await page.getByRole('main').getByText('现行', { exact: true }).waitFor();
    await shown(page)
      .getByText(/要在 \d{4}-\d\d-\d\d 以前由第三个人复核/)
      .waitFor();
    await context.close();
  });

  test('an emergency is reviewed by a third person, and not by the one who approved it', async () => {
    const approver = await desk(served.accounts.rule_approver, '?release=2');
    await shown(approver.page)
      .getByText(/由第三个人复核/)
      .waitFor();
    expect(await approver.page.getByRole('button', { name: '事后复核' }).count()).toBe(0);
    await approver.context.close();

    const { page, context } = await desk(third, '?release=2');
    await page.getByRole('button', { name: '事后复核' }).click();
    const dialog = dialogOf(page, /^事后复核/);
    await dialog.getByLabel(/^不同意/).check();
    await dialog.getByRole('button', { name: '确定' }).click();
    await dialog.getByText('请写明理由').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('理由').fill('应当按新标准另行修改');
    await dialog.getByRole('button', { name: '确定' }).click();
    await shown(page).getByText('第三人复核：不同意').waitFor();
    expect(await shown(page).getByRole('list', { name: '经过' }).innerText()).toContain('应当按新标准另行修改');
    expect(await page.getByRole('button', { name: '事后复核' }).count()).toBe(0);
    await context.close();
  });

  test('a draft over rules that are no longer the latest is brought onto them, file by file where both wrote', async () => {
    const { page, context } = await desk(served.accounts.rule_author, `?draft=${overtaken}`);
    await page.getByText('之后又批准了别的发布').waitFor();
    await page.getByText('落后于最新规则').waitFor();
    expect(await page.getByRole('button', { name: '提出发布' }).count()).toBe(0);
    await page.getByRole('button', { name: '并到最新的规则' }).click();
    const dialog = dialogOf(page, /^并到最新的规则/);
    await dialog.getByRole('button', { name: '并过去' }).click();
    await dialog.getByText('有 2 个文件两边都改过，请逐个选').waitFor();
    expect(await dialog.getByRole('button', { name: '并过去' }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    for (const path of [TABLE, EXAMPLES]) {
      await dialog
        .getByRole('group', { name: path })
        .getByLabel(/^先用草稿里的/)
        .check();
    }
    await dialog.getByRole('button', { name: '并过去' }).click();
    await page.getByText('改自第 2 号规则').waitFor();
    await settled(page, '没有问题');
    // Its own text goes on, over the latest rules now.
    await page.getByLabel('一眼看清').getByText('改动 2 个文件').waitFor();
    await page.getByRole('button', { name: '提出发布' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  test('whoever sits in the pool is told why they may not approve what decides who gets its cases', async () => {
    const id = await drafting.draft('入池改一改', {
      [POOL]: (text) => text.replace(/施行: \d{4}-/, '施行: 2021-'),
      // The day is written a second time, where a wrong one would be noticed.
      [VALIDITY]: (text) =>
        `${text.replace('ZC-SJFA-LY, ', '').trimEnd()}\n  - 施行: 2021-05-01\n    规则: [ZC-SJFA-LY]\n`,
    });
    const number = await drafting.propose(id);
    const { page, context } = await desk(sitting, `?release=${number}`);
    await page.getByRole('button', { name: '批准', exact: true }).click();
    const dialog = dialogOf(page, /^批准发布/);
    await dialog.getByLabel('理由').fill('同意');
    await dialog.getByRole('button', { name: '确定' }).click();
    await dialog.getByText(/您是 川1599 参加分案的法官，这次发布改动了决定案件分给谁的规则/).waitFor();
    await dialog.getByText(/请由不在分案池里的规则审批人审批/).waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: '取消' }).click();
    await page.getByRole('button', { name: '批准', exact: true }).and(page.locator(':focus')).waitFor();
    expect(await page.getByRole('main').getByText('待审批', { exact: true }).count()).toBe(1);
    await context.close();
  });

  test('earlier rules come back as a proposal that names them, and only with reasons', async () => {
    const { page, context } = await desk(served.accounts.rule_author, '?release=1');
    await page.getByRole('button', { name: '回退到这一号' }).click();
    const dialog = dialogOf(page, /^回退到第 1 号/);
    await dialog.getByText('已经作出的决定不变').waitFor();
    await dialog.getByRole('button', { name: '提出回退' }).click();
    await dialog.getByText('请写明理由').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('理由').fill('新限额没有依据');
    await dialog.getByRole('button', { name: '提出回退' }).click();
    await page.getByRole('heading', { name: /^第 4 号发布：回退到第 1 号/ }).waitFor();
    await shown(page).getByText('新限额没有依据').first().waitFor();
    expect(await shown(page).innerText()).toMatch(/回退，回到第 1 号，改自第 2 号/);
    // What it takes back is told as every other change is.
    expect(await shown(page).getByRole('list', { name: '结果会变的案件' }).innerText()).toContain(
      '小额诉讼程序 → 简易程序',
    );
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  test.each(['supervisor', 'auditor'] as const)(
    '%s reads what is found in a draft and what it changes, and writes nothing',
    async (role) => {
      const { page, context } = await desk(served.accounts[role], `?draft=${overtaken}&file=${TABLE}`);
      await settled(page, '没有问题');
      await page.getByLabel('一眼看清').getByText('1 类案件结果会变').waitFor();
      await page.getByRole('navigation', { name: '这张表的各行' }).getByText('42,000 元').waitFor();
      expect(await page.getByLabel('第 2 行 值').getAttribute('readonly')).not.toBeNull();
      for (const name of ['提出发布', '保存', '新建文件', '作废草稿', '新建草稿', '撤销'])
        expect([name, await page.getByRole('button', { name }).count()]).toEqual([name, 0]);
      await page.getByRole('tab', { name: '影响' }).click();
      await page.getByRole('list', { name: '结果会变的案件' }).getByText('41,000 < 标的额 ≤ 42,000 元').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    },
  );
});
