import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actInFlow, type FlowAct } from '../../src/app/flows/act-in-flow.js';
import type { Context } from '../../src/app/ports.js';
import type { Refusal } from '../../src/app/refusal.js';
import { flowRegister, weeklyReport } from '../../src/app/reports/flow-reports.js';
import type { Cell, ReportTable } from '../../src/core/documents/report-table.js';
import { type PlainDate, plainDate } from '../../src/core/kernel/plain-date.js';
import { rows } from '../../src/shell/db/db.js';
import { inCourt } from '../../src/shell/db/scope.js';
import { fireTimers } from '../../src/shell/jobs/timers.js';
import { docket, earlier, filing, JUDGES, person } from '../support/court.js';
import { COURT, DayClock, openDesk, type TestDesk } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';

const OBJECTION = 'first_trial_objection';
const BENCH = JUDGES.map((each) => (each.id === 'M2' || each.id === 'M3' ? { ...each, quota: 0 } : each));
const day = plainDate;

/** The cells of a row, by the header. */
const rowsOf = (tables: readonly ReportTable[], name: string): Record<string, Cell>[] => {
  const table = tables.find((each) => each.name === name);
  if (!table) throw new Error(`no table ${name}`);
  return table.rows.map((row) => Object.fromEntries(table.header.map((column, index) => [column, row[index] ?? ''])));
};

describe.each(ENGINES)('the register and the weekly report over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let clock: DayClock;
    let supervisor: Context;
    let reviewer: Context;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());

    const act = async (by: Context, id: string, action: string, more: Partial<FlowAct> = {}): Promise<void> => {
      const version = (await desk.views.filing(COURT, id, clock.today()))?.row.version ?? 0;
      await actInFlow(by, id, { version, flow: OBJECTION, action, ...more });
    };
    const passTo = async (to: PlainDate): Promise<void> => {
      clock.moveTo(to);
      const failed: unknown[] = [];
      const log = { fired: () => {}, failed: (_: string, error: unknown) => void failed.push(error) };
      await fireTimers(desk.service, [COURT], log);
      expect(failed).toEqual([]);
    };

    /** Three objections on Thursday: one upheld in time, one decided late, one that nobody has decided. */
    beforeEach(async () => {
      await emptied(opened.db);
      clock = new DayClock(day('2026-03-12'));
      desk = await openDesk(opened.db, docket([earlier()], { judges: BENCH }), undefined, undefined, clock);
      supervisor = await desk.person(['supervisor']);
      reviewer = await desk.person(['reviewer']);
      const ids = await desk.file(
        [0, 1, 2].map((index) =>
          filing({
            id: `F-${index}`,
            receivedOn: '2026-03-12',
            parties: [person('plaintiff', '丙三', 103 + 2 * index), person('defendant', '丁四', 104 + 2 * index)],
          }),
        ),
      );
      const [first = '', second = ''] = ids.values();
      for (const id of ids.values()) {
        const owner = (await desk.views.filing(COURT, id, clock.today()))?.row.judge?.id ?? '';
        const judge = await desk.person(['judge'], [owner]);
        const ground = { ground: 'missed_first_trial', claimedOwner: 'M2' };
        await act(judge, id, 'object', { ...ground, reason: '=HYPERLINK("http://x","系该案判决后追偿")' });
      }
      await passTo(day('2026-03-13'));
      await act(reviewer, first, 'uphold', { reason: '属实体审理后衍生案件' });
      await passTo(day('2026-03-17'));
      await passTo(day('2026-03-18'));
      await act(reviewer, second, 'reject', { reason: '不是同一事实' });
      await passTo(day('2026-03-19'));
    });

    it('台账:每一件、每一步、每一张单,结果、天数、是否逾期', async () => {
      const tables = await flowRegister(supervisor, { from: day('2026-03-09'), to: day('2026-03-20') });
      const runs = rowsOf(tables, '流程台账');
      const shown = [
        '登记号',
        '流程',
        '事由',
        '结果',
        '办结日期',
        '办理天数',
        '是否逾期',
        '逾期天数',
        '届满日',
        '等谁办',
      ];
      expect(runs.map((row) => shown.map((column) => row[column]))).toEqual([
        ['F-0', '首审异议', '未发现首审', '成立', '2026-03-13', 1, '否', '', '', ''],
        ['F-1', '首审异议', '未发现首审', '不成立', '2026-03-18', 6, '是', 2, '', ''],
        ['F-2', '首审异议', '未发现首审', '未办结', '', 7, '是', 3, '2026-03-16', '复核人'],
      ]);
      expect(runs.map((row) => [row.工作提示单, row.催办单, row.督办单])).toEqual([
        [1, '', ''],
        [1, 1, ''],
        [1, 1, 1],
      ]);
      const steps = rowsOf(tables, '办理经过').filter((row) => row.登记号 === 'F-1');
      expect(steps.map((row) => [row.日期, row.类别, row.办理事项, row.此后的步骤, row.此后的届满日])).toEqual([
        ['2026-03-12', '办理', '申请复核', '待复核', '2026-03-16'],
        ['2026-03-13', '提示催办', '工作提示单', '待复核', '2026-03-16'],
        ['2026-03-17', '提示催办', '催办单', '待复核', '2026-03-16'],
        ['2026-03-18', '办理', '认定不成立', '复核不成立', ''],
      ]);
      expect(steps.at(-1)?.理由).toBe('不是同一事实');
      expect(rowsOf(tables, '提示催办督办').map((row) => row.编号)).toEqual([
        '川1527工作提示〔2026〕第1号',
        '川1527工作提示〔2026〕第2号',
        '川1527工作提示〔2026〕第3号',
        '川1527催办〔2026〕第1号',
        '川1527催办〔2026〕第2号',
        '川1527督办〔2026〕第1号',
      ]);
    });

    it('台账:库里的每个流程恰好一行,步骤和届满日就是库里的', async () => {
      const tables = await flowRegister(supervisor, { from: day('2026-03-09'), to: day('2026-03-20') });
      const stored = await inCourt(opened.db, COURT, (tx) =>
        rows<{ reference: string; flow: string; state: string; due: string; ended: string }>(
          tx,
          sql`select f.reference, r.flow, r.state, coalesce(t.last_on::text, '') as due,
              case when r.outcome is null then '否' else '是' end as ended
            from flow_runs r join filings f on f.court = r.court and f.id = r.filing
              left join timers t on t.court = r.court and t.run = r.id and t.state = 'running'
            order by f.reference`,
        ),
      );
      const { flows } = await desk.service.editions.now();
      const nameOf = (row: { flow: string; state: string }) => {
        const flow = flows.find(({ key }) => key === row.flow);
        return [flow?.name, flow?.states.find(({ key }) => key === row.state)?.name];
      };
      expect(stored.length).toBe(3);
      expect(
        rowsOf(tables, '流程台账').map((row) => [
          row.登记号,
          row.流程,
          row.步骤,
          row.届满日,
          row.办结日期 === '' ? '否' : '是',
        ]),
      ).toEqual(stored.map((row) => [row.reference, ...nameOf(row), row.due, row.ended]));
    });

    it('台账和周报写的承办人是期末那一天的,不是现在的', async () => {
      const span = (to: string) => ({ from: day('2026-03-09'), to: day(to) });
      const at = async (to: string) => rowsOf(await flowRegister(supervisor, span(to)), '流程台账')[0]?.承办人;
      const claimed = BENCH.find(({ id }) => id === 'M2')?.name;
      expect(await at('2026-03-13')).toBe(claimed);
      expect(await at('2026-03-12')).not.toBe(claimed);
      expect(await at('2026-03-12')).toMatch(/./u);
    });

    it('每一次导出记一条审计:谁、哪几天;被拒绝的不记', async () => {
      const before = (await desk.views.auditHead(COURT))?.seq ?? 0;
      await flowRegister(supervisor, { from: day('2026-03-09'), to: day('2026-03-20') });
      await weeklyReport(supervisor, day('2026-03-12'));
      await expect(flowRegister(reviewer, { from: day('2026-03-09'), to: day('2026-03-20') })).rejects.toThrow();
      const events = await desk.views.auditEvents(COURT, before + 1, 10);
      expect(events.map(({ action, actor, subject, body }) => ({ action, actor, subject, body }))).toEqual(
        [
          { action: 'register.export', body: { from: '2026-03-09', to: '2026-03-20' } },
          { action: 'report.export', body: { from: '2026-03-09', to: '2026-03-15' } },
        ].map((each) => ({ ...each, actor: supervisor.subject.user, subject: COURT })),
      );
    });

    it('台账按期间:期间以前办结的不列,期间以后的步骤不算', async () => {
      const later = await flowRegister(supervisor, { from: day('2026-03-16'), to: day('2026-03-17') });
      expect(rowsOf(later, '流程台账').map((row) => [row.登记号, row.结果, row.逾期天数])).toEqual([
        ['F-1', '未办结', 1],
        ['F-2', '未办结', 1],
      ]);
      expect(rowsOf(later, '办理经过').map((row) => row.日期)).toEqual(['2026-03-17', '2026-03-17']);
      const before = await flowRegister(supervisor, { from: day('2026-03-02'), to: day('2026-03-11') });
      expect(rowsOf(before, '流程台账')).toEqual([]);
    });

    it('周报:提出、办结、逾期、各级单、承办方式,和上周比', async () => {
      const tables = await weeklyReport(supervisor, day('2026-03-19'));
      const [, ours, theirs] = tables[0]?.header ?? [];
      expect(ours).toContain('2026-03-16 至 2026-03-22');
      const figures = new Map(tables[0]?.rows.map(([name = '', week, before]) => [name, [week, before]]));
      expect(theirs).toContain('2026-03-09 至 2026-03-15');
      expect(Object.fromEntries(figures)).toMatchObject({
        新提出的流程: [0, 3],
        办结的流程: [1, 1],
        '其中：成立': [0, 1],
        '其中：不成立': [1, 0],
        办结的流程里逾期办结的: [1, 0],
        期末没有办结的: [1, 2],
        '其中：已经逾期': [1, 0],
        发出的工作提示单: [0, 3],
        发出的催办单: [2, 0],
        发出的督办单: [1, 0],
        分出的案件: [0, 3],
      });
      expect(rowsOf(tables, '按职务和人员')[0]).toEqual({
        '职务、法官或者人员': '复核人',
        期末等其办理: 1,
        其中已经逾期: 1,
        最长逾期天数: 3,
        本周作出决定: 0,
        本周收到工作提示单: 0,
        本周收到催办单: 2,
        本周收到督办单: 1,
      });
      const [overdue, ...others] = rowsOf(tables, '逾期未办结');
      expect(others).toEqual([]);
      expect(overdue).toMatchObject({
        登记号: 'F-2',
        步骤: '待复核',
        等谁办: '复核人',
        届满日: '2026-03-16',
        逾期天数: 3,
      });
      expect(overdue?.已经发出).toContain('川1527督办〔2026〕第1号（2026-03-19）');
      const last = await weeklyReport(supervisor, day('2026-03-09'));
      expect(rowsOf(last, '按流程')).toEqual([
        {
          流程: '首审异议',
          本周提出: 3,
          本周办结: 1,
          成立或者准许: 1,
          不成立: 0,
          '撤回、办完、终止': 0,
          期末没有办结: 2,
          其中已经逾期: 0,
        },
      ]);
    });

    it('没有角色的不能导出;期间写反、太长、还没到的周,说明怎么改', async () => {
      const codeOf = (attempt: Promise<unknown>): Promise<string> =>
        attempt.then(
          () => 'done',
          (error: Refusal) => error.code,
        );
      const span = { from: day('2026-03-01'), to: day('2026-03-31') };
      expect(await codeOf(flowRegister(reviewer, span))).toBe('FORBIDDEN');
      expect(await codeOf(weeklyReport(await desk.person(['judge'], ['M1']), day('2026-03-12')))).toBe('FORBIDDEN');
      expect(await codeOf(flowRegister(supervisor, { from: span.to, to: span.from }))).toBe('BODY_INVALID');
      expect(await codeOf(flowRegister(supervisor, { from: day('2025-01-01'), to: span.to }))).toBe('BODY_INVALID');
      expect(await codeOf(weeklyReport(supervisor, day('2026-03-23')))).toBe('BODY_INVALID');
    });
  });
});
