import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerQuestions } from '../../src/app/correct-filing.js';
import { fileBatch } from '../../src/app/file-batch.js';
import { sweepClocks } from '../../src/app/flows/sweep-clocks.js';
import { decideHandover, proposeHandover } from '../../src/app/handover.js';
import type { Context } from '../../src/app/ports.js';
import { routeNext } from '../../src/app/route-received.js';
import type { FilingDetail } from '../../src/app/views.js';
import type { Decision } from '../../src/core/documents/decision.js';
import { plainDate } from '../../src/core/kernel/plain-date.js';
import { replay } from '../../src/core/routing/replay.js';
import { readRuleFiles } from '../../src/shell/files/rule-files.js';
import { CLEAR, docket, editionOf, filing, judge, loadRules, RULES } from '../support/court.js';
import { COURT, later, openDesk, type TestDesk } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';

const FIRST = 'national/civil/procedure-first-instance.yaml';
const SUMMARY =
  '施行: 2022-01-01, 失效: 无, 版本选择依据: 收案日期, 说明: 2021年修正文本同条同文 }\n    说明模板: 事实清楚、';
const COURTS_OWN = 'courts/1527-junlian/parameters.csv';
const CHANGE = '2026-03-20';

/** 简易程序 ends, and the days for 申请复核 change, for what is assigned from 2026-03-20 on. */
const changes: Readonly<Record<string, readonly [from: string, to: string]>> = {
  [FIRST]: [SUMMARY, SUMMARY.replace('失效: 无, 版本选择依据: 收案日期', `失效: ${CHANGE}, 版本选择依据: 分案日期`)],
  'vocabulary/parameters.yaml': [
    '键: objection.days, 类型: 整数, 单位: 日',
    '键: objection.days, 类型: 整数, 单位: 日, 版本选择依据: 分案日期',
  ],
  [COURTS_OWN]: [
    '申请复核期限,川1527,5,2022-01-01,,',
    `申请复核期限,川1527,7,${CHANGE},,,,测试,本地,\n申请复核期限,川1527,5,2022-01-01,${CHANGE},`,
  ],
};
const book = loadRules(
  readRuleFiles(RULES).map(({ path, text }) => {
    const change = changes[path];
    if (change && !text.includes(change[0])) throw new Error(`no ${change[0]} in ${path}`);
    return { path, text: change ? text.replace(...change) : text };
  }),
);

describe.each(ENGINES)('版本按分案日期选用 over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let clerk: Context;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    beforeEach(async () => {
      await emptied(opened.db);
      const stored = { inForce: () => Promise.resolve(editionOf(book)) };
      const bench = docket([], { judges: [judge('M1'), judge('M2')] });
      desk = await openDesk(opened.db, bench, undefined, undefined, undefined, stored);
      clerk = await desk.person(['filing_clerk']);
    });

    const see = async (id: string): Promise<FilingDetail> => {
      const detail = await desk.views.filing(COURT, id, plainDate('2026-03-25'));
      if (!detail) throw new Error(`no filing ${id}`);
      return detail;
    };
    const lastOf = async (id: string): Promise<Decision> => (await see(id)).decisions.at(-1)?.decision as Decision;
    const daysToObject = ({ deadlines = [] }: Decision): unknown =>
      deadlines.find(({ kind }) => kind === 'objection')?.length;
    const nothingAmiss = async (by: Context): Promise<void> => {
      const told: unknown[] = [];
      const log = {
        healed: (_: string, each: unknown) => told.push(each),
        failed: (_: string, each: unknown) => told.push(each),
      };
      await sweepClocks(by.service, COURT, log);
      expect(told).toEqual([]);
    };

    it.each([
      ['2026-03-19', 'summary', 5],
      ['2026-03-20', 'ordinary', 7],
    ])('三月九日收的案件,%s 答完问题才分案:%s,申请复核 %i 日;时钟照此计算,重算相同', async (day, procedure, days) => {
      const open = filing({ amount: '90000.00', facts: { ...CLEAR, factsClear: null } });
      const [id = ''] = (await desk.file([open])).values();
      const { row } = await see(id);
      expect(row.state).toBe('needs_review');
      await answerQuestions(later(clerk, day), id, { version: row.version, answers: { factsClear: true } });
      const decision = await lastOf(id);
      expect([decision.status, decision.procedure, daysToObject(decision)]).toEqual(['assigned', procedure, days]);
      expect(decision.rules.version).toMatch(new RegExp(`@2026-03-09 分案日期${day}$`));
      expect((await replay(decision, book, desk.service.evaluator)).outcome).toBe('same');
      await nothingAmiss(later(clerk, '2026-03-25'));
    });

    it('整批另填立案日期的,以那一天分案', async () => {
      const one = filing({ id: 'F9', amount: '90000.00' });
      await fileBatch(clerk, { filings: [{ value: one }], docketedOn: plainDate(CHANGE) });
      while ((await routeNext(desk.service, COURT)) !== undefined);
      const { items } = await desk.views.filings(COURT, { limit: 10 }, plainDate('2026-03-25'));
      const decision = await lastOf(items[0]?.id ?? '');
      expect([decision.procedure, daysToObject(decision)]).toEqual(['ordinary', 7]);
    });

    it('改变以前分的案件不受影响;改变以后变更承办人的,按变更之日的规则', async () => {
      const [id = ''] = (await desk.file([filing({ amount: '90000.00' })])).values();
      const before = await lastOf(id);
      expect([before.procedure, daysToObject(before)]).toEqual(['summary', 5]);
      await nothingAmiss(later(clerk, '2026-03-25'));
      const president = later(await desk.person(['supervisor']), '2026-03-25');
      await proposeHandover(later(clerk, '2026-03-25'), id, {
        version: (await see(id)).row.version,
        kind: 'reassign',
        ground: 'health',
        note: '住院',
      });
      const [proposed] = (await see(id)).handovers;
      await decideHandover(president, id, proposed?.id ?? '', { version: 1, outcome: 'approved' });
      const after = await lastOf(id);
      expect([after.procedure, daysToObject(after)]).toEqual(['ordinary', 7]);
      expect((await replay(after, book, desk.service.evaluator)).outcome).toBe('same');
      await nothingAmiss(later(clerk, '2026-03-25'));
    });
  });
});
