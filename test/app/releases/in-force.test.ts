import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileBatch } from '../../../src/app/file-batch.js';
import type { Context } from '../../../src/app/ports.js';
import { seeEarlierDecisions } from '../../../src/app/releases/see-earlier-decisions.js';
import { exportRelease, seeRelease } from '../../../src/app/releases/see-releases.js';
import { routeNext } from '../../../src/app/route-received.js';
import type { Decision } from '../../../src/core/documents/decision.js';
import { plainDate } from '../../../src/core/kernel/plain-date.js';
import type { Window } from '../../../src/core/releases/differences.js';
import { isQuoted } from '../../../src/core/releases/edition.js';
import { replay } from '../../../src/core/routing/replay.js';
import { jsonRulesEngine } from '../../../src/core/rules/engine.js';
import { Evaluator } from '../../../src/core/rules/evaluate.js';
import { StoredEditions } from '../../../src/shell/db/stored-editions.js';
import { filing, loadRules } from '../../support/court.js';
import { COURT, later, onDay, openDesk, type TestDesk } from '../../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../../support/engines.js';
import {
  approved,
  drafted,
  EMERGENCY,
  PARAMETERS,
  proposed,
  reworded,
  textOfRule,
  withFirstRelease,
} from '../../support/rules-desk.js';

const [engine] = ENGINES;

describe('有效的规则发布', () => {
  let opened: OpenedEngine;
  let desk: TestDesk;
  let author: Context;
  let approver: Context;
  let alarms: string[];
  beforeAll(async () => {
    if (!engine) throw new Error('no engine');
    opened = await engine.open();
  });
  afterAll(() => opened?.close());
  beforeEach(async () => {
    await emptied(opened.db);
    alarms = [];
    await withFirstRelease(opened.db);
    const stored = new StoredEditions((message) => alarms.push(message));
    desk = await openDesk(opened.db, undefined, undefined, undefined, undefined, stored);
    author = await desk.person(['rule_author']);
    approver = await desk.person(['rule_approver']);
  });

  const decidedOn = async (day: string, id: string): Promise<Decision> => {
    const service = onDay(desk.service, day);
    const clerk = later(await desk.person(['filing_clerk']), day);
    const { id: batch } = await fileBatch(clerk, { filings: [{ value: filing({ id, receivedOn: '2026-03-12' }) }] });
    while (await routeNext(service, COURT));
    const { items } = await desk.views.filings(COURT, { batch, limit: 1 }, desk.service.today());
    const decision = await desk.views.decision(COURT, items[0]?.id ?? '', 1);
    if (!decision) throw new Error('not decided');
    return decision;
  };
  const digestOf = async (number: number): Promise<string> => (await seeRelease(author, number)).digest;

  it('零点以后同一个进程就按新的发布办理,决定写明是哪一次发布;以前的决定用当时的规则重算逐字节相同', async () => {
    const old = await decidedOn('2026-03-19', 'F-old');
    const changed = textOfRule('national/deadlines.yaml').replace('名称:', '# 新版\n名称:');
    await approved(
      approver,
      await proposed(author, await drafted(author, 'national/deadlines.yaml', changed)),
      '2026-03-20',
    );
    expect((await decidedOn('2026-03-19', 'F-eve')).rules.release).toBe(await digestOf(1));
    const next = await decidedOn('2026-03-20', 'F-new');
    expect(next.rules.release).toBe(await digestOf(2));
    expect(next.rules.digest).not.toBe(old.rules.digest);
    const rulesOf = async (number: number) =>
      loadRules((await exportRelease(author, number)).filter((file) => !isQuoted(file)));
    const evaluator = new Evaluator(jsonRulesEngine);
    expect((await replay(old, await rulesOf(1), evaluator)).outcome).toBe('same');
    expect((await replay(next, await rulesOf(2), evaluator)).outcome).toBe('same');
    expect((await replay(old, await rulesOf(2), evaluator)).outcome).toBe('rules_changed');
  });

  it('内容被改动过的发布不采用:继续用原来的规则,并且报警', async () => {
    await decidedOn('2026-03-12', 'F-first');
    await approved(approver, await proposed(author, await drafted(author, PARAMETERS, reworded('被改'))), '2026-03-20');
    const digest = (await seeRelease(author, 2)).digest;
    await opened.db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`alter table rule_blobs drop constraint rule_blobs_digest`);
      await tx.execute(
        sql`update rule_blobs set content = replace(content, '（被改）', '（改过）') where content like '%（被改）%'`,
      );
    });
    const after = await decidedOn('2026-03-20', 'F-after');
    expect(after.rules.release).toBe(await digestOf(1));
    expect(alarms).toHaveLength(1);
    expect(alarms[0]).toContain(PARAMETERS);
    expect(alarms[0]).toContain('第 2 号');
    expect(digest).not.toBe(after.rules.release);
  });

  it('追溯:施行日早于发布的改动,列出这段时间里本院已经作出的决定', async () => {
    await decidedOn('2026-03-12', 'F-before');
    const row = '\n人数众多,全国,12,2026-03-10,,,,测试,未核实,测试';
    const text = `${textOfRule(PARAMETERS).replace('人数众多,全国,10,2015-02-04,,', '人数众多,全国,10,2015-02-04,2026-03-10,').trimEnd() + row}\n`;
    const examples = textOfRule('parameters/national.yaml').trimEnd();
    const more = [
      '  - { 参数: 人数众多, 适用: 全国, 日期: 2026-03-09, 值: 10 }',
      '  - { 参数: 人数众多, 适用: 全国, 日期: 2026-03-10, 值: 12 }',
    ];
    const id = await drafted(author, PARAMETERS, text);
    const { saved } = await import('../../support/rules-desk.js');
    await saved(author, id, 'parameters/national.yaml', `${[examples, ...more].join('\n')}\n`);
    const number = await proposed(author, id, EMERGENCY);
    // Whoever is to approve it sees them before.
    const ahead = await seeEarlierDecisions(later(author, '2026-03-13'), number, { limit: 10 });
    expect(ahead.items.map(({ reference }) => reference)).toEqual(['F-before']);
    await approved(later(approver, '2026-03-13'), number);
    const found = await seeEarlierDecisions(later(author, '2026-03-13'), number, { limit: 10 });
    expect(found.rules).toEqual([
      {
        kind: 'parameter',
        id: 'numerous_parties',
        name: '人数众多',
        windows: [{ by: 'received', from: '2026-03-10', to: '2026-03-13' }],
      },
    ]);
    expect(found.items.map(({ reference }) => reference)).toEqual(['F-before']);
  });

  it('追溯:按分案日期选用的,列出那段时间里分的案件,不看哪天收案', async () => {
    await decidedOn('2026-03-12', 'F-then');
    await fileBatch(later(await desk.person(['filing_clerk']), '2026-03-12'), {
      filings: [{ value: filing({ id: 'F-later' }) }],
      docketedOn: plainDate('2026-03-11'),
    });
    while ((await routeNext(onDay(desk.service, '2026-03-12'), COURT)) !== undefined);
    const listed = async (window: Window): Promise<string[]> => {
      const read = later(author, '2026-03-13');
      const found = await read.service.store.read(COURT, (tx) =>
        tx.releases.decidedIn([window], '2026-03-13T00:00:00+08:00', { limit: 10 }),
      );
      return found.items.map(({ reference }) => reference).sort();
    };
    const [from, to] = [plainDate('2026-03-11'), plainDate('2026-03-12')];
    expect(await listed({ by: 'received', from, to })).toEqual([]);
    expect(await listed({ by: 'docketed', from, to })).toEqual(['F-later']);
    expect(await listed({ by: 'assigned', from, to })).toEqual(['F-later']);
    expect(await listed({ by: 'received', from: plainDate('2026-03-09'), to })).toContain('F-later');
  });
});
