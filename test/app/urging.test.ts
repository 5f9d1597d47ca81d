import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actInFlow, type FlowAct } from '../../src/app/flows/act-in-flow.js';
import { type RunView, seeFlows } from '../../src/app/flows/see-flows.js';
import { seeUrging } from '../../src/app/flows/see-urging.js';
import { seeNotifications } from '../../src/app/mine/see-notifications.js';
import type { Context } from '../../src/app/ports.js';
import { noticeLines } from '../../src/core/documents/notice.js';
import { dbError, rows } from '../../src/shell/db/db.js';
import { inCourt } from '../../src/shell/db/scope.js';
import { fireTimers } from '../../src/shell/jobs/timers.js';
import { docket, earlier, filing, JUDGES, person } from '../support/court.js';
import { COURT, later, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';
import { codeOf } from '../support/refusal-code.js';

const OBJECTION = 'first_trial_objection';
/** M2 and M3 take part in no draw: whoever draws is not the one who is claimed. */
const BENCH = JUDGES.map((each) => (each.id === 'M2' || each.id === 'M3' ? { ...each, quota: 0 } : each));

describe.each(ENGINES)('papers for late work over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let reviewer: Context;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    beforeEach(async () => {
      await emptied(opened.db);
      desk = await openDesk(opened.db, docket([earlier()], { judges: BENCH }));
      reviewer = await desk.person(['reviewer']);
    });

    /** Filings to whose assignment somebody objected on the day of the desk. */
    const objected = async (count = 1): Promise<{ id: string; judge: Context }[]> => {
      const ids = await desk.file(
        Array.from({ length: count }, (_, index) =>
          filing({
            id: `F-${index}`,
            receivedOn: TODAY,
            parties: [person('plaintiff', '丙三', 103 + 2 * index), person('defendant', '丁四', 104 + 2 * index)],
          }),
        ),
      );
      const all: { id: string; judge: Context }[] = [];
      for (const id of ids.values()) {
        const owner = (await desk.views.filing(COURT, id, TODAY))?.row.judge?.id ?? '';
        const judge = await desk.person(['judge'], [owner]);
        await act(judge, id, 'object', {
          ground: 'missed_first_trial',
          claimedOwner: 'M2',
          reason: '系该案判决后追偿',
        });
        all.push({ id, judge });
      }
      return all;
    };
    const act = async (by: Context, id: string, action: string, more: Partial<FlowAct> = {}): Promise<void> => {
      const version = (await desk.views.filing(COURT, id, TODAY))?.row.version ?? 0;
      await actInFlow(by, id, { version, flow: OBJECTION, action, ...more });
    };
    const watch = async (day: string): Promise<void> => {
      const failed: unknown[] = [];
      const log = { fired: () => {}, failed: (_: string, error: unknown) => void failed.push(error) };
      await fireTimers(later(reviewer, day).service, [COURT], log);
      expect(failed).toEqual([]);
    };
    const runOf = async (by: Context, id: string): Promise<RunView> => {
      const run = (await seeFlows(by, id)).find(({ key }) => key === OBJECTION)?.runs.at(-1);
      if (!run) throw new Error('no run');
      return run;
    };

    it('届满前提示、届满次日催办、三个工作日后督办:送待办的人,抄送院庭长,写进流程', async () => {
      const [{ id } = { id: '' }] = await objected();
      for (const day of ['2026-03-13', '2026-03-16', '2026-03-17', '2026-03-18', '2026-03-19']) await watch(day);
      const { urgings, history, clock } = await runOf(reviewer, id);
      expect(urgings.map(({ id: _, ...each }) => each)).toEqual([
        {
          level: 'reminder',
          levelWord: '工作提示单',
          reference: '川1527工作提示〔2026〕第1号',
          madeOn: '2026-03-13',
          to: ['复核人'],
          copies: [],
        },
        {
          level: 'urging',
          levelWord: '催办单',
          reference: '川1527催办〔2026〕第1号',
          madeOn: '2026-03-17',
          to: ['复核人'],
          copies: ['院庭长'],
        },
        {
          level: 'supervision',
          levelWord: '督办单',
          reference: '川1527督办〔2026〕第1号',
          madeOn: '2026-03-19',
          to: ['复核人'],
          copies: ['院庭长', '院长'],
        },
      ]);
      expect(clock?.due).toBe('2026-03-16');
      expect(history.map(({ kind, actionWord, by }) => [kind, actionWord, by === null])).toEqual([
        ['step', '申请复核', false],
        ['urge', '工作提示单', true],
        ['urge', '催办单', true],
        ['urge', '督办单', true],
      ]);
      const told = await inCourt(desk.db, COURT, (tx) =>
        rows<{ to: string; action: string }>(
          tx,
          sql`select to_kind || ' ' || to_whom as to, action from notifications where action <> 'object' order by made_at, id`,
        ),
      );
      expect(told.map(({ to, action }) => `${action} → ${to}`)).toEqual([
        'reminder → office reviewer',
        'urging → office reviewer',
        'urging → office supervisor',
        'supervision → office reviewer',
        'supervision → office supervisor',
        'supervision → office president',
      ]);
      const acts = (await desk.views.auditEvents(COURT, 1, 100)).slice(-4);
      expect(acts.map(({ action, body }) => [action, (body as { urging?: string }).urging])).toEqual([
        ['flow.urge', '川1527工作提示〔2026〕第1号'],
        ['flow.expire', undefined],
        ['flow.urge', '川1527催办〔2026〕第1号'],
        ['flow.urge', '川1527督办〔2026〕第1号'],
      ]);
      expect(acts.every(({ actor }) => actor === null)).toBe(true);
    });

    it('单上写明哪一件、哪一步、自何时、届满日、逾期几天、怎么办、依据、报谁', async () => {
      const [{ id } = { id: '' }] = await objected();
      for (const day of ['2026-03-13', '2026-03-18']) await watch(day);
      const paper = (await runOf(reviewer, id)).urgings.at(-1)?.id ?? '';
      const text = noticeLines((await seeUrging(reviewer, paper)).notice).join('\n');
      expect(text).toContain('催办单\n川1527催办〔2026〕第1号\n复核人：\n');
      expect(text).toContain(
        '已于2026年3月16日届满，至今逾期2日，本院已于2026年3月13日以川1527工作提示〔2026〕第1号告知',
      );
      for (const row of ['登记号\tF-0', '事由\t未发现首审', '现在的步骤\t待复核', '届满日\t2026年3月16日', '逾期\t2日'])
        expect(text.split('\n')).toContain(row);
      expect(text).toContain('在系统里作出“认定成立”、“认定不成立”');
      expect(text).toContain('书面报院庭长');
      expect(text).toContain('《最高人民法院关于严格执行案件审理期限制度的若干规定》第二十一条');
      expect(text).toContain('筠连县人民法院首审负责制办法');
      expect(text).toContain('抄送：院庭长');
      expect(text).toContain('不是文号');
      // What a paper says of a filing names no party.
      for (const name of ['丙三', '丁四']) expect(text).not.toContain(name);
    });

    it('办结了就不再催;提示单发了以后办结的,不催', async () => {
      const [{ id } = { id: '' }] = await objected();
      await watch('2026-03-13');
      await act(later(reviewer, '2026-03-16'), id, 'reject', { reason: '与前案不是同一事实' });
      await watch('2026-04-30');
      expect((await runOf(reviewer, id)).urgings.map(({ level }) => level)).toEqual(['reminder']);
    });

    it('停了几天才看:提示已经没有意义,不发;催办、督办各发一份,先后不乱', async () => {
      const [{ id } = { id: '' }] = await objected();
      await watch('2026-03-25');
      const { urgings } = await runOf(reviewer, id);
      expect(urgings.map(({ level, madeOn }) => [level, madeOn])).toEqual([
        ['urging', '2026-03-25'],
        ['supervision', '2026-03-25'],
      ]);
      const events = await desk.views.auditEvents(COURT, 1, 100);
      expect(events.filter(({ action }) => action === 'flow.urge').map(({ body }) => body)).toMatchObject([
        { level: 'reminder', moot: true, lateDays: 13 },
        { level: 'urging', lateDays: 9 },
        { level: 'supervision', lateDays: 7 },
      ]);
    });

    it('编号按级别和年度连续,十个进程同时发也不断不重;过年另起', async () => {
      const all = await objected(6);
      await watch('2026-03-13');
      await Promise.all(Array.from({ length: 10 }, () => watch('2026-03-18')));
      const numbers = await inCourt(desk.db, COURT, (tx) =>
        rows<{ level: string; numbers: number[] }>(
          tx,
          sql`select level, jsonb_agg(number order by number) as numbers from urgings group by level order by level`,
        ),
      );
      const six = [1, 2, 3, 4, 5, 6];
      expect(numbers).toEqual([
        { level: 'reminder', numbers: six },
        { level: 'urging', numbers: six },
      ]);
      const [first, ...others] = all;
      for (const { id } of others) await act(later(reviewer, '2026-03-18'), id, 'reject', { reason: '无关' });
      await watch('2027-01-04');
      expect((await runOf(reviewer, first?.id ?? '')).urgings.at(-1)?.reference).toBe('川1527督办〔2027〕第1号');
    });

    it('发出的单改不了,删不了,一次届满只有一份', async () => {
      await objected();
      await watch('2026-03-13');
      const attempt = (statement: ReturnType<typeof sql>): Promise<string | undefined> =>
        inCourt(desk.db, COURT, (tx) => tx.execute(statement)).then(
          () => undefined,
          (error: unknown) => dbError(error)?.constraint ?? dbError(error)?.code,
        );
      expect(await attempt(sql`update urgings set number = 7`)).toBeDefined();
      expect(await attempt(sql`delete from urgings`)).toBeDefined();
      const again = sql`insert into urgings select court, gen_random_uuid(), filing, run, timer, level, year, 2, to_kind, to_whom, made_on, document from urgings`;
      expect(await attempt(again)).toBe('urgings_timer');
    });

    it('送法官的单在他的提醒里写中文名', async () => {
      await emptied(opened.db);
      const claims = ['判令偿还借款本金'];
      const decided = earlier({ claims, closure: 'judgment', closedOn: '2026-01-20' });
      desk = await openDesk(opened.db, docket([decided], { judges: BENCH }));
      reviewer = await desk.person(['reviewer']);
      const [id = ''] = (await desk.file([filing({ receivedOn: TODAY, claims })])).values();
      const owner = (await desk.views.filing(COURT, id, TODAY))?.row.judge?.id ?? '';
      const judge = await desk.person(['judge'], [owner]);
      expect((await seeFlows(judge, id)).find(({ key }) => key === 'possible_duplicate')?.runs).toHaveLength(1);
      for (const day of ['2026-03-13', '2026-03-17']) await watch(day);
      const told = (await seeNotifications(judge)).map(({ aboutWord, actionWord }) => [aboutWord, actionWord]);
      expect(told.reverse()).toEqual([
        ['疑似重复起诉', '提示疑似重复'],
        ['疑似重复起诉', '工作提示单'],
        ['疑似重复起诉', '催办单'],
      ]);
    });

    it('能看收案的人能看单,别的法官不能;没有的单是没有', async () => {
      const [{ id, judge } = { id: '', judge: reviewer }] = await objected();
      await watch('2026-03-13');
      const paper = (await runOf(reviewer, id)).urgings[0]?.id ?? '';
      expect((await seeUrging(judge, paper)).reference).toBe('川1527工作提示〔2026〕第1号');
      expect(await codeOf(seeUrging(await desk.person(['judge'], ['M3']), paper))).toBe('FORBIDDEN');
      expect(await codeOf(seeUrging(reviewer, id))).toBe('NOT_FOUND');
    });
  });
});
