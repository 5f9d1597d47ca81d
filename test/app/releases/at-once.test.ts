import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/app/refusal.js';
import { createDraft } from '../../../src/app/releases/create-draft.js';
import { saveFile } from '../../../src/app/releases/save-file.js';
import { seeDraftFile, seeDraftHistory, seeDraftRevision } from '../../../src/app/releases/see-drafts.js';
import { noPostgres } from '../../support/database.js';
import { openDesk } from '../../support/desk.js';
import { openServer } from '../../support/engines.js';
import { PARAMETERS, reworded, withFirstRelease } from '../../support/rules-desk.js';

const ROUNDS = 5;
const AUTHORS = 8;

describe.skipIf(noPostgres)('几个人同时保存同一个文件', () => {
  let server: Awaited<ReturnType<typeof openServer>>;
  beforeAll(async () => {
    server = await openServer(AUTHORS + 2);
  });
  afterAll(() => server?.close());

  it('每一轮只有一个人保存成功,其余的都被告知谁保存了什么;合并后再存,谁的字都不少', async () => {
    const desk = await openDesk(server.db);
    await withFirstRelease(server.db);
    const authors = await Promise.all(Array.from({ length: AUTHORS }, () => desk.person(['rule_author'])));
    const [first] = authors;
    if (!first) throw new Error('nobody');
    const id = await createDraft(first, { title: '同时', note: '' });
    // Connections that are open: nobody is held up by opening one.
    await Promise.all(authors.map((by) => seeDraftFile(by, id, PARAMETERS)));
    for (let round = 0; round < ROUNDS; round++) {
      const { revision, base } = await seeDraftFile(first, id, PARAMETERS);
      const words = (index: number): string => `第${round}轮第${index}人`;
      let open: () => void = () => {};
      const gate = new Promise<void>((resolve) => {
        open = resolve;
      });
      const saves = authors.map(async (by, index) => {
        await gate;
        return saveFile(by, id, { path: PARAMETERS, text: reworded(words(index)), revision, base });
      });
      open();
      const fates = await Promise.allSettled(saves);
      const winners = fates.flatMap((fate, index) => (fate.status === 'fulfilled' ? [index] : []));
      expect(winners).toHaveLength(1);
      const [winner = 0] = winners;
      for (const fate of fates) {
        if (fate.status === 'fulfilled') continue;
        expect(fate.reason).toBeInstanceOf(Refusal);
        const told = {
          by: { id: authors[winner]?.subject.user },
          text: reworded(words(winner)),
          revision: revision + 1,
        };
        expect(fate.reason).toMatchObject({ code: 'DRAFT_CONFLICT', saved: told });
      }
    }
    const { items } = await seeDraftHistory(first, id, { limit: 100 });
    expect(items.map(({ revision }) => revision)).toEqual([5, 4, 3, 2, 1]);
    for (const { revision } of items) {
      const { text, savedBy } = await seeDraftRevision(first, id, revision);
      expect(text).toContain(
        `第${revision - 1}轮第${authors.findIndex(({ subject }) => subject.user === savedBy?.id)}人`,
      );
    }
  });
});
