/** Databases for tests: a migrated template, made once in a run, and a copy of it for each test file. */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import postgres from 'postgres';
import { inject } from 'vitest';
import { withDatabase } from './postgres.js';
import './postgres-global.js';

/** Any number that nothing else on the server locks by. */
const TEMPLATE_LOCK = 7_303_014;

/** A database of one test file. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Why the tests on PostgreSQL must be skipped; nothing where they can run. For `describe.skipIf`. */
export const noPostgres: string | undefined = inject('postgres').reason;

/** The address of the run's server: its database for maintenance. Starts the server if nobody has. */
export async function sharedPostgres(): Promise<string> {
  const { port, reason } = inject('postgres');
  if (reason !== undefined) throw new Error(reason);
  const { url, error } = JSON.parse(await text(connect(port, '127.0.0.1')));
  if (error !== undefined) throw new Error(error);
  return url;
}

/**
 * Makes a template by migrating an empty database, once in a run whichever process asks first.
 * @returns its name
 */
export async function templateDatabase(
  url: string,
  migrate: (url: string) => Promise<void>,
  name = 'template',
): Promise<string> {
  const database = inject('postgres').prefix + name;
  await onServer(url, async (sql) => {
    await sql`select pg_advisory_lock(${TEMPLATE_LOCK})`;
    const [existing] = await sql<{ ready: boolean }[]>`
      select datistemplate as ready from pg_database where datname = ${database}`;
    if (existing?.ready) return;
    // One that is not a template yet was left by a migration that failed.
    if (existing) await sql`drop database ${sql(database)} with (force)`;
    await sql`create database ${sql(database)}`;
    await migrate(withDatabase(url, database));
    await sql`alter database ${sql(database)} is_template true`;
  });
  return database;
}

/** A copy of a template. Drop it after the file's tests. */
export async function cloneDatabase(url: string, template: string): Promise<TestDatabase> {
  const name = `${inject('postgres').prefix}${randomBytes(6).toString('hex')}`;
  await onServer(url, (sql) => sql`create database ${sql(name)} template ${sql(template)}`);
  const drop = () => onServer(url, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
  return { url: withDatabase(url, name), drop };
}

async function onServer(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
