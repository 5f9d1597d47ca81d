import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actInFlow } from '../../src/app/flows/act-in-flow.js';
import { importDocket } from '../../src/app/import-docket.js';
import { decideObjection } from '../../src/app/objections/decide-objection.js';
import { type NewObjection, openObjection } from '../../src/app/objections/open-objection.js';
import { type ObjectionView, seeObjection } from '../../src/app/objections/see-objection.js';
import { type QueueFilter, seeQueue } from '../../src/app/objections/see-queue.js';
import type { Context } from '../../src/app/ports.js';
import type { FilingDetail } from '../../src/app/views.js';
import { fireTimers } from '../../src/shell/jobs/timers.js';
import { atOnce } from '../support/at-once.js';
import { docket, earlier, filing, type Json, JUDGES, person } from '../support/court.js';
import { noPostgres } from '../support/database.js';
import { COURT, later, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine, openServer } from '../support/engines.js';
import { codeOf } from '../support/refusal-code.js';

const OBJECTION = 'first_trial_objection';
/** M2 and M3 take part in no draw: whoever draws is not the one who is claimed. */
const BENCH = JUDGES.map((each) => (each.id === 'M2' || each.id === 'M3' ? { ...each, quota: 0 } : each));
const CITED = '（2025）川1527民初88号';
const NOT_COMPARED = '（2020）川1527民初7号';
const COURT_OF = docket(
  [
    earlier(),
    earlier({
      caseNo: NOT_COMPARED,
      cause: '离婚纠纷',
      amount: null,
      judge: 'M2',
      filedOn: '2020-02-03',
      closedOn: '2020-04-01',
      parties: [person('plaintiff', '戊五', 105), person('defendant', '己六', 106)],
    }),
  ],
  { judges: BENCH },
);
const missed = { ground: 'missed_first_trial', claimedOwner: 'M2', reason: '系该案判决后追偿' };
const not = { ground: 'not_first_trial', reason: '与前案无关' };

/** People whom no other case knows. */
const strangers = (sequence: number): Json[] => [
  person('plaintiff', `丙${sequence}某`, 200 + sequence),
  person('defendant', `丁${sequence}某`, 500 + sequence),
];

/** What the tests of one court ask again and again. */
function asked(desk: TestDesk) {
  let sequence = 0;
  const see = async (id: string): Promise<FilingDetail> => {
    const detail = await desk.views.filing(COURT, id, TODAY);
    if (!detail) throw new Error(`no filing ${id}`);
    return detail;
  };
  /** A filing that was assigned today, and the judge who has it, signed in. */
  const assigned = async (more: Json = {}): Promise<{ id: string; owner: string; judge: Context }> => {
    const one = filing({ id: `F-${++sequence}`, receivedOn: '2026-03-12', ...more });
    const [id = ''] = (await desk.file([one])).values();
    const owner = (await see(id)).row.judge?.id ?? '';
    return { id, owner, judge: await desk.person(['judge'], [owner]) };
  };
  const open = async (by: Context, id: string, more: Partial<NewObjection> = {}): Promise<string> => {
    const { version } = (await see(id)).row;
    return (await openObjection(by, { filing: id, version, flow: OBJECTION, ...missed, ...more })).run;
  };
  /** An objection that waits for a review. */
  const objected = async (more: Json = {}, objection: Partial<NewObjection> = {}) => {
    const one = await assigned({ parties: strangers(++sequence), ...more });
    return { ...one, run: await open(one.judge, one.id, objection) };
  };
  const decide = async (by: Context, run: string, outcome: string, reason = '经审查', version?: number) =>
    decideObjection(by, run, { version: version ?? (await seeObjection(by, run)).row.version, outcome, reason });
  return { see, assigned, open, objected, decide };
}

describe.each(ENGINES)('objections over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let at: ReturnType<typeof asked>;
    let clerk: Context;
    let reviewer: Context;
    let president: Context;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    beforeEach(async () => {
      await emptied(opened.db);
      desk = await openDesk(opened.db, COURT_OF);
      at = asked(desk);
      clerk = await desk.person(['filing_clerk']);
      reviewer = await desk.person(['reviewer']);
      president = await desk.person(['supervisor']);
    });
    const queue = async (by: Context, filter: Partial<QueueFilter> = {}) =>
      seeQueue(by, { state: 'open', limit: 50, ...filter });
    const actionOf = (view: ObjectionView, action: string) => {
      const found = view.actions.find((each) => each.action === action);
      if (!found) throw new Error(`no ${action}`);
      return found;
    };

    it('队列:按期限先后,逾期的在前;谁在等、轮到谁、还剩几天', async () => {
      const first = await at.objected();
      const second = await at.objected();
      const recusal = await at.assigned({ parties: strangers(90) });
      await at.open(clerk, recusal.id, {
        flow: 'recusal',
        action: 'apply',
        onBehalfOf: '丙90某',
        reason: '有利害关系',
        ground: undefined,
        claimedOwner: undefined,
      } as never);
      const { items } = await queue(reviewer);
      expect(
        items
          .map(({ id }) => id)
          .slice(0, 2)
          .sort(),
      ).toEqual([first.run, second.run].sort());
      expect(items[0]).toMatchObject({
        flowWord: '首审异议',
        stateWord: '待复核',
        groundWord: '未发现首审',
        claimedOwner: { id: 'M2', name: '法官M2' },
        waitsFor: [{ key: 'reviewer', word: '复核人' }],
        clock: { name: '复核', due: '2026-03-16', daysLeft: 4, provisional: false, paused: false },
        mayAct: true,
      });
      expect(items.map(({ clock }) => clock?.due ?? '')).toEqual(items.map(({ clock }) => clock?.due ?? '').sort());
      expect(items[0]?.applicant).toEqual({ kind: 'judge', name: items[0]?.filing.judge?.name });
      expect(items.find(({ flow }) => flow === 'recusal')).toMatchObject({
        applicant: { kind: 'party', name: '丙90某' },
        mayAct: false,
      });
      const late = await queue(later(reviewer, '2026-03-20'), { overdue: true });
      expect(late.items.map(({ clock }) => (clock?.daysLeft ?? 0) < 0)).toEqual(late.items.map(() => true));
      expect(late.items).toHaveLength(3);
    });

    it('筛选:流程、等谁、轮到我;已经有关的不算轮到我', async () => {
      const one = await at.objected();
      const ids = async (by: Context, filter: Partial<QueueFilter>) =>
        (await queue(by, filter)).items.map(({ id }) => id);
      expect(await ids(reviewer, { waitsFor: 'reviewer' })).toEqual([one.run]);
      expect(await ids(reviewer, { waitsFor: 'president' })).toEqual([]);
      expect(await ids(reviewer, { flow: 'recusal' })).toEqual([]);
      expect(await ids(reviewer, { mine: true })).toEqual([one.run]);
      expect(await ids(clerk, { mine: true })).toEqual([one.run]);
      expect(await ids(president, { mine: true })).toEqual([]);
      for (const self of [one.owner, 'M2']) {
        const both = await desk.person(['judge', 'reviewer'], [self]);
        expect(await ids(both, { mine: true })).toEqual([]);
        expect((await queue(both)).items.map(({ mayAct }) => mayAct)).toEqual([self === one.owner]);
      }
    });

    it('分页:每一项都在一页上,次序不变;已办结的新的在前', async () => {
      for (let count = 0; count < 5; count++) await at.objected();
      const pages = async (state: 'open' | 'ended'): Promise<string[]> => {
        const ids: string[] = [];
        for (let after: string | undefined; ; ) {
          const page = await queue(reviewer, { state, limit: 2, ...(after !== undefined && { after }) });
          ids.push(...page.items.map(({ id }) => id));
          if (page.next === null) return ids;
          after = page.next;
        }
      };
      const whole = (await queue(reviewer)).items.map(({ id }) => id);
      expect(await pages('open')).toEqual(whole);
      for (const run of whole) await at.decide(reviewer, run, 'reject');
      expect([await pages('open'), (await pages('ended')).sort()]).toEqual([[], [...whole].sort()]);
    });

    it('两边的证据:案卷里有什么、哪里一致、哪里不一致;不写任何当事人的姓名', async () => {
      const one = await at.assigned();
      expect(one.owner).toBe('M1');
      const run = await at.open(one.judge, one.id, { evidence: [NOT_COMPARED, CITED] });
      const view = await seeObjection(reviewer, run);
      expect(view.asked.reason).toBe(missed.reason);
      expect(view.asked.cases).toMatchObject([
        {
          caseNo: NOT_COMPARED,
          known: true,
          cause: '离婚纠纷',
          closedOn: '2020-04-01',
          closure: 'judgment',
          judge: { id: 'M2' },
          agrees: [],
          differs: ['没有相同的当事人', '案由不同'],
        },
        { caseNo: CITED, judge: { id: 'M1' }, differs: [] },
      ]);
      expect(view.asked.cases[1]?.agrees).toEqual(expect.arrayContaining(['案由相同：民间借贷纠纷']));
      // It was compared because it is evidence here: the filing itself does not cite it.
      expect(view.asked.cases.flatMap(({ agrees }) => agrees)).not.toContain('收案写明该案案号');
      expect(view.decided).toMatchObject({
        number: 1,
        judge: { id: 'M1' },
        method: 'first_trial',
        cases: [{ caseNo: CITED }],
      });
      expect(view.decided.reasons.map(({ about }) => about)).toContain('owner');
      expect(view.flow.basis.length).toBeGreaterThan(0);
      expect(view.row.clock).toMatchObject({ due: '2026-03-16' });
      expect(JSON.stringify(view)).not.toMatch(/甲一|乙二|戊五|己六/);
    });

    it('后果先告诉:移交给谁,或者几个人抽签——绝不告诉抽到谁', async () => {
      const transfer = await seeObjection(reviewer, (await at.objected()).run);
      expect(actionOf(transfer, 'uphold').consequence).toMatchObject({
        kind: 'passes',
        judge: { id: 'M2' },
        text: '改由法官M2承办',
      });
      expect(actionOf(transfer, 'reject').consequence).toMatchObject({
        kind: 'stays',
        text: expect.stringMatching(/^仍由法官/),
      });
      const one = await at.assigned();
      const run = await at.open(one.judge, one.id, { ...not, claimedOwner: undefined } as never);
      const drawn = actionOf(await seeObjection(reviewer, run), 'uphold').consequence;
      expect(drawn).toMatchObject({ kind: 'draw', judge: null });
      const before = await at.see(one.id);
      await at.decide(reviewer, run, 'uphold');
      const after = await at.see(one.id);
      const draw = after.decisions.at(-1)?.decision.draw;
      expect([before.decisions.length, after.decisions.length, draw?.candidates.length]).toEqual([
        1,
        2,
        drawn?.candidates,
      ]);
      expect(JSON.stringify(drawn)).not.toContain(draw?.judge ?? 'nobody');
    });

    it.each([
      ['办普通程序案件的,仍由本人承办', 'M4', 'stays', /^适用普通程序、.+；仍由法官M4承办$/],
      ['只办简案的,重新分案', 'S1', 'draw', /^适用普通程序/],
    ] as const)('转换程序:先告诉适用什么程序;%s', async (_, drawn, kind, text) => {
      const alone = JUDGES.map((each) => (each.id === drawn ? each : { ...each, quota: 0 }));
      await importDocket(await desk.person(['administrator']), docket([earlier()], { judges: alone }));
      const one = await at.assigned({ parties: strangers(40) });
      expect(one.owner).toBe(drawn);
      const able = JUDGES.map((each) => (each.id === 'M1' ? each : { ...each, quota: 0 }));
      await importDocket(await desk.person(['administrator']), docket([earlier()], { judges: able }));
      const proposal = { flow: 'procedure_conversion', action: 'propose', ground: 'unsuitable_small_claims' };
      const run = await at.open(one.judge, one.id, { ...proposal, claimedOwner: undefined } as never);
      expect((await at.see(one.id)).row.procedure).toBe('small_claims');
      const { consequence } = actionOf(await seeObjection(president, run), 'to_ordinary');
      expect(consequence).toMatchObject({ kind, text: expect.stringMatching(text) });
    });

    it('自己开始的(待人工)也在队列里:写明是系统,由谁在收案里办', async () => {
      const waiting = filing({ id: 'W-1', receivedOn: '2026-03-12', facts: {}, parties: strangers(41) });
      await desk.file([waiting]);
      const { items } = await queue(reviewer, { flow: 'manual_review' });
      expect(items).toMatchObject([
        { applicant: { kind: 'system', name: '系统' }, filing: { judge: null }, stateWord: '待处理', mayAct: false },
      ]);
      const view = await seeObjection(reviewer, items[0]?.id ?? '');
      expect(view).toMatchObject({ actions: [], decided: { judge: null }, rulings: [] });
    });

    it('移交不了的,先告诉办不成', async () => {
      const one = await at.objected();
      const gone = BENCH.map((each) => (each.id === 'M2' ? { ...each, leftOn: '2026-03-01' } : each));
      await importDocket(await desk.person(['administrator']), docket([earlier()], { judges: gone }));
      const view = await seeObjection(reviewer, one.run);
      expect(view.asked.claimedOwnerUnable).toContain('离任');
      expect(actionOf(view, 'uphold').consequence).toMatchObject({ kind: 'nobody' });
      expect(await codeOf(at.decide(reviewer, one.run, 'uphold'))).toBe('CLAIMED_OWNER_UNABLE');
    });

    it('决定以后看到的,还是当时争的那一份决定', async () => {
      const one = await at.objected();
      await at.decide(reviewer, one.run, 'uphold', '属实体审理后衍生案件');
      const view = await seeObjection(reviewer, one.run);
      expect(view.decided).toMatchObject({ number: 1, judge: { id: one.owner }, method: 'random' });
      expect(view.row).toMatchObject({ outcome: 'upheld', decidedOn: TODAY, clock: null, mayAct: false });
      expect([view.actions, view.row.filing.judge?.id]).toEqual([[], 'M2']);
      expect(view.history.map(({ actionWord, reason }) => [actionWord, reason])).toEqual([
        ['申请复核', missed.reason],
        ['认定成立', '属实体审理后衍生案件'],
      ]);
      // Whoever asked sees how it ended, though the case is no longer theirs.
      expect((await seeObjection(one.judge, one.run)).row.outcome).toBe('upheld');
      expect(await codeOf(seeObjection(await desk.person(['judge'], ['X1']), one.run))).toBe('FORBIDDEN');
    });

    it('以前的同类决定:像的在前,理由里不出现当事人', async () => {
      const far = await at.objected({
        cause: '离婚纠纷',
        facts: {
          factsClear: true,
          rightsClear: true,
          disputeMinor: true,
          personalStatus: true,
          monetaryClaim: false,
          titleConfirmation: false,
          appraisalNeeded: false,
        },
        amount: null,
      });
      await at.decide(reviewer, far.run, 'reject', '没有关系');
      const near = await at.objected({ parties: strangers(77) });
      await at.decide(reviewer, near.run, 'uphold', '丙77某与丁77某之间的债务在前案中已经审理');
      const withdrawn = await at.objected();
      const { version } = (await at.see(withdrawn.id)).row;
      await actInFlow(withdrawn.judge, withdrawn.id, { version, flow: OBJECTION, action: 'withdraw' });
      const { rulings } = await seeObjection(reviewer, (await at.objected()).run);
      expect(rulings).toMatchObject([
        {
          id: near.run,
          outcome: 'upheld',
          stateWord: '复核成立',
          cause: '民间借贷纠纷',
          agrees: ['案由相同'],
          reason: '原告与被告之间的债务在前案中已经审理',
        },
      ]);
      expect(rulings.map(({ id }) => id)).not.toContain(withdrawn.run);
    });

    it.each<[string, (of: Awaited<ReturnType<typeof at.objected>>) => Promise<unknown>, string]>([
      [
        '逾期',
        async ({ id, judge }) => {
          await actInFlow(judge, id, { version: (await at.see(id)).row.version, flow: OBJECTION, action: 'withdraw' });
          const other = await at.assigned({ parties: strangers(60) });
          return at.open(later(other.judge, '2026-03-19'), other.id);
        },
        'OUT_OF_TIME',
      ],
      ['不是收案人', ({ id }) => at.open(clerk, id), 'ALREADY_OPEN'],
      [
        '立案人员冒充收案人',
        async () => {
          const other = await at.assigned({ parties: strangers(61) });
          return at.open(clerk, other.id, { onBehalfOf: other.owner });
        },
        'WRONG_PERSON',
      ],
      ['没有写明用哪一种方式', async ({ id }) => at.open(clerk, id, { flow: 'recusal' }), 'BODY_INVALID'],
      ['没有这个流程', ({ id }) => at.open(clerk, id, { flow: 'nothing' }), 'NOT_FOUND'],
      [
        '同一事由第二次',
        async ({ id, judge, run }) => {
          await at.decide(reviewer, run, 'reject');
          return at.open(judge, id);
        },
        'GROUND_DECIDED',
      ],
      [
        '自己的事',
        async ({ owner, run }) => at.decide(await desk.person(['judge', 'reviewer'], [owner]), run, 'uphold'),
        'OWN_MATTER',
      ],
      ['没有这个职务', ({ run }) => at.decide(president, run, 'uphold'), 'WRONG_PERSON'],
      ['这个流程没有的决定', ({ run }) => at.decide(reviewer, run, 'grant'), 'WRONG_STATE'],
      ['撤回不是决定', ({ run, judge }) => at.decide(judge, run, 'withdraw'), 'WRONG_STATE'],
      ['不写理由', ({ run }) => at.decide(reviewer, run, 'uphold', '  '), 'REASON_MISSING'],
      ['版本不对', ({ run }) => at.decide(reviewer, run, 'uphold', '经审查', 99), 'VERSION_CONFLICT'],
      [
        '没有这一项',
        () => decideObjection(reviewer, randomUUID(), { version: 1, outcome: 'uphold', reason: '经审查' }),
        'NOT_FOUND',
      ],
      [
        '审计人员',
        async ({ run }) =>
          decideObjection(await desk.person(['auditor']), run, { version: 1, outcome: 'uphold', reason: '经审查' }),
        'FORBIDDEN',
      ],
    ])('%s:拒绝', async (_, attempt, code) => {
      expect(await codeOf(attempt(await at.objected()))).toBe(code);
    });

    it('应当回避的复核人:先看到不能办和为什么,办了也不算', async () => {
      const relations = [{ kind: 'spouse', name: '丙70某', idNumber: strangers(70)[0]?.idNumber }];
      const bench = BENCH.map((each) => (each.id === 'M3' ? { ...each, relations } : each));
      await importDocket(await desk.person(['administrator']), docket([earlier()], { judges: bench }));
      const one = await at.objected({ parties: strangers(70) });
      const barred = await desk.person(['reviewer', 'judge'], ['M3']);
      const view = await seeObjection(barred, one.run);
      expect(view.row.mayAct).toBe(false);
      expect(actionOf(view, 'uphold')).toMatchObject({ refused: { code: 'DECIDER_BARRED' }, consequence: null });
      expect(await codeOf(at.decide(barred, one.run, 'uphold'))).toBe('DECIDER_BARRED');
    });

    it('驳回回避申请以后,申请人可以由立案人员代为申请复议;院长再决定一次', async () => {
      const one = await at.assigned({ parties: strangers(80) });
      const apply = {
        flow: 'recusal',
        action: 'apply',
        onBehalfOf: '丙80某',
        reason: '有利害关系',
        ground: undefined,
        claimedOwner: undefined,
      };
      const run = await at.open(clerk, one.id, apply as never);
      await at.decide(president, run, 'refuse', '不属于法定情形');
      // Refused, and not ended: whoever comes second is told that it has been decided.
      expect(await codeOf(at.decide(president, run, 'grant', '应当回避', 1))).toBe('ALREADY_DECIDED');
      const reconsider = async (onBehalfOf: string) => {
        const { version } = (await at.see(one.id)).row;
        return actInFlow(clerk, one.id, { version, flow: 'recusal', action: 'reconsider', onBehalfOf });
      };
      expect(await codeOf(reconsider('丁80某'))).toBe('WRONG_PERSON');
      await reconsider('丙80某');
      expect(actionOf(await seeObjection(president, run), 'grant').consequence).toMatchObject({
        kind: 'draw',
        judge: null,
      });
      await at.decide(president, run, 'refuse', '维持');
      expect((await seeObjection(president, run)).row).toMatchObject({ outcome: 'rejected', stateWord: '不予回避' });
    });

    it('催办过的,还可以决定;打开以后才催办的,要核对后再决定', async () => {
      const one = await at.objected();
      const { version } = (await seeObjection(reviewer, one.run)).row;
      const quiet = { fired: () => {}, failed: (_: string, error: unknown) => Promise.reject(error) };
      await fireTimers(later(reviewer, '2026-03-18').service, [COURT], quiet as never);
      const { items } = await queue(later(reviewer, '2026-03-18'));
      expect(items[0]?.clock).toMatchObject({ due: '2026-03-16', daysLeft: -2, urged: 1 });
      expect(await codeOf(at.decide(reviewer, one.run, 'uphold', '经审查', version))).toBe('VERSION_CONFLICT');
      await at.decide(reviewer, one.run, 'uphold');
    });

    it('同一请求两次:只办一次,答复一样', async () => {
      const one = await at.assigned({ parties: strangers(50) });
      const { version } = (await at.see(one.id)).row;
      const request = { principal: one.judge.subject.user, key: 'key-0001', digest: '1' };
      const again = () => openObjection(one.judge, { filing: one.id, version, flow: OBJECTION, ...missed }, request);
      const { run } = await again();
      expect(await again()).toEqual({ run });
      const decision = { version: 1, outcome: 'uphold', reason: '经审查' };
      const decided = () => decideObjection(reviewer, run, decision, { ...request, principal: reviewer.subject.user });
      expect([await decided(), await decided()]).toEqual([{ run }, { run }]);
      expect((await at.see(one.id)).decisions).toHaveLength(2);
    });
  });
});

const REVIEWERS = 50;

describe.skipIf(noPostgres)('fifty reviewers at once, on a real PostgreSQL', () => {
  let opened: OpenedEngine;
  beforeAll(async () => {
    opened = await openServer(REVIEWERS);
    await emptied(opened.db);
  });
  afterAll(() => opened?.close());

  it('one of them decides; every other learns that it has been decided, and nothing is done twice', async () => {
    const desk = await openDesk(opened.db, COURT_OF);
    const at = asked(desk);
    const one = await at.objected();
    const reviewers = await Promise.all(Array.from({ length: REVIEWERS }, () => desk.person(['reviewer'])));
    const [first] = reviewers;
    if (!first) throw new Error('there are reviewers');
    const { version } = (await seeObjection(first, one.run)).row;
    const results = await atOnce(
      opened,
      REVIEWERS,
      reviewers.map((each, index) => () => {
        const outcome = index % 2 ? 'uphold' : 'reject';
        return codeOf(decideObjection(each, one.run, { version, outcome, reason: `第${index}名` }));
      }),
    );
    const codes = results.map((result) => (result.status === 'fulfilled' ? (result.value ?? 'done') : 'lost'));
    expect([codes.filter((code) => code === 'done').length, new Set(codes)]).toEqual([
      1,
      new Set(['done', 'ALREADY_DECIDED']),
    ]);
    const view = await seeObjection(first, one.run);
    expect(view.history.filter(({ actionWord }) => actionWord !== '申请复核')).toHaveLength(1);
    expect(view.history.at(-1)?.reason).toBe(`第${codes.indexOf('done')}名`);
    const { owners, decisions } = await at.see(one.id);
    expect(owners.filter(({ until }) => until === null)).toHaveLength(1);
    expect(decisions).toHaveLength(view.row.outcome === 'upheld' ? 2 : 1);
    const told = await codeOf(at.decide(first, one.run, 'uphold'));
    expect(told).toBe('ALREADY_DECIDED');
  });
});
