import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseRefused, openPostgres } from '../../../src/shell/db/postgres.js';
import { Connection, DatabaseUnavailable } from '../../../src/shell/db/postgres-connection.js';
import { tlsOf } from '../../../src/shell/db/postgres-tls.js';
import { noPostgres, sharedPostgres } from '../../support/database.js';
import { CERTIFICATE, NO, type TlsProxy, tlsProxy, YES } from '../../support/tls-proxy.js';

describe('the address of a database says how it is encrypted', () => {
  it.each([
    ['', 'disable'],
    ['?sslmode=disable', 'disable'],
    ['?sslmode=prefer', 'prefer'],
    ['?sslmode=verify-full', 'verify-full'],
    ['?ssl=require', 'require'],
  ])('%s', (parameters, mode) => {
    const { url, tls } = tlsOf(`postgres://user:p%40ss@db.court.example:5433/shouze${parameters}`);
    expect([url, tls]).toEqual(['postgres://user:p%40ss@db.court.example:5433/shouze', { mode }]);
  });

  it.each(['?sslmode=on', '?ssl=true', '?sslmode=', '?sslrootcert=/nowhere.crt'])(
    '%s is refused, for it would not be what somebody meant',
    async (parameters) => {
      await expect(openPostgres(`postgres://localhost/shouze${parameters}`)).rejects.toThrow(DatabaseRefused);
    },
  );
});

describe.skipIf(noPostgres !== undefined)('an encrypted connection', () => {
  let folder: string;
  let certificate: string;
  let proxy: TlsProxy;
  let server: URL;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shouze-tls-'));
    certificate = join(folder, 'server.crt');
    writeFileSync(certificate, CERTIFICATE);
    server = new URL(await sharedPostgres());
    proxy = await tlsProxy(Number(server.port));
  });
  afterEach(() => {
    proxy.answer = YES;
  });
  afterAll(() => {
    proxy?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens and closes it; how many connections were encrypted meanwhile. */
  async function tried(host: string, parameters: string): Promise<number> {
    const before = proxy.encrypted;
    const url = new URL(server);
    url.host = `${host}:${proxy.port}`;
    const { sql, close } = await openPostgres(url.href + parameters);
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    await close();
    return proxy.encrypted - before;
  }

  it('is had where the address asks for one', async () => {
    expect(await tried('127.0.0.1', '')).toBe(0);
    expect(await tried('127.0.0.1', '?sslmode=require')).toBe(1);
    expect(await tried('localhost', `?sslmode=verify-full&sslrootcert=${certificate}`)).toBe(1);
    expect(await tried('127.0.0.1', `?sslmode=verify-ca&sslrootcert=${certificate}`)).toBe(1);
  });

  it('is not had from a server that cannot prove who it is', async () => {
    const unproven = [
      ['localhost', '?sslmode=verify-full'],
      ['localhost', '?sslmode=verify-ca'],
      ['127.0.0.1', `?sslmode=verify-full&sslrootcert=${certificate}`],
      ['127.0.0.1', `?sslrootcert=${certificate}`],
    ] as const;
    for (const [host, parameters] of unproven)
      await expect(tried(host, parameters)).rejects.toThrow(DatabaseUnavailable);
  });

  it('is not given up for one in the clear, unless the address says that it may be', async () => {
    proxy.answer = NO;
    await expect(tried('127.0.0.1', '?sslmode=require')).rejects.toThrow('ssl = off');
    expect(await tried('127.0.0.1', '?sslmode=prefer')).toBe(0);
  });

  it('takes no word that came before the encryption for the server’s', async () => {
    proxy.answer = 'S and more';
    await expect(tried('127.0.0.1', '?sslmode=require')).rejects.toThrow('答复不对');
  });

  it('that is given up with half a statement sent ends no more than itself', async () => {
    const lost: Connection[] = [];
    const url = new URL(server);
    url.host = `127.0.0.1:${proxy.port}`;
    url.search = '?sslmode=require';
    const limits = { connectTimeoutMs: 5000, answerTimeoutMs: 1000 };
    const settings = { url: url.href, ...limits, session: {}, parsers: {}, serializers: {} };
    const connection = new Connection(settings, (gone) => lost.push(gone));
    const lengthOf = (text: string) =>
      connection.run((sql) => sql.unsafe('select length($1::text) as length', [text], { prepare: true }));
    expect(await lengthOf('x')).toEqual([{ length: 1 }]);
    proxy.hush();
    await expect(lengthOf('x'.repeat(30_000_000))).rejects.toThrow('1 秒没有完成');
    // An error that nobody catches would come after this, and end the process.
    await setTimeout(200);
    expect(lost).toEqual([connection]);
  });
});
