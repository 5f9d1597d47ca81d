import { randomInt, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditEvent, verifyChain } from '../../src/core/audit/chain.js';
import { type Db, rows } from '../../src/shell/db/db.js';
import { CLEAR, type Json, person } from '../support/court.js';
import { noPostgres } from '../support/database.js';
import { openServer } from '../support/engines.js';
import { Person, SAMPLE_COURT, type Served, serve } from '../support/served.js';

/** Fifty in every run; `KILLS=500` for a night. */
const KILLS = Number(process.env.KILLS ?? '50');
const BATCH = 30;
const LIVES_AT_MOST_MS = 900;
const BASE = `/api/v1/courts/${encodeURIComponent(SAMPLE_COURT)}`;

const filing = (reference: string, at: number): Json => ({
  id: reference,
  court: SAMPLE_COURT,
  matter: 'civil',
  stage: 'first_instance',
  receivedOn: '2026-03-09',
  cause: '民间借贷纠纷',
  amount: '20000.00',
  parties: [person('plaintiff', '甲一', at % 900), person('defendant', '乙二', (at * 7 + 1) % 900)],
  facts: { ...CLEAR },
});

/** A batch as a client sends it, until somebody has said that it is there. */
interface Sent {
  readonly key: string;
  readonly filings: readonly Json[];
  id?: string;
}

describe.skipIf(noPostgres)('the service is killed in the middle of its work', () => {
  let database: Awaited<ReturnType<typeof openServer>>;
  let served: Served;
  beforeAll(async () => {
    database = await openServer(4);
    served = await serve({ databaseUrl: database.url });
  }, 60_000);
  afterAll(async () => {
    await served?.stop();
    await database?.close();
  });

  it(
    `${KILLS} times: no acknowledged filing is lost, none is decided twice, none is left half done`,
    async () => {
      const clerk = await Person.signIn(served.url, served.accounts.filing_clerk);
      const sent: Sent[] = [];
      let number = 0;
      const send = async (batch: Sent): Promise<void> => {
        const { status, body } = await clerk.ask('POST', `${BASE}/batches`, { filings: batch.filings }, batch.key);
        if (status === 201) batch.id = (body as { id: string }).id;
        else if (status !== 409) throw new Error(`unexpected ${status}`);
      };
      for (let kill = 0; kill < KILLS; kill++) {
        const dying = new Promise<void>((resolve) => {
          setTimeout(() => resolve(served.kill('SIGKILL')), randomInt(LIVES_AT_MOST_MS));
        });
        let isDead = false;
        const dead = dying.then(() => {
          isDead = true;
        });
        while (!isDead) {
          const open = sent.find(({ id }) => id === undefined);
          const filings = Array.from({ length: BATCH }, () => filing(`K-${++number}`, number));
          const batch = open ?? { key: randomUUID(), filings };
          if (!open) sent.push(batch);
          // No answer: the client does not know, and asks again with the same key after the restart.
          await send(batch).catch(() => {});
        }
        await dead;
        await served.start();
      }
      for (const batch of sent) if (batch.id === undefined) await send(batch);
      await settled(database.db);
      await expectWhole(database.db, sent);
    },
    KILLS * 20_000,
  );
});

/** Until nothing waits to be routed: asks the database, which the service works on meanwhile. */
async function settled(db: Db): Promise<void> {
  for (;;) {
    const [left] = await rows<{ count: number }>(
      db,
      sql`select count(*)::int as count from filings where state = 'received'`,
    );
    if (left?.count === 0) return;
    await db.execute(sql`select pg_sleep(0.1)`);
  }
}

async function expectWhole(db: Db, sent: readonly Sent[]): Promise<void> {
  const filed = await rows<{
    reference: string;
    batch: string;
    state: string;
    decision: number;
    decisions: number;
    owners: number;
    entries: number;
    clocks: number;
    events: number;
  }>(
    db,
    sql`select f.reference, f.batch::text as batch, f.state, f.decision,
        (select count(*)::int from decisions d where d.filing = f.id) as decisions,
        (select count(*)::int from owners o where o.matter = f.id) as owners,
        (select count(*)::int from ledger l where l.matter = f.id) as entries,
        (select count(*)::int from clocks c where c.filing = f.id) as clocks,
        (select count(*)::int from audit a where a.subject = f.id::text and a.action = 'filing.decide') as events
      from filings f`,
  );
  const expected = sent.flatMap(({ id, filings }) => filings.map((each) => `${id} ${each.id}`));
  expect(filed.map(({ batch, reference }) => `${batch} ${reference}`).sort()).toEqual(expected.sort());
  for (const { reference, state, clocks, ...counts } of filed) {
    const held = state === 'assigned' ? 1 : 0;
    expect([reference, counts]).toEqual([
      reference,
      expect.objectContaining({ decision: 1, decisions: 1, owners: held, entries: held, events: 1 }),
    ]);
    expect([reference, clocks > 0]).toEqual([reference, true]);
  }
  const events = await rows<AuditEvent>(
    db,
    sql`select court, seq::int as seq, at, actor::text as actor, action, subject, body, previous, hash from audit order by seq`,
  );
  expect(verifyChain(events).broken).toBeUndefined();
  const [balance] = await rows<{ same: boolean }>(
    db,
    sql`select bool_and(l.amount = (select sum(amount) from ledger e where e.court = l.court and e.judge = l.judge)) as same from loads l`,
  );
  expect(balance?.same).toBe(true);
}
