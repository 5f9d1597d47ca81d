import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../../src/app/ports.js';
import { compareSavedDraft } from '../../../src/app/releases/compare-draft.js';
import { rollBack } from '../../../src/app/releases/roll-back.js';
import { saveFile } from '../../../src/app/releases/save-file.js';
import { seeRelease } from '../../../src/app/releases/see-releases.js';
import { later, openDesk } from '../../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../../support/engines.js';
import { approved, drafted, ORDINARY, proposed, textOfRule, withFirstRelease } from '../../support/rules-desk.js';

const LIMITS = 'parameters/small-claims.csv';
const EXAMPLES = 'parameters/small-claims.yaml';
const limit = (text: string, yuan: number): string => text.replace('河南,35120', `河南,${yuan}`);

describe.each(ENGINES)('草稿改变哪些案件 over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let author: Context;
    let approver: Context;
    beforeAll(async () => {
      opened = await engine.open();
      await emptied(opened.db);
      const desk = await openDesk(opened.db);
      await withFirstRelease(opened.db);
      author = await desk.person(['rule_author']);
      approver = await desk.person(['rule_approver']);
    });
    afterAll(() => opened?.close());

    it('保存了的、还没有保存的,都与依据的那一号比较;读不出来的说出哪里不对', async () => {
      const id = await drafted(author, LIMITS, limit(textOfRule(LIMITS), 40_000));
      const saved = await compareSavedDraft(author, id);
      expect(saved.diff?.changes.map(({ before, after }) => [before, after])).toEqual([['简易程序', '小额诉讼程序']]);
      expect(saved.diff?.changes[0]?.region[0]).toMatch(/^35,120 < 标的额 ≤ 40,000 元/);
      const unsaved = await compareSavedDraft(author, id, [{ path: LIMITS, text: limit(textOfRule(LIMITS), 30_000) }]);
      expect(unsaved.diff?.changes.map(({ before, after }) => [before, after])).toEqual([['小额诉讼程序', '简易程序']]);
      const broken = await compareSavedDraft(author, id, [{ path: LIMITS, text: limit(textOfRule(LIMITS), -1) }]);
      expect(broken.diff).toBeNull();
      expect(broken.problems[0]).toMatchObject({ file: LIMITS });
    });

    it('提出的发布里有它改变哪些案件,批准的人看到的就是这一份', async () => {
      const id = await drafted(author, LIMITS, limit(textOfRule(LIMITS), 40_000));
      const examples = textOfRule(EXAMPLES).replaceAll('35120', '40000');
      await saveFile(author, id, { path: EXAMPLES, text: examples, revision: 0, base: 1 });
      const number = await proposed(author, id);
      const { reports } = await seeRelease(author, number);
      expect(reports.diff?.unknown).toEqual([]);
      expect(reports.diff?.changes).toHaveLength(1);
      expect(reports.diff?.files.map(({ file }) => file)).toEqual([LIMITS, EXAMPLES]);
    });

    it('回退的发布说出它收回什么,不是原来那一号当时改变什么', async () => {
      const id = await drafted(author, LIMITS, limit(textOfRule(LIMITS), 40_000));
      const examples = textOfRule(EXAMPLES).replaceAll('35120', '40000');
      await saveFile(author, id, { path: EXAMPLES, text: examples, revision: 0, base: 1 });
      const number = await proposed(author, id);
      await approved(approver, number, '2026-03-20');
      const back = await rollBack(later(author, '2026-03-20'), 1, ORDINARY);
      const { reports } = await seeRelease(author, back);
      expect(reports.diff?.changes.map(({ before, after }) => [before, after])).toEqual([['小额诉讼程序', '简易程序']]);
      expect((await seeRelease(author, back)).reports.diff).toEqual(reports.diff);
    });
  });
});
