import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileBatch } from '../../../src/app/file-batch.js';
import type { Context } from '../../../src/app/ports.js';
import { rollBack } from '../../../src/app/releases/roll-back.js';
import { replayDecision } from '../../../src/app/replay-decision.js';
import { routeNext } from '../../../src/app/route-received.js';
import { seeFiling } from '../../../src/app/see-filing.js';
import { StoredEditions } from '../../../src/shell/db/stored-editions.js';
import { filing } from '../../support/court.js';
import { COURT, later, onDay, openDesk, type TestDesk } from '../../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../../support/engines.js';
import { approved, drafted, ORDINARY, proposed, textOfRule, withFirstRelease } from '../../support/rules-desk.js';

describe.each(ENGINES)('按当时的发布重算($name)', ({ open }) => {
  let opened: OpenedEngine;
  let desk: TestDesk;
  let author: Context;
  let approver: Context;
  let auditor: Context;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  beforeEach(async () => {
    await emptied(opened.db);
    await withFirstRelease(opened.db);
    const stored = new StoredEditions(() => {});
    desk = await openDesk(opened.db, undefined, undefined, undefined, undefined, stored);
    author = await desk.person(['rule_author']);
    approver = await desk.person(['rule_approver']);
    auditor = await desk.person(['auditor']);
  });

  const filedOn = async (day: string, id: string, more = {}): Promise<string> => {
    const clerk = later(await desk.person(['filing_clerk']), day);
    const value = filing({ id, receivedOn: '2026-03-12', ...more });
    const { id: batch } = await fileBatch(clerk, { filings: [{ value }] });
    while (await routeNext(onDay(desk.service, day), COURT));
    const { items } = await desk.views.filings(COURT, { batch, limit: 1 }, desk.service.today());
    return items[0]?.id ?? '';
  };
  const numberOn = async (id: string): Promise<number | undefined> => {
    const { subject } = await desk.person(['supervisor']);
    return (await seeFiling(desk.views, desk.service, subject, id)).releases.get(1)?.number;
  };
  /** Release 2 changes a text that decides; release 3 is the content of 1 again. */
  const thereAndBack = async (): Promise<void> => {
    const changed = textOfRule('national/deadlines.yaml').replace('名称:', '# 新版\n名称:');
    await approved(
      approver,
      await proposed(author, await drafted(author, 'national/deadlines.yaml', changed)),
      '2026-03-20',
    );
    const back = await rollBack(later(author, '2026-03-24'), 1, ORDINARY);
    await approved(later(approver, '2026-03-24'), back, '2026-03-25');
  };

  it('换了规则、又换回来,每件都写明是第几号作出的,按那一号重算逐字节相同', async () => {
    const old = await filedOn('2026-03-19', 'F-1');
    await thereAndBack();
    const next = await filedOn('2026-03-20', 'F-2');
    const last = await filedOn('2026-03-26', 'F-3');
    expect([await numberOn(old), await numberOn(next), await numberOn(last)]).toEqual([1, 2, 3]);
    for (const [id, number] of [
      [old, 1],
      [next, 2],
      [last, 3],
    ] as const) {
      const again = await replayDecision(later(auditor, '2026-04-01'), id, 1);
      expect(again).toMatchObject({ outcome: 'same', release: { number } });
      expect(again.again).toBe(again.digest);
    }
  });

  it('决定在库里被改过的,说明与摘要不符', async () => {
    const id = await filedOn('2026-03-19', 'F-1');
    await opened.db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(
        sql`update decisions set document = replace(document::text, '"assigned"', '"needs_review"')::json where filing = ${id}::uuid`,
      );
    });
    expect(await replayDecision(auditor, id, 1)).toMatchObject({ outcome: 'tampered', release: { number: 1 } });
  });

  it('还没有分完的、没有这个决定的、没有这个权限的,都不给重算', async () => {
    const waiting = await filedOn('2026-03-19', 'F-1', { facts: {} });
    const done = await filedOn('2026-03-19', 'F-2');
    await expect(replayDecision(auditor, waiting, 1)).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    await expect(replayDecision(auditor, done, 2)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const clerk = await desk.person(['filing_clerk']);
    await expect(replayDecision(clerk, done, 1)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
