import { sql } from 'drizzle-orm';
import type { Db } from './db.js';

/**
 * Runs a transaction inside one court: as the role that owns no table, with the court that row-level security goes by. Both settings
 * end with the transaction; at session level the next user of a pooled connection would inherit them.
 */
export const inCourt = <T>(db: Db, court: string, work: (tx: Db) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('role', 'shouze_app', true), set_config('shouze.court', ${court}, true)`);
    return work(tx);
  });

/** Runs a transaction that signs people in: it sees accounts, roles and the names of courts, and no case. */
export const atGate = <T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('role', 'shouze_gate', true)`);
    return work(tx);
  });

/**
 * One look out of a court's transaction at what of all courts may be counted: as the role that sees no case. Nothing may be written in it,
 * and where it fails the transaction has failed.
 */
export async function beyondCourts<T>(tx: Db, look: () => Promise<T>): Promise<T> {
  await tx.execute(sql`select set_config('role', 'shouze_gate', true)`);
  const seen = await look();
  await tx.execute(sql`select set_config('role', 'shouze_app', true)`);
  return seen;
}
