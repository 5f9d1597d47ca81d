import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeFiling } from '../../src/app/close-filing.js';
import { answerQuestions } from '../../src/app/correct-filing.js';
import { actInFlow, type FlowAct } from '../../src/app/flows/act-in-flow.js';
import { fireNext } from '../../src/app/flows/fire-timer.js';
import type { Healed } from '../../src/app/flows/heal-clock.js';
import { type FlowView, seeFlows } from '../../src/app/flows/see-flows.js';
import { sweepClocks } from '../../src/app/flows/sweep-clocks.js';
import { decideHandover, proposeHandover } from '../../src/app/handover.js';
import type { Context } from '../../src/app/ports.js';
import type { Refusal } from '../../src/app/refusal.js';
import type { FilingDetail } from '../../src/app/views.js';
import { replay } from '../../src/core/routing/replay.js';
import { dbError, rows } from '../../src/shell/db/db.js';
import { inCourt } from '../../src/shell/db/scope.js';
import { fireTimers } from '../../src/shell/jobs/timers.js';
import { docket, earlier, enforcement, filing, type Json, JUDGES, lawbook, person } from '../support/court.js';
import { COURT, later, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';
import { codeOf } from '../support/refusal-code.js';

const OBJECTION = 'first_trial_objection';
/** A filing that no earlier case claims. */
const STRANGER = { parties: [person('plaintiff', '丙三', 103), person('defendant', '丁四', 104)] };
/** M2 and M3 take part in no draw: whoever draws is not the one who is claimed. */
const BENCH = JUDGES.map((each) => (each.id === 'M2' || each.id === 'M3' ? { ...each, quota: 0 } : each));
const RECEIVED = { receivedOn: '2026-03-12' };

describe.each(ENGINES)('flows over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let clerk: Context;
    let reviewer: Context;
    let president: Context;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    beforeEach(async () => {
      await emptied(opened.db);
      desk = await openDesk(opened.db, docket([earlier()], { judges: BENCH }));
      clerk = await desk.person(['filing_clerk']);
      reviewer = await desk.person(['reviewer']);
      president = await desk.person(['supervisor']);
    });

    const see = async (id: string): Promise<FilingDetail> => {
      const detail = await desk.views.filing(COURT, id, TODAY);
      if (!detail) throw new Error(`no filing ${id}`);
      return detail;
    };
    /** A filing that was assigned today, and the judge who has it, signed in. */
    const assigned = async (more: Json = {}): Promise<{ id: string; owner: string; judge: Context }> => {
      const [id = ''] = (await desk.file([filing({ ...RECEIVED, ...more })])).values();
      const owner = (await see(id)).row.judge?.id ?? '';
      return { id, owner, judge: await desk.person(['judge'], [owner]) };
    };
    const act = async (
      by: Context,
      id: string,
      action: string,
      more: Partial<FlowAct> = {},
      request?: Parameters<typeof actInFlow>[3],
    ): Promise<void> => {
      const { version } = (await see(id)).row;
      await actInFlow(by, id, { version, flow: OBJECTION, action, reason: '经审查', ...more }, request);
    };
    const missed = { ground: 'missed_first_trial', claimedOwner: 'M2', reason: '系该案判决后追偿' };
    const not = { ground: 'not_first_trial', reason: '与前案无关' };
    const recuse = { flow: 'recusal', onBehalfOf: '甲一', reason: '与本案有利害关系' };
    const flowIn = (views: readonly FlowView[], key = OBJECTION): FlowView => {
      const view = views.find((each) => each.key === key);
      if (!view) throw new Error(`no ${key}`);
      return view;
    };
    const timers = (): Promise<{ kind: string; state: string; cycle: number; late_days: number | null }[]> =>
      inCourt(desk.db, COURT, (tx) =>
        rows(tx, sql`select kind, state, cycle, late_days from timers order by set_at, id`),
      );

    const swept = async (): Promise<Healed[]> => {
      const list: Healed[] = [];
      const failed = (_: string, error: unknown) => {
        throw error;
      };
      await sweepClocks(desk.service, COURT, { healed: (_, healed) => void list.push(healed), failed });
      return list;
    };

    it('未发现首审,复核成立:决定、承办人、负载、期限、审计一起变', async () => {
      const { id, owner, judge } = await assigned(STRANGER);
      await act(judge, id, 'object', missed);
      expect(await timers()).toEqual([{ kind: 'objection_review', state: 'running', cycle: 1, late_days: null }]);
      await act(reviewer, id, 'uphold', { reason: '属实体审理后衍生案件' });
      const { row, owners, decisions } = await see(id);
      expect(row.judge?.id).toBe('M2');
      expect(owners.map(({ judge: { id: who } }) => who)).toEqual([owner, 'M2']);
      expect(decisions.map(({ occasion }) => occasion)).toEqual(['filed', 'ruled']);
      expect(decisions.at(-1)?.decision.owner).toMatchObject({ judge: 'M2', method: 'first_trial' });
      expect((await replay(decisions.at(-1)?.decision, lawbook, desk.service.evaluator)).outcome).toBe('same');
      const loads = (await desk.views.bench(COURT))?.loads;
      expect([loads?.get(owner), loads?.get('M2')]).toEqual([0, 1_000_000]);
      expect(await timers()).toMatchObject([{ state: 'stopped' }]);
      expect(flowIn(await seeFlows(reviewer, id)).runs).toMatchObject([
        { outcome: 'upheld', groundWord: '未发现首审' },
      ]);
      const acts = (await desk.views.auditEvents(COURT, 1, 100)).map(({ action }) => action);
      expect(acts.slice(-3)).toEqual(['flow.act', 'flow.act', 'filing.decide']);
    });

    it('变更承办人的提议有期限、有审批人;批准以后告知收案人和当事人,驳回的也有结果', async () => {
      const { id } = await assigned(STRANGER);
      const approvals = async () => flowIn(await seeFlows(clerk, id), 'handover_approval').runs;
      const propose = async (): Promise<{ id: string; version: number }> => {
        const { version } = (await see(id)).row;
        await proposeHandover(clerk, id, { version, kind: 'reassign', ground: 'health', note: '住院' });
        return (await see(id)).handovers.at(-1) ?? { id: '', version: 0 };
      };
      const refusedOne = await propose();
      expect(await approvals()).toMatchObject([{ state: 'proposed', outcome: null, clock: { name: '审批' } }]);
      await decideHandover(president, id, refusedOne.id, { version: refusedOne.version, outcome: 'rejected' });
      const agreed = await propose();
      await decideHandover(president, id, agreed.id, { version: agreed.version, outcome: 'approved' });
      expect(await approvals()).toMatchObject([{ outcome: 'rejected' }, { outcome: 'granted' }]);
      const told = await inCourt(desk.db, COURT, (tx) =>
        rows(
          tx,
          sql`select to_kind, to_whom from notifications where about = 'handover_approval' and action = 'approve' order by 1, 2`,
        ),
      );
      expect(told).toEqual([
        { to_kind: 'judge', to_whom: (await see(id)).row.judge?.id },
        { to_kind: 'party', to_whom: '0' },
        { to_kind: 'party', to_whom: '1' },
      ]);
    });

    it('转人工的,每一件都有人、有期限;补充填写分出去以后自动办结,再转人工另起一次', async () => {
      const facts = { ...(filing().facts as Json), appraisalNeeded: null };
      const [id = ''] = (await desk.file([filing({ ...STRANGER, ...RECEIVED, facts })])).values();
      const waiting = flowIn(await seeFlows(clerk, id), 'manual_review');
      expect(waiting.runs).toMatchObject([
        {
          state: 'waiting',
          clock: { due: (await see(id)).row.waiting?.due },
          history: [{ actionWord: '转人工', by: null }],
        },
      ]);
      expect(waiting.steps).toEqual([]);
      expect(await timers()).toMatchObject([{ kind: 'manual_handling', state: 'running' }]);
      await answerQuestions(clerk, id, { version: (await see(id)).row.version, answers: { appraisalNeeded: false } });
      expect((await see(id)).row.state).toBe('assigned');
      expect(flowIn(await seeFlows(clerk, id), 'manual_review').runs).toMatchObject([
        { state: 'settled', outcome: 'done' },
      ]);
      expect(await timers()).toMatchObject([{ state: 'stopped' }]);
    });

    it('疑似重复起诉交承办人核实;换了承办人,由新的承办人核实;有了结论不再提示', async () => {
      const claims = ['判令偿还借款本金'];
      desk = await openDesk(
        opened.db,
        docket([earlier({ claims, closure: 'judgment', closedOn: '2026-01-20' })], { judges: BENCH }),
      );
      clerk = await desk.person(['filing_clerk']);
      president = await desk.person(['supervisor']);
      const { id, judge } = await assigned({ claims });
      const duplicate = async () => flowIn(await seeFlows(clerk, id), 'possible_duplicate').runs;
      expect(await duplicate()).toMatchObject([{ state: 'to_be_checked', stateWord: '待核实' }]);
      const { version } = (await see(id)).row;
      await proposeHandover(clerk, id, { version, kind: 'reassign', ground: 'health', note: '住院' });
      const [proposal] = (await see(id)).handovers;
      await decideHandover(president, id, proposal?.id ?? '', { version: proposal?.version ?? 0, outcome: 'approved' });
      expect(await duplicate()).toMatchObject([{ outcome: 'lapsed' }, { state: 'to_be_checked' }]);
      const own = { flow: 'possible_duplicate', reason: '诉讼请求不同' };
      expect(await codeOf(act(judge, id, 'dismiss', own))).toBe('FORBIDDEN');
      await act(await desk.person(['judge'], [(await see(id)).row.judge?.id ?? '']), id, 'dismiss', own);
      expect(await duplicate()).toMatchObject([{}, { outcome: 'rejected' }]);
    });

    it('每一步都记下:谁、何时、结果、理由;通知到人,当事人的由立案庭送达', async () => {
      const { id, owner, judge } = await assigned(STRANGER);
      await act(judge, id, 'object', missed);
      expect(await codeOf(act(reviewer, id, 'uphold', { reason: ' ' }))).toBe('REASON_MISSING');
      await act(reviewer, id, 'uphold', { reason: '属实体审理后衍生案件' });
      const [run] = flowIn(await seeFlows(reviewer, id)).runs;
      expect(run?.decisionReason).toBe('属实体审理后衍生案件');
      expect(run?.history).toMatchObject([
        {
          kind: 'step',
          actionWord: '申请复核',
          stateWord: '待复核',
          on: TODAY,
          by: { id: judge.subject.user },
          reason: '系该案判决后追偿',
        },
        {
          kind: 'step',
          actionWord: '认定成立',
          stateWord: '复核成立',
          by: { id: reviewer.subject.user },
          reason: '属实体审理后衍生案件',
        },
      ]);
      const told = (): Promise<unknown[]> =>
        inCourt(desk.db, COURT, (tx) =>
          rows(tx, sql`select to_kind, to_whom, action from notifications order by action, to_kind, to_whom`),
        );
      expect(await told()).toEqual([
        { to_kind: 'judge', to_whom: 'M2', action: 'object' },
        { to_kind: 'office', to_whom: 'reviewer', action: 'object' },
        ...[owner, 'M2'].sort().map((judge) => ({ to_kind: 'judge', to_whom: judge, action: 'uphold' })),
      ]);
      const changed = inCourt(desk.db, COURT, (tx) => tx.execute(sql`update flow_steps set reason = ''`));
      expect(dbError(await changed.catch((error: unknown) => error))?.code).toBe('42501');
    });

    it('不属于首审,复核成立:不再按那件前案,重新分案', async () => {
      const { id, owner, judge } = await assigned();
      expect(owner).toBe('M1');
      await act(judge, id, 'object', not);
      await act(reviewer, id, 'uphold');
      const { decisions } = await see(id);
      expect(decisions.at(-1)?.decision.owner?.method).toBe('random');
      expect(
        await codeOf(act(await desk.person(['judge'], [(await see(id)).row.judge?.id ?? '']), id, 'object', not)),
      ).toBe('GROUND_DECIDED');
    });

    it('不成立:收案人继续办理,结论不能改', async () => {
      const { id, judge } = await assigned();
      await act(judge, id, 'object', not);
      await act(reviewer, id, 'reject');
      expect((await see(id)).row.judge?.id).toBe('M1');
      expect(await codeOf(act(reviewer, id, 'uphold'))).toBe('ALREADY_DECIDED');
      const changed = inCourt(desk.db, COURT, (tx) => tx.execute(sql`update flow_runs set outcome = 'upheld'`));
      expect(dbError(await changed.catch((error: unknown) => error))?.constraint).toBe('flow_runs_final');
    });

    it.each<[string, (id: string, owner: string) => Promise<unknown>, string]>([
      ['别的法官', async (id) => act(await desk.person(['judge'], ['M3']), id, 'object', missed), 'FORBIDDEN'],
      ['立案人员不能替法官申请', (id) => act(clerk, id, 'object', missed), 'WRONG_PERSON'],
      ['没有申请就决定', (id) => act(reviewer, id, 'uphold'), 'WRONG_STATE'],
      [
        '逾期',
        async (id, owner) => act(later(await desk.person(['judge'], [owner]), '2026-03-18'), id, 'object', missed),
        'OUT_OF_TIME',
      ],
      [
        '证据不在案卷里',
        async (id, owner) =>
          act(await desk.person(['judge'], [owner]), id, 'object', { ...missed, evidence: ['（2020）川1527民初1号'] }),
        'EVIDENCE_UNKNOWN',
      ],
      [
        '被主张人不办民事案件',
        async (id, owner) =>
          act(await desk.person(['judge'], [owner]), id, 'object', { ...missed, claimedOwner: 'Z1' }),
        'CLAIMED_OWNER_UNABLE',
      ],
      ['没有这个流程', (id) => act(reviewer, id, 'uphold', { flow: 'nothing' }), 'NOT_FOUND'],
      [
        '别人改过',
        (id) => actInFlow(reviewer, id, { version: 99, flow: OBJECTION, action: 'uphold' }),
        'VERSION_CONFLICT',
      ],
    ])('%s:拒绝,什么都不变', async (_, attempt, code) => {
      const { id, owner } = await assigned(STRANGER);
      const before = await see(id);
      expect(await codeOf(attempt(id, owner))).toBe(code);
      expect(await see(id)).toEqual(before);
      expect(await timers()).toEqual([]);
    });

    it('收案人、被主张人另有复核职务,也不能决定自己的事', async () => {
      const { id, owner, judge } = await assigned(STRANGER);
      await act(judge, id, 'object', missed);
      for (const self of [owner, 'M2']) {
        const both = await desk.person(['judge', 'reviewer'], [self]);
        expect(await codeOf(act(both, id, 'uphold'))).toBe('OWN_MATTER');
      }
      expect(
        flowIn(await seeFlows(reviewer, id)).steps.map(({ action, refused }) => [action, refused?.code ?? null]),
      ).toEqual([
        ['withdraw', 'WRONG_PERSON'],
        ['uphold', null],
        ['reject', null],
      ]);
    });

    it('十个复核人同时决定:只有一个算数', async () => {
      const { id, judge } = await assigned(STRANGER);
      await act(judge, id, 'object', missed);
      const { version } = (await see(id)).row;
      const all = await Promise.all(Array.from({ length: 10 }, () => desk.person(['reviewer'])));
      await Promise.all(all.map((each) => seeFlows(each, id)));
      const outcomes = await Promise.all(
        all.map((each, index) =>
          codeOf(
            actInFlow(each, id, {
              version,
              flow: OBJECTION,
              action: index % 2 ? 'uphold' : 'reject',
              reason: '经审查',
            }),
          ),
        ),
      );
      expect(outcomes.filter((code) => code === undefined)).toHaveLength(1);
      expect(new Set(outcomes.filter((code) => code !== undefined))).toEqual(new Set(['VERSION_CONFLICT']));
      expect(flowIn(await seeFlows(reviewer, id)).runs).toHaveLength(1);
      expect((await see(id)).owners.filter(({ until }) => until === null)).toHaveLength(1);
    });

    it('同一请求两次:只办一次', async () => {
      const { id, judge } = await assigned(STRANGER);
      const request = { principal: judge.subject.user, key: 'key-0001', digest: '1' };
      const { version } = (await see(id)).row;
      const twice = () => actInFlow(judge, id, { version, flow: OBJECTION, action: 'object', ...missed }, request);
      await twice();
      await twice();
      expect(flowIn(await seeFlows(judge, id)).runs).toHaveLength(1);
    });

    it('复核逾期:每一步各一次,写明迟了几天;十个进程同时看,也只一次', async () => {
      const { id, judge } = await assigned(STRANGER);
      await act(judge, id, 'object', missed);
      const at = (day: string) => later(judge, day).service;
      expect(await fireNext(at('2026-03-12'), COURT)).toBeUndefined();
      const fired: unknown[] = [];
      const watch = {
        fired: (_: string, timer: unknown) => void fired.push(timer),
        failed: (_: string, error: unknown) => void fired.push(error),
      };
      const looks = Array.from({ length: 10 }, (_, look) => look);
      await Promise.all(looks.map(() => fireTimers(at('2026-03-13'), [COURT], watch)));
      await Promise.all(looks.map(() => fireTimers(at('2026-03-20'), [COURT], watch)));
      const stages: [string, number][] = [
        ['reminder', 1],
        ['expiry', 4],
        ['urging', 4],
        ['supervision', 2],
      ];
      const kind = 'objection_review';
      expect(fired).toEqual(stages.map(([stage, lateDays]) => ({ filing: id, kind, stage, lateDays })));
      const over = stages.map(([, late_days], index) => ({ kind, state: 'fired', cycle: index + 1, late_days }));
      expect(await timers()).toEqual([...over, { kind, state: 'running', cycle: 5, late_days: null }]);
      await act(reviewer, id, 'reject');
      const rewound = inCourt(desk.db, COURT, (tx) =>
        tx.execute(sql`update timers set state = 'running', ended_at = null, late_days = null`),
      );
      expect(dbError(await rewound.catch((error: unknown) => error))?.constraint).toBe('timers_over');
    });

    it('日历公布以后,暂定的期限重新计算,记入审计', async () => {
      const { id, judge } = await assigned(STRANGER);
      await act(judge, id, 'object', missed);
      const due = '2026-03-13';
      await inCourt(desk.db, COURT, (tx) =>
        tx.execute(sql`update timers set due_on = ${due}, last_on = ${due}, provisional = true`),
      );
      expect(await swept()).toEqual([{ filing: id, what: 'recounted' }]);
      const [timer] = await inCourt(desk.db, COURT, (tx) =>
        rows(tx, sql`select stage, due_on::text as due, last_on::text as last, provisional from timers`),
      );
      expect(timer).toEqual({ stage: 'reminder', due: '2026-03-12', last: '2026-03-16', provisional: false });
      expect((await desk.views.auditEvents(COURT, 1, 100)).at(-1)).toMatchObject({
        action: 'flow.recount',
        body: { before: due, due: '2026-03-16' },
      });
      expect(await swept()).toEqual([]);
    });

    it('一个法院出了故障,别的法院的期限照样办', async () => {
      const { id, judge } = await assigned(STRANGER);
      await act(judge, id, 'object', missed);
      const seen: unknown[] = [];
      const log = {
        fired: (court: string) => void seen.push(court),
        failed: (court: string) => void seen.push(`${court} 故障`),
      };
      const broken = later(judge, '2026-03-13').service;
      const store = {
        ...broken.store,
        act: (by: { court: string }, work: never) =>
          by.court === '川0001' ? Promise.reject(new Error('故障')) : broken.store.act(by as never, work),
      } as never;
      await fireTimers({ ...broken, store }, ['川0001', COURT], log);
      expect(seen).toEqual(['川0001 故障', COURT]);
    });

    it('一件的期限办不成,本院别的照样办;办不成的下一轮再试', async () => {
      const ids: string[] = [];
      for (const sequence of [1, 2]) {
        const parties = [person('plaintiff', '丙三', 200 + sequence), person('defendant', '丁四', 300 + sequence)];
        const { id, judge } = await assigned({ id: `F-${sequence}`, parties });
        await act(judge, id, 'object', missed);
        ids.push(id);
      }
      // One of the two, whichever comes first, says something that no flow of the rules is.
      const [first] = await inCourt(desk.db, COURT, (tx) =>
        rows<{ filing: string }>(tx, sql`select filing::text as filing from timers order by due_on, id limit 1`),
      );
      const renamed = (to: string) =>
        inCourt(desk.db, COURT, (tx) =>
          tx.execute(
            sql`update flow_runs set document = jsonb_set(document, '{flow}', to_jsonb(${to}::text)) where filing = ${first?.filing}::uuid`,
          ),
        );
      await renamed('nothing');
      const fired: string[] = [];
      const failed: unknown[] = [];
      const log = {
        fired: (_: string, { filing: id }: { filing: string }) => void fired.push(id),
        failed: (_: string, error: unknown) => void failed.push((error as Refusal).code),
      };
      const { service } = later(reviewer, '2026-03-13');
      await fireTimers(service, [COURT], log);
      expect([fired, failed]).toEqual([ids.filter((id) => id !== first?.filing), ['NOT_FOUND']]);
      await renamed(OBJECTION);
      await fireTimers(service, [COURT], log);
      expect([fired.toSorted(), failed.length]).toEqual([ids.toSorted(), 1]);
    });

    it('回避:暂停期间不能结案;驳回以后没有申请复议,由时钟生效', async () => {
      const { id, judge } = await assigned();
      await act(clerk, id, 'apply', recuse);
      const close = async () => {
        const { version } = (await see(id)).row;
        await closeFiling(judge, id, { version, closure: 'judgment', closedOn: TODAY });
      };
      expect(await codeOf(close())).toBe('STATE_CONFLICT');
      expect(await codeOf(act(judge, id, 'grant', { flow: 'recusal' }))).toBe('OWN_MATTER');
      await act(president, id, 'refuse', { flow: 'recusal' });
      expect(await fireNext(later(judge, '2026-03-14').service, COURT)).toMatchObject({
        kind: 'reconsideration_request',
      });
      expect(flowIn(await seeFlows(president, id), 'recusal').runs).toMatchObject([
        { outcome: 'rejected', clock: null },
      ]);
      await close();
      expect((await see(id)).row.state).toBe('closed');
    });

    it('准许回避:退出本案,另行分案;正在办的异议一并终止,新的收案人可以再提', async () => {
      const { id, owner, judge } = await assigned();
      await act(judge, id, 'object', missed);
      await act(clerk, id, 'apply', recuse);
      await act(president, id, 'grant', { flow: 'recusal' });
      const next = (await see(id)).row.judge?.id ?? '';
      expect(next).not.toBe(owner);
      expect(flowIn(await seeFlows(president, id)).runs).toMatchObject([{ outcome: 'lapsed' }]);
      expect((await timers()).filter(({ state }) => state === 'running')).toEqual([]);
      await act(await desk.person(['judge'], [next]), id, 'object', missed);
      expect(flowIn(await seeFlows(president, id)).runs).toHaveLength(2);
    });

    it('执行已结的继续办理:归原承办人,恢复在办,负载、承办人、期限一起变;民事已结的不能', async () => {
      const centre = await desk.person(['command_centre']);
      const [id = ''] = (await desk.file([enforcement({ receivedOn: TODAY })])).values();
      const owner = (await see(id)).row.judge?.id ?? '';
      const holder = await desk.person(['judge'], [owner]);
      const { version } = (await see(id)).row;
      await closeFiling(holder, id, { version, closure: 'current_enforcement_terminated', closedOn: TODAY });
      const loads = async () => (await desk.views.bench(COURT))?.loads.get(owner);
      expect(await loads()).toBe(0);
      const goOn = { flow: 'continued_enforcement', ground: 'instalment_due' };
      expect(await codeOf(act(clerk, id, 'continue', goOn))).toBe('WRONG_PERSON');
      await act(centre, id, 'continue', goOn);
      const { row, owners, decisions } = await see(id);
      expect([row.state, row.judge?.id, await loads()]).toEqual(['assigned', owner, 1_000_000]);
      expect(owners.map(({ until }) => until === null)).toEqual([false, true]);
      expect((await replay(decisions.at(-1)?.decision, lawbook, desk.service.evaluator)).outcome).toBe('same');
      await closeFiling(holder, id, { version: row.version, closure: 'completed', closedOn: TODAY });
      expect(await loads()).toBe(0);
      const civil = await assigned();
      const civilVersion = (await see(civil.id)).row.version;
      await closeFiling(civil.judge, civil.id, { version: civilVersion, closure: 'judgment', closedOn: TODAY });
      expect(await codeOf(act(centre, civil.id, 'continue', goOn))).toBe('FLOW_NOT_APPLICABLE');
    });

    it('变更承办人、结案,都终止正在办的异议', async () => {
      const one = await assigned(STRANGER);
      await act(one.judge, one.id, 'object', missed);
      const { version } = (await see(one.id)).row;
      await proposeHandover(clerk, one.id, { version, kind: 'reassign', ground: 'health', note: '住院' });
      const [handover] = (await see(one.id)).handovers;
      await decideHandover(president, one.id, handover?.id ?? '', { version: 1, outcome: 'approved' });
      expect(flowIn(await seeFlows(president, one.id)).runs).toMatchObject([{ outcome: 'lapsed' }]);
    });

    it('两件正在办的、同一事由办过两次的,数据库自己也不收', async () => {
      const { id, judge } = await assigned(STRANGER);
      await act(judge, id, 'object', missed);
      const again = (number: number, ground: string | null) =>
        inCourt(desk.db, COURT, (tx) =>
          tx.execute(sql`insert into flow_runs (court, id, filing, flow, number, state, ground, once, document, opened_at, changed_at)
            values (${COURT}, gen_random_uuid(), ${id}::uuid, ${OBJECTION}, ${number}, 'under_review', ${ground}, true, '{}', now(), now())`),
        ).catch((error: unknown) => dbError(error)?.constraint);
      expect(await again(2, null)).toBe('flow_runs_one_open');
      await act(reviewer, id, 'reject');
      expect(await again(2, 'missed_first_trial')).toBe('flow_runs_ground_once');
      expect(await again(1, null)).toBe('flow_runs_number');
    });
  });
});
