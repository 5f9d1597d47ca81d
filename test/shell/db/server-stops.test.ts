/**
 * The database goes away under load and comes back. Six stops in a normal run; `STOPS=20 npx vitest run
 * test/shell/db/server-stops.test.ts` for as many as you like.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPostgres, type Postgres } from '../../../src/shell/db/postgres.js';
import { unavailable } from '../../../src/shell/db/postgres-connection.js';
import { startPostgres, type TestPostgres, whyNotStoppable } from '../../support/postgres.js';

const STOPS = Number(process.env.STOPS ?? '6');
const WORKERS = 8;
const ACKNOWLEDGED_BETWEEN_STOPS = 100;

// No key, so that a row written twice would be there twice.
const notes = pgTable('notes', { worker: integer().notNull(), note: text().notNull() });

/** What became of the calls. */
interface Tally {
  readonly acknowledged: string[];
  readonly refused: unknown[];
  underWay: number;
}

const reason = whyNotStoppable();
if (reason !== undefined) console.warn(`!! SKIPPED: server stops: ${reason}`);

describe.skipIf(reason !== undefined)('when the server stops under load', () => {
  const loose: unknown[] = [];
  const onLoose = (error: unknown) => loose.push(error);
  let server: TestPostgres;
  let database: Postgres<Record<string, never>>;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.dispose());

  beforeEach(async () => {
    loose.length = 0;
    process.on('uncaughtException', onLoose).on('unhandledRejection', onLoose);
    database = await openPostgres(server.url(), { max: WORKERS });
    await database.sql`create table notes (worker int not null, note text not null)`;
  });
  afterEach(async () => {
    await database.sql`drop table notes`;
    await database.close();
    process.off('uncaughtException', onLoose).off('unhandledRejection', onLoose);
  });

  /** Writes and reads back, each time in a transaction of its own, until told to stop. */
  async function write(worker: number, tally: Tally, signal: AbortSignal): Promise<void> {
    for (let count = 0; !signal.aborted; count += 1) {
      const note = `${worker}-${count}`;
      tally.underWay += 1;
      try {
        await database.db.transaction(async (tx) => {
          await tx.insert(notes).values({ worker, note });
          const [row] = await tx.select().from(notes).where(eq(notes.note, note));
          if (row?.worker !== worker) throw new Error(`${note} is not to be seen`);
        });
        tally.acknowledged.push(note);
      } catch (error) {
        tally.refused.push(error);
        await sleep(5);
      } finally {
        tally.underWay -= 1;
      }
    }
  }

  async function stopOften(tally: Tally, stop: () => Promise<void>): Promise<void> {
    for (let count = 0; count < STOPS; count += 1) {
      const enough = tally.acknowledged.length + ACKNOWLEDGED_BETWEEN_STOPS;
      await expect.poll(() => tally.acknowledged.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(enough);
      await stop();
      await server.start();
    }
  }

  it.each([
    ['at once', () => server.stop('immediate')],
    ['in good order', () => server.stop('fast')],
    ['by a kill', () => server.kill()],
  ])(
    '%s, no acknowledged write is lost and every call settles',
    { timeout: 60_000 + STOPS * 10_000 },
    async (_, stop) => {
      const tally: Tally = { acknowledged: [], refused: [], underWay: 0 };
      const end = new AbortController();
      const workers = Array.from({ length: WORKERS }, (_, worker) => write(worker, tally, end.signal));
      await stopOften(tally, stop);
      end.abort();
      await Promise.all(workers);

      // The handles of the time before the stops serve on.
      const found = await database.db.select({ note: notes.note }).from(notes);
      const rows = new Set(found.map(({ note }) => note));
      expect(tally.acknowledged.filter((note) => !rows.has(note))).toEqual([]);
      expect(found.length).toBe(rows.size);
      expect(tally.underWay).toBe(0);
      expect(tally.refused.filter((error) => !unavailable(error))).toEqual([]);
      expect(loose).toEqual([]);
      console.info(
        `${STOPS} stops: ${tally.acknowledged.length} writes acknowledged and kept, ${tally.refused.length} calls ` +
          `refused, ${rows.size - tally.acknowledged.length} written without our hearing of it`,
      );
    },
  );
});
