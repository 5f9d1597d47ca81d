import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enterAbsence, type NewAbsence } from '../../src/app/absences/enter-absence.js';
import { previewAbsence } from '../../src/app/absences/preview-absence.js';
import { seeAbsences } from '../../src/app/absences/see-absences.js';
import { withdrawAbsence } from '../../src/app/absences/withdraw-absence.js';
import { actInFlow } from '../../src/app/flows/act-in-flow.js';
import type { Context } from '../../src/app/ports.js';
import type { Refusal } from '../../src/app/refusal.js';
import { addDays } from '../../src/core/kernel/plain-date.js';
import { runs } from '../support/arbitraries.js';
import { docket, earlier, filing, JUDGES, person } from '../support/court.js';
import { COURT, later, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';

/** Judges who hear civil cases. */
const CIVIL = JUDGES.filter(({ handles }) => (handles as string[]).includes('civil')).map(({ id }) => id as string);
const RECEIVED = { receivedOn: '2026-03-12' };
/** Parties whom no earlier case knows, others each time. */
const strangers = (number: number) => ({
  id: `陌生-${number}`,
  parties: [person('plaintiff', '丙三', 100 + number), person('defendant', '丁四', 500 + number)],
});
const codesOf = (act: Promise<unknown>): Promise<(string | undefined)[] | undefined> =>
  act.then(
    () => undefined,
    ({ code, errors }: Refusal) => [code, errors[0]?.code],
  );

describe.each(ENGINES)('请假 over $name', (engine) => {
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
      desk = await openDesk(opened.db, docket([earlier()], { judges: JUDGES }));
      clerk = await desk.person(['filing_clerk']);
    });

    const leave = (more: Partial<NewAbsence> = {}): NewAbsence => ({ from: TODAY, reason: 'leave', ...more });
    const absencesOf = async (judge: string) =>
      (await desk.views.bench(COURT))?.docket.judges.find(({ id }) => id === judge)?.absences ?? [];
    const holderOf = async (more: object): Promise<string> => {
      const [id = ''] = (await desk.file([filing({ ...RECEIVED, ...more })])).values();
      return (await desk.views.filing(COURT, id, TODAY))?.row.judge?.id ?? '';
    };

    it('法官自己登记:当日起不参加分案;撤回以后照常', async () => {
      const ids: string[] = [];
      for (const judge of CIVIL.filter((each) => each !== 'M1')) {
        ids.push(await enterAbsence(await desk.person(['judge'], [judge]), leave({ to: TODAY })));
      }
      for (const number of [1, 2, 3]) expect(await holderOf(strangers(number))).toBe('M1');
      await enterAbsence(await desk.person(['judge'], ['M1']), leave());
      expect(await holderOf(strangers(4))).toBe('');
      const [first = ''] = ids;
      await withdrawAbsence(clerk, first);
      expect(await holderOf(strangers(5))).toBe(CIVIL.filter((each) => each !== 'M1')[0]);
    });

    it('首审负责人长假(没有终期):后续案件不再跟随,写明原因', async () => {
      expect(await holderOf({})).toBe('M1');
      await enterAbsence(clerk, leave({ judge: 'M1', reason: 'secondment' }));
      const again = { ...RECEIVED, id: '再来一件', amount: '20000' };
      const [id = ''] = (await desk.file([filing(again)])).values();
      const detail = await desk.views.filing(COURT, id, TODAY);
      expect(detail?.row.judge?.id).not.toBe('M1');
      expect(detail?.decisions.at(-1)?.decision.reasons?.map(({ about }) => about)).toContain('owner_unable');
    });

    it('请长假的法官不能被主张接手', async () => {
      await enterAbsence(clerk, leave({ judge: 'M2' }));
      const [id = ''] = (await desk.file([filing({ ...RECEIVED, ...strangers(1) })])).values();
      const row = (await desk.views.filing(COURT, id, TODAY))?.row;
      const object = actInFlow(await desk.person(['judge'], [row?.judge?.id ?? '']), id, {
        version: row?.version ?? 0,
        flow: 'first_trial_objection',
        action: 'object',
        ground: 'missed_first_trial',
        claimedOwner: 'M2',
        reason: '系该案判决后追偿',
      });
      expect(await codesOf(object)).toEqual(['FLOW_REFUSED', 'CLAIMED_OWNER_UNABLE']);
    });

    it.each<[string, Partial<NewAbsence>, string[]]>([
      ['昨天开始', { from: addDays(TODAY, -1) }, ['ABSENCE_INVALID', 'PAST']],
      ['结束早于开始', { from: addDays(TODAY, 3), to: addDays(TODAY, 2) }, ['ABSENCE_INVALID', 'DATE_ORDER']],
      ['和已有的重叠', { from: addDays(TODAY, 12), to: addDays(TODAY, 30) }, ['ABSENCE_INVALID', 'OVERLAP']],
      ['没有终期,后面已有一次', { from: addDays(TODAY, 1) }, ['ABSENCE_INVALID', 'OVERLAP']],
      ['不是本院的法官', { judge: '没有', to: TODAY }, ['JUDGE_UNKNOWN']],
      ['没有写明哪一名法官', { judge: undefined as never, to: TODAY }, ['ABSENCE_INVALID', 'JUDGE_MISSING']],
    ])('%s:拒绝,什么都不变', async (_, more, expected) => {
      await enterAbsence(clerk, leave({ judge: 'M1', from: addDays(TODAY, 10), to: addDays(TODAY, 12) }));
      const before = [await absencesOf('M1'), await desk.views.auditHead(COURT)];
      const { judge, ...rest } = leave({ judge: 'M1', ...more });
      expect(await codesOf(enterAbsence(clerk, { ...rest, ...(judge !== undefined && { judge }) }))).toEqual(
        expected.length === 2 ? expected : [...expected, undefined],
      );
      expect([await absencesOf('M1'), await desk.views.auditHead(COURT)]).toEqual(before);
    });

    it('登记以前看影响:几日、几个工作日、哪些期限届满,是不是长假', async () => {
      expect(await holderOf({})).toBe('M1');
      const m1 = await desk.person(['judge'], ['M1']);
      const preview = (from: number, to?: number) =>
        previewAbsence(m1, { from: addDays(TODAY, from), ...(to !== undefined && { to: addDays(TODAY, to) }) });
      // 2026-03-12 is a Thursday; whoever holds a case may object until the fifth day.
      expect(await preview(0, 5)).toMatchObject({ days: 6, workingDays: 4, longAfterDays: 30, isLong: false });
      const due = async (from: number, to?: number) => (await preview(from, to)).clocks.map(({ kind }) => kind);
      expect(await due(0, 5)).toContain('objection');
      expect(await due(6, 20)).not.toContain('objection');
      expect((await due(0)).length).toBeGreaterThan((await due(0, 5)).length);
      expect(await preview(0, 29)).toMatchObject({ days: 30, isLong: false });
      expect(await preview(0, 30)).toMatchObject({ days: 31, isLong: true });
      expect(await preview(0)).toMatchObject({ days: null, workingDays: null, isLong: true });
      await enterAbsence(m1, leave({ from: addDays(TODAY, 20), to: addDays(TODAY, 30) }));
      expect(await preview(0, 19)).toMatchObject({ days: 20, isLong: true });
    });

    it('看影响什么都不记;登记要拒绝的,看影响同样拒绝', async () => {
      const day = fc.integer({ min: -2, max: 12 });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(day, fc.option(day, { nil: undefined })), { maxLength: 5 }),
          async (wanted) => {
            const entered: string[] = [];
            for (const [from, to] of wanted) {
              const days = { from: addDays(TODAY, from), ...(to !== undefined && { to: addDays(TODAY, to) }) };
              const before = [await absencesOf('M1'), await desk.views.auditHead(COURT)];
              const previewed = await codesOf(previewAbsence(clerk, { judge: 'M1', ...days }));
              expect([await absencesOf('M1'), await desk.views.auditHead(COURT)]).toEqual(before);
              const act = enterAbsence(clerk, leave({ judge: 'M1', ...days })).then((id) => entered.push(id));
              expect(await codesOf(act)).toEqual(previewed);
            }
            for (const id of entered) await withdrawAbsence(clerk, id);
          },
        ),
        runs(engine.name === 'PGlite' ? 25 : 10),
      );
    });

    it('法官只能办自己的;别的角色不能办', async () => {
      const m2 = await desk.person(['judge'], ['M2']);
      const id = await enterAbsence(clerk, leave({ judge: 'M1', from: addDays(TODAY, 1) }));
      expect(await codesOf(enterAbsence(m2, leave({ judge: 'M1' })))).toEqual(['FORBIDDEN', undefined]);
      expect(await codesOf(previewAbsence(m2, leave({ judge: 'M1' })))).toEqual(['FORBIDDEN', undefined]);
      expect(await codesOf(withdrawAbsence(m2, id))).toEqual(['FORBIDDEN', undefined]);
      expect(await codesOf(seeAbsences(m2, { judge: 'M1', limit: 10 }))).toEqual(['FORBIDDEN', undefined]);
      expect((await seeAbsences(m2, { limit: 10 })).items).toEqual([]);
      const reviewer = await desk.person(['reviewer']);
      expect(await codesOf(enterAbsence(reviewer, leave({ judge: 'M1' })))).toEqual(['FORBIDDEN', undefined]);
      expect((await seeAbsences(await desk.person(['supervisor']), { limit: 10 })).items).toMatchObject([{ id }]);
    });

    it('撤回一次就够;已经结束的不能撤回;没有的不能撤回', async () => {
      const id = await enterAbsence(clerk, leave({ judge: 'M1', to: TODAY }));
      const tomorrow = later(clerk, addDays(TODAY, 1));
      expect(await codesOf(withdrawAbsence(tomorrow, id))).toEqual(['STATE_CONFLICT', undefined]);
      await withdrawAbsence(clerk, id);
      expect(await codesOf(withdrawAbsence(clerk, id))).toEqual(['STATE_CONFLICT', undefined]);
      expect(await codesOf(withdrawAbsence(clerk, desk.service.newId()))).toEqual(['NOT_FOUND', undefined]);
      expect(await absencesOf('M1')).toEqual([]);
      const acts = (await desk.views.auditEvents(COURT, 1, 100)).slice(-2);
      expect(acts).toMatchObject([
        { action: 'absence.enter', subject: id, body: { judge: 'M1', from: TODAY, to: TODAY } },
        { action: 'absence.withdraw', subject: id, body: { judge: 'M1' } },
      ]);
    });

    it('同一请求两次:只登记一次,答复一样', async () => {
      const request = { principal: clerk.subject.user, key: 'key-0001', digest: '1' };
      const twice = () => enterAbsence(clerk, leave({ judge: 'M1', to: TODAY }), request);
      expect(await twice()).toBe(await twice());
      expect(await absencesOf('M1')).toHaveLength(1);
    });

    it('一页一页地列,不重不漏,最近登记的在前', async () => {
      const ids: string[] = [];
      for (const days of [1, 3, 5, 7, 9]) {
        ids.push(
          await enterAbsence(clerk, leave({ judge: 'M1', from: addDays(TODAY, days), to: addDays(TODAY, days) })),
        );
      }
      const seen: string[] = [];
      for (let after: string | undefined = ''; after !== undefined; ) {
        const page = await seeAbsences(clerk, { limit: 2, ...(after !== '' && { after }) });
        seen.push(...page.items.map(({ id }) => id));
        after = page.next ?? undefined;
      }
      expect(seen).toEqual([...ids].reverse());
    });

    it('十个人同时登记同一段:只有一个算数', async () => {
      const clerks = await Promise.all(Array.from({ length: 10 }, () => desk.person(['filing_clerk'])));
      await Promise.all(clerks.map((each) => seeAbsences(each, { limit: 1 })));
      const codes = await Promise.all(clerks.map((each) => codesOf(enterAbsence(each, leave({ judge: 'M1' })))));
      expect(codes.filter((code) => code === undefined)).toHaveLength(1);
      expect(codes.filter((code) => code?.[1] === 'OVERLAP')).toHaveLength(9);
    });

    it('当日缺席的法官从不被抽中', async () => {
      const step = fc.record({
        judge: fc.constantFrom(...CIVIL),
        from: fc.nat(4),
        length: fc.option(fc.nat(4), { nil: undefined }),
        withdrawn: fc.boolean(),
      });
      let number = 10;
      const history = fc.array(step, { minLength: 1, maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(history, async (steps) => {
          const away = new Set<string>();
          const entered: string[] = [];
          for (const { judge, from, length, withdrawn } of steps) {
            const first = addDays(TODAY, from);
            const to = length === undefined ? undefined : addDays(first, length);
            const absence = leave({ judge, from: first, ...(to && { to }) });
            const id = await enterAbsence(clerk, absence).catch(() => undefined);
            if (id === undefined) continue;
            if (withdrawn) await withdrawAbsence(clerk, id);
            else {
              entered.push(id);
              if (first === TODAY) away.add(judge);
            }
          }
          number += 1;
          const holder = await holderOf(strangers(number));
          expect(away.has(holder)).toBe(false);
          expect(holder === '').toBe(CIVIL.every((judge) => away.has(judge)));
          for (const id of entered) await withdrawAbsence(clerk, id);
        }),
        runs(engine.name === 'PGlite' ? 25 : 10),
      );
    });
  });
});
