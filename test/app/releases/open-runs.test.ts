import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actInFlow } from '../../../src/app/flows/act-in-flow.js';
import { seeFlows } from '../../../src/app/flows/see-flows.js';
import type { Context } from '../../../src/app/ports.js';
import type { Refusal } from '../../../src/app/refusal.js';
import { scheduleRelease } from '../../../src/app/releases/decide-release.js';
import { rollBack } from '../../../src/app/releases/roll-back.js';
import { seeRelease, seeReleases } from '../../../src/app/releases/see-releases.js';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import { StoredEditions } from '../../../src/shell/db/stored-editions.js';
import { docket, filing } from '../../support/court.js';
import { COURT, later, openDesk, type TestDesk, TODAY } from '../../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../../support/engines.js';
import {
  approved,
  asApprover,
  drafted,
  ORDINARY,
  proposed,
  saved,
  textOfRule,
  withFirstRelease,
} from '../../support/rules-desk.js';

const RECUSAL = 'flows/recusal.yaml';
const ELSEWHERE = { code: '川1599', name: '示例县人民法院', level: 'basic', province: '四川' };

describe.each(ENGINES)('发布去掉了流程 over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    /** Of another court than the one where the runs are. */
    let author: Context;
    let approver: Context;
    let clerk: Context;
    let president: Context;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    beforeEach(async () => {
      await emptied(opened.db);
      await withFirstRelease(opened.db);
      const stored = new StoredEditions((message) => {
        throw new Error(message);
      });
      desk = await openDesk(opened.db, undefined, undefined, undefined, undefined, stored);
      const other = await openDesk(
        opened.db,
        docket([], { court: ELSEWHERE }),
        undefined,
        desk.keys,
        undefined,
        stored,
      );
      author = await other.person(['rule_author']);
      approver = await other.person(['rule_approver']);
      clerk = await desk.person(['filing_clerk']);
      president = await desk.person(['supervisor']);
    });

    const act = async (by: Context, id: string, action: string, more = {}): Promise<void> => {
      const version = (await desk.views.filing(COURT, id, TODAY))?.row.version ?? 0;
      await actInFlow(by, id, { version, flow: 'recusal', action, reason: '与本案有利害关系', ...more });
    };
    /** A filing of the other court in which somebody asked for a recusal that nobody has decided on. */
    const challenged = async (name: string): Promise<string> => {
      const [id = ''] = (await desk.file([filing({ id: name, receivedOn: TODAY })])).values();
      await act(clerk, id, 'apply', { onBehalfOf: '甲一' });
      return id;
    };
    const refusal = async (done: Promise<unknown>): Promise<Refusal> => {
      const found = await done.then(
        () => undefined,
        (error: unknown) => error as Refusal,
      );
      if (found === undefined) throw new Error('it was done');
      return found;
    };
    const withoutRecusal = (): Promise<string> => drafted(author, RECUSAL, null, '去掉回避流程');

    it('还有人在办的,不能提出:说明是什么流程、停在哪里、几件,不说是谁的什么案', async () => {
      await challenged('F-1');
      await challenged('F-2');
      const { code, message, errors } = await refusal(proposed(author, await withoutRecusal()));
      expect(code).toBe('STATE_CONFLICT');
      expect(message).toContain('“回避申请与复议”有 2 件停在');
      expect(errors).toMatchObject([{ path: 'recusal', code: 'FLOW_IN_USE' }]);
      expect(message).not.toContain('甲一');
      expect(message).not.toContain('F-1');
      expect((await seeReleases(author, { limit: 5 })).items).toHaveLength(1);
    });

    it('提出以后才有人申请的,批准和排期时拦住;办结以后可以', async () => {
      const number = await proposed(author, await withoutRecusal());
      const id = await challenged('F-1');
      expect((await refusal(approved(approver, number, '2026-03-20'))).code).toBe('STATE_CONFLICT');
      await act(president, id, 'refuse');
      const again = () => approved(approver, number, '2026-03-20');
      expect((await refusal(again())).message).toContain('1 件停在');
      await act(clerk, id, 'reconsider', { onBehalfOf: '甲一' });
      await act(president, id, 'refuse');
      await again();
      expect((await seeRelease(author, number)).standing).toBe('scheduled');
    });

    it('批准时没有在办、排期时有了的,排期时拦住', async () => {
      const number = await proposed(author, await withoutRecusal());
      await approved(approver, number);
      await challenged('F-1');
      const { version } = await seeRelease(author, number);
      const schedule = scheduleRelease(asApprover(approver), number, { version, effectiveOn: plainDate('2026-03-20') });
      expect((await refusal(schedule)).message).toContain('“回避申请与复议”有 1 件');
    });

    it('只写失效日期、留着流程的,可以发布:在办的到新规则施行以后照常办', async () => {
      const id = await challenged('F-1');
      const text = textOfRule(RECUSAL).replace(/失效: 无/, '失效: 2026-03-20');
      expect(text).not.toBe(textOfRule(RECUSAL));
      const number = await proposed(author, await drafted(author, RECUSAL, text));
      await approved(approver, number, '2026-03-20');
      await act(later(president, '2026-03-20'), id, 'refuse');
      const recusal = (await seeFlows(president, id)).find(({ key }) => key === 'recusal');
      expect(recusal?.runs.at(-1)?.decidedOn).toBe('2026-03-20');
    });

    it('回退到没有这个流程的规则,也一样拦住', async () => {
      await approved(approver, await proposed(author, await withoutRecusal()), '2026-03-13');
      const back = await drafted(later(author, '2026-03-13'), RECUSAL, textOfRule(RECUSAL), '恢复回避流程');
      await saved(later(author, '2026-03-13'), back, RECUSAL, `# 恢复\n${textOfRule(RECUSAL)}`);
      await approved(later(approver, '2026-03-13'), await proposed(later(author, '2026-03-13'), back), '2026-03-14');
      const day = '2026-03-14';
      const [id = ''] = (await desk.file([filing({ id: 'F-1', receivedOn: TODAY })])).values();
      await act(later(clerk, day), id, 'apply', { onBehalfOf: '甲一' });
      expect((await refusal(rollBack(later(author, day), 2, ORDINARY))).message).toContain('“回避申请与复议”有 1 件');
    });
  });
});
