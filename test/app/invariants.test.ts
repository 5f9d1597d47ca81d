import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { actInFlow } from '../../src/app/flows/act-in-flow.js';
import { rows } from '../../src/shell/db/db.js';
import { docket, filing, JUDGES, lawbook } from '../support/court.js';
import { COURT, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, type OpenedEngine } from '../support/engines.js';
import { violations } from '../support/invariants.js';

/** The examination of a court's invariants: what a hand in the database did, it has to see. */
let opened: OpenedEngine;
let desk: TestDesk;
let decider = '';
beforeAll(async () => {
  const [embedded] = ENGINES;
  if (embedded === undefined) throw new Error('there is an embedded engine');
  opened = await embedded.open();
  const bench = JUDGES.map((each) => (each.id === 'M2' ? { ...each, quota: 0 } : each));
  desk = await openDesk(opened.db, docket([], { judges: bench }));
  const [id = ''] = (await desk.file([filing({ receivedOn: TODAY })])).values();
  const owner = (await desk.views.filing(COURT, id, TODAY))?.row.judge?.id ?? '';
  const judge = await desk.person(['judge'], [owner]);
  const reviewer = await desk.person(['reviewer']);
  decider = reviewer.subject.user;
  const act = async (by: typeof judge, action: string, more = {}) => {
    const [row] = await rows<{ version: number }>(opened.db, sql`select version from filings`);
    await actInFlow(by, id, { version: row?.version ?? 0, flow: OBJECTION, action, reason: '有前案', ...more });
  };
  await act(judge, 'object', { ground: 'missed_first_trial', claimedOwner: 'M2' });
  await act(reviewer, 'reject');
});
afterAll(() => opened?.close());

const OBJECTION = 'first_trial_objection';
const found = (judgesOf: (user: string) => readonly string[] = () => []): Promise<string[]> =>
  violations({ db: opened.db, court: COURT, lawbook, judgesOf });

/** Looks at what a hand did, and takes it back. */
async function after(...hands: SQL[]): Promise<string> {
  const seen: string[] = [];
  await opened.db
    .transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      for (const hand of hands) await tx.execute(hand);
      seen.push(...(await violations({ db: tx, court: COURT, lawbook, judgesOf: () => [] })));
      throw new Error('taken back');
    })
    .catch(() => {});
  return seen.join('\n');
}

it('finds nothing wrong with what the service did', async () => {
  expect(await found()).toEqual([]);
});

it.each([
  ['nobody holds an assigned filing', [sql`delete from owners`], /is assigned and held by null/],
  ['a ledger entry is gone', [sql`delete from ledger`], /weighs 0[\s\S]*load of/],
  ['a run stands where no step led', [sql`update flow_runs set state = 'upheld'`], /its steps lead to rejected/],
  ['a step is missing', [sql`delete from flow_steps where number = 2`], /its steps lead to under_review/],
  [
    'a step that no flow has',
    [sql`update flow_steps set action = 'uphold' where number = 2`],
    /uphold from under_review/,
  ],
  [
    'a clock runs for a run that is over',
    [sql`update timers set state = 'running', ended_at = null`],
    /objection_review runs for a run that is rejected/,
  ],
  [
    'a clock fired early',
    [sql`update timers set state = 'fired', late_days = 1, due_on = '2026-03-20', ended_at = '2026-03-12T02:00:00Z'`],
    /due 2026-03-20[\s\S]*stages told, 1 clocks fired/,
  ],
  ['an act was changed', [sql`update audit set body = '{}' where action = 'flow.act'`], /the chain/],
  ['an act is missing', [sql`delete from audit where seq = (select max(seq) from audit)`], /the chain says/],
  ['a decision is missing', [sql`update filings set decision = 2`], /decisions and acts differ/],
  [
    'a ground was heard twice',
    [
      sql`drop index flow_runs_ground_once`,
      sql`insert into flow_runs (court, id, filing, flow, number, state, ground, once, outcome, document, opened_at, changed_at)
        select court, gen_random_uuid(), filing, flow, 2, state, ground, once, outcome, document, opened_at, changed_at from flow_runs`,
    ],
    /heard twice/,
  ],
])('%s: it sees that', async (_, hands, seen) => {
  expect(await after(...hands)).toMatch(seen);
});

it('sees who decided on what concerns them', async () => {
  expect(await found((user) => (user === decider ? ['M2'] : []))).toEqual([
    expect.stringMatching(/reject on .*: by one of/),
  ]);
});
