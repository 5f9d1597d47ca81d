import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import pino from 'pino';
import { createUser } from '../../src/app/accounts/create-user.js';
import { OPERATOR } from '../../src/app/accounts/principal.js';
import { importDocket } from '../../src/app/import-docket.js';
import { operatorIn } from '../../src/app/permit.js';
import type { Role } from '../../src/core/access/can.js';
import { accountPorts } from '../../src/shell/account-ports.js';
import { accountStore } from '../../src/shell/db/accounts.js';
import { rows } from '../../src/shell/db/db.js';
import { serve } from '../../src/shell/http/serve.js';
import { openService } from '../../src/shell/open-service.js';
import { docket, filing, judge, person } from '../support/court.js';
import { startPostgres } from '../support/postgres.js';
import { KEY } from '../support/program.js';
import { Person } from '../support/served.js';
import { type Load, load, print } from './load.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILINGS = Number(process.env.BENCH_OBJECTIONS ?? '300');
const CLIENTS = [1, 8];
const COURT = '川1527';
const BASE = `/api/v1/courts/${encodeURIComponent(COURT)}`;
const JUDGES = ['M1', 'M2', 'M3', 'M4', 'M5'];

/** What each step of an objection costs through HTTP, beside a filing that is received, routed and stored in the same run. */
export async function benchObjections(): Promise<void> {
  const server = await startPostgres();
  const open = await openService({
    databaseUrl: server.url(),
    folder: '',
    rules: join(ROOT, 'rules'),
    keys: KEY,
    poolMax: 20,
  });
  try {
    const { service, db } = open;
    const today = service.today();
    await importDocket({ subject: operatorIn(COURT), service }, docket([], { judges: JUDGES.map((id) => judge(id)) }));
    const serving = await serve(open, {
      host: '127.0.0.1',
      port: 0,
      version: 'bench',
      logger: pino({ level: 'silent' }),
      environment: {},
      trial: false,
    });
    const accounts = accountPorts(accountStore(db, () => {}));
    const signedIn = async (login: string, posting: { role: Role; judge?: string }): Promise<Person> => {
      const user = { login, name: login, postings: [{ ...posting, from: today }] };
      const { password } = await createUser(accounts, OPERATOR, COURT, user);
      return Person.signIn(serving.url, { login, password });
    };
    const clerk = await signedIn('clerk', { role: 'filing_clerk' });
    const reviewer = await signedIn('reviewer', { role: 'reviewer' });
    const judges = new Map<string, Person>();
    for (const id of JUDGES) judges.set(id, await signedIn(`judge-${id}`, { role: 'judge', judge: id }));

    let number = 0;
    const file = async (): Promise<void> => {
      const at = ++number;
      const parties = [person('plaintiff', `甲${at}`, at % 900), person('defendant', `乙${at}`, (at * 7 + 1) % 900)];
      const filings = [filing({ id: `F-${at}`, receivedOn: today, parties })];
      await sent(clerk, '/batches', { filings }, { prefer: 'wait=30' });
    };
    await load(4, 30, file);
    for (const clients of CLIENTS) {
      const filed = await load(clients, FILINGS, file);
      const held = await rows<{ id: string; owner: string }>(
        db,
        sql`select f.id::text as id, o.judge as owner from filings f join owners o on o.matter = f.id and o.until is null
          where f.state = 'assigned' and not exists (select from flow_runs r where r.filing = f.id) order by f.id limit ${FILINGS}::int`,
      );
      const step = (
        by: (owner: string) => Person | undefined,
        more: Readonly<Record<string, unknown>>,
      ): Promise<Load> =>
        load(clients, held.length, async (at) => {
          const { id, owner } = held[at] ?? { id: '', owner: '' };
          const { body } = await clerk.ask('GET', `${BASE}/filings/${id}`, undefined);
          const { version } = (body as { row: { version: number } }).row;
          const from = performance.now();
          const claimed = owner === 'M1' ? 'M2' : 'M1';
          const given = more.action === 'object' ? { claimedOwner: claimed } : {};
          await sent(by(owner), `/filings/${id}/flows`, { version, flow: 'first_trial_objection', ...more, ...given });
          return performance.now() - from;
        });
      const object = { action: 'object', ground: 'missed_first_trial', reason: '系该案判决后追偿' };
      const objected = await step((owner) => judges.get(owner), object);
      const rejected = await step(() => reviewer, { action: 'reject', reason: '不是同一事实' });
      print(
        `${clients} clients, ${held.length} of each: file and route ${told(filed)}; object ${told(objected, filed)}; decide ${told(rejected, filed)}`,
      );
    }
    await serving.stop();
  } finally {
    await open.close();
    await server.dispose();
  }
}

async function sent(by: Person | undefined, path: string, body: unknown, headers = {}): Promise<void> {
  const answer = await by?.ask('POST', `${BASE}${path}`, body, randomUUID(), headers);
  if (answer === undefined || answer.status >= 300)
    throw new Error(`${answer?.status} ${JSON.stringify(answer?.body)}`);
}

const told = ({ p50, p99 }: Load, beside?: Load): string =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms${beside ? ` (${(p50 / beside.p50).toFixed(2)} of filing one)` : ''}`;
