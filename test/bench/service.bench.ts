import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Logger } from 'drizzle-orm/logger';
import pino from 'pino';
import { v7 } from 'uuid';
import { createUser } from '../../src/app/accounts/create-user.js';
import { OPERATOR } from '../../src/app/accounts/principal.js';
import { fileBatch } from '../../src/app/file-batch.js';
import { importDocket } from '../../src/app/import-docket.js';
import { operatorIn } from '../../src/app/permit.js';
import { routeNext } from '../../src/app/route-received.js';
import type { Docket } from '../../src/core/documents/docket.js';
import { accountPorts } from '../../src/shell/account-ports.js';
import { accountStore } from '../../src/shell/db/accounts.js';
import { DRIZZLE } from '../../src/shell/db/db.js';
import { openPostgres } from '../../src/shell/db/postgres.js';
import type { Value } from '../../src/shell/db/postgres-client.js';
import { serve } from '../../src/shell/http/serve.js';
import { openService } from '../../src/shell/open-service.js';
import { CLEAR, identityNumber, type Json, person } from '../support/court.js';
import { startPostgres } from '../support/postgres.js';
import { Person } from '../support/served.js';
import { load, percentile, print } from './load.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILINGS = Number(process.env.BENCH_FILINGS ?? '400');
const CLIENTS = [1, 8, 32];
const COURT = '川1599';
/** Where the bare writes go: a chain of their own, which the service does not append to. */
const BARE_COURT = '川0001';
const docket = JSON.parse(readFileSync(join(ROOT, 'docs/sample/docket.json'), 'utf8')) as Docket;

const filing = (at: number): Json => ({
  id: `B-${randomUUID()}`,
  court: COURT,
  matter: 'civil',
  stage: 'first_instance',
  receivedOn: '2026-03-09',
  cause: '买卖合同纠纷',
  amount: '20000.00',
  parties: [
    { ...person('plaintiff', `原告${at % 997}甲`), idNumber: identityNumber(at % 900) },
    { ...person('defendant', `被告${at % 991}乙`), idNumber: identityNumber((at * 7 + 3) % 900) },
  ],
  facts: { ...CLEAR },
});

/** Every statement that goes to the database while it is on. */
class Recorder implements Logger {
  readonly statements: { readonly query: string; readonly params: unknown[] }[] = [];
  on = false;

  logQuery(query: string, params: unknown[]): void {
    if (this.on) this.statements.push({ query, params });
  }
}

/**
 * Route and store through HTTP, beside the very same row writes done bare: the statements that one filing writes are recorded, and sent
 * again with other ids, in one transaction each, over the same driver, in turns with the service.
 */
export async function benchService(): Promise<void> {
  const server = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'shouze-bench-'));
  try {
    const url = server.url('postgres');
    const settings = {
      databaseUrl: url,
      folder,
      rules: join(ROOT, 'rules'),
      keys: `k1:${'1d'.repeat(32)}`,
      poolMax: 40,
    };
    const open = await openService(settings);
    const subject = operatorIn(COURT);
    const imported = performance.now();
    await importDocket({ subject, service: open.service }, docket);
    print(`import of ${docket.cases.length} cases: ${((performance.now() - imported) / 1000).toFixed(1)} s`);
    const writes = await recordWrites(settings);
    const accounts = accountPorts(accountStore(open.db, () => {}));
    const user = {
      login: 'bench',
      name: '基准',
      postings: [{ role: 'filing_clerk' as const, from: open.service.today() }],
    };
    const { password } = await createUser(accounts, OPERATOR, COURT, user);
    const serving = await serve(open, {
      host: '127.0.0.1',
      port: 0,
      version: 'bench',
      logger: pino({ level: process.env.BENCH_LOG ?? 'silent' }),
      environment: {},
      trial: false,
    });
    const base = serving.url;
    const clerks = await Promise.all(CLIENTS.map(() => Person.signIn(base, { login: 'bench', password })));
    const bare = await openPostgres(url, { drizzle: DRIZZLE, max: 40 });
    let at = 0;
    const throughHttp = async (_: number, client: number): Promise<void> => {
      const clerk = clerks[client % clerks.length] as Person;
      const path = `/api/v1/courts/${encodeURIComponent(COURT)}/batches`;
      const { status, body } = await clerk.ask('POST', path, { filings: [filing(at++)] }, randomUUID(), {
        prefer: 'wait=30',
      });
      if (status !== 201 || (body as { counts: { received: number } }).counts.received !== 0)
        throw new Error(`${status}`);
    };
    const seq = { last: 0 };
    await bare.sql`insert into audit_heads (court, seq, hash) values (${BARE_COURT}, 0, '')`;
    const alone = async (): Promise<void> => {
      const fresh = new Map<string, string>();
      await bare.sql.begin(async (tx) => {
        for (const { query, params } of writes) await tx.unsafe(query, again(query, params, fresh, seq) as Value[]);
      });
    };
    print(`writes of one filing: ${writes.length} statements`);
    await load(8, 50, throughHttp);
    await load(8, 50, alone);
    for (const clients of CLIENTS) {
      // In turns, so that the machine's other work falls on both.
      const [one, two, three, four] = [
        await load(clients, FILINGS / 2, throughHttp),
        await load(clients, FILINGS / 2, alone),
        await load(clients, FILINGS / 2, throughHttp),
        await load(clients, FILINGS / 2, alone),
      ];
      const service = [one, three].map(({ perSecond }) => perSecond);
      const peer = [two, four].map(({ perSecond }) => perSecond);
      const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
      print(
        `${String(clients).padStart(2)} clients: route + store ${mean(service).toFixed(0)}/s (p50 ${three.p50.toFixed(1)} ms, p99 ${three.p99.toFixed(1)} ms); ` +
          `bare writes ${mean(peer).toFixed(0)}/s (p50 ${four.p50.toFixed(1)} ms, p99 ${four.p99.toFixed(1)} ms); ratio ${(mean(service) / mean(peer)).toFixed(2)}`,
      );
    }
    const [before, batch, after] = [
      await load(1, FILINGS / 2, alone),
      await batchOf(1000, clerks[0] as Person),
      await load(1, FILINGS / 2, alone),
    ];
    const serial = (before.perSecond + after.perSecond) / 2;
    print(
      `one batch of 1000 filings, which a court routes one after the other: ${batch.toFixed(0)}/s; bare writes one after the other ` +
        `${serial.toFixed(0)}/s; ratio ${(batch / serial).toFixed(2)}`,
    );
    await bare.close();
    await serving.stop();
    await open.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.dispose();
  }
}

/** Filings a second, from the request to the last one routed. */
async function batchOf(size: number, clerk: Person): Promise<number> {
  const filings = Array.from({ length: size }, (_, at) => filing(at));
  const started = performance.now();
  const path = `/api/v1/courts/${encodeURIComponent(COURT)}/batches`;
  const { body } = await clerk.ask('POST', path, { filings }, randomUUID(), { prefer: 'wait=30' });
  const { received } = (body as { counts: { received: number } }).counts;
  return (size - received) / ((performance.now() - started) / 1000);
}

/** What one filing writes, from receipt to routed. */
async function recordWrites(settings: Parameters<typeof openService>[0]): Promise<Recorder['statements']> {
  const recorder = new Recorder();
  const open = await openService({ ...settings, logger: recorder });
  recorder.on = true;
  await fileBatch({ subject: operatorIn(COURT), service: open.service }, { filings: [{ value: filing(1) }] });
  while ((await routeNext(open.service, COURT)) !== undefined);
  recorder.on = false;
  await open.close();
  return recorder.statements.filter(({ query }) => /^\s*(insert|update|delete|with)\b/i.test(query));
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const DIGEST = /^[0-9a-f]{64}$/;

/** The same values for another filing: ids, digests and places in the chain are new, everything else is as it was. */
function again(
  query: string,
  params: readonly unknown[],
  fresh: Map<string, string>,
  seq: { last: number },
): unknown[] {
  const idOf = (id: string): string => {
    const known = fresh.get(id) ?? v7();
    fresh.set(id, known);
    return known;
  };
  return params.map((value) => {
    if (value === COURT) return BARE_COURT;
    if (typeof value === 'number' && /"audit(_heads)?"/.test(query)) return ++seq.last;
    if (typeof value !== 'string') return value;
    if (value.startsWith('B-')) return `B-${randomUUID()}`;
    if (DIGEST.test(value) && /"batches"/.test(query)) return randomUUID().replaceAll('-', '').repeat(2);
    return value.replaceAll(UUID, idOf);
  });
}

/** From nothing to the first answer, and over the data that the first start left. */
export async function benchStarts(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shouze-bench-'));
  const starts: number[][] = [[], []];
  try {
    for (let round = 0; round < 3; round++) {
      for (const [place, list] of starts.entries()) {
        if (place === 0) rmSync(folder, { recursive: true, force: true });
        list.push(await timeToAnswer(folder));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const median = (list: readonly number[] = []): string =>
    (
      (percentile(
        [...list].sort((a, b) => a - b),
        0.5,
      ) ?? 0) / 1000
    ).toFixed(1);
  print(
    `npm start, embedded database, median of 3: first ${median(starts[0])} s (with the sample court), second ${median(starts[1])} s`,
  );
  print(`pages: ${firstLoad()}`);
}

async function timeToAnswer(folder: string): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const from = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'dist/main/start.js'), '--data', folder, '--port', String(port)], {
    stdio: 'ignore',
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  for (;;) {
    const isUp = await fetch(`http://127.0.0.1:${port}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) break;
  }
  const took = performance.now() - from;
  child.kill('SIGTERM');
  await gone;
  return took;
}

/** What a browser loads before it shows the desk, gzipped, and everything that the pages may load. */
function firstLoad(): string {
  const folder = join(ROOT, 'dist/web');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
  const sizeOf = (path: string): number => gzipSync(readFileSync(join(folder, path))).length;
  const all = readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`);
  const kilobytes = (paths: readonly string[]): string =>
    `${(paths.reduce((sum, path) => sum + sizeOf(path), 0) / 1000).toFixed(0)} kB`;
  return `first load ${kilobytes(named)} gzip (${named.length} files), all ${kilobytes(all)}`;
}
