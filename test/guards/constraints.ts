import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { type Db, DRIZZLE } from '../../src/shell/db/db.js';
import { EXTENSIONS } from '../../src/shell/db/embedded.js';
import { migrateEmbedded, migrateServer } from '../../src/shell/db/migrate.js';
import { openPostgres } from '../../src/shell/db/postgres.js';
import { HELD } from '../support/constraint-rows.js';
import { CONSTRAINT_KINDS, constraintsOf, tried } from '../support/constraints.js';
import { startPostgres, whyNotStoppable } from '../support/postgres.js';
import type { Removal } from './removal.js';

/** Every constraint of the tables of flows dropped by itself in a fresh database, and what it refused until then tried again. */
export async function withoutConstraints(): Promise<Removal[]> {
  const { db, close } = await (whyNotStoppable() === undefined ? freshServer() : freshEmbedded());
  try {
    const removals: Removal[] = [];
    for (const constraint of await constraintsOf(db)) {
      const { table, name, kind } = constraint;
      const fates = await tried(db, constraint);
      const isMissed = fates.with === 'refused' && fates.without === 'accepted' && HELD[table]?.includes(name);
      const noticed = isMissed ? `flow-constraints.test.ts:${table} ${name}` : undefined;
      const said = isMissed ? '' : `:有它 ${fates.with},没有它 ${fates.without}`;
      removals.push({ kind: CONSTRAINT_KINDS[kind], name: `${table} ${name}${said}`, noticed });
    }
    return removals;
  } finally {
    await close();
  }
}

interface Fresh {
  readonly db: Db;
  close(): Promise<void>;
}

async function freshServer(): Promise<Fresh> {
  const server = await startPostgres();
  const { db, close } = await openPostgres(server.url(), { drizzle: DRIZZLE, max: 2 });
  await migrateServer(db);
  return {
    db,
    close: async () => {
      await close();
      await server.dispose();
    },
  };
}

async function freshEmbedded(): Promise<Fresh> {
  const pglite = await PGlite.create({ extensions: EXTENSIONS });
  await migrateEmbedded(pglite);
  return { db: drizzle(pglite, DRIZZLE), close: () => pglite.close() };
}
