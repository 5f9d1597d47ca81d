import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actInFlow, type FlowAct } from '../../src/app/flows/act-in-flow.js';
import { adjustClock } from '../../src/app/flows/adjust-clock.js';
import { type FlowView, seeFlows } from '../../src/app/flows/see-flows.js';
import { decideHandover, proposeHandover } from '../../src/app/handover.js';
import type { Context } from '../../src/app/ports.js';
import type { FilingDetail } from '../../src/app/views.js';
import type { Decision } from '../../src/core/documents/decision.js';
import { plainDate } from '../../src/core/kernel/plain-date.js';
import { replay } from '../../src/core/routing/replay.js';
import { rows } from '../../src/shell/db/db.js';
import { inCourt } from '../../src/shell/db/scope.js';
import { CLEAR, docket, dueOf, filing, type Json, judge, lawbook } from '../support/court.js';
import { COURT, later, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';
import { codeOf } from '../support/refusal-code.js';

const BY_OWN_MOTION = 'procedure_conversion';
const ON_OBJECTION = 'procedure_objection';
const LATER = plainDate('2026-03-20');
const BENCH = [judge('M1'), judge('M2')];
const SPLIT = [judge('S1', { tracks: ['simple'] }), judge('M1', { tracks: ['complex'] })];

describe.each(ENGINES)('conversions over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let clerk: Context;
    let president: Context;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    beforeEach(async () => emptied(opened.db));

    const open = async (judges: readonly Json[] = BENCH): Promise<void> => {
      desk = await openDesk(opened.db, docket([], { judges }));
      clerk = await desk.person(['filing_clerk']);
      president = await desk.person(['supervisor']);
    };
    const see = async (id: string): Promise<FilingDetail> => {
      const detail = await desk.views.filing(COURT, id, LATER);
      if (!detail) throw new Error(`no filing ${id}`);
      return detail;
    };
    const decisionOf = async (id: string): Promise<Decision> => (await see(id)).decisions.at(-1)?.decision as Decision;
    /** Whoever acts does so eight days after the assignment. */
    const then = (by: Context): Context => later(by, LATER);
    const act = async (by: Context, id: string, flow: string, action: string, more: Partial<FlowAct> = {}) =>
      actInFlow(then(by), id, { version: (await see(id)).row.version, flow, action, reason: '经审查', ...more });
    const assigned = async (more: Json = {}): Promise<{ id: string; owner: string; holder: Context }> => {
      const [id = ''] = (await desk.file([filing({ receivedOn: TODAY, ...more })])).values();
      const owner = (await see(id)).row.judge?.id ?? '';
      return { id, owner, holder: await desk.person(['judge'], [owner]) };
    };
    const running = async (id: string): Promise<Record<string, string>> => {
      const deadlines = await desk.service.store.read(COURT, (tx) => tx.clocks.deadlinesOf(id));
      return Object.fromEntries(deadlines.map(({ kind, due }) => [kind, due]));
    };
    const flowIn = (views: readonly FlowView[], key: string): FlowView => {
      const view = views.find((each) => each.key === key);
      if (!view) throw new Error(`no ${key}`);
      return view;
    };
    const SUMMARY = { amount: '90000' };

    it('简易转普通:决定、审限变,承办人、分案日、负载、别的期限都不变;当事人得到通知;可以重算', async () => {
      await open();
      const { id, owner, holder } = await assigned(SUMMARY);
      const [before, loads, clocks] = [await see(id), (await desk.views.bench(COURT))?.loads, await running(id)];
      await act(holder, id, BY_OWN_MOTION, 'propose', { ground: 'complex_case' });
      await act(president, id, BY_OWN_MOTION, 'to_ordinary');
      const { row, owners, decisions } = await see(id);
      expect(row.judge?.id).toBe(owner);
      expect(owners).toEqual(before.owners);
      expect((await desk.views.bench(COURT))?.loads).toEqual(loads);
      expect(decisions.map(({ occasion }) => occasion)).toEqual(['filed', 'ruled']);
      const after = await decisionOf(id);
      expect(after).toMatchObject({ procedure: 'ordinary', panel: 'single', owner: decisions[0]?.decision.owner });
      expect(after.record?.assignedOn).toBe(TODAY);
      expect(await running(id)).toEqual({ ...clocks, trial_limit: '2026-09-12' });
      expect(dueOf(after)).toEqual(await running(id));
      expect((await replay(after, lawbook, desk.service.evaluator)).outcome).toBe('same');
      const told = await inCourt(desk.db, COURT, (tx) =>
        rows(
          tx,
          sql`select to_kind, to_whom from notifications where action = 'to_ordinary' order by to_kind, to_whom`,
        ),
      );
      expect(told).toEqual([
        { to_kind: 'judge', to_whom: owner },
        { to_kind: 'party', to_whom: '0' },
        { to_kind: 'party', to_whom: '1' },
      ]);
      const view = flowIn(await seeFlows(president, id), BY_OWN_MOTION);
      expect(view.runs).toMatchObject([{ stateWord: '已转换', groundWord: '案情复杂', outcome: 'granted' }]);
    });

    it('立案庭代登记的异议:院庭长认为成立,小额改用简易;另一方正在办的异议没有对象,终止', async () => {
      await open();
      const { id, holder } = await assigned();
      await act(clerk, id, ON_OBJECTION, 'raise', { ground: 'small_claims_objection', onBehalfOf: '乙二' });
      expect(
        await codeOf(act(clerk, id, ON_OBJECTION, 'raise', { ground: 'small_claims_objection', onBehalfOf: '甲一' })),
      ).toBe('ALREADY_OPEN');
      expect(await codeOf(act(holder, id, ON_OBJECTION, 'to_summary'))).toBe('OWN_MATTER');
      await act(holder, id, BY_OWN_MOTION, 'propose', { ground: 'unsuitable_small_claims' });
      await act(president, id, ON_OBJECTION, 'to_summary');
      expect(await decisionOf(id)).toMatchObject({ procedure: 'summary', panel: 'single' });
      const proposal = flowIn(await seeFlows(president, id), BY_OWN_MOTION);
      expect(proposal.runs).toMatchObject([{ outcome: 'lapsed', clock: null }]);
      const left = await inCourt(desk.db, COURT, (tx) => rows(tx, sql`select 1 from timers where state = 'running'`));
      expect(left).toEqual([]);
    });

    it('院庭长只看得到能办的去向', async () => {
      await open();
      const { id, holder } = await assigned(SUMMARY);
      await act(holder, id, BY_OWN_MOTION, 'propose', { ground: 'complex_case' });
      const { steps } = flowIn(await seeFlows(president, id), BY_OWN_MOTION);
      expect(steps.map(({ action, refused }) => [action, refused?.code ?? null])).toEqual([
        ['withdraw', 'WRONG_PERSON'],
        ['to_summary', 'WRONG_STATE'],
        ['to_ordinary', null],
        ['to_collegial', null],
        ['reject', null],
      ]);
    });

    it('还没有查明、依规则定不下来的,拒绝,什么都不变', async () => {
      await open();
      const facts = { ...CLEAR, factsClear: null, agreeSummary: true };
      const { id, holder } = await assigned({ ...SUMMARY, facts });
      await act(holder, id, BY_OWN_MOTION, 'propose', { ground: 'unsuitable_summary' });
      const before = await see(id);
      expect(await codeOf(act(president, id, BY_OWN_MOTION, 'to_ordinary'))).toBe('CONVERSION_UNSETTLED');
      expect(await see(id)).toEqual(before);
    });

    it('只办简案的:转为普通程序另行分案,承办人、台账、分案日一起变', async () => {
      await open(SPLIT);
      const { id, owner, holder } = await assigned(SUMMARY);
      expect(owner).toBe('S1');
      await act(holder, id, BY_OWN_MOTION, 'propose', { ground: 'complex_case' });
      await act(president, id, BY_OWN_MOTION, 'to_collegial');
      const { owners } = await see(id);
      expect(owners.map(({ judge: { id: who } }) => who)).toEqual(['S1', 'M1']);
      const after = await decisionOf(id);
      expect(after).toMatchObject({
        procedure: 'ordinary',
        panel: 'collegial',
        owner: { judge: 'M1', method: 'random' },
      });
      expect(after.record?.assignedOn).toBe(LATER);
      expect((await replay(after, lawbook, desk.service.evaluator)).outcome).toBe('same');
      const loads = (await desk.views.bench(COURT))?.loads;
      expect([loads?.get('S1'), loads?.get('M1')]).toEqual([0, 1_000_000]);
    });

    it('转换以后变更承办人:程序不会变回去', async () => {
      await open();
      const { id, owner, holder } = await assigned(SUMMARY);
      await act(holder, id, BY_OWN_MOTION, 'propose', { ground: 'complex_case' });
      await act(president, id, BY_OWN_MOTION, 'to_collegial');
      const { version } = (await see(id)).row;
      await proposeHandover(clerk, id, { version, kind: 'reassign', ground: 'health', note: '住院' });
      const [handover] = (await see(id)).handovers;
      await decideHandover(president, id, handover?.id ?? '', { version: 1, outcome: 'approved' });
      const after = await decisionOf(id);
      expect(after).toMatchObject({ procedure: 'ordinary', panel: 'collegial' });
      expect(after.owner?.judge).not.toBe(owner);
      expect(dueOf(after).trial_limit).toBe('2026-09-12');
    });

    it('简易程序的延长随转换失效,扣除的期间仍然扣除', async () => {
      await open();
      const { id, holder } = await assigned(SUMMARY);
      const adjust = async (by: Context, more: Json) =>
        adjustClock(then(by), id, {
          version: (await see(id)).row.version,
          deadline: 'trial_limit',
          reason: '依法',
          ...(more as { rule: string }),
        });
      await adjust(president, { rule: 'summary_extension', length: 1, appliedOn: LATER });
      await adjust(clerk, { rule: 'appraisal', from: '2026-03-15', to: '2026-03-19' });
      expect((await running(id)).trial_limit).toBe('2026-07-17');
      await act(holder, id, BY_OWN_MOTION, 'propose', { ground: 'complex_case' });
      await act(president, id, BY_OWN_MOTION, 'to_ordinary');
      expect((await running(id)).trial_limit).toBe('2026-09-17');
      const changes = (await desk.views.auditEvents(COURT, 1, 100)).filter(({ action }) => action === 'clock.adjust');
      expect(changes.at(-1)?.body).toMatchObject({ rule: 'summary_extension', change: 'withdraw' });
    });
  });
});
