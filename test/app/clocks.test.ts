import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actInFlow } from '../../src/app/flows/act-in-flow.js';
import { adjustClock, type ClockAct, endClockExclusion, withdrawAdjustment } from '../../src/app/flows/adjust-clock.js';
import { fireNext } from '../../src/app/flows/fire-timer.js';
import { type FilingClockView, seeClocks } from '../../src/app/flows/see-clocks.js';
import { decideHandover, proposeHandover } from '../../src/app/handover.js';
import type { Context } from '../../src/app/ports.js';
import type { FilingDetail } from '../../src/app/views.js';
import { plainDate } from '../../src/core/kernel/plain-date.js';
import { dbError } from '../../src/shell/db/db.js';
import { inCourt } from '../../src/shell/db/scope.js';
import { docket, earlier, filing, JUDGES } from '../support/court.js';
import { COURT, later, onDay, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';
import { codeOf } from '../support/refusal-code.js';

const day = plainDate;

describe.each(ENGINES)('clocks over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let clerk: Context;
    let president: Context;
    let judge: Context;
    let id: string;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    beforeEach(async () => {
      await emptied(opened.db);
      desk = await openDesk(opened.db, docket([earlier()], { judges: JUDGES }));
      clerk = await desk.person(['filing_clerk']);
      president = await desk.person(['supervisor']);
      [id = ''] = (await desk.file([filing({ receivedOn: '2026-03-12' })])).values();
      judge = await desk.person(['judge'], [(await see()).row.judge?.id ?? '']);
    });

    const see = async (): Promise<FilingDetail> => {
      const detail = await desk.views.filing(COURT, id, TODAY);
      if (!detail) throw new Error(`no filing ${id}`);
      return detail;
    };
    const clock = async (key = 'trial_limit'): Promise<FilingClockView> => {
      const found = (await seeClocks(clerk, id)).find(({ deadline, flow }) => (deadline ?? flow) === key);
      if (!found) throw new Error(`no clock ${key}`);
      return found;
    };
    const act = async (by: Context, more: Partial<ClockAct> & Pick<ClockAct, 'rule'>): Promise<void> =>
      adjustClock(by, id, { version: (await see()).row.version, deadline: 'trial_limit', reason: '依法', ...more });
    const newest = async (): Promise<string> => (await clock()).adjustments.at(-1)?.id ?? '';
    const events = async (): Promise<unknown[]> =>
      (await desk.views.auditEvents(COURT, 1, 200))
        .filter(({ action }) => action === 'clock.adjust')
        .map(({ body }) => body);

    it('审限扣除鉴定期间：进行中停止计算，恢复以后顺延，逐项留痕', async () => {
      const { due } = await clock();
      await act(judge, { rule: 'appraisal', from: day('2026-03-12') });
      expect(await clock()).toMatchObject({ due: null, pausedSince: '2026-03-13' });
      const after = later(judge, '2026-03-31');
      const { version } = (await see()).row;
      await endClockExclusion(after, id, await newest(), { version, last: day('2026-03-21'), reason: '鉴定完毕' });
      expect(await clock()).toMatchObject({
        pausedSince: null,
        adjustments: [{ from: '2026-03-12', to: '2026-03-21' }],
      });
      expect([due, (await clock()).due]).toEqual(['2026-05-12', '2026-05-21']);
      expect((await see()).clocks.find(({ kind }) => kind === 'trial_limit')?.due).toBe('2026-05-21');
      expect(await events()).toMatchObject([
        { clock: 'trial_limit', change: 'adjust', rule: 'appraisal', from: '2026-03-12', to: null },
        { clock: 'trial_limit', change: 'resume', to: '2026-03-21', due: '2026-05-21' },
      ]);
    });

    it('延长由院长批准，承办人和立案人员不能；登记错的撤销以后不算，记录还在', async () => {
      const extension = { rule: 'small_claims_extension', length: 1, appliedOn: day('2026-03-12') };
      expect(await codeOf(act(judge, extension))).toBe('WRONG_PERSON');
      expect(await codeOf(act(clerk, extension))).toBe('WRONG_PERSON');
      await act(president, extension);
      expect((await clock()).due).toBe('2026-06-12');
      expect(await codeOf(act(president, extension))).toBe('ADJUSTMENT_TIMES');
      const adjustment = await newest();
      const entry = async () => ({ version: (await see()).row.version, reason: '登记错了' });
      expect(await codeOf(withdrawAdjustment(judge, id, adjustment, await entry()))).toBe('WRONG_PERSON');
      await withdrawAdjustment(president, id, adjustment, await entry());
      expect(await clock()).toMatchObject({ due: '2026-05-12', adjustments: [{ isWithdrawn: true }] });
      expect(await codeOf(withdrawAdjustment(president, id, adjustment, await entry()))).toBe('STATE_CONFLICT');
    });

    it('换了承办人，扣除过的照样扣除', async () => {
      await act(judge, { rule: 'appraisal', from: day('2026-03-12'), to: day('2026-03-21') });
      const { version } = (await see()).row;
      const holder = (await see()).row.judge?.id;
      await proposeHandover(clerk, id, { version, kind: 'reassign', ground: 'health', note: '住院' });
      const [proposal] = (await see()).handovers;
      await decideHandover(president, id, proposal?.id ?? '', { version: proposal?.version ?? 0, outcome: 'approved' });
      expect((await see()).row.judge?.id).not.toBe(holder);
      expect((await clock()).due).toBe('2026-05-21');
    });

    it('复核等待补充材料：停止计时，时钟不响；恢复以后从余下的日子算', async () => {
      const flow = 'first_trial_objection';
      const version = async () => (await see()).row.version;
      const objection = { flow, action: 'object', ground: 'not_first_trial', reason: '与前案无关' };
      await actInFlow(judge, id, { version: await version(), ...objection });
      const { due } = await clock(flow);
      const reviewer = await desk.person(['reviewer']);
      const pause: ClockAct = {
        version: await version(),
        flow,
        rule: 'awaiting_material',
        from: day('2026-03-12'),
        reason: '调取前案卷宗',
      };
      expect(await codeOf(adjustClock(judge, id, pause))).toBe('WRONG_PERSON');
      await adjustClock(reviewer, id, pause);
      expect((await clock(flow)).due).toBe(null);
      expect(await fireNext(onDay(desk.service, '2026-12-01'), COURT)).toBe(undefined);
      const [entry] = (await clock(flow)).adjustments;
      const last = day('2026-03-20');
      const end = { version: await version(), last, reason: '卷宗已到' };
      await endClockExclusion(later(reviewer, '2026-03-23'), id, entry?.id ?? '', end);
      const after = await clock(flow);
      expect([due !== null && after.due !== null && after.due > due, after.pausedSince]).toEqual([true, null]);
      const stopped = await inCourt(desk.db, COURT, (tx) =>
        tx.execute(sql`select count(*)::int as count from timers where state = 'running'`),
      );
      expect(JSON.stringify(stopped)).toContain('"count":1');
    });

    it.each<[string, Partial<ClockAct> & Pick<ClockAct, 'rule'>, string]>([
      ['没有这一期限', { rule: 'appraisal', deadline: 'custody', from: day('2026-03-12') }, 'NOT_FOUND'],
      ['没有这一事由', { rule: 'nothing', from: day('2026-03-12') }, 'ADJUSTMENT_UNKNOWN'],
      [
        '告知期限不能扣除',
        { rule: 'appraisal', deadline: 'panel_notice', from: day('2026-03-12') },
        'ADJUSTMENT_NOT_APPLICABLE',
      ],
      ['版本不对', { rule: 'appraisal', from: day('2026-03-12'), version: 99 }, 'VERSION_CONFLICT'],
    ])('%s：拒绝，什么都不变', async (_, more, code) => {
      const before = await seeClocks(clerk, id);
      expect(await codeOf(act(judge, more))).toBe(code);
      expect(await seeClocks(clerk, id)).toEqual(before);
      expect(await events()).toEqual([]);
    });

    it('十个人同时登记同一项扣除：一项算数；登记过的数据库不让改', async () => {
      const { version } = (await see()).row;
      const everyone = await Promise.all(Array.from({ length: 10 }, () => desk.person(['filing_clerk'])));
      await Promise.all(everyone.map((each) => seeClocks(each, id)));
      const entry = { version, deadline: 'trial_limit', rule: 'stay', from: day('2026-03-12'), reason: '中止' };
      const codes = await Promise.all(everyone.map((each) => codeOf(adjustClock(each, id, entry))));
      expect(codes.filter((code) => code === undefined)).toHaveLength(1);
      expect((await clock()).adjustments).toHaveLength(1);
      const changed = (text: string) =>
        inCourt(desk.db, COURT, (tx) => tx.execute(sql.raw(text))).catch((e: unknown) => e);
      expect(dbError(await changed(`update clock_adjustments set from_on = '2026-01-01'`))?.constraint).toBe(
        'clock_adjustments_stay',
      );
      const second = `insert into clock_adjustments select court, gen_random_uuid(), filing, run, clock, rule, from_on, to_on, length, applied_on, reason, entered_by, entered_at from clock_adjustments`;
      expect(dbError(await changed(second))?.constraint).toBe('clock_adjustments_one_open');
    });
  });
});
