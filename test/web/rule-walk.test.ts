import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noChromium, openContext, watchPage } from '../support/chromium.js';
import { aheadTo, environmentAhead, pagesAhead } from '../support/other-day.js';
import { type Account, Person, type Served, serve } from '../support/served.js';
import { shouze } from '../support/shouze.js';
import { editor, openFile, settled } from '../support/workbench.js';

/** Where the pictures of the guide go, when it is to be illustrated anew (`npm run guide`). */
const PICTURES = process.env.PICTURES;
const STORY_MS = 300_000;
const HENAN = '豫1699';
const DOCKET = fileURLToPath(new URL('../../docs/sample/docket-henan.json', import.meta.url));
const LIMITS = 'parameters/small-claims.csv';
const EXAMPLES = 'parameters/small-claims.yaml';
const BEFORE = '2026-06-24T09:00:00+08:00';
const ON_THE_DAY = '2026-07-01T09:00:00+08:00';
const WIDTH = 1280;

let served: Served;
let browser: Browser;
let ahead: number;
const complaints: string[] = [];
const own = new Map<string, Account>();

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  await expect.poll(() => page.getByText('正在读取').count(), { timeout: 20_000 }).toBe(0);
  // What tells that something is done would lie over it for a while.
  for (const notice of await page.getByRole('button', { name: '关闭这条提示' }).all()) await notice.click();
  await page.mouse.move(0, 0);
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png`, animations: 'disabled' });
}

/** A person at their own browser, on the day that it is. */
async function signedIn({ login, password }: Account): Promise<Page> {
  const context = await openContext(browser);
  await pagesAhead(context, ahead);
  const page = watchPage(await context.newPage(), complaints);
  await page.setViewportSize({ width: WIDTH, height: 800 });
  await page.goto(served.url);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '修改密码' }).waitFor();
  return page;
}

const account = (login: string): Account => {
  const found = own.get(login);
  if (found === undefined) throw new Error(`no account ${login}`);
  return found;
};

/** What the operator does beside the running service. */
async function operator(...args: string[]): Promise<string> {
  const said = await shouze([...args, '--data', served.folder, '--server'], environmentAhead(ahead));
  expect(said).toMatchObject({ status: 0 });
  return said.out;
}

async function addPerson(login: string, name: string, role: string): Promise<void> {
  const out = await operator('user', 'add', login, '--court', HENAN, '--name', name, '--role', role);
  own.set(login, { login, password: /[a-z0-9]{4}(-[a-z0-9]{4}){3}/.exec(out)?.[0] ?? '' });
}

/** A filing is typed in at the filing desk: a plain loan between two people, all of it clear. */
async function file(clerk: Page, reference: string, [plaintiff, defendant]: readonly [string, string]): Promise<void> {
  await clerk.getByRole('heading', { name: '全部收案', exact: true }).waitFor();
  await clerk.keyboard.press('n');
  await clerk.getByRole('heading', { name: '录入收案', exact: true }).waitFor();
  await clerk.getByLabel('登记号').fill(reference);
  await clerk.getByLabel('案由').fill('民间借贷纠纷');
  await clerk.getByLabel('标的额（元）').fill('38000');
  await clerk.getByLabel('第 1 名当事人 姓名或名称').fill(plaintiff);
  await clerk.getByLabel('第 2 名当事人 姓名或名称').fill(defendant);
  for (const [fact, answer] of CLEAR) {
    const row = clerk.getByRole('group', { name: fact, exact: true });
    const answered = row.getByRole('radio', { name: answer, exact: true });
    // What was wrong a moment ago goes away meanwhile, and the page moves under the pointer.
    await expect.poll(() => answered.click().then(() => answered.isChecked())).toBe(true);
  }
  await clerk.keyboard.press('Control+Enter');
  await clerk.locator('#filing-title', { hasText: reference }).waitFor();
  await clerk.getByRole('heading', { name: '结论' }).waitFor();
}

const CLEAR = [
  ['事实清楚', '是'],
  ['权利义务关系明确', '是'],
  ['争议不大', '是'],
  ['金钱给付', '是'],
  ['人身关系', '否'],
  ['财产确权', '否'],
  ['需要鉴定评估', '否'],
] as const;

const outcome = (page: Page): Locator => page.getByRole('region', { name: '结论' });

async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+s');
  await page.getByText(/示例规则编辑 .* 保存/).waitFor();
}

describe.skipIf(noChromium)(
  'policy staff change a province’s small-claims limit in the browser',
  {
    timeout: STORY_MS,
  },
  () => {
    beforeAll(async () => {
      ahead = aheadTo(BEFORE);
      served = await serve({ environment: environmentAhead(ahead) });
      browser = await launch();
      await operator('import', DOCKET);
      await addPerson('yanlian', '演练立案员', 'filing_clerk');
      await addPerson('yanting', '演练院庭长', 'supervisor');
      // An author who may approve as well: their own release they may not.
      await operator('user', 'grant', 'bianji', '--court', served.court, '--role', 'rule_approver');
    }, STORY_MS);

    afterAll(async () => {
      await browser?.close();
      await served?.stop();
    });

    test('before the change a filing of 38,000 yuan goes by the simple procedure', async () => {
      const clerk = await signedIn(account('yanlian'));
      await file(clerk, '2026-0101', ['演练甲', '演练乙']);
      await outcome(clerk).getByText('简易程序', { exact: true }).waitFor();
      await picture(clerk, '1-before');
      await clerk.context().close();
    });

    test('the author changes the limit, and sees the check, the exact region and the refusal', async () => {
      const author = await signedIn(served.accounts.rule_author);
      await author.getByRole('button', { name: '新建草稿' }).click();
      await author.getByLabel('改什么').fill('河南小额诉讼限额调整');
      await author.getByLabel('为什么改').fill('演练用的通知：2026 年 7 月 1 日起 40000 元');
      await author.keyboard.press('Tab');
      await author.getByRole('button', { name: '新建', exact: true }).click();
      await author.getByRole('heading', { name: '河南小额诉讼限额调整' }).waitFor();
      await settled(author, '没有问题');
      await openFile(author, LIMITS);
      const cell = (row: number, column: string) => author.getByLabel(new RegExp(`^第 ${row} 行 ${column}`));
      expect([await cell(4, '适用').inputValue(), await cell(4, '值').inputValue()]).toEqual(['河南', '35120']);
      await cell(4, '失效').fill('2026-07-01');
      await author.getByRole('button', { name: '在第 4 行后面加一行' }).click();
      for (const [column, value] of [
        ['参数', '小额诉讼法定限额'],
        ['适用', '河南'],
        ['值', '40000'],
        ['施行', '2026-07-01'],
        ['来源', '演练用的通知，并未发布'],
        ['效力', '未核实'],
      ] as const) {
        await cell(5, column).fill(value);
      }
      await settled(author, /处问题/);
      await cell(5, '值').focus();
      await picture(author, '2-check');
      expect(await author.getByRole('region', { name: '问题' }).innerText()).toMatch(
        /small-claims\.csv:4 第 3 格[\s\S]*缺少示例:2026-06-30、2026-07-01 这几天各是多少;写在 parameters\/small-claims\.yaml/,
      );
      await save(author);
      await openFile(author, EXAMPLES);
      await editor(author).focus();
      await author.keyboard.press('Control+f');
      await author.getByLabel('查找').fill('适用: 河南, 日期: 2022-01-09, 值: 35120 }');
      await author.getByLabel('替换为').fill(ADDED);
      await author.getByRole('button', { name: '全部替换' }).click();
      await author.getByLabel('替换为').focus();
      await author.keyboard.press('Escape');
      await settled(author, '没有问题');
      await save(author);
      await settled(author, '没有问题');
      await author.getByRole('tab', { name: '影响' }).click();
      const reach = author.getByRole('list', { name: '结果会变的案件' });
      await reach.waitFor();
      expect(await reach.innerText()).toMatch(
        /程序（民事一审）：简易程序 → 小额诉讼程序\s*河南、沈丘县人民法院：2026-07-01 起收案\s*35,120 < 标的额 ≤ 40,000 元/,
      );
      await author.getByText(/^除此以外，按规则卡算没有一个案件的结果会变（比较了 \d+ 项，已证明）。$/).waitFor();
      await author.getByLabel('一眼看清').getByText('1 类案件结果会变：简易程序 → 小额诉讼程序').waitFor();
      await author.getByLabel('找文件').fill('');
      await picture(author, '3-reach');
      await author.getByRole('button', { name: '提出发布' }).click();
      const dialog = author.getByRole('dialog', { name: /^提出发布/ });
      await dialog.getByLabel('理由').fill('按演练用的通知调整');
      await dialog.getByRole('button', { name: '提出', exact: true }).click();
      await author.getByRole('heading', { name: /^第 2 号发布/ }).waitFor();
      await author.getByText('这一次是您提出的，不能由您自己批准').waitFor();
      expect(await author.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
      await picture(author, '4-refused');
      // Nor past the page.
      const person = await Person.signIn(served.url, served.accounts.rule_author);
      const { body: release } = await person.ask('GET', '/api/v1/rules/releases/2');
      const approval = { version: (release as { version: number }).version, reason: '同意', effectiveOn: '2026-07-01' };
      expect(await person.ask('POST', '/api/v1/rules/releases/2/approval', approval, randomUUID())).toMatchObject({
        status: 403,
        body: { detail: expect.stringContaining('请由没有改过的另一名规则审批人审批') },
      });
      await author.context().close();
    });

    test('a second person approves it for its day', async () => {
      const approver = await signedIn(served.accounts.rule_approver);
      await approver.getByRole('button', { name: /第 2 号[\s\S]*等您审批/ }).click();
      await approver.getByLabel('发布详情').getByText('按演练用的通知调整').first().waitFor();
      await approver.getByRole('button', { name: '批准', exact: true }).click();
      const deciding = approver.getByRole('dialog', { name: /^批准发布/ });
      await deciding.getByLabel('哪一天起施行').fill('20260701');
      await deciding.getByLabel('理由').fill('与通知一致');
      await picture(approver, '5-approve');
      await deciding.getByRole('button', { name: '确定' }).click();
      await approver.getByRole('main').getByText('已排期', { exact: true }).waitFor();
      await approver.context().close();
    });

    test('before its day the next filing is decided as before', async () => {
      const clerk = await signedIn(account('yanlian'));
      await file(clerk, '2026-0102', ['演练丙', '演练丁']);
      await outcome(clerk).getByText('简易程序', { exact: true }).waitFor();
      await clerk.context().close();
    });

    test('on its day the release is in force, and the next filing is decided by it', async () => {
      await served.kill('SIGTERM');
      ahead = aheadTo(ON_THE_DAY);
      await served.start(environmentAhead(ahead));
      const author = await signedIn(served.accounts.rule_author);
      await author.getByRole('button', { name: /第 2 号[\s\S]*现行/ }).click();
      await author.getByRole('list', { name: '经过' }).waitFor();
      await picture(author, '6-in-force');
      await author.context().close();
      const clerk = await signedIn(account('yanlian'));
      await file(clerk, '2026-0103', ['演练戊', '演练己']);
      await outcome(clerk).getByText('小额诉讼程序', { exact: true }).waitFor();
      await outcome(clerk).getByText('第 2 号发布（2026-07-01 起施行）').waitFor();
      await picture(clerk, '7-after');
      await clerk.context().close();
    });

    test('the old filing is decided again by the old release, byte for byte', async () => {
      const supervisor = await signedIn(account('yanting'));
      await supervisor.getByRole('button', { name: '2026-0101', exact: true }).click();
      await supervisor.getByRole('heading', { name: '结论' }).waitFor();
      await outcome(supervisor).getByText('第 1 号发布（2026-06-24 起施行）').waitFor();
      await supervisor.getByRole('tab', { name: '经过' }).click();
      await supervisor.getByRole('button', { name: '按第 1 号发布重算' }).click();
      await supervisor.getByText('重算：逐字节相同').scrollIntoViewIfNeeded();
      await supervisor.mouse.wheel(0, 2000);
      await picture(supervisor, '8-replay');
      expect(complaints).toEqual([]);
    });
  },
);

const ADDED = [
  '适用: 河南, 日期: 2022-01-09, 值: 35120 }',
  '  - { 参数: 小额诉讼法定限额, 适用: 河南, 日期: 2026-06-30, 值: 35120 }',
  '  - { 参数: 小额诉讼法定限额, 适用: 河南, 日期: 2026-07-01, 值: 40000 }',
].join('\\n');
