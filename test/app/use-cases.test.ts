import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeFiling } from '../../src/app/close-filing.js';
import { answerQuestions, correctFiling } from '../../src/app/correct-filing.js';
import { exportDocket } from '../../src/app/export-docket.js';
import { fileBatch } from '../../src/app/file-batch.js';
import { decideHandover, proposeHandover } from '../../src/app/handover.js';
import { importDocket } from '../../src/app/import-docket.js';
import type { Context } from '../../src/app/ports.js';
import { takeFiling } from '../../src/app/take-filing.js';
import { unmask } from '../../src/app/unmask.js';
import type { FilingDetail } from '../../src/app/views.js';
import { plainDate } from '../../src/core/kernel/plain-date.js';
import { replay } from '../../src/core/routing/replay.js';
import {
  docket,
  earlier,
  filing,
  identityNumber,
  type Json,
  JUDGES,
  judge,
  lawbook,
  person,
} from '../support/court.js';
import { COURT, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';

/** The code of the refusal, or undefined where it was done. */
const codeOf = (act: Promise<unknown>): Promise<string | undefined> =>
  act.then(
    () => undefined,
    (error: { code?: string }) => error.code ?? String(error),
  );

describe.each(ENGINES)('the filing desk over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let clerk: Context;
    let supervisor: Context;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    const open = async (court: Json = docket()): Promise<void> => {
      await emptied(opened.db);
      desk = await openDesk(opened.db, court);
      clerk = await desk.person(['filing_clerk']);
      supervisor = await desk.person(['supervisor']);
    };
    beforeEach(() => open());

    const see = async (id: string): Promise<FilingDetail> => {
      const detail = await desk.views.filing(COURT, id, TODAY);
      if (!detail) throw new Error(`no filing ${id}`);
      return detail;
    };
    const one = async (more: Json = {}): Promise<FilingDetail> => {
      const [id] = (await desk.file([filing(more)])).values();
      return see(id ?? '');
    };
    const loads = async (): Promise<Record<string, number>> =>
      Object.fromEntries(
        [...((await desk.views.bench(COURT))?.loads ?? [])].map(([id, micro]) => [id, micro / 1_000_000]),
      );
    const approve = async (detail: FilingDetail, by: Context = supervisor): Promise<FilingDetail> => {
      const open_ = (await see(detail.row.id)).handovers.find(({ outcome }) => outcome === null);
      await decideHandover(by, detail.row.id, open_?.id ?? '', { version: 1, outcome: 'approved' });
      return see(detail.row.id);
    };

    it('收案登记后分案:承办人、期限、负载、审计一起入库', async () => {
      const { row, owners, clocks, decisions } = await one();
      expect(row.state).toBe('assigned');
      expect(owners.map(({ judge: who, until }) => [who.id, until])).toEqual([[row.judge?.id, null]]);
      expect(clocks.map(({ kind }) => kind)).toContain('trial_limit');
      expect(await loads()).toEqual({ [row.judge?.id ?? '']: 1 });
      const acts = (await desk.views.auditEvents(COURT, 1, 100)).map(({ action }) => action);
      expect(acts).toEqual(['docket.import', 'batch.file', 'filing.decide']);
      const [made] = decisions;
      expect((await replay(made?.decision, lawbook, desk.service.evaluator)).outcome).toBe('same');
    });

    it('同一批再登记一次,什么都不变;混在另一批里的旧收案只记一笔说明', async () => {
      const filings = [{ value: filing() }];
      const first = await fileBatch(clerk, { filings });
      expect(await fileBatch(clerk, { filings })).toEqual({ id: first.id, isNew: false });
      const mixed = await fileBatch(clerk, { filings: [...filings, { value: filing({ id: 'F2' }) }] });
      const batch = await desk.views.batch(COURT, mixed.id);
      expect([batch?.size, batch?.remarks]).toEqual([1, ['1 件与已经登记的完全相同，没有重复登记']]);
    });

    it('登记号已登记过而内容不同:有误,原来那件不动', async () => {
      const before = await one();
      const { id } = await fileBatch(clerk, { filings: [{ value: filing({ amount: '30000.00' }) }] });
      const { items } = await desk.views.filings(COURT, { batch: id, limit: 10 }, TODAY);
      expect(items.map(({ state, why }) => [state, why.includes('已经登记过')])).toEqual([['invalid', true]]);
      expect((await see(before.row.id)).row).toEqual(before.row);
    });

    it('有误的收案改正后分案,没改动的证件号码仍是原来的', async () => {
      const { id } = await fileBatch(clerk, { filings: [{ value: filing({ cause: '民间借款纠纷' }) }] });
      const [row] = (await desk.views.filings(COURT, { batch: id, limit: 10 }, TODAY)).items;
      const { typed } = await see(row?.id ?? '');
      expect(typed.parties[0]?.idNumber).toBe(`511${'*'.repeat(11)}${identityNumber(101).slice(-4)}`);
      const value = { ...filing(), parties: typed.parties };
      await correctFiling(clerk, row?.id ?? '', { version: row?.version ?? 0, value });
      const after = await see(row?.id ?? '');
      expect([after.row.state, after.decisions.map(({ occasion }) => occasion)]).toEqual([
        'assigned',
        ['filed', 'corrected'],
      ]);
      expect(await unmask(clerk, after.row.id, { party: 0, purpose: '核对' })).toBe(identityNumber(101));
    });

    it('改正后的同一件又随文件送来:旧的有误一条不再挂着', async () => {
      await fileBatch(clerk, { filings: [{ value: filing({ cause: '民间借款纠纷' }) }] });
      await one();
      expect(await desk.views.counts(COURT)).toMatchObject({ invalid: 0, replaced: 1, assigned: 1 });
    });

    it('回答问题后当场分案;没有问的不收;两人先后回答,后一个不覆盖前一个', async () => {
      const waiting = await one({ facts: { ...(filing().facts as Json), appraisalNeeded: null } });
      expect(waiting.row).toMatchObject({ state: 'needs_review', waiting: { questions: 1, due: '2026-03-11' } });
      const { id, version } = waiting.row;
      expect(await codeOf(answerQuestions(clerk, id, { version, answers: { groupDispute: true } }))).toBe(
        'ANSWER_INVALID',
      );
      await answerQuestions(clerk, id, { version, answers: { appraisalNeeded: false } });
      expect((await see(id)).row.state).toBe('assigned');
      expect(await codeOf(answerQuestions(clerk, id, { version, answers: { appraisalNeeded: true } }))).toBe(
        'STATE_CONFLICT',
      );
    });

    it('答得不合要求:说明哪里要改,什么都不变', async () => {
      const before = await one({ amount: null });
      const { id, version } = before.row;
      expect(await codeOf(answerQuestions(clerk, id, { version, answers: { '/amount': '两万' } }))).toBe(
        'ANSWER_INVALID',
      );
      expect(await see(id)).toEqual(before);
    });

    it('指定分案要两个人:提出的人不能审批,事由只能是规定的,接收的法官本人不能审批', async () => {
      const { row } = await one({ origin: { relation: 'third_party_revocation', caseNo: '（2025）川1527民初88号' } });
      expect(row.state).toBe('needs_review');
      const proposal = { version: row.version, kind: 'designate', judge: 'M4', note: '院庭长会商' } as const;
      expect(await codeOf(proposeHandover(clerk, row.id, { ...proposal, ground: 'health' }))).toBe('GROUND_UNKNOWN');
      expect(
        await codeOf(proposeHandover(clerk, row.id, { ...proposal, judge: 'NOBODY', ground: 'supervision' })),
      ).toBe('JUDGE_UNKNOWN');
      await proposeHandover(clerk, row.id, { ...proposal, ground: 'supervision' });
      const both = await desk.person(['filing_clerk', 'supervisor']);
      const [open_] = (await see(row.id)).handovers;
      const decision = { version: 1, outcome: 'approved' } as const;
      const own = { ...both, subject: { ...both.subject, user: open_?.proposedBy.id ?? '' } };
      expect(await codeOf(decideHandover(own, row.id, open_?.id ?? '', decision))).toBe('FORBIDDEN');
      const receiver = await desk.person(['supervisor'], ['M4']);
      expect(await codeOf(decideHandover(receiver, row.id, open_?.id ?? '', decision))).toBe('FORBIDDEN');
      const after = await approve(await see(row.id));
      expect([after.row.state, after.row.judge?.id, after.row.method]).toEqual(['assigned', 'M4', 'designated']);
      expect(after.decisions.at(-1)?.decision.reasons?.some(({ rule }) => rule === 'ZC-SJFA-ZD')).toBe(true);
      expect((await replay(after.decisions.at(-1)?.decision, lawbook, desk.service.evaluator)).outcome).toBe('same');
    });

    it('应当回避的法官不能被指定', async () => {
      const relations = [{ kind: 'spouse', idNumber: identityNumber(101) }];
      await open(docket([], { judges: [judge('M1', { relations }), judge('M2')] }));
      const { row } = await one({ origin: { relation: 'third_party_revocation', caseNo: '（2025）川1527民初88号' } });
      const proposal = {
        version: row.version,
        kind: 'designate',
        judge: 'M1',
        ground: 'supervision',
        note: '-',
      } as const;
      expect(await codeOf(proposeHandover(clerk, row.id, proposal))).toBe('JUDGE_UNABLE');
      expect((await see(row.id)).handovers).toEqual([]);
    });

    it('变更承办人重新抽签:原承办人退出,第二次抽签,负载随案转移,通知期限从今天起算', async () => {
      const before = await one();
      const from = before.row.judge?.id ?? '';
      await proposeHandover(clerk, before.row.id, {
        version: before.row.version,
        kind: 'reassign',
        ground: 'health',
        note: '住院',
      });
      const after = await approve(before);
      const to = after.row.judge?.id ?? '';
      expect(to).not.toBe(from);
      const { decision } = after.decisions.at(-1) ?? {};
      expect([decision?.draw?.number, decision?.pool?.find((each) => each.judge === from)?.in]).toEqual([2, false]);
      expect(after.owners.map(({ judge: who, ground }) => [who.id, ground])).toEqual([
        [from, null],
        [to, 'health'],
      ]);
      expect(await loads()).toEqual({ [from]: 0, [to]: 1 });
      expect(after.clocks.find(({ kind }) => kind === 'panel_notice')?.from).toBe(TODAY);
      expect(after.clocks.find(({ kind }) => kind === 'trial_limit')?.from).toBe('2026-03-09');
      expect((await replay(decision, lawbook, desk.service.evaluator)).outcome).toBe('same');
    });

    it('只剩原承办人一个能办:提不出变更,什么都不变', async () => {
      await open(docket([], { judges: [judge('M1')] }));
      const before = await one();
      const proposal = { version: before.row.version, kind: 'reassign', ground: 'health', note: '-' } as const;
      expect(await codeOf(proposeHandover(clerk, before.row.id, proposal))).toBe('JUDGE_UNABLE');
      expect(await see(before.row.id)).toEqual(before);
    });

    it('驳回的提议没有效果,提议人可以撤回自己的', async () => {
      const before = await one();
      const propose = (version: number) =>
        proposeHandover(clerk, before.row.id, { version, kind: 'reassign', ground: 'transfer', note: '-' });
      const decide = async (by: Context, outcome: 'rejected' | 'withdrawn') => {
        const open_ = (await see(before.row.id)).handovers.find((each) => each.outcome === null);
        return codeOf(decideHandover(by, before.row.id, open_?.id ?? '', { version: 1, outcome }));
      };
      await propose(before.row.version);
      expect(await decide(supervisor, 'rejected')).toBeUndefined();
      await propose(before.row.version);
      expect(await decide(await desk.person(['filing_clerk']), 'withdrawn')).toBe('FORBIDDEN');
      expect(await decide(clerk, 'withdrawn')).toBeUndefined();
      const after = await see(before.row.id);
      expect([after.row.judge, after.owners.length, after.decisions.length]).toEqual([before.row.judge, 1, 1]);
    });

    it('结案:负载减少,后来的同类收案按首审找到原承办人', async () => {
      const first = await one();
      const { id, version } = first.row;
      const closing = { version, closure: 'withdrawn', closedOn: TODAY } as const;
      expect(await codeOf(closeFiling(clerk, id, { ...closing, closedOn: plainDate('2026-03-01') }))).toBe(
        'CLOSURE_INVALID',
      );
      await closeFiling(clerk, id, closing);
      expect(Object.values(await loads())).toEqual([0]);
      const again = (await desk.file([filing({ id: 'F9', receivedOn: '2026-03-20' })])).get('F9') ?? '';
      expect((await see(again)).row).toMatchObject({
        method: 'first_trial',
        judge: first.row.judge,
        links: [{ kind: 'refiled', caseNo: 'F1' }],
      });
    });

    it('法官只能结自己的案', async () => {
      const { row } = await one();
      const closing = { version: row.version, closure: 'withdrawn', closedOn: TODAY } as const;
      const other = JUDGES.find(({ id }) => id !== row.judge?.id)?.id as string;
      expect(await codeOf(closeFiling(await desk.person(['judge'], [other]), row.id, closing))).toBe('FORBIDDEN');
      expect(
        await codeOf(closeFiling(await desk.person(['judge'], [row.judge?.id ?? '']), row.id, closing)),
      ).toBeUndefined();
    });

    it('待人工的收案有人认领', async () => {
      const { row } = await one({ amount: null });
      await takeFiling(clerk, row.id, row.version);
      expect((await see(row.id)).row.waiting?.for?.id).toBe(clerk.subject.user);
      expect(await codeOf(takeFiling(supervisor, row.id, row.version))).toBe('VERSION_CONFLICT');
    });

    it('看完整证件号码要写明用途,并且先记入审计', async () => {
      const { row } = await one();
      await unmask(clerk, row.id, { party: 1, purpose: '核对送达' });
      const last = (await desk.views.audit(COURT, 1)).items[0];
      expect([last?.action, last?.body]).toEqual(['filing.unmask', { party: 1, purpose: '核对送达' }]);
      expect(await codeOf(unmask(supervisor, row.id, { party: 1, purpose: '-' }))).toBe('FORBIDDEN');
    });

    it('再次导入案卷:变了的案件更新,没提到的保留,承办人随案卷走', async () => {
      const administrator = await desk.person(['administrator']);
      const openCase = earlier({ caseNo: '（2025）川1527民初90号', closedOn: null, closure: null, judge: 'M1' });
      expect(await importDocket(administrator, docket([openCase]))).toMatchObject({ added: 1, changed: 0, same: 0 });
      expect(await loads()).toEqual({ M1: 1 });
      expect(await importDocket(administrator, docket([openCase]))).toMatchObject({ added: 0, changed: 0, same: 1 });
      expect(await importDocket(administrator, docket([{ ...openCase, judge: 'M2' }]))).toMatchObject({ changed: 1 });
      expect(await loads()).toEqual({ M1: 0, M2: 1 });
      expect(await importDocket(administrator, docket([earlier()]))).toMatchObject({ added: 1, changed: 0, same: 0 });
      expect(await importDocket(administrator, docket([]))).toMatchObject({ added: 0, changed: 0, same: 0 });
      expect((await one()).row.links.map(({ caseNo }) => caseNo)).toEqual([earlier().caseNo]);
      expect((await desk.views.docket(COURT))?.cases.map(({ caseNo }) => caseNo).sort()).toEqual([
        'F1',
        ...[earlier(), openCase].map(({ caseNo }) => caseNo as string),
      ]);
    });

    it('案卷不合格式:逐处说明,什么都不导入', async () => {
      const administrator = await desk.person(['administrator']);
      const before = await desk.views.auditHead(COURT);
      const wrong = docket([earlier({ filedOn: '2025-02-30' })]);
      expect(await codeOf(importDocket(administrator, wrong))).toBe('DOCKET_INVALID');
      expect(await desk.views.auditHead(COURT)).toEqual(before);
      expect(await codeOf(importDocket(clerk, docket()))).toBe('FORBIDDEN');
    });

    it('隐去了号码的导出件不能再导入:不会盖掉完整的号码', async () => {
      const administrator = await desk.person(['administrator']);
      await importDocket(administrator, docket([earlier()]));
      const exported = await exportDocket(supervisor, desk.views, { withNumbers: false });
      expect(await codeOf(importDocket(administrator, exported))).toBe('DOCKET_INVALID');
      const whole = await exportDocket(administrator, desk.views, { withNumbers: true });
      expect(await importDocket(administrator, whole)).toMatchObject({ changed: 0 });
    });

    it('当事人姓名里有不能存的字符:这一件有误,别的照办', async () => {
      const parties = [person('plaintiff', '甲\u0000一', 101), person('defendant', '乙二', 102)];
      const ids = await desk.file([filing({ id: 'F5', parties }), filing({ id: 'F6' })]);
      expect((await see(ids.get('F5') ?? '')).row.state).toBe('invalid');
      expect((await see(ids.get('F6') ?? '')).row.state).toBe('assigned');
    });
  });
});
