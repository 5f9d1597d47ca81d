import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import { DRIZZLE, dbError } from './db.js';
import { DatabaseRefused } from './postgres.js';

/** The SQL of `migrations/`, beside `src` and beside `dist`. */
const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url));

export const migrateEmbedded = (pglite: PGlite): Promise<void> =>
  migratePglite(drizzlePglite(pglite, DRIZZLE), { migrationsFolder: MIGRATIONS });

/** insufficient_privilege */
const SQLSTATE_PRIVILEGE = '42501';

/**
 * Instances that start together migrate one after the other.
 * @throws DatabaseRefused where our user may not do what the migrations do
 */
export async function migrateServer(db: PostgresJsDatabase<typeof DRIZZLE.schema>): Promise<void> {
  const migrated = db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('shouze migrations', 0))`);
    // Its own connection waits for nothing that this transaction holds but the lock.
    await migratePostgres(db, { migrationsFolder: MIGRATIONS });
  });
  await migrated.catch((error: unknown) => {
    if (dbError(error)?.code !== SQLSTATE_PRIVILEGE) throw error;
    throw new DatabaseRefused(
      '数据库用户的权限不够，建不了服务的表。请数据库管理员让它做这个数据库的所有者，并且执行 ' +
        'CREATE ROLE shouze_app NOLOGIN; CREATE ROLE shouze_gate NOLOGIN; GRANT shouze_app, shouze_gate TO 这个用户;',
      { cause: error },
    );
  });
}
