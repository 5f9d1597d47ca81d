import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRIZZLE } from '../../../src/shell/db/db.js';
import { migrateServer } from '../../../src/shell/db/migrate.js';
import { DatabaseRefused, openPostgres } from '../../../src/shell/db/postgres.js';
import { noPostgres, sharedPostgres } from '../../support/database.js';
import { withDatabase } from '../../support/postgres.js';

describe.skipIf(noPostgres !== undefined)('migrating as a user who is no superuser', () => {
  const name = `u${randomBytes(6).toString('hex')}`;
  let server: postgres.Sql;
  let url: string;
  beforeAll(async () => {
    const address = await sharedPostgres();
    server = postgres(address, { max: 1, onnotice: () => {} });
    await server`create role ${server(name)} login password 'p'`;
    await server`create database ${server(name)}`;
    const own = new URL(withDatabase(address, name));
    own.username = name;
    own.password = 'p';
    url = own.href;
  });
  afterAll(async () => {
    await server?.unsafe(`drop database if exists ${name} with (force)`);
    await server?.unsafe(`drop role if exists ${name}`);
    await server?.end();
  });

  async function migrate(): Promise<void> {
    const { db, close } = await openPostgres(url, { drizzle: DRIZZLE, max: 2 });
    try {
      await migrateServer(db);
    } finally {
      await close();
    }
  }

  it('needs the database and the two roles, says so, and needs nothing else', async () => {
    await expect(migrate()).rejects.toThrow(DatabaseRefused);
    await server`alter database ${server(name)} owner to ${server(name)}`;
    // Roles are the server's: other tests' migrations may have made them already.
    for (const role of ['shouze_app', 'shouze_gate']) {
      const [there] = await server`select from pg_roles where rolname = ${role}`;
      if (!there) await server.unsafe(`create role ${role} nologin`).catch(() => {});
    }
    await expect(migrate()).rejects.toThrow('GRANT shouze_app, shouze_gate');
    await server.unsafe(`grant shouze_app, shouze_gate to ${name}`);
    await migrate();
    await migrate();
  });
});
