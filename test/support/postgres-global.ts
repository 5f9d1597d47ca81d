/** Vitest's global set-up: one PostgreSQL for the whole run, started when the first test asks for it. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { givenUrl, startPostgres, type TestPostgres, whyNoPostgres } from './postgres.js';

/** What a test is told of the run's server. */
export interface PostgresRun {
  /** The port where the run's own process answers with the server's address, once it runs. */
  readonly port: number;
  /** How the names of the run's databases begin. */
  readonly prefix: string;
  readonly reason?: string | undefined;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresRun;
  }
}

/** Answers whoever connects with the address of the server, which the first one starts. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prefix = `shouze_test_${randomBytes(4).toString('hex')}_`;
  const reason = whyNoPostgres();
  if (reason !== undefined) console.warn(`\n!! SKIPPED: every test on PostgreSQL: ${reason}\n`);
  let started: Promise<TestPostgres> | undefined;
  const address = async (): Promise<string> => {
    const given = givenUrl();
    if (given !== undefined) return given;
    started ??= startPostgres();
    return (await started).url();
  };
  const desk = createServer((socket) => {
    socket.on('error', () => {});
    address().then(
      (url) => socket.end(JSON.stringify({ url })),
      (error) => socket.end(JSON.stringify({ error: String(error) })),
    );
  }).listen(0, '127.0.0.1');
  await once(desk, 'listening');
  project.provide('postgres', { port: (desk.address() as AddressInfo).port, prefix, reason });
  return async () => {
    desk.close();
    const given = givenUrl();
    if (given !== undefined && reason === undefined) await dropAll(given, prefix);
    await (await started?.catch(() => undefined))?.dispose();
  };
}

/** Removes what the run left on a server that lives on. */
async function dropAll(url: string, prefix: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const left = await sql<{ name: string }[]>`
    select datname as name from pg_database where starts_with(datname, ${prefix})`;
  for (const { name } of left) {
    await sql`alter database ${sql(name)} is_template false`;
    await sql`drop database ${sql(name)} with (force)`;
  }
  await sql.end();
}
