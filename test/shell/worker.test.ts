import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLEAR, type Json, person } from '../support/court.js';
import { noPostgres } from '../support/database.js';
import { openServer } from '../support/engines.js';
import { freePort, Program } from '../support/program.js';
import { Person, SAMPLE_COURT, type Served, serve } from '../support/served.js';

const CLI = fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url));
const BASE = `/api/v1/courts/${encodeURIComponent(SAMPLE_COURT)}`;

const filing = (reference: string): Json => ({
  id: reference,
  court: SAMPLE_COURT,
  matter: 'civil',
  stage: 'first_instance',
  receivedOn: '2026-03-09',
  cause: '民间借贷纠纷',
  amount: '20000.00',
  parties: [person('plaintiff', '甲一', 801), person('defendant', '乙二', 802)],
  facts: { ...CLEAR },
});

describe('on the embedded database', () => {
  it.each([['worker'], ['serve', '--no-jobs']])('%s is refused with what to do', async (...args) => {
    const env = { ...process.env, DATABASE_URL: '' };
    const failed = promisify(execFile)(process.execPath, [CLI, ...args], { env });
    await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(/内置数据库.*DATABASE_URL/) });
  });
});

describe.skipIf(noPostgres)('beside a service that leaves the jobs to workers', () => {
  let database: Awaited<ReturnType<typeof openServer>>;
  let served: Served;
  beforeAll(async () => {
    database = await openServer(4);
    served = await serve({ databaseUrl: database.url, args: ['--no-jobs'] });
  }, 60_000);
  afterAll(async () => {
    await served?.stop();
    await database?.close();
  });

  it('workers route what comes in, answer for themselves, and end in good order', async () => {
    const clerk = await Person.signIn(served.url, served.accounts.filing_clerk);
    const file = async (prefer: string): Promise<{ received: number }> => {
      const content = { filings: [filing(`W-${randomUUID()}`)] };
      const { body } = await clerk.ask('POST', `${BASE}/batches`, content, randomUUID(), { prefer });
      return (body as { counts: { received: number } }).counts;
    };
    expect(await file('wait=1')).toMatchObject({ received: 1 });
    const workers = await Promise.all(
      [0, 1].map(async () => {
        const port = await freePort();
        const url = `http://127.0.0.1:${port}`;
        return {
          url,
          program: new Program({ databaseUrl: database.url, args: ['worker', '--port', String(port)], url }),
        };
      }),
    );
    await Promise.all(workers.map(({ program }) => program.start()));
    expect(await file('wait=30')).toMatchObject({ received: 0 });
    const { body } = await clerk.ask('GET', `${BASE}/filings?state=received`);
    expect((body as { items: unknown[] }).items).toEqual([]);
    for (const { url, program } of workers) {
      expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ ok: true });
      expect(await (await fetch(`${url}/metrics`)).text()).toContain('shouze_job_failures_total 0');
      expect(await program.kill('SIGTERM')).toBe(0);
      expect(program.log()).toContain('首责后台已启动');
    }
    expect(await file('wait=1')).toMatchObject({ received: 1 });
  });
});
