import { setTimeout as sleep } from 'node:timers/promises';
import { sql as text } from 'drizzle-orm';
import { bigint, date, numeric, pgTable, timestamp } from 'drizzle-orm/pg-core';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  DatabaseRefused,
  openPostgres,
  type Postgres,
  type PostgresOptions,
  refusal,
} from '../../../src/shell/db/postgres.js';
import type { Transaction, Value } from '../../../src/shell/db/postgres-client.js';
import { DatabaseUnavailable } from '../../../src/shell/db/postgres-connection.js';
import {
  cloneDatabase,
  noPostgres,
  sharedPostgres,
  type TestDatabase,
  templateDatabase,
} from '../../support/database.js';
import { withDatabase } from '../../support/postgres.js';
import { type TcpProxy, tcpProxy } from '../../support/tcp-proxy.js';

type Database = Postgres<Record<string, never>>;

async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  await sql`create table notes (note text not null)`;
  await sql.end();
}

const sound = {
  version: '18.4',
  versionNumber: 180_004,
  synchronousCommit: 'on',
  fsync: 'on',
  encoding: 'UTF8',
  localeProvider: 'c',
  ctype: 'C.UTF-8',
};

describe('a server that could lose what was acknowledged is refused', () => {
  it.each([
    [{}, undefined],
    [{ synchronousCommit: 'local' }, undefined],
    [{ version: '15.0', versionNumber: 150_000 }, undefined],
    [{ version: '14.19', versionNumber: 140_019 }, /^数据库是 PostgreSQL 14.19,需要 15/],
    [{ fsync: 'off' }, /fsync = on/],
    [{ synchronousCommit: 'off' }, /ALTER SYSTEM SET synchronous_commit = on/],
    [{ encoding: 'SQL_ASCII' }, /编码是 SQL_ASCII/],
  ])('%j', (facts, reason) => {
    if (reason === undefined) expect(refusal({ ...sound, ...facts })).toBeUndefined();
    else expect(refusal({ ...sound, ...facts })).toMatch(reason);
  });

  it.each(['', 'mysql://localhost/shouze', 'postgres://a:5432,b:5432/shouze', 'postgres://a,b/shouze'])(
    'and so is the address %j',
    async (url) => {
      await expect(openPostgres(url)).rejects.toThrow(DatabaseRefused);
    },
  );
});

describe.skipIf(noPostgres !== undefined)('PostgreSQL', () => {
  const opened: Database[] = [];
  let server: string;
  let clone: TestDatabase;
  let proxy: TcpProxy;

  /** Opens the file's database, by the proxy. */
  async function open(options: PostgresOptions = {}, parameters = ''): Promise<Database> {
    const url = new URL(clone.url);
    url.host = `127.0.0.1:${proxy.port}`;
    const database = await openPostgres(url.href + parameters, { max: 2, ...options });
    opened.push(database);
    return database;
  }

  const notesOf = async ({ sql }: Database): Promise<string[]> =>
    (await sql<{ note: string }>`select note from notes order by note`).map(({ note }) => note);

  beforeAll(async () => {
    server = await sharedPostgres();
    clone = await cloneDatabase(server, await templateDatabase(server, migrate, 'notes'));
    proxy = await tcpProxy(Number(new URL(server).port));
  });
  afterEach(async () => {
    proxy.weather = 'clear';
    await Promise.all(opened.splice(0).map((database) => database.close()));
    await (await open()).sql`truncate notes`;
  });
  afterAll(async () => {
    proxy?.close();
    await clone?.drop();
  });

  describe('when it is opened', () => {
    it('says what must be changed where acknowledged writes could be lost', async () => {
      await expect(open({}, '?synchronous_commit=off')).rejects.toThrow('synchronous_commit=off');
      const admin = await open();
      const name = new URL(clone.url).pathname.slice(1);
      await admin.sql.unsafe(`alter database ${name} set synchronous_commit = off`);
      await expect(open()).rejects.toThrow(DatabaseRefused);
      await admin.sql.unsafe(`alter database ${name} reset synchronous_commit`);
    });

    it('notes that no Chinese character is a letter to it, and serves all the same', async () => {
      const name = `${new URL(clone.url).pathname.slice(1)}_c`;
      const { sql } = await open();
      await sql.unsafe(`create database ${name} template template0 encoding 'UTF8' locale 'C'`);
      const plain = await openPostgres(withDatabase(server, name));
      expect(plain.notes.join()).toContain('LC_CTYPE 是 C');
      await plain.close();
      await sql.unsafe(`drop database ${name}`);
      expect((await open()).notes).toEqual([]);
    });

    it('has limits on the time of statements, locks and idle transactions', async () => {
      const limits = { statementTimeoutMs: 1000, lockTimeoutMs: 2000, idleInTransactionTimeoutMs: 3000 };
      const { sql } = await open({ ...limits, applicationName: '分案' });
      const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
      const settings = await Promise.all(
        names.map(async (name) => (await sql<{ it: string }>`select current_setting(${name}) as it`)[0]?.it),
      );
      expect(settings).toEqual(['1s', '2s', '3s']);
    });

    it('is unavailable where nobody listens, by its name and without the password', async () => {
      const url = 'postgres://clerk:secret@127.0.0.1:1/court';
      const error = await openPostgres(url).catch((reason) => reason);
      expect(error).toBeInstanceOf(DatabaseUnavailable);
      expect(`${error.stack} ${error.cause.stack}`).not.toContain('secret');
    });

    it.each(['silent', 'refusing', 'dropping'] as const)('is unavailable in time on a %s network', async (weather) => {
      proxy.weather = weather;
      await expect(open({ connectTimeoutMs: 200 })).rejects.toThrow(DatabaseUnavailable);
    });
  });

  it('gives large and exact numbers and times as text', async () => {
    const { sql, db } = await open();
    const raw = await sql`select 9007199254740993::int8 as a, 0.10::numeric as b, date '2026-03-09' as c, 7::int as d`;
    expect([...raw]).toEqual([{ a: '9007199254740993', b: '0.10', c: '2026-03-09', d: 7 }]);
    const values = pgTable('values_of_types', {
      amount: numeric({ precision: 18, scale: 2 }),
      large: bigint({ mode: 'bigint' }),
      day: date({ mode: 'string' }),
      at: timestamp({ withTimezone: true, mode: 'string' }),
    });
    await sql`create temporary table if not exists values_of_types
      (amount numeric(18, 2), large int8, day date, at timestamptz)`;
    const row = { amount: '120000.00', large: 9007199254740993n, day: '2026-03-09', at: '2026-03-09T00:00:00+08:00' };
    await db.insert(values).values(row);
    const [back] = await db.select().from(values);
    expect(back).toMatchObject({ amount: '120000.00', large: 9007199254740993n, day: '2026-03-09' });
    expect(new Date(back?.at ?? '').toISOString()).toBe('2026-03-08T16:00:00.000Z');
  });

  it('serves on after a statement that it refuses and after a parameter that cannot be sent', async () => {
    const { sql } = await open({ max: 1 });
    const backend = async () => (await sql<{ pid: number }>`select pg_backend_pid() as pid`)[0]?.pid;
    const before = await backend();
    await expect(sql`select 1 / 0`).rejects.toMatchObject({ code: '22012' });
    await expect(sql`select ${undefined as unknown as Value}`).rejects.toMatchObject({ code: 'UNDEFINED_VALUE' });
    await expect(sql`select ${new Date() as unknown as Value}::timestamptz`).rejects.toThrow(TypeError);
    expect(await backend()).toBe(before);
    expect(await notesOf({ sql } as Database)).toEqual([]);
  });

  describe('a transaction', () => {
    it('is kept whole, and gives what its work gives', async () => {
      const database = await open();
      const given = await database.sql.begin(async (tx) => {
        await Promise.all([tx`insert into notes values ('a')`, tx`insert into notes values ('b')`]);
        return 7;
      });
      expect([given, await notesOf(database)]).toEqual([7, ['a', 'b']]);
    });

    it('gives each of the statements sent at once its own answer', async () => {
      const database = await open();
      const answers = await database.sql.begin(async (tx) => {
        const echo = (value: string | undefined) => tx`select ${value as Value}::text`;
        await echo('prepared');
        return Promise.allSettled([echo('a'), echo(undefined), echo('b')]);
      });
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });

    it('is undone whole when its work fails', async () => {
      const database = await open();
      const work = database.sql.begin(async (tx) => {
        await tx`insert into notes values ('a')`;
        throw new RangeError('no');
      });
      await expect(work).rejects.toThrow(new RangeError('no'));
      expect(await notesOf(database)).toEqual([]);
    });

    it('that swallows the failure of a statement does not pass for done', async () => {
      const database = await open();
      const work = database.sql.begin(async (tx) => {
        await tx`insert into notes values ('a')`;
        await tx`insert into notes values (${null})`.catch(() => {});
        await tx`insert into notes values ('b')`.catch(() => {});
        return 'done';
      });
      await expect(work).rejects.toMatchObject({ code: '23502' });
      expect(await notesOf(database)).toEqual([]);
    });

    it('goes on after a part of it that failed', async () => {
      const database = await open();
      await database.db.transaction(async (tx) => {
        await tx.execute(text`insert into notes values ('a')`);
        const part = tx.transaction(async (inner) => {
          await inner.execute(text`insert into notes values ('b')`);
          await inner.execute(text`select 1 / 0`);
        });
        await expect(part).rejects.toThrow();
        await tx.transaction((inner) => inner.execute(text`insert into notes values ('c')`));
      });
      expect(await notesOf(database)).toEqual(['a', 'c']);
    });

    it('takes no statement after its end', async () => {
      const database = await open({ max: 1 });
      const tx = await database.sql.begin(async (inner) => inner);
      await expect(tx`insert into notes values ('late')`).rejects.toThrow('after the end');
      expect(await notesOf(database)).toEqual([]);
    });

    it('whose connection is lost does not go on elsewhere', async () => {
      const database = await open();
      const after: unknown[] = [];
      const callback = async (tx: Transaction) => {
        const [own] = await tx<{ pid: number }>`select pg_backend_pid() as pid`;
        await tx`insert into notes values ('before')`;
        await database.sql`select pg_terminate_backend(${own?.pid ?? 0})`;
        await sleep(50);
        after.push(await tx`insert into notes values ('after')`.catch((error) => error));
        after.push(await tx.savepoint((inner) => inner`insert into notes values ('inside')`).catch((error) => error));
      };
      let ended = Promise.resolve();
      const work = database.sql.begin((tx) => {
        ended = callback(tx);
        return ended;
      });
      await expect(work).rejects.toThrow(DatabaseUnavailable);
      await ended;
      expect(after).toEqual([expect.any(DatabaseUnavailable), expect.any(DatabaseUnavailable)]);
      expect(await notesOf(database)).toEqual([]);
    });

    it('that never ends is ended, by the server or by us', async () => {
      const idle = await open({ max: 1, idleInTransactionTimeoutMs: 100 });
      await expect(idle.sql.begin(() => new Promise(() => {}))).rejects.toThrow(DatabaseUnavailable);
      const busy = await open({ max: 1, transactionTimeoutMs: 100 });
      const forever = busy.sql.begin(async (tx) => {
        for (;;) await tx`select 1`;
      });
      await expect(forever).rejects.toThrow('0.1 秒');
      expect(await notesOf(idle)).toEqual(await notesOf(busy));
    });
  });

  describe('a call settles', () => {
    it('when the server ends a statement that takes too long, and keeps the connection', async () => {
      const { sql } = await open({ statementTimeoutMs: 100 });
      await expect(sql`select pg_sleep(5)`).rejects.toMatchObject({ code: '57014' });
    });

    it('when the network goes silent, and the next call is served', async () => {
      const database = await open({ statementTimeoutMs: 200, graceMs: 100, connectTimeoutMs: 200 });
      await database.sql`select 1`;
      proxy.weather = 'silent';
      await expect(database.sql`select 1`).rejects.toThrow(DatabaseUnavailable);
      await expect(database.sql.begin((tx) => tx`select 1`)).rejects.toThrow(DatabaseUnavailable);
      proxy.weather = 'clear';
      expect(await notesOf(database)).toEqual([]);
    });

    it('when every connection is taken, and who waited long enough is served', async () => {
      const { sql } = await open({ max: 1, freeTimeoutMs: 300 });
      const long = sql.begin((tx) => tx`select pg_sleep(0.6)`);
      const early = expect(sql`select 1`).rejects.toThrow('1 个数据库连接都在使用');
      await sleep(400);
      const late = sql`select 1`;
      await Promise.all([long, early]);
      await expect(late).resolves.toHaveLength(1);
    });

    it('when the connection that it waits for is lost', async () => {
      const { sql } = await open({ max: 1 });
      const lost = expect(sql`select pg_terminate_backend(pg_backend_pid())`).rejects.toThrow(DatabaseUnavailable);
      const waiting = sql`select 1`;
      await lost;
      await expect(waiting).resolves.toHaveLength(1);
    });

    it('when the database is closed under it', async () => {
      const { sql, close } = await open({ max: 1 });
      const short = sql`select pg_sleep(0.1)`;
      const waiting = expect(sql`select 1`).rejects.toThrow(DatabaseUnavailable);
      await sleep(50);
      await close();
      await Promise.all([short, waiting]);
      await expect(sql`select 1`).rejects.toThrow('已经关闭');

      const other = await open({ max: 1 });
      const long = expect(other.sql`select pg_sleep(5)`).rejects.toThrow('正在关闭');
      await sleep(50);
      await other.close(50);
      await long;
    });
  });

  it('does not lend a connection that was lost while it lay idle', async () => {
    const watcher = await open();
    const database = await open({ applicationName: 'idle' });
    await watcher.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'idle'`;
    await sleep(50);
    expect(await notesOf(database)).toEqual([]);
  });

  it('is given back every connection, those too that were given up', async () => {
    const watcher = await open();
    const count = async () => {
      const [row] = await watcher.sql<{ count: number }>`
        select count(*)::int as count from pg_stat_activity where application_name = 'watched'`;
      return row?.count;
    };
    const database = await open({ applicationName: 'watched', max: 4, transactionTimeoutMs: 200 });
    await Promise.all(Array.from({ length: 20 }, () => database.sql`select pg_sleep(0.01)`));
    expect(await count()).toBe(4);
    await expect(database.sql.begin(() => new Promise(() => {}))).rejects.toThrow(DatabaseUnavailable);
    await expect.poll(count).toBe(3);
    await database.close();
    await expect.poll(count).toBe(0);
  });
});

describe.skipIf(noPostgres !== undefined)('databases for tests', () => {
  it('come from one template, however many ask for it at once, and do not see each other', async () => {
    const url = await sharedPostgres();
    let migrations = 0;
    const once = async (fresh: string) => {
      migrations += 1;
      await migrate(fresh);
    };
    const templates = await Promise.all([1, 2, 3].map(() => templateDatabase(url, once, 'asked_at_once')));
    expect([new Set(templates).size, migrations]).toEqual([1, 1]);
    const clones = await Promise.all(templates.map((template) => cloneDatabase(url, template)));
    const counts = await Promise.all(
      clones.map(async (one) => {
        const { sql, close } = await openPostgres(one.url);
        await sql`insert into notes values ('mine')`;
        const rows = await sql`select 1 from notes`;
        await close();
        await one.drop();
        return rows.length;
      }),
    );
    expect(counts).toEqual([1, 1, 1]);
    await expect(openPostgres(clones[0]?.url ?? '')).rejects.toThrow('does not exist');
  });

  it('are not made from a template whose migration failed', async () => {
    const url = await sharedPostgres();
    const broken = () => Promise.reject(new Error('broken migration'));
    await expect(templateDatabase(url, broken, 'broken')).rejects.toThrow('broken migration');
    const clone = await cloneDatabase(url, await templateDatabase(url, migrate, 'broken'));
    await clone.drop();
  });
});
