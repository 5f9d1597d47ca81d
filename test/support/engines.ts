import { PGlite } from '@electric-sql/pglite';
import { getTableName, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { type Db, DRIZZLE, schema } from '../../src/shell/db/db.js';
import { EXTENSIONS } from '../../src/shell/db/embedded.js';
import { migrateEmbedded, migrateServer } from '../../src/shell/db/migrate.js';
import { openPostgres } from '../../src/shell/db/postgres.js';
import { cloneDatabase, noPostgres, sharedPostgres, templateDatabase } from './database.js';

export interface OpenedEngine {
  readonly db: Db;
  /** Of a PostgreSQL; for a second process, or a second pool. */
  readonly url?: string;
  close(): Promise<void>;
}

export interface Engine {
  readonly name: 'PGlite' | 'PostgreSQL';
  /** Why it cannot be tried here; for `describe.skipIf`. */
  readonly missing: string | undefined;
  /** An empty database, migrated, of one test file. */
  open(): Promise<OpenedEngine>;
}

/** The embedded database and a real server: every test of the storage runs on both. */
export const ENGINES: readonly Engine[] = [
  {
    name: 'PGlite',
    missing: undefined,
    open: async () => {
      const pglite = await PGlite.create({ extensions: EXTENSIONS });
      await migrateEmbedded(pglite);
      return { db: drizzle(pglite, DRIZZLE), close: () => pglite.close() };
    },
  },
  { name: 'PostgreSQL', missing: noPostgres, open: () => openServer() },
];

/** A migrated database on the run's server, with as many connections as are asked for. */
export async function openServer(max = 10): Promise<OpenedEngine & { readonly url: string }> {
  const server = await sharedPostgres();
  const template = await templateDatabase(server, migrated);
  const database = await cloneDatabase(server, template);
  const { db, close } = await openPostgres(database.url, { drizzle: DRIZZLE, max });
  return {
    db,
    url: database.url,
    close: async () => {
      await close();
      await database.drop();
    },
  };
}

/** Takes everything out of a database, which only its superuser can, past every trigger. */
export async function emptied(db: Db): Promise<void> {
  const tables = Object.values(schema).map((table) => sql.identifier(getTableName(table)));
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`truncate ${sql.join(tables, sql`, `)} cascade`);
  });
}

async function migrated(url: string): Promise<void> {
  const { db, close } = await openPostgres(url, { drizzle: DRIZZLE, max: 2 });
  await migrateServer(db);
  await close();
}
