import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerQuestions } from '../../../src/app/correct-filing.js';
import { fileBatch } from '../../../src/app/file-batch.js';
import { decideHandover, proposeHandover } from '../../../src/app/handover.js';
import type { Context } from '../../../src/app/ports.js';
import { routeNext } from '../../../src/app/route-received.js';
import { verifyChain } from '../../../src/core/audit/chain.js';
import { rows } from '../../../src/shell/db/db.js';
import { atOnce } from '../../support/at-once.js';
import { CLEAR, docket, filing, type Json } from '../../support/court.js';
import { noPostgres } from '../../support/database.js';
import { COURT, openDesk, type TestDesk, TODAY } from '../../support/desk.js';
import { emptied, type OpenedEngine, openServer } from '../../support/engines.js';

const CLIENTS = 40;

const times = <T>(count: number, act: (at: number) => Promise<T>) =>
  Array.from({ length: count }, (_, at) => () => act(at));
const codesOf = (results: readonly PromiseSettledResult<unknown>[]): string[] =>
  results
    .map((result) =>
      result.status === 'fulfilled' ? 'done' : ((result.reason as { code?: string }).code ?? String(result.reason)),
    )
    .sort();

describe.skipIf(noPostgres)('many clients at one court, on a real PostgreSQL', () => {
  let opened: OpenedEngine;
  let desk: TestDesk;
  let clerk: Context;
  beforeAll(async () => {
    opened = await openServer(CLIENTS);
  });
  afterAll(() => opened?.close());
  beforeEach(async () => {
    await emptied(opened.db);
    desk = await openDesk(opened.db, docket());
    clerk = await desk.person(['filing_clerk']);
  });

  const one = async (more: Json = {}) => {
    const [id = ''] = (await desk.file([filing(more)])).values();
    return id;
  };
  const see = async (id: string) => {
    const detail = await desk.views.filing(COURT, id, TODAY);
    if (!detail) throw new Error('it is there');
    return detail;
  };

  it('forty clients assign one case: it has one owner, one decision, one ledger entry', async () => {
    await fileBatch(clerk, { filings: [{ value: filing() }] });
    const results = await atOnce(
      opened,
      CLIENTS,
      times(CLIENTS, () => routeNext(desk.service, COURT)),
    );
    const routed = results.flatMap((result) =>
      result.status === 'fulfilled' && result.value ? [result.value.id] : [],
    );
    expect([routed.length, results.filter(({ status }) => status === 'rejected').length]).toEqual([1, 0]);
    const { owners, decisions } = await see(routed[0] ?? '');
    expect([owners.length, decisions.length]).toEqual([1, 1]);
    const [ledger] = await rows<{ count: number }>(opened.db, sql`select count(*)::int as count from ledger`);
    expect(ledger?.count).toBe(1);
  });

  it('a hundred cases by forty clients: each once, the chain without a fork, loads that add up', async () => {
    const filings = Array.from({ length: 100 }, (_, at) => ({
      value: filing({ id: `F${at}`, cause: '买卖合同纠纷', parties: [], ...parties(at) }),
    }));
    await fileBatch(clerk, { filings });
    const drain = async (): Promise<string[]> => {
      const done: string[] = [];
      for (let next = await routeNext(desk.service, COURT); next; next = await routeNext(desk.service, COURT))
        done.push(next.id);
      return done;
    };
    const results = await atOnce(opened, CLIENTS, times(CLIENTS, drain));
    const done = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    expect([done.length, new Set(done).size]).toEqual([100, 100]);
    const events = await desk.views.auditEvents(COURT, 1, 1000);
    expect(verifyChain(events)).toEqual({ head: await desk.views.auditHead(COURT) });
    const loads = [...((await desk.views.bench(COURT))?.loads ?? [])].map(([, micro]) => micro / 1_000_000);
    expect(loads.reduce((sum, load) => sum + load, 0)).toBe(100);
  });

  it('twenty clerks answer the same question: one answer counts, the others are told', async () => {
    const id = await one({ facts: { ...CLEAR, appraisalNeeded: null } });
    const { version } = (await see(id)).row;
    const answer = (at: number) => answerQuestions(clerk, id, { version, answers: { appraisalNeeded: at % 2 === 0 } });
    const codes = codesOf(await atOnce(opened, CLIENTS, times(20, answer)));
    expect(codes.filter((code) => code === 'done').length).toBe(1);
    expect(new Set(codes)).toEqual(new Set(['done', 'STATE_CONFLICT']));
    expect((await see(id)).decisions.length).toBe(2);
  });

  it('two supervisors decide on one proposal at the same moment: one of them does', async () => {
    const id = await one();
    const { version } = (await see(id)).row;
    await proposeHandover(clerk, id, { version, kind: 'reassign', ground: 'health', note: '-' });
    const [proposal] = (await see(id)).handovers;
    const supervisors = await Promise.all(times(CLIENTS, () => desk.person(['supervisor'])).map((make) => make()));
    const decide = (at: number) =>
      decideHandover(supervisors[at] ?? clerk, id, proposal?.id ?? '', {
        version: 1,
        outcome: at % 2 === 0 ? 'approved' : 'rejected',
      });
    const codes = codesOf(await atOnce(opened, CLIENTS, times(CLIENTS, decide)));
    expect(codes.filter((code) => code === 'done').length).toBe(1);
    expect((await see(id)).owners.filter(({ until }) => until === null).length).toBe(1);
  });

  it('two proposals for one case at the same moment: one of them stands', async () => {
    const id = await one();
    const { version } = (await see(id)).row;
    const propose = () => proposeHandover(clerk, id, { version, kind: 'reassign', ground: 'health', note: '-' });
    expect(codesOf(await atOnce(opened, CLIENTS, times(20, propose))).filter((code) => code === 'done').length).toBe(1);
  });

  it('the same request from twenty connections has one effect and one answer', async () => {
    const request = { principal: clerk.subject.user, key: 'the-same-key', digest: 'd' };
    const results = await atOnce(
      opened,
      CLIENTS,
      times(20, () => fileBatch(clerk, { filings: [{ value: filing() }] }, request)),
    );
    const ids = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []));
    expect(new Set(ids).size).toBe(1);
    expect(codesOf(results).every((code) => code === 'done' || code === 'REQUEST_IN_PROGRESS')).toBe(true);
    const [count] = await rows<{ count: number }>(opened.db, sql`select count(*)::int as count from filings`);
    expect(count?.count).toBe(1);
    expect(await fileBatch(clerk, { filings: [] }, request)).toEqual({ id: ids[0], isNew: true });
    const other = fileBatch(clerk, { filings: [] }, { ...request, digest: 'other' });
    await expect(other).rejects.toMatchObject({ code: 'KEY_REUSED' });
  });

  it('the same 登记号 filed by twenty clerks with different content: one is registered, the others are faulty', async () => {
    const file = (at: number) => fileBatch(clerk, { filings: [{ value: filing({ amount: `${at + 1}000.00` }) }] });
    expect(new Set(codesOf(await atOnce(opened, CLIENTS, times(20, file))))).toEqual(new Set(['done']));
    expect(await desk.views.counts(COURT)).toMatchObject({ received: 1, invalid: 19 });
  });
});

/** Two parties that nobody else has. */
const parties = (at: number): Json => ({
  parties: [
    { role: 'plaintiff', kind: 'person', name: `原告${'甲乙丙丁戊己庚辛壬癸'[at % 10]}${at}号` },
    { role: 'defendant', kind: 'person', name: `被告${'甲乙丙丁戊己庚辛壬癸'[at % 10]}${at}号` },
  ],
});
