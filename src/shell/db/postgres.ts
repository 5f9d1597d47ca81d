import type { DrizzleConfig } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { invariant } from '../../core/kernel/result.js';
import { type Client, clientOn } from './postgres-client.js';
import { Pool } from './postgres-pool.js';
import { tlsOf } from './postgres-tls.js';

/** A server that must not be used as it is set up; the message says what to change. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
}

/** How the database is opened. Every time is in milliseconds. */
export interface PostgresOptions<S extends Record<string, unknown> = Record<string, never>> {
  readonly drizzle?: DrizzleConfig<S>;
  readonly applicationName?: string;
  /** Connections at most. */
  readonly max?: number;
  readonly connectTimeoutMs?: number;
  /** How long a statement may run. The server ends it. There is always a limit: 0 is refused. */
  readonly statementTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
  /** How long a transaction may wait for us between statements. The server ends it. */
  readonly idleInTransactionTimeoutMs?: number;
  /** How long a whole transaction may take. We end it. */
  readonly transactionTimeoutMs?: number;
  /** How long to wait for a free connection. */
  readonly freeTimeoutMs?: number;
  /** How much longer than `statementTimeoutMs` we wait for the answer before we give the server up. */
  readonly graceMs?: number;
}

/** An open PostgreSQL. */
export interface Postgres<S extends Record<string, unknown>> {
  readonly db: PostgresJsDatabase<S>;
  /** The same connections without drizzle. */
  readonly sql: Client;
  /** What the person who runs the server should know, though nothing is refused for it. */
  readonly notes: readonly string[];
  /** Waits for what is under way, at most so long, and closes the connections. */
  close(deadlineMs?: number): Promise<void>;
}

const DEFAULTS = {
  applicationName: 'shouze',
  max: 10,
  connectTimeoutMs: 10_000,
  statementTimeoutMs: 30_000,
  lockTimeoutMs: 10_000,
  idleInTransactionTimeoutMs: 30_000,
  transactionTimeoutMs: 300_000,
  freeTimeoutMs: 10_000,
  graceMs: 5_000,
};
const CLOSE_MS = 5_000;

/**
 * Opens PostgreSQL for production. Every call on it settles, whatever becomes of the server.
 * @throws DatabaseRefused where the server's settings could lose what was acknowledged
 * @throws DatabaseUnavailable where it cannot be reached
 */
export async function openPostgres<S extends Record<string, unknown> = Record<string, never>>(
  url: string,
  options: PostgresOptions<S> = {},
): Promise<Postgres<S>> {
  const address = refusedUrl(url);
  if (address !== undefined) throw new DatabaseRefused(address);
  const { drizzle: config, ...settings } = { ...DEFAULTS, ...options };
  invariant(settings.statementTimeoutMs > 0, 'a statement has a limit');
  const types: DrizzleTypes = { parsers: {}, serializers: {} };
  const pool = new Pool({
    url,
    ...types,
    max: settings.max,
    connectTimeoutMs: settings.connectTimeoutMs,
    answerTimeoutMs: settings.statementTimeoutMs + settings.graceMs,
    freeTimeoutMs: settings.freeTimeoutMs,
    session: {
      application_name: settings.applicationName,
      statement_timeout: settings.statementTimeoutMs,
      lock_timeout: settings.lockTimeoutMs,
      idle_in_transaction_session_timeout: settings.idleInTransactionTimeoutMs,
    },
  });
  const sql = clientOn(pool, settings.transactionTimeoutMs);
  const db = drizzle<S>(Object.assign(sql, { options: types }) as unknown as postgres.Sql, config ?? {});
  const close = (deadlineMs = CLOSE_MS) => pool.close(deadlineMs);
  try {
    return { sql, db, notes: await examine(sql), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type DrizzleTypes = Pick<postgres.ParsedOptions, 'parsers' | 'serializers'>;

/** What a server says of itself. */
export interface ServerFacts {
  readonly version: string;
  /** The version as a number: 150018 for 15.18. */
  readonly versionNumber: number;
  readonly synchronousCommit: string;
  readonly fsync: string;
  readonly encoding: string;
  /** `c` where the locale of the operating system decides what a letter is. */
  readonly localeProvider: string | null;
  readonly ctype: string;
}

const VERSION_MIN = 150_000;

async function examine(sql: Client): Promise<string[]> {
  const [facts] = await sql<ServerFacts>`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as "versionNumber",
      current_setting('synchronous_commit') as "synchronousCommit", current_setting('fsync') as fsync,
      current_setting('server_encoding') as encoding, datctype as ctype,
      to_jsonb(pg_database) ->> 'datlocprovider' as "localeProvider"
    from pg_database where datname = current_database()`;
  invariant(facts, 'a database knows its own name');
  const reason = refusal(facts);
  if (reason !== undefined) throw new DatabaseRefused(reason);
  return notes(facts);
}

/** Why a server must not be used as it is set up; nothing where it may be. */
export function refusal({
  version,
  versionNumber,
  synchronousCommit,
  fsync,
  encoding,
}: ServerFacts): string | undefined {
  if (versionNumber < VERSION_MIN) return `数据库是 PostgreSQL ${version},需要 15 或者更高的版本,请升级后再启动`;
  if (fsync === 'off') {
    return '数据库设置了 fsync=off,断电会损坏数据。请在 postgresql.conf 里改为 fsync = on,重新加载配置后再启动';
  }
  if (synchronousCommit === 'off') {
    return (
      '数据库设置了 synchronous_commit=off,数据库中断时会丢失已经答复成功的分案。请执行 ' +
      'ALTER SYSTEM SET synchronous_commit = on; SELECT pg_reload_conf(); ' +
      '角色、数据库或者连接地址里有同名设置的也要去掉,然后再启动'
    );
  }
  if (encoding !== 'UTF8') {
    return `数据库的编码是 ${encoding},存不下生僻字人名。请用 CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0 另建数据库`;
  }
  return undefined;
}

function notes({ localeProvider, ctype }: ServerFacts): string[] {
  if (localeProvider !== 'c' || !['C', 'POSIX'].includes(ctype)) return [];
  return [`数据库的 LC_CTYPE 是 ${ctype},汉字不算作文字;以后启用模糊检索前,请用 C.UTF-8 另建数据库`];
}

function refusedUrl(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const known = parsed && ['postgres:', 'postgresql:'].includes(parsed.protocol) && !parsed.hostname.includes(',');
  if (!known) return '数据库地址应当写成 postgres://用户:密码@主机:端口/库名,只写一台主机';
  try {
    tlsOf(url);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
