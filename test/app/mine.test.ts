import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeFiling } from '../../src/app/close-filing.js';
import { actInFlow, type FlowAct } from '../../src/app/flows/act-in-flow.js';
import { seeEvidence } from '../../src/app/flows/propose-evidence.js';
import { type MineCase, seeMyCases } from '../../src/app/mine/see-cases.js';
import { seeMyObjections } from '../../src/app/mine/see-my-objections.js';
import { markSeen, seeNotifications } from '../../src/app/mine/see-notifications.js';
import { takeNote } from '../../src/app/mine/take-note.js';
import type { Context } from '../../src/app/ports.js';
import { docket, earlier, filing, type Json, JUDGES, person } from '../support/court.js';
import { COURT, later, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';
import { codeOf } from '../support/refusal-code.js';

const OBJECTION = 'first_trial_objection';
/** M2 and M3 take part in no draw: whoever draws is not the one who is claimed. */
const BENCH = JUDGES.map((each) => (each.id === 'M2' || each.id === 'M3' ? { ...each, quota: 0 } : each));
/** M2 closed another kind of case between the same two: it makes no link, and is worth a look. */
const OTHERS = earlier({
  caseNo: '（2025）川1527民初90号',
  judge: 'M2',
  cause: '离婚纠纷',
  amount: null,
  parties: [person('plaintiff', '丙三', 103), person('defendant', '丁四', 104)],
});
const STRANGER = { parties: [person('plaintiff', '丙三', 103), person('defendant', '丁四', 104)] };
const missed = { ground: 'missed_first_trial', claimedOwner: 'M2', reason: '系该案判决后追偿' };

describe.each(ENGINES)('法官自己的案件 over $name', (engine) => {
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
      desk = await openDesk(opened.db, docket([earlier(), OTHERS], { judges: BENCH }));
      reviewer = await desk.person(['reviewer']);
    });

    const versionOf = async (id: string): Promise<number> =>
      (await desk.views.filing(COURT, id, TODAY))?.row.version ?? 0;
    const assigned = async (more: Json = {}): Promise<{ id: string; owner: string; judge: Context }> => {
      const [id = ''] = (await desk.file([filing({ receivedOn: '2026-03-12', ...more })])).values();
      const owner = (await desk.views.filing(COURT, id, TODAY))?.row.judge?.id ?? '';
      return { id, owner, judge: await desk.person(['judge'], [owner]) };
    };
    const act = async (by: Context, id: string, action: string, more: Partial<FlowAct> = {}): Promise<void> => {
      await actInFlow(by, id, { version: await versionOf(id), flow: OBJECTION, action, reason: '经审查', ...more });
    };
    /** A whole part, in pages of two. */
    const cases = async (by: Context, part: 'new' | 'held'): Promise<MineCase[]> => {
      const found: MineCase[] = [];
      let after: string | undefined;
      do {
        const page = await seeMyCases(by, { part, limit: 2, ...(after !== undefined && { after }) });
        found.push(...page.items);
        after = page.next ?? undefined;
      } while (after !== undefined);
      return found;
    };
    const ids = async (by: Context, part: 'new' | 'held') => (await cases(by, part)).map(({ id }) => id);

    it('新收:还能提异议几天、为什么是我,依据哪一条', async () => {
      const { id, judge } = await assigned();
      const [one] = await cases(judge, 'new');
      expect(one).toMatchObject({
        id,
        judge: 'M1',
        method: 'first_trial',
        respond: { kind: 'objection', due: '2026-03-17', daysLeft: 5 },
        why: { about: 'owner', text: expect.stringContaining('（2025）川1527民初88号') },
        objections: [],
      });
      expect(one?.why?.basis.length).toBeGreaterThan(0);
      expect(await cases(judge, 'held')).toEqual([]);
      expect(await ids(later(judge, '2026-03-17'), 'new')).toEqual([id]);
      expect(await ids(later(judge, '2026-03-18'), 'new')).toEqual([]);
      expect(await ids(later(judge, '2026-03-18'), 'held')).toEqual([id]);
    });

    it('已阅的、提过异议的,不再是新收;已阅以后期限以内还可以提', async () => {
      const one = await assigned();
      const two = await assigned({ id: 'F2', ...STRANGER });
      await takeNote(one.judge, one.id, await versionOf(one.id));
      expect(await ids(one.judge, 'new')).not.toContain(one.id);
      expect(await cases(one.judge, 'held')).toMatchObject([{ id: one.id, respond: { daysLeft: 5 } }]);
      await act(one.judge, one.id, 'object', { ground: 'not_first_trial' });
      await act(two.judge, two.id, 'object', missed);
      expect(await ids(two.judge, 'new')).toEqual([]);
      expect((await cases(two.judge, 'held')).find(({ id }) => id === two.id)?.objections).toMatchObject([
        { stateWord: '待复核', waitsFor: [{ word: '复核人' }], clock: { daysLeft: 4 }, mayAct: true },
      ]);
    });

    it('只看自己的;已阅也只能是自己的', async () => {
      const { id, owner } = await assigned();
      const other = await desk.person(['judge'], [owner === 'M4' ? 'M1' : 'M4']);
      expect([await cases(other, 'new'), await cases(other, 'held')]).toEqual([[], []]);
      expect(await codeOf(takeNote(other, id, await versionOf(id)))).toBe('FORBIDDEN');
      for (const by of [reviewer, await desk.person(['filing_clerk'])]) {
        expect(await codeOf(seeMyCases(by, { part: 'new', limit: 10 }))).toBe('FORBIDDEN');
        expect(await codeOf(seeNotifications(by))).toBe('FORBIDDEN');
      }
    });

    it('最近分到的在前,一页一页不重不漏;结案的不列', async () => {
      const { judge } = await assigned();
      for (const number of [1, 2, 3, 4]) await assigned({ id: `再来-${number}`, amount: `${20000 + number}.00` });
      const all = await ids(judge, 'new');
      expect(new Set(all).size).toBe(5);
      const [first = ''] = all;
      await closeFiling(judge, first, { version: await versionOf(first), closure: 'withdrawn', closedOn: TODAY });
      expect(await ids(judge, 'new')).toEqual(all.slice(1));
    });

    it('异议从提出到结论:申请人、被主张人、收案人各看到自己该看的,收到通知,看过就没有了', async () => {
      const { id, judge } = await assigned(STRANGER);
      const claimed = await desk.person(['judge'], ['M2']);
      await act(judge, id, 'object', missed);
      const openOf = async (by: Context) => (await seeMyObjections(by, { state: 'open', limit: 10 })).items;
      const endedOf = async (by: Context) => (await seeMyObjections(by, { state: 'ended', limit: 10 })).items;
      expect(await openOf(judge)).toMatchObject([{ filing: { id }, claimedOwner: { id: 'M2' } }]);
      expect(await openOf(claimed)).toMatchObject([{ filing: { id }, mayAct: false }]);
      expect(
        await openOf(
          await desk.person(
            ['judge'],
            ['M4', 'M1', 'S1'].filter((each) => each !== judge.subject.judges[0]).slice(0, 1),
          ),
        ),
      ).toEqual([]);
      expect(await seeNotifications(claimed)).toMatchObject([
        { filing: id, aboutWord: '首审异议', actionWord: '申请复核' },
      ]);
      await act(reviewer, id, 'uphold');
      expect(await cases(judge, 'held')).toEqual([]);
      expect(await endedOf(judge)).toMatchObject([{ outcome: 'upheld', stateWord: '复核成立' }]);
      expect(await ids(claimed, 'held')).toEqual([id]);
      const told = await seeNotifications(judge);
      expect(told).toMatchObject([{ filing: id, actionWord: '认定成立' }]);
      await markSeen(
        claimed,
        told.map(({ id: each }) => each),
      );
      expect(await seeNotifications(judge)).toEqual(told);
      await markSeen(
        judge,
        told.map(({ id: each }) => each),
      );
      expect(await seeNotifications(judge)).toEqual([]);
      expect(await seeNotifications(judge, true)).toMatchObject([{ filing: id, seenAt: expect.any(String) }]);
      expect(await seeNotifications(claimed, true)).toEqual([]);
    });

    it('已阅是自己记下的,不是通知:看过的里面也没有', async () => {
      const { id, judge } = await assigned();
      await takeNote(judge, id, await versionOf(id));
      expect([await seeNotifications(judge), await seeNotifications(judge, true)]).toEqual([[], []]);
    });

    it('异议的证据:系统提出有联系、别人能办的前案,写明一致和不一致之处;不写当事人', async () => {
      const { id, judge } = await assigned(STRANGER);
      const evidence = await seeEvidence(judge, id, { flow: OBJECTION, ground: 'missed_first_trial' });
      expect(evidence.items).toMatchObject([
        {
          caseNo: '（2025）川1527民初90号',
          judge: { id: 'M2' },
          proposed: true,
          unable: null,
          links: [],
          agrees: ['原告相同（证件号码一致）', '被告相同（证件号码一致）'],
          differs: ['案由不同'],
        },
      ]);
      expect(JSON.stringify(evidence)).not.toMatch(/丙三|丁四/);
      await act(judge, id, 'object', { ...missed, evidence: evidence.items.map(({ caseNo }) => caseNo) });
      const held = await desk.service.store.read(COURT, (tx) => tx.flows.runsOf(id));
      expect(held[0]?.run.evidence).toEqual(['（2025）川1527民初90号']);
    });

    it('主张不属于首审:提出的是分案所依据的那件前案', async () => {
      const { id, judge } = await assigned();
      const { items } = await seeEvidence(judge, id, { flow: OBJECTION, ground: 'not_first_trial' });
      expect(items[0]).toMatchObject({ caseNo: '（2025）川1527民初88号', proposed: true });
      expect(items.filter(({ proposed }) => proposed)).toHaveLength(1);
    });

    it.each([
      ['missed_first_trial', '移交被主张人', missed],
      ['not_first_trial', '重新分案', { ground: 'not_first_trial' }],
    ])('异议以前就说明 %s 的后果,提出以后确实如此', async (ground, effectWord, asked) => {
      const { id, judge } = await assigned(ground === 'missed_first_trial' ? STRANGER : {});
      const { follows } = await seeEvidence(judge, id, { flow: OBJECTION, ground });
      expect(follows).toMatchObject({ once: true, urged: true });
      expect(follows.outcomes).toEqual([
        { word: '认定成立', effectWord },
        { word: '认定不成立', effectWord: '维持' },
      ]);
      await act(judge, id, 'object', asked);
      const [run] = (await seeMyObjections(judge, { state: 'open', limit: 10 })).items;
      expect(run).toMatchObject({
        stateWord: follows.stateWord,
        waitsFor: follows.waitsFor.map((word) => ({ word })),
        clock: { due: follows.decideBy, provisional: follows.provisional },
      });
    });

    it.each([
      ['别的法官', 'M9', { flow: OBJECTION, ground: 'missed_first_trial' }, 'FORBIDDEN'],
      ['没有这个流程', undefined, { flow: 'nothing', ground: 'missed_first_trial' }, 'NOT_FOUND'],
      ['没有这个事由', undefined, { flow: OBJECTION, ground: 'nothing' }, 'NOT_FOUND'],
    ])('证据:%s,拒绝', async (_, other, which, code) => {
      const { id, judge } = await assigned(STRANGER);
      const by = other === undefined ? judge : await desk.person(['judge'], [other]);
      expect(await codeOf(seeEvidence(by, id, which))).toBe(code);
    });
  });
});
