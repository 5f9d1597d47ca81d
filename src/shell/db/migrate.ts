import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import { DRIZZLE } from './db.js';

/** The SQL of `migrations/`, beside `src` and beside `dist`. */
const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url));

export const migrateEmbedded = (pglite: PGlite): Promise<void> =>
  migratePglite(drizzlePglite(pglite, DRIZZLE), { migrationsFolder: MIGRATIONS });

/** Instances that start together migrate one after the other. */
export async function migrateServer(db: PostgresJsDatabase<typeof DRIZZLE.schema>): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('shouze migrations', 0))`);
    // Its own connection waits for nothing that this transaction holds but the lock.
    await migratePostgres(db, { migrationsFolder: MIGRATIONS });
  });
}
