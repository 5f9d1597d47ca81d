import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { fileBatch } from '../../src/app/file-batch.js';
import { actInFlow } from '../../src/app/flows/act-in-flow.js';
import { importDocket } from '../../src/app/import-docket.js';
import { operatorIn } from '../../src/app/permit.js';
import { routeNext } from '../../src/app/route-received.js';
import type { Subject } from '../../src/core/access/can.js';
import { DRIZZLE, rows } from '../../src/shell/db/db.js';
import { openPostgres } from '../../src/shell/db/postgres.js';
import type { Client } from '../../src/shell/db/postgres-client.js';
import { openService } from '../../src/shell/open-service.js';
import { docket, filing, judge } from '../support/court.js';
import { DayClock } from '../support/desk.js';
import { startPostgres, type TestPostgres } from '../support/postgres.js';
import { freePort, KEY, Program } from '../support/program.js';
import { print } from './load.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ENTRY = fileURLToPath(new URL('../support/driven-entry.mjs', import.meta.url));
/** Clocks due in each round; `BENCH_TIMERS=100000` for how late a restart after a long stop makes them. */
const TIMERS = Number(process.env.BENCH_TIMERS ?? '2400');
const WORKERS = (process.env.BENCH_WORKERS ?? '1,4,8').split(',').map(Number);
const COURTS = ['川1527', '川1502', '川0112', '吉0323', '川1521', '川1522', '川1523', '川1524'];
/** Objections to which the others are made alike, a court. */
const PATTERNS = 5;
/** Bare claims are as fast with more. */
const BARE_MAX = 8000;
/** To count what has fired costs more the more there is. */
const LOOK_MS = Math.max(50, TIMERS / 50);
const DAY = '2026-03-12';
/** When the review's reminder is due, and nothing else. */
const DUE = '2026-03-13';

/**
 * Clocks that have come to a stage, let off by so many worker processes over eight courts, each with its paper, its step in the register,
 * its notifications, its entry in the chain and its next stage; beside them bare claims of the same number of rows, with nothing else.
 */
export async function benchTimers(): Promise<void> {
  const server = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'shouze-bench-'));
  const clockFile = join(folder, 'clock');
  try {
    writeFileSync(clockFile, `${DUE}T02:00:00.000Z`);
    await seed(server.url(), TIMERS);
    const bare = await openPostgres(server.url(), { drizzle: DRIZZLE, max: 16 });
    for (const workers of WORKERS) {
      const peer = await claimed(bare.sql, workers);
      const took = await fired(server, clockFile, workers);
      const perSecond = TIMERS / (took.last - took.first);
      print(
        `${workers} workers, ${TIMERS} clocks due in ${COURTS.length} courts: ${perSecond.toFixed(0)}/s; half ${took.half.toFixed(1)} s late, ` +
          `p99 ${took.p99.toFixed(1)} s, the last ${took.last.toFixed(1)} s after the start (first one ${took.first.toFixed(1)} s); ` +
          `bare claims ${peer.toFixed(0)}/s; ratio ${(perSecond / peer).toFixed(2)}`,
      );
      await again(server.url());
    }
    await bare.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.dispose();
  }
}

/** Objections of which each has a clock that is due on the day after. */
async function seed(databaseUrl: string, timers: number): Promise<void> {
  const clock = new DayClock(DAY);
  const open = await openService({ databaseUrl, folder: '', rules: join(ROOT, 'rules'), keys: KEY, clock });
  const { service, db } = open;
  for (const code of COURTS) {
    const subject = operatorIn(code);
    const bench = ['M1', 'M2', 'M3', 'M4', 'M5'].map((id) => judge(id));
    const court = { code, name: `${code}人民法院`, level: 'basic', province: '四川' };
    await importDocket({ subject, service }, docket([], { court, judges: bench }));
    for (let at = 0; at < PATTERNS; at++) {
      const parties = [
        { role: 'plaintiff', kind: 'person', name: `甲${at}` },
        { role: 'defendant', kind: 'person', name: `乙${at}` },
      ];
      const value = filing({ id: `F-${at}`, court: code, receivedOn: DAY, parties });
      await fileBatch({ subject, service }, { filings: [{ value }] });
    }
    while (await routeNext(service, code));
    const held = await rows<{ id: string; version: number; judge: string }>(
      db,
      sql`select f.id::text as id, f.version, o.judge from filings f join owners o on o.matter = f.id where f.court = ${code}`,
    );
    for (const { id, version, judge: owner } of held) {
      const by: Subject = { user: subject.user, court: code, roles: ['judge'], judges: [owner] };
      const claimed = {
        ground: 'missed_first_trial',
        claimedOwner: owner === 'M1' ? 'M2' : 'M1',
        reason: '系该案判决后追偿',
      };
      const objection = { flow: 'first_trial_objection', action: 'object', ...claimed };
      await actInFlow({ subject: by, service }, id, { version, ...objection });
    }
  }
  await open.close();
  await copied(databaseUrl, timers / COURTS.length / PATTERNS - 1);
}

/** Each pattern so many times more: filing, holder, run, register and clock. Of the decision, which no clock here reads, there is one. */
async function copied(databaseUrl: string, times: number): Promise<void> {
  const { sql: run, close } = await openPostgres(databaseUrl, { drizzle: DRIZZLE, max: 1 });
  await run`create temp table copies as select r.court, r.filing as of, r.id as run_of, n, gen_random_uuid() as id, gen_random_uuid() as run
    from flow_runs r, generate_series(1, ${Math.round(times)}::int) n`;
  const tables = [
    ['filings', 'id', `'id', c.id, 'reference', t.reference || '-' || c.n, 'position', c.n`],
    ['matters', 'id', `'id', c.id, 'reference', t.reference || '-' || c.n`],
    ['owners', 'matter', `'matter', c.id, 'id', (select max(id) from owners) + row_number() over ()`],
    ['flow_runs', 'id', `'id', c.run, 'filing', c.id`, 'run_of'],
    ['flow_steps', 'run', `'run', c.run, 'filing', c.id`, 'run_of'],
    ['timers', 'run', `'id', gen_random_uuid(), 'run', c.run, 'filing', c.id`, 'run_of'],
  ] as const;
  for (const [table, by, changes, of = 'of'] of tables) {
    await run.unsafe(`insert into ${table} overriding system value select (made.copy).* from (
      select jsonb_populate_record(t, jsonb_build_object(${changes})) as copy from ${table} t join copies c on c.${of} = t.${by} offset 0) made`);
  }
  await run`analyze`;
  await close();
}

interface Took {
  readonly first: number;
  readonly half: number;
  readonly p99: number;
  readonly last: number;
}

/** Seconds from the start of the workers until so many of the clocks had fired. */
async function fired(server: TestPostgres, clockFile: string, workers: number): Promise<Took> {
  const { sql: run, close } = await openPostgres(server.url(), { drizzle: DRIZZLE, max: 1 });
  const programs = await Promise.all(
    Array.from({ length: workers }, async () => {
      const port = await freePort();
      const args = ['work', String(port), clockFile];
      return new Program({ databaseUrl: server.url(), script: ENTRY, args, url: `http://127.0.0.1:${port}` });
    }),
  );
  const from = performance.now();
  const started = Promise.all(programs.map((each) => each.start()));
  const at: Partial<Record<keyof Took, number>> = {};
  const wanted = { first: 1, half: TIMERS / 2, p99: TIMERS * 0.99, last: TIMERS };
  while (at.last === undefined) {
    const [found] = await run<{ count: number }>`select count(*)::int as count from timers where state = 'fired'`;
    const seconds = (performance.now() - from) / 1000;
    for (const [key, count] of Object.entries(wanted)) {
      if ((found?.count ?? 0) >= count) at[key as keyof Took] ??= seconds;
    }
    await setTimeout(LOOK_MS);
  }
  await started;
  await Promise.all(programs.map((each) => each.kill('SIGTERM')));
  await close();
  return at as Took;
}

/** Bare claims a second: the same rows, claimed and ended in a transaction each, over as many connections. */
async function claimed(bare: Client, connections: number): Promise<number> {
  await bare`drop table if exists bare_timers`;
  await bare`create table bare_timers as select court, id, due_on, state from timers where state = 'running' limit ${BARE_MAX}::int`;
  await bare`create index on bare_timers (court, due_on, id) where state = 'running'`;
  await bare`analyze bare_timers`;
  let count = 0;
  const claim = (court: string): Promise<boolean> =>
    bare.begin(async (tx) => {
      const [one] = await tx<{ id: string }>`select id::text as id from bare_timers
        where court = ${court} and state = 'running' and due_on < ${DUE}::date
        order by bare_timers.due_on, bare_timers.id limit 1 for update skip locked`;
      if (one === undefined) return false;
      await tx`update bare_timers set state = 'fired' where court = ${court} and id = ${one.id}::uuid`;
      count++;
      return true;
    });
  const from = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async (_, at) => {
      for (const court of [...COURTS.slice(at), ...COURTS.slice(0, at)]) while (await claim(court));
    }),
  );
  return (count / (performance.now() - from)) * 1000;
}

/** As it was before the clocks fired. */
async function again(databaseUrl: string): Promise<void> {
  const { sql: run, close } = await openPostgres(databaseUrl, { drizzle: DRIZZLE, max: 1 });
  await run`set session_replication_role = replica`;
  await run`delete from urgings`;
  await run`delete from notifications where action = 'reminder'`;
  await run`delete from flow_steps where kind = 'urge'`;
  await run`delete from timers where state = 'running'`;
  await run`update timers set state = 'running', ended_at = null, late_days = null`;
  await run`update flow_runs set document = jsonb_set(document, '{clock,fired}', '[]')`;
  await close();
}
