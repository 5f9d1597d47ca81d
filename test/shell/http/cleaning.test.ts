import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { KEPT } from '../../../src/app/accounts/limits.js';
import { type Db, dbError, rows, schema } from '../../../src/shell/db/db.js';
import { atGate, inCourt } from '../../../src/shell/db/scope.js';
import { clean } from '../../../src/shell/jobs/cleaning.js';
import { Recurring } from '../../../src/shell/jobs/recurring.js';
import { docket } from '../../support/court.js';
import { COURT, openDesk } from '../../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../../support/engines.js';

const NOW = '2026-03-12T02:00:00.000Z';
const USER = '00000000-0000-7000-8000-000000000001';
const DENIED = '42501';
const HOUR_MS = 3_600_000;

/** An instant so many days before now, and seconds after that. */
const ago = (days: number, seconds = 0): string =>
  new Date(Date.parse(NOW) - days * 86_400_000 + seconds * 1000).toISOString();

describe.each(ENGINES)('what nobody asks for any more, on $name', ({ open, missing }) => {
  describe.skipIf(missing)('in the database', () => {
    let opened: OpenedEngine;
    let db: Db;
    beforeAll(async () => {
      opened = await open();
      ({ db } = opened);
    });
    afterAll(() => opened?.close());
    beforeEach(async () => {
      await emptied(db);
      await openDesk(db, docket());
      await db.insert(schema.users).values({ id: USER, login: 'someone', name: '某人', createdAt: ago(400) });
    });

    /** A session by one byte of its digest. */
    const began = (byte: number, { expires = ago(-1), ended = null as string | null } = {}) =>
      db.insert(schema.sessions).values({
        tokenHash: new Uint8Array(32).fill(byte),
        user: USER,
        createdAt: ago(60),
        seenAt: ago(60),
        expiresAt: expires,
        endedAt: ended,
      });
    const answered = (key: string, madeAt: string) =>
      db.insert(schema.requests).values({ principal: USER, key, digest: 'd', answer: { id: key }, madeAt });
    const left = async (): Promise<{ sessions: number[]; requests: string[] }> => ({
      sessions: (await db.select().from(schema.sessions)).map(({ tokenHash }) => tokenHash[0] ?? 0).sort(),
      requests: (await db.select().from(schema.requests)).map(({ key }) => key).sort(),
    });

    it('goes when its days are over, and not before', async () => {
      const { sessionDays, answerDays } = KEPT;
      await began(1, { ended: ago(sessionDays, -1) });
      await began(2, { expires: ago(sessionDays, -1) });
      await began(3, { expires: ago(sessionDays, -1), ended: ago(sessionDays, -60) });
      await began(4, { ended: ago(sessionDays) });
      await began(5, { expires: ago(sessionDays) });
      await began(6, { expires: ago(1), ended: ago(1) });
      await began(7);
      await answered('old', ago(answerDays, -1));
      await answered('on the day', ago(answerDays));
      await answered('new', ago(0));
      const audit = () => rows(db, sql`select seq::int as seq, hash from audit order by court, seq`);
      const before = await audit();
      await clean(db, { now: NOW });
      expect(await left()).toEqual({ sessions: [4, 5, 6, 7], requests: ['new', 'on the day'] });
      expect(before.length).toBeGreaterThan(0);
      expect(await audit()).toEqual(before);
      expect(await rows(db, sql`select id from users where id = ${USER}::uuid`)).toHaveLength(1);
    });

    it('goes few at a time, until nothing of it is left', async () => {
      for (let byte = 0; byte < 5; byte++) await began(byte, { ended: ago(40) });
      for (let number = 0; number < 4; number++) await answered(`old ${number}`, ago(8));
      await answered('new', ago(1));
      let transactions = 0;
      const counted = new Proxy(db, {
        get(target, name) {
          if (name === 'transaction') transactions += 1;
          const found: unknown = Reflect.get(target, name);
          return typeof found === 'function' ? found.bind(target) : found;
        },
      });
      await clean(counted, { now: NOW, atOnce: 2 });
      expect(await left()).toEqual({ sessions: [], requests: ['new'] });
      // Two, two, one, none; two, two, none.
      expect(transactions).toBe(7);
    });

    it('stays where the service is ending', async () => {
      await began(1, { ended: ago(40) });
      await clean(db, { now: NOW, signal: AbortSignal.abort() });
      expect((await left()).sessions).toEqual([1]);
    });

    it('is deleted by two instances at once', async () => {
      for (let byte = 0; byte < 40; byte++) await began(byte, { ended: ago(40) });
      await Promise.all([clean(db, { now: NOW, atOnce: 3 }), clean(db, { now: NOW, atOnce: 4 })]);
      expect((await left()).sessions).toEqual([]);
    });

    it('is all that the gate may delete, and it reads no answer', async () => {
      const refused = (work: Promise<unknown>) =>
        work.then(
          () => undefined,
          (error: unknown) => dbError(error)?.code,
        );
      const gate = (statement: string) => refused(atGate(db, (tx) => tx.execute(sql.raw(statement))));
      expect(await gate('select answer from requests')).toBe(DENIED);
      expect(await gate('select digest from requests')).toBe(DENIED);
      expect(await gate("update requests set made_at = '2020-01-01'")).toBe(DENIED);
      for (const table of ['users', 'postings', 'audit', 'decisions', 'filings'])
        expect([table, await gate(`delete from ${table}`)]).toEqual([table, DENIED]);
      for (const table of ['sessions', 'requests'])
        expect([table, await refused(inCourt(db, COURT, (tx) => tx.execute(sql.raw(`delete from ${table}`))))]).toEqual(
          [table, DENIED],
        );
    });
  });
});

describe('what is done every hour', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test('is done at start, and again after about an hour each time, failures or not', async () => {
    let times = 0;
    const failures: unknown[] = [];
    const hourly = new Recurring(
      60 * 60_000,
      async () => {
        times += 1;
        if (times === 2) throw new Error('away');
      },
      (error) => failures.push(error),
    );
    hourly.start();
    await vi.advanceTimersByTimeAsync(0.89 * HOUR_MS);
    expect(times).toBe(1);
    await vi.advanceTimersByTimeAsync(0.22 * HOUR_MS);
    expect([times, failures.length]).toEqual([2, 1]);
    await vi.advanceTimersByTimeAsync(1.2 * HOUR_MS);
    expect([times, failures.length]).toEqual([3, 1]);
    await hourly.stop();
    await vi.advanceTimersByTimeAsync(10 * HOUR_MS);
    expect(times).toBe(3);
  });

  test('does not come at the same minute on every instance', () => {
    const waits = new Set<number>();
    const set = vi.spyOn(globalThis, 'setTimeout');
    return Promise.all(
      Array.from({ length: 20 }, async () => {
        const hourly = new Recurring(
          60 * 60_000,
          async () => {},
          () => {},
        );
        hourly.start();
        await Promise.resolve();
        await Promise.resolve();
        await hourly.stop();
      }),
    ).then(() => {
      for (const [, wait = 0] of set.mock.calls) waits.add(wait);
      set.mockRestore();
      expect(waits.size).toBeGreaterThan(15);
      for (const wait of waits) expect(Math.abs(wait - HOUR_MS)).toBeLessThanOrEqual(0.1 * HOUR_MS);
    });
  });

  test('is told to end, and waited for, when the service stops', async () => {
    let ended = false;
    const hourly = new Recurring(
      60 * 60_000,
      (signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            ended = true;
            resolve();
          });
        }),
      () => {},
    );
    hourly.start();
    await hourly.stop();
    expect([ended, vi.getTimerCount()]).toEqual([true, 0]);
  });
});
