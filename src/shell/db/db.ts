import { DrizzleQueryError, type ExtractTablesWithRelations, type SQL, sql } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import * as accounts from './schema/accounts.js';
import * as court from './schema/court.js';
import * as flows from './schema/flows.js';
import * as releases from './schema/releases.js';

export const schema = { ...court, ...flows, ...accounts, ...releases };

/** Both engines and their transactions, as one type. Raw queries go through `rows`, failures through `dbError`. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>;

/** How databases are opened: columns are written in snake case. */
export const DRIZZLE = { schema, casing: 'snake_case' } as const;

/**
 * The rows of a raw query: postgres.js gives an array, PGlite an object with `rows`. Cast every bigint and count in the query
 * (`::int`, `::text`): the two engines give them as different types.
 */
export async function rows<T>(db: Pick<Db, 'execute'>, query: SQL): Promise<T[]> {
  const result: unknown = await db.execute(query);
  return (Array.isArray(result) ? [...result] : (result as { rows: T[] }).rows) as T[];
}

/** An instant as documents write it, in UTC. */
export const iso = (column: SQL): SQL => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Whether the database answers now. */
export const answers = (db: Db): Promise<boolean> =>
  rows(db, sql`select 1 as one`).then(
    (found) => found.length === 1,
    () => false,
  );

/** Whether a column is one of some texts, however many; null is none of them. */
export const isAmong = (column: SQL, texts: readonly string[]): SQL =>
  sql`coalesce(${column} in (select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb)), false)`;

/** What a database refused. `constraint` is named the same whichever engine refused it. */
export interface DbError {
  /** SQLSTATE. */
  readonly code: string;
  readonly constraint?: string;
}

/** The database's refusal inside an error, if it is one. */
export function dbError(error: unknown): DbError | undefined {
  const cause: unknown = error instanceof DrizzleQueryError ? error.cause : error;
  if (typeof cause !== 'object' || cause === null || !('code' in cause) || typeof cause.code !== 'string')
    return undefined;
  if (!/^[0-9A-Z]{5}$/.test(cause.code)) return undefined;
  const { constraint, constraint_name } = cause as { constraint?: unknown; constraint_name?: unknown };
  const name = constraint ?? constraint_name;
  return { code: cause.code, ...(typeof name === 'string' && { constraint: name }) };
}

/** A list in pieces: a statement takes 65,535 parameters. */
export const chunksOf = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));

/** An array as PostgreSQL writes it: one parameter on either engine. Only for uuids, which need no quoting. */
export const uuidArray = (ids: readonly string[]): string => `{${ids.join(',')}}`;

/** Whether an error is the violation of that unique constraint or index. */
export const violates = (error: unknown, constraint: string): boolean => dbError(error)?.constraint === constraint;
