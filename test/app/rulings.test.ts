import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actInFlow } from '../../src/app/flows/act-in-flow.js';
import { exportRulings, type RulingsPage } from '../../src/app/objections/export-rulings.js';
import type { Context } from '../../src/app/ports.js';
import { rulingsFile } from '../../src/core/rulings/write-rulings.js';
import { docket, earlier, filing, type Json, JUDGES, lawbook, person } from '../support/court.js';
import { COURT, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';
import { checkedRulings } from '../support/rulings.js';

const FLOW = 'first_trial_objection';
/** Nobody but M4 draws: whoever is claimed does not have the case already. */
const BENCH = JUDGES.map((each) => (['M1', 'M2', 'M3', 'S1'].includes(String(each.id)) ? { ...each, quota: 0 } : each));
const STRANGERS = [person('plaintiff', '丙三', 103), person('defendant', '丁四', 104)];

describe.each(ENGINES)('rulings over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let reviewer: Context;
    let author: Context;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    beforeEach(async () => {
      await emptied(opened.db);
      desk = await openDesk(opened.db, docket([earlier()], { judges: BENCH }));
      reviewer = await desk.person(['reviewer']);
      author = await desk.person(['rule_author']);
    });

    /** Files, objects and rules: what becomes of a filing whose recipient says that it is not theirs. */
    const ruled = async (id: string, more: Json, objection: Json, action: 'uphold' | 'reject' | 'withdraw') => {
      const [found = ''] = (await desk.file([filing({ id, receivedOn: '2026-03-12', ...more })])).values();
      const detail = async () => {
        const view = await desk.views.filing(COURT, found, TODAY);
        if (!view) throw new Error(`no ${id}`);
        return view.row;
      };
      const { version, judge } = await detail();
      const owner = await desk.person(['judge'], [judge?.id ?? '']);
      await actInFlow(owner, found, {
        version,
        flow: FLOW,
        action: 'object',
        reason: '请复核甲一的案件',
        ...objection,
      });
      const by = action === 'withdraw' ? owner : reviewer;
      const reason = '乙二与前案无关';
      await actInFlow(by, found, { version: (await detail()).version, flow: FLOW, action, reason });
    };
    const not = { ground: 'not_first_trial' };
    const missed = { ground: 'missed_first_trial', claimedOwner: 'M1', evidence: ['（2025）川1527民初88号'] };
    const exported = (limit = 50, after?: string): Promise<RulingsPage> => exportRulings(author, { limit, after });

    it('每一项办结的异议成为一个示例:情形、认定、规则是不是得出同样的结论', async () => {
      await ruled('F1', {}, not, 'uphold');
      await ruled('F2', { cause: '买卖合同纠纷' }, not, 'reject');
      await ruled('F3', { parties: STRANGERS }, missed, 'reject');
      await ruled('F4', { parties: STRANGERS }, missed, 'withdraw');
      const { items, court, province, next } = await exported();
      expect({ court, province, next }).toEqual({ court: COURT, province: '四川', next: null });
      expect(items).toMatchObject([
        {
          flow: '首审异议',
          ground: '不属于首审',
          run: 1,
          on: TODAY,
          outcome: 'upheld',
          facts: { matter: 'civil', stage: 'first_instance', cause: '民间借贷纠纷' },
          ought: { kind: 'not', cases: [1] },
          before: { method: 'first_trial', case: 1, rules: ['SZ-CB-ST'] },
          after: { method: 'random' },
          differs: true,
        },
        { outcome: 'rejected', ought: { kind: 'owner', method: 'first_trial', cases: [1] }, differs: false },
        { outcome: 'rejected', ground: '未发现首审', ought: { kind: 'draw' }, differs: false },
      ]);
      expect(items[1]).not.toHaveProperty('after');
      expect((await checkedRulings({ court, province }, items)).problems).toEqual([]);
    });

    it('没有姓名、案号、登记号、法官', async () => {
      await ruled('F1', {}, not, 'uphold');
      await ruled('F2', { cause: '买卖合同纠纷' }, not, 'reject');
      const { items } = await exported();
      const text =
        JSON.stringify(items) +
        rulingsFile({ court: COURT, province: '四川', rulings: items }, lawbook.book.vocabulary);
      for (const name of ['甲一', '乙二', 'M1', 'F1', '民初88', '法官M1', '5115271975'])
        expect(text).not.toContain(name);
    });

    it('认定所依据的前案规则看不到,也是一项', async () => {
      await ruled('F1', { parties: STRANGERS }, missed, 'uphold');
      const { items } = await exported();
      expect(items).toMatchObject([
        {
          outcome: 'upheld',
          earlier: [],
          ought: { kind: 'owner', method: 'first_trial', cases: [] },
          before: { method: 'random' },
          after: { method: 'first_trial' },
          differs: true,
        },
      ]);
      const { pending } = await checkedRulings({ court: COURT, province: '四川' }, items);
      expect(pending.map(({ message }) => message)).toEqual([expect.stringContaining('所依据的前案规则看不到')]);
    });

    it('一页一页取,和一次取的一样;再取一次,一样', async () => {
      await ruled('F1', {}, not, 'uphold');
      await ruled('F2', { cause: '买卖合同纠纷' }, not, 'reject');
      await ruled('F3', { parties: STRANGERS }, missed, 'reject');
      const whole = (await exported()).items;
      const paged = [];
      for (let after: string | undefined, isLast = false; !isLast; ) {
        const page = await exported(1, after);
        paged.push(...page.items);
        after = page.next ?? undefined;
        isLast = page.next === null;
      }
      expect(paged).toEqual(whole);
      expect((await exported()).items).toEqual(whole);
    });

    it('给规则编辑、院庭长、审计看,别人不行', async () => {
      for (const role of ['supervisor', 'auditor'] as const)
        expect((await exportRulings(await desk.person([role]), { limit: 1 })).items).toEqual([]);
      for (const role of ['filing_clerk', 'reviewer', 'judge', 'administrator'] as const) {
        await expect(exportRulings(await desk.person([role]), { limit: 1 })).rejects.toMatchObject({
          code: 'FORBIDDEN',
        });
      }
    });
  });
});
