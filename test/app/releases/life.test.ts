import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../../src/app/ports.js';
import { checkSavedDraft } from '../../../src/app/releases/check-draft.js';
import { compareSavedDraft } from '../../../src/app/releases/compare-draft.js';
import {
  cancelRelease,
  rejectRelease,
  scheduleRelease,
  withdrawRelease,
} from '../../../src/app/releases/decide-release.js';
import { rebaseDraft } from '../../../src/app/releases/rebase-draft.js';
import { reviewRelease } from '../../../src/app/releases/review-release.js';
import { rollBack } from '../../../src/app/releases/roll-back.js';
import { saveFile } from '../../../src/app/releases/save-file.js';
import { seeDraft, seeDraftFile, seeDraftHistory, seeDraftRevision } from '../../../src/app/releases/see-drafts.js';
import { seeRelease, seeReleaseFile, seeReleases } from '../../../src/app/releases/see-releases.js';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { later, openDesk, type TestDesk } from '../../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../../support/engines.js';
import { codeOf } from '../../support/refusal-code.js';
import {
  approved,
  asApprover,
  checked,
  drafted,
  EMERGENCY,
  ORDINARY,
  PARAMETERS,
  proposed,
  RULE_FILES,
  reworded,
  saved,
  textOfRule,
  withFirstRelease,
  withFolder,
} from '../../support/rules-desk.js';

const VALIDITY = 'national/examples/validity.yaml';
const DEADLINES = 'national/deadlines.yaml';
const commented = (path: string, words: string): string => `# ${words}\n${textOfRule(path)}`;

describe.each(ENGINES)('规则发布 over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let author: Context;
    let second: Context;
    let approver: Context;
    let other: Context;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    beforeEach(async () => {
      await emptied(opened.db);
      desk = await openDesk(opened.db);
      await withFirstRelease(opened.db);
      author = await desk.person(['rule_author']);
      second = await desk.person(['rule_author', 'rule_approver']);
      approver = await desk.person(['rule_approver']);
      other = await desk.person(['rule_approver']);
    });

    const standings = async (by = author): Promise<string[]> =>
      (await seeReleases(by, { limit: 50 })).items.map(({ number, standing }) => `${number} ${standing}`);
    const versionOf = async (number: number): Promise<number> => (await seeRelease(author, number)).version;

    it('启动时的规则目录是第 1 号发布;再启动一次不多一号', async () => {
      await withFirstRelease(opened.db, '2026-03-05');
      expect(await standings()).toEqual(['1 in_force']);
    });

    it('规则目录改了:同一天再启动服务,新的一号顶替原来的;只办一件事的命令不动规则', async () => {
      const files = RULE_FILES.map((file) => (file.path === PARAMETERS ? { ...file, text: reworded('改') } : file));
      expect(await withFolder(opened.db, files, '2026-03-01', true)).toBe('in_force');
      expect(await standings()).toEqual(['1 in_force']);
      expect(await withFolder(opened.db, files, '2026-03-01')).toBe('registered');
      expect(await standings()).toEqual(['2 in_force', '1 superseded']);
      expect(await withFolder(opened.db, RULE_FILES, '2026-03-02')).toBe('registered');
      expect(await standings(later(author, '2026-03-02'))).toEqual(['3 in_force', '2 superseded', '1 superseded']);
    });

    it('起草、检查、提出、另一人批准并排期、到日有效、前一号已被取代', async () => {
      const id = await drafted(author, PARAMETERS, reworded('一'));
      const before = await seeDraft(author, id);
      expect(before.state).toBe('draft');
      expect(await checked(author, id)).toMatchObject({ isSound: true, isChecked: true, problems: [] });
      // Whoever has the draft open is not overtaken by its check.
      expect(await seeDraft(author, id)).toMatchObject({ state: 'checked', version: before.version });
      const number = await proposed(author, id);
      expect(await standings()).toEqual(['2 proposed', '1 in_force']);
      await approved(approver, number, '2026-03-20');
      expect(await standings()).toEqual(['2 scheduled', '1 in_force']);
      expect(await standings(later(author, '2026-03-19'))).toEqual(['2 scheduled', '1 in_force']);
      expect(await standings(later(author, '2026-03-20'))).toEqual(['2 in_force', '1 superseded']);
      const release = await seeRelease(author, number);
      expect(release.changes).toEqual([{ path: PARAMETERS, change: 'changed' }]);
      expect(release.steps.map(({ action }) => action)).toEqual(['proposed', 'approved']);
      expect(release.reports.check).toMatchObject({ problems: 0 });
      expect(await seeReleaseFile(author, number, PARAMETERS)).toBe(reworded('一'));
    });

    it('院庭长和审计看得到存了的草稿查出了什么、影响什么,看了不算检查过,也不能拿自己的文字去查', async () => {
      const id = await drafted(author, PARAMETERS, reworded('一'));
      const own = [{ path: PARAMETERS, text: reworded('二') }];
      for (const role of ['supervisor', 'auditor'] as const) {
        const reader = await desk.person([role]);
        expect(await checked(reader, id)).toMatchObject({ isSound: true, isChecked: false, problems: [] });
        expect((await compareSavedDraft(reader, id)).diff?.changes).toEqual([]);
        expect(await codeOf(checkSavedDraft(reader, id, own))).toBe('FORBIDDEN');
        expect(await codeOf(compareSavedDraft(reader, id, own))).toBe('FORBIDDEN');
      }
      expect((await seeDraft(author, id)).state).toBe('draft');
      expect(await codeOf(checked(await desk.person(['filing_clerk']), id))).toBe('FORBIDDEN');
    });

    it('提出的人不能审批,改过草稿的人也不能', async () => {
      const id = await drafted(author, PARAMETERS, reworded('一'));
      await saved(second, id, DEADLINES, commented(DEADLINES, '第二人'));
      const number = await proposed(author, id);
      expect(await codeOf(approved(second, number, '2026-03-20'))).toBe('FORBIDDEN');
      expect(await codeOf(approved(author, number, '2026-03-20'))).toBe('FORBIDDEN');
      await approved(approver, number, '2026-03-20');
    });

    it('在分案池里的法官不能审批改动入池规则的发布,可以审批不影响分案的', async () => {
      const sitting = await desk.person(['rule_approver', 'judge'], ['M1']);
      const pool = textOfRule('national/pool.yaml');
      const id = await drafted(author, 'national/pool.yaml', pool.replace(/施行: (\d{4})-/, '施行: 2021-'), '入池');
      expect(pool).not.toBe((await seeDraftFile(author, id, 'national/pool.yaml')).text);
      // The day is written a second time, where a wrong one would be noticed.
      const dates = textOfRule(VALIDITY).replace('ZC-SJFA-LY, ', '').trimEnd();
      await saved(author, id, VALIDITY, `${dates}\n  - 施行: 2021-05-01\n    规则: [ZC-SJFA-LY]\n`);
      const report = await checked(author, id);
      expect(report.problems).toEqual([]);
      const number = await proposed(author, id);
      expect(await codeOf(approved(sitting, number, '2026-03-20'))).toBe('FORBIDDEN');
      await withdrawRelease(author, number, { version: await versionOf(number), reason: '换一个' });
      const harmless = await proposed(author, await drafted(author, PARAMETERS, reworded('一')));
      await approved(sitting, harmless, '2026-03-20');
    });

    it('检查没有通过的不能提出,说明在哪个文件哪一行', async () => {
      const id = await drafted(author, DEADLINES, textOfRule(DEADLINES).replace('层:', '层次:'));
      const report = await checked(author, id);
      expect(report.isSound).toBe(false);
      expect(report.problems[0]).toMatchObject({ file: DEADLINES });
      const refusal = await proposed(author, id).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'RULES_UNSOUND' });
      expect((refusal as { errors: { path: string }[] }).errors[0]?.path).toMatch(
        /^national\/deadlines\.yaml:\d+:\d+$/,
      );
    });

    it('两人改同一个文件:后保存的被告知前一人的内容,历史里一个字也不少', async () => {
      const id = await drafted(author, PARAMETERS, reworded('甲'));
      const stale = { path: PARAMETERS, text: reworded('乙'), revision: 0, base: 1 };
      const refusal = await saveFile(second, id, stale).catch((error: unknown) => error);
      expect(refusal).toMatchObject({
        code: 'DRAFT_CONFLICT',
        saved: { revision: 1, text: reworded('甲'), by: { id: author.subject.user } },
      });
      await saveFile(second, id, { ...stale, revision: 1 });
      const { items } = await seeDraftHistory(author, id, { limit: 10, path: PARAMETERS });
      expect(items.map(({ revision }) => revision)).toEqual([2, 1]);
      expect((await seeDraftRevision(author, id, 1)).text).toBe(reworded('甲'));
    });

    it('后提出的要并到先批准的上面:不同文件自动合并,同一文件列出来由人合并', async () => {
      const first = await drafted(author, PARAMETERS, reworded('一'));
      const apart = await drafted(author, DEADLINES, commented(DEADLINES, '二'));
      const same = await drafted(author, PARAMETERS, reworded('三'));
      await approved(approver, await proposed(author, first), '2026-03-20');
      expect(await codeOf(proposed(author, apart))).toBe('DRAFT_BEHIND');
      await rebaseDraft(author, apart, { version: (await seeDraft(author, apart)).version, files: [] });
      const number = await proposed(author, apart);
      expect(await seeReleaseFile(author, number, PARAMETERS)).toBe(reworded('一'));
      const { version } = await seeDraft(author, same);
      const refusal = await rebaseDraft(author, same, { version, files: [] }).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'MERGE_CONFLICT', errors: [{ path: PARAMETERS }] });
      const merged = [{ path: PARAMETERS, text: reworded('一、三') }];
      expect(await rebaseDraft(author, same, { version, files: merged })).toBe(2);
      expect((await seeDraftFile(author, same, PARAMETERS)).text).toBe(reworded('一、三'));
    });

    it('打开以后草稿并到了新的规则上:照旧文本保存会被拒绝,新规则的改动不会被抹掉', async () => {
      const draft = await drafted(author, DEADLINES, commented(DEADLINES, '二'));
      const opened = await seeDraftFile(second, draft, PARAMETERS);
      await approved(approver, await proposed(author, await drafted(author, PARAMETERS, reworded('一'))), '2026-03-20');
      await rebaseDraft(author, draft, { version: (await seeDraft(author, draft)).version, files: [] });
      const { path, revision, base } = opened;
      const refusal = await saveFile(second, draft, { path, text: reworded('旧'), revision, base }).catch(
        (error: unknown) => error,
      );
      expect(refusal).toMatchObject({ code: 'DRAFT_CONFLICT', saved: { by: null, base: 2, text: reworded('一') } });
    });

    it('退回、撤回和取消以后草稿可以再改再提', async () => {
      const id = await drafted(author, PARAMETERS, reworded('一'));
      const first = await proposed(author, id);
      expect(await codeOf(saved(author, id, PARAMETERS, reworded('二')))).toBe('STATE_CONFLICT');
      await rejectRelease(asApprover(approver), first, { version: await versionOf(first), reason: '理由不足' });
      await saved(author, id, PARAMETERS, reworded('二'));
      const next = await proposed(author, id);
      expect(await codeOf(withdrawRelease(second, next, { version: await versionOf(next), reason: '不是我的' }))).toBe(
        'FORBIDDEN',
      );
      await withdrawRelease(author, next, { version: await versionOf(next), reason: '再想想' });
      const last = await proposed(author, id);
      await approved(approver, last);
      expect(await standings()).toEqual(['4 approved', '3 withdrawn', '2 rejected', '1 in_force']);
      const on = plainDate('2026-03-20');
      await scheduleRelease(asApprover(approver), last, { version: await versionOf(last), effectiveOn: on });
      await cancelRelease(approver, last, { version: await versionOf(last), reason: '暂缓' });
      expect(await standings(later(author, '2026-03-20'))).toEqual([
        '4 cancelled',
        '3 withdrawn',
        '2 rejected',
        '1 in_force',
      ]);
      await saved(author, id, PARAMETERS, reworded('三'));
    });

    it('施行日期要晚于今天和前一次发布;已经施行的不能取消', async () => {
      const number = await proposed(author, await drafted(author, PARAMETERS, reworded('一')));
      expect(await codeOf(approved(approver, number, '2026-03-12'))).toBe('RELEASE_DAY_INVALID');
      await approved(approver, number, '2026-03-20');
      const next = await proposed(author, await drafted(author, PARAMETERS, reworded('二')));
      expect(await codeOf(approved(approver, next, '2026-03-20'))).toBe('RELEASE_DAY_INVALID');
      await approved(approver, next, '2026-03-21');
      const cancel = async (by: Context) =>
        cancelRelease(by, number, { version: await versionOf(number), reason: '暂缓' });
      expect(await codeOf(cancel(approver))).toBe('STATE_CONFLICT');
      expect(await codeOf(cancel(later(approver, '2026-03-20')))).toBe('STATE_CONFLICT');
    });

    it('紧急发布:要有事由,另一人批准,当日有效,由第三人事后复核', async () => {
      const id = await drafted(author, PARAMETERS, reworded('一'));
      expect(await codeOf(proposed(author, id, { ...EMERGENCY, ground: 'because' }))).toBe('GROUND_UNKNOWN');
      expect(await codeOf(proposed(author, id, { urgency: 'emergency', reason: '急' }))).toBe('GROUND_UNKNOWN');
      const number = await proposed(author, id, EMERGENCY);
      expect(await codeOf(approved(second, number, '2026-03-13'))).toBe('RELEASE_DAY_INVALID');
      await approved(approver, number);
      expect(await standings()).toEqual(['2 in_force', '1 superseded']);
      const { review, version } = await seeRelease(author, number);
      expect(review).toMatchObject({ due: '2026-03-19', outcome: null });
      const settle = (by: Context) =>
        reviewRelease(asApprover(by), number, { version, outcome: 'confirmed', reason: '属实' });
      expect(await codeOf(settle(approver))).toBe('FORBIDDEN');
      await settle(other);
      expect((await seeRelease(author, number)).review).toMatchObject({ outcome: 'confirmed' });
      // 同一天再来一次:前一次即刻被取代。
      const again = await proposed(author, await drafted(author, PARAMETERS, reworded('二')), EMERGENCY);
      await approved(approver, again);
      expect(await standings()).toEqual(['3 in_force', '2 superseded', '1 superseded']);
    });

    it('有排期在后时不能紧急发布,免得到日被盖掉;取消排期以后可以', async () => {
      const planned = await proposed(author, await drafted(author, PARAMETERS, reworded('一')));
      const urgent = await drafted(author, DEADLINES, commented(DEADLINES, '急'));
      const number = await proposed(author, urgent, EMERGENCY);
      await approved(approver, planned, '2026-03-20');
      expect(await codeOf(approved(approver, number))).toBe('DRAFT_BEHIND');
      await cancelRelease(approver, planned, { version: await versionOf(planned), reason: '先紧急发布' });
      await approved(approver, number);
      expect(await standings()).toEqual(['3 in_force', '2 cancelled', '1 superseded']);
    });

    it('回退是一次新的发布,内容就是原来那一号的,要另一人批准', async () => {
      await approved(approver, await proposed(author, await drafted(author, PARAMETERS, reworded('一'))), '2026-03-20');
      const then = '2026-03-25';
      expect(await codeOf(rollBack(author, 1, ORDINARY))).toBe('STATE_CONFLICT');
      const number = await rollBack(later(author, then), 1, EMERGENCY);
      expect(await codeOf(approved(later(author, then), number))).toBe('FORBIDDEN');
      await approved(later(approver, then), number);
      const [back, first] = [await seeRelease(later(author, then), number), await seeRelease(author, 1)];
      expect(back).toMatchObject({ standing: 'in_force', rollsBack: 1, digest: first.digest });
    });
  });
});
