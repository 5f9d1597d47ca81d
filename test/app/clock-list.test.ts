import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { explainStoredClock } from '../../src/app/clocks/explain-clock.js';
import { type ClockLine, type ClocksQuery, listClocks } from '../../src/app/clocks/list-clocks.js';
import { closeFiling } from '../../src/app/close-filing.js';
import { actInFlow } from '../../src/app/flows/act-in-flow.js';
import { adjustClock, endClockExclusion } from '../../src/app/flows/adjust-clock.js';
import { fireNext } from '../../src/app/flows/fire-timer.js';
import type { Context } from '../../src/app/ports.js';
import { addDays, type PlainDate, plainDate } from '../../src/core/kernel/plain-date.js';
import { docket, earlier, filing, type Json, JUDGES, person } from '../support/court.js';
import { COURT, later, onDay, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';
import { codeOf } from '../support/refusal-code.js';

const OBJECTION = 'first_trial_objection';
const STRANGER = { parties: [person('plaintiff', '丙三', 103), person('defendant', '丁四', 104)] };
const BENCH = JUDGES.map((each) => (each.id === 'M2' ? { ...each, quota: 0 } : each));

describe.each(ENGINES)('期限 over $name', (engine) => {
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
      desk = await openDesk(opened.db, docket([earlier()], { judges: BENCH }));
      clerk = await desk.person(['filing_clerk']);
    });

    const assigned = async (more: Json = {}): Promise<{ id: string; owner: string; judge: Context }> => {
      const [id = ''] = (await desk.file([filing({ receivedOn: '2026-03-12', ...more })])).values();
      const owner = (await desk.views.filing(COURT, id, TODAY))?.row.judge?.id ?? '';
      return { id, owner, judge: await desk.person(['judge'], [owner]) };
    };
    const object = async (judge: Context, id: string): Promise<void> => {
      const version = (await desk.views.filing(COURT, id, TODAY))?.row.version ?? 0;
      await actInFlow(judge, id, {
        version,
        flow: OBJECTION,
        action: 'object',
        ground: 'missed_first_trial',
        claimedOwner: 'M2',
        reason: '系该案判决后追偿',
      });
    };
    /** Every line, in pages of two. */
    const lines = async (by: Context, query: Partial<ClocksQuery> = {}): Promise<ClockLine[]> => {
      const found: ClockLine[] = [];
      let after: string | undefined;
      do {
        const page = await listClocks(by, { limit: 2, ...query, ...(after !== undefined && { after }) });
        found.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined);
      return found;
    };
    const told = (found: readonly ClockLine[]): string[] =>
      found.map(({ kind, due, daysLeft }) => `${kind} ${due} ${daysLeft}`);

    it('分案决定的和流程的期限一起列,按届满日,写明等谁', async () => {
      const { id, owner, judge } = await assigned(STRANGER);
      expect(told(await lines(clerk))).toEqual([
        'panel_notice 2026-03-16 4',
        'objection 2026-03-17 5',
        'trial_limit 2026-05-12 61',
      ]);
      await object(judge, id);
      const all = await lines(clerk);
      expect(told(all)).toEqual([
        'objection_review 2026-03-16 4',
        'panel_notice 2026-03-16 4',
        'objection 2026-03-17 5',
        'trial_limit 2026-05-12 61',
      ]);
      expect(all[0]).toMatchObject({
        flow: { key: OBJECTION, name: '首审异议', state: '待复核' },
        word: '复核',
        waitsFor: ['复核人'],
        judge: { id: owner },
        from: '2026-03-12',
      });
      expect(all[2]).toMatchObject({ flow: null, word: '申请复核', waitsFor: ['收案人'], length: 5, unit: 'day' });
    });

    it('按天数、种类、法官、收案缩小;以哪一天为今天', async () => {
      const one = await assigned(STRANGER);
      const two = await assigned({ id: 'F2' });
      expect(two.owner).toBe('M1');
      expect(told(await lines(clerk, { within: 4, judge: one.owner, filing: one.id }))).toEqual([
        'panel_notice 2026-03-16 4',
      ]);
      expect(await lines(clerk, { kind: 'trial_limit' })).toHaveLength(2);
      expect(new Set((await lines(clerk, { judge: 'M1' })).map(({ judge }) => judge?.id))).toEqual(new Set(['M1']));
      const on = plainDate('2026-05-20');
      expect(told(await lines(clerk, { on, within: 0, filing: one.id }))).toEqual(['trial_limit 2026-05-12 -8']);
    });

    it('过了最后一日:申请复核不再列,审限逾期照列,结案以后不列', async () => {
      const { id, judge } = await assigned(STRANGER);
      expect(told(await lines(later(judge, '2026-06-01')))).toEqual(['trial_limit 2026-05-12 -20']);
      const version = (await desk.views.filing(COURT, id, TODAY))?.row.version ?? 0;
      await closeFiling(judge, id, { version, closure: 'withdrawn', closedOn: TODAY });
      expect(await lines(clerk)).toEqual([]);
    });

    it('待人工的收案:立案审查期限等立案庭', async () => {
      await desk.file([filing({ receivedOn: '2026-03-12', amount: null, facts: { factsClear: null } })]);
      const found = await lines(clerk);
      expect(found.map(({ kind, waitsFor }) => [kind, waitsFor])).toContainEqual(['filing_decision', ['立案庭']]);
      expect(found.map(({ kind }) => kind)).not.toContain('objection');
    });

    it('督促过的复核仍然列着,已经逾期', async () => {
      const { id, judge } = await assigned(STRANGER);
      await object(judge, id);
      const on = plainDate('2026-03-20');
      while (await fireNext(onDay(judge.service, on), COURT));
      const [line] = await lines(clerk, { on, within: 0 });
      expect(line).toMatchObject({ kind: 'objection_review', due: '2026-03-16', daysLeft: -4 });
    });

    it('法官只看自己的:承办的,和自己有份的流程;别的角色看全院', async () => {
      const { id, owner, judge } = await assigned(STRANGER);
      await object(judge, id);
      const m2 = await desk.person(['judge'], ['M2']);
      expect((await lines(judge)).length).toBe((await lines(clerk)).length);
      expect((await lines(m2)).map(({ kind }) => kind)).toEqual(['objection_review']);
      const m4 = await desk.person(['judge'], [owner === 'M4' ? 'M3' : 'M4']);
      expect(await lines(m4)).toEqual([]);
      expect(await codeOf(lines(m2, { judge: owner }))).toBe('FORBIDDEN');
      expect(await codeOf(explainStoredClock(m4, { filing: id, kind: 'objection' }))).toBe('FORBIDDEN');
      expect(await codeOf(lines(await desk.person(['administrator'])))).toBe('FORBIDDEN');
      for (const role of ['reviewer', 'command_centre', 'supervisor'] as const) {
        expect((await lines(await desk.person([role]))).length).toBe(4);
      }
    });

    it('每一个列出来的期限都说得出怎么算的,说明和登记的是同一天', async () => {
      const { id, judge } = await assigned(STRANGER);
      await object(judge, id);
      const all = await lines(clerk);
      for (const { filing: of, kind, flow, due } of all) {
        const told = await explainStoredClock(clerk, { filing: of, kind, ...(flow && { flow: flow.key }) });
        expect([kind, told.end, told.due, told.differs]).toEqual([kind, due, due, false]);
        expect(told.basis.length).toBeGreaterThan(0);
        const units = told.length + told.extended;
        const leftOut = told.excluded.reduce((sum, { days }) => sum + days, 0) + told.restDays;
        if (told.unit !== 'month') expect(addDays(told.from, units + leftOut)).toBe(due as PlainDate);
      }
    });

    it('复核期限的说明:从哪一天、几个工作日、哪几天不算、长度出自哪个参数', async () => {
      const { id, judge } = await assigned(STRANGER);
      await object(judge, id);
      expect(await explainStoredClock(judge, { filing: id, kind: 'objection_review', flow: OBJECTION })).toMatchObject({
        word: '复核',
        event: '进入“待复核”之日',
        from: '2026-03-12',
        length: 2,
        unit: 'working_day',
        rest: [
          { day: '2026-03-14', why: 'weekend' },
          { day: '2026-03-15', why: 'weekend' },
        ],
        end: '2026-03-16',
        parameter: { word: '人工处理期限', value: '2', status: 'local' },
      });
      expect(await explainStoredClock(clerk, { filing: id, kind: 'objection' })).toMatchObject({
        event: '分案日',
        length: 5,
        rolls: true,
        parameter: { word: '申请复核期限' },
      });
    });

    it('扣除着的期限停着,列在最后;恢复以后写明扣除了哪几天、是哪一项', async () => {
      const { id } = await assigned(STRANGER);
      const version = async () => (await desk.views.filing(COURT, id, TODAY))?.row.version ?? 0;
      const trial = { deadline: 'trial_limit', reason: '案情需要' };
      await adjustClock(clerk, id, { ...trial, version: await version(), rule: 'appraisal', from: TODAY });
      const paused = (await lines(clerk)).at(-1);
      expect(paused).toMatchObject({ kind: 'trial_limit', due: null, daysLeft: null });
      expect((await lines(clerk, { within: 3650 })).map(({ kind }) => kind)).not.toContain('trial_limit');
      expect(await explainStoredClock(clerk, { filing: id, kind: 'trial_limit' })).toMatchObject({
        end: null,
        pausedSince: addDays(TODAY, 1),
        differs: false,
      });
      const [open] = await desk.service.store.read(COURT, (tx) => tx.clocks.adjustmentsOf(id));
      const last = addDays(TODAY, 9);
      await endClockExclusion(later(clerk, last), id, open?.id ?? '', {
        version: await version(),
        last,
        reason: '鉴定意见已收到',
      });
      const told = await explainStoredClock(clerk, { filing: id, kind: 'trial_limit' });
      expect(told).toMatchObject({
        adjustments: [{ from: TODAY, to: last, length: 0 }],
        excluded: [{ from: addDays(TODAY, 1), to: last, days: 9 }],
        end: '2026-05-21',
        due: '2026-05-21',
        differs: false,
      });
    });

    it.each([
      ['没有这个种类', { kind: 'nothing' }],
      ['流程没有开始', { kind: 'objection_review', flow: OBJECTION }],
      ['没有这个流程', { kind: 'objection_review', flow: 'nothing' }],
    ])('%s:没有这个期限', async (_, which) => {
      const { id } = await assigned(STRANGER);
      expect(await codeOf(explainStoredClock(clerk, { filing: id, ...which }))).toBe('NOT_FOUND');
    });
  });
});
