import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '../../src/app/accounts/create-user.js';
import { OPERATOR } from '../../src/app/accounts/principal.js';
import { importDocket } from '../../src/app/import-docket.js';
import { operatorIn } from '../../src/app/permit.js';
import { addDays, type PlainDate, plainDate } from '../../src/core/kernel/plain-date.js';
import { accountPorts } from '../../src/shell/account-ports.js';
import { accountStore } from '../../src/shell/db/accounts.js';
import { type Db, rows } from '../../src/shell/db/db.js';
import { type OpenService, openService } from '../../src/shell/open-service.js';
import { docket, filing, judge, lawbook, person, RULES } from '../support/court.js';
import { noPostgres } from '../support/database.js';
import { openServer } from '../support/engines.js';
import { violations } from '../support/invariants.js';
import { freePort, KEY, Program } from '../support/program.js';
import { type Account, Person } from '../support/served.js';

/** A hundred in every run; `npm run crashes` for a night. */
const CYCLES = Number(process.env.CYCLES ?? '100');
const CLIENTS = 4;
const LIVES_AT_MOST_MS = 700;
const ASK_AGAIN_MS = 100;
const THINKS_AT_MOST_MS = 60;
/** Who is killed, each as often as it stands here. */
const VICTIMS = [['server'], ['server'], ['worker'], ['worker'], ['server', 'worker']] as const;
const COURT = '川1527';
const BASE = `/api/v1/courts/${encodeURIComponent(COURT)}`;
const ENTRY = fileURLToPath(new URL('../support/driven-entry.mjs', import.meta.url));
/** M2 takes part in no draw: whoever draws is not the one who is claimed. */
const BENCH = ['M1', 'M2', 'M3', 'M4', 'M5'].map((id) => judge(id, id === 'M2' ? { quota: 0 } : {}));
const OBJECTION = 'first_trial_objection';

/** What somebody is to do with a filing, as it stands in the database. */
interface Standing {
  readonly id: string;
  readonly version: number;
  readonly owner: string;
  readonly plaintiff: string;
  readonly received: string;
  /** States of its open runs, by flow. */
  readonly open: Readonly<Record<string, string>>;
}

/** A request, until somebody has said what became of it: the same key each time. */
interface Asked {
  readonly by: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: string;
  /** What it leaves in the chain where it is done. */
  readonly leaves: string;
}

describe.skipIf(noPostgres)('service and worker are killed in the middle of their work', () => {
  let database: Awaited<ReturnType<typeof openServer>>;
  let open: OpenService;
  let folder: string;
  let url: string;
  let server: Program;
  let worker: Program;
  const accounts = new Map<string, Account>();
  const users = new Map<string, string>();
  let today: PlainDate = plainDate('2026-03-09');

  const moveClock = (to: PlainDate): void => {
    today = to;
    const file = join(folder, 'clock');
    // Whoever reads it sees the one instant or the other.
    writeFileSync(`${file}.new`, `${to}T02:00:00.000Z`);
    renameSync(`${file}.new`, file);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'shouze-'));
    moveClock(today);
    database = await openServer(4);
    const databaseUrl = database.url;
    open = await openService({ databaseUrl, folder: '', rules: RULES, keys: KEY, poolMax: 2 });
    const { service, db } = open;
    await importDocket({ subject: operatorIn(COURT), service }, docket([], { judges: BENCH }));
    const ports = accountPorts(accountStore(db, () => {}));
    const from = service.today();
    const roles = [
      ['clerk', { role: 'filing_clerk' }],
      ['reviewer', { role: 'reviewer' }],
      ['president', { role: 'supervisor' }],
      ...BENCH.map(({ id }) => [id, { role: 'judge', judge: id }]),
    ] as [string, { role: 'filing_clerk' }][];
    for (const [login, posting] of roles) {
      const made = await createUser(ports, OPERATOR, COURT, { login, name: login, postings: [{ ...posting, from }] });
      accounts.set(login, { login, password: made.password });
      users.set(made.user.id, login);
    }
    const program = async (role: string): Promise<[Program, string]> => {
      const port = await freePort();
      const at = `http://127.0.0.1:${port}`;
      const args = [role, String(port), join(folder, 'clock')];
      return [new Program({ databaseUrl, script: ENTRY, args, url: at }), at];
    };
    [server, url] = await program('serve');
    [worker] = await program('work');
    await Promise.all([server.start(), worker.start()]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([server?.kill('SIGKILL'), worker?.kill('SIGKILL')]);
    await open?.close();
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    `${CYCLES} times: nothing acknowledged is lost, nothing is done twice, and all holds after each`,
    async () => {
      const signedIn = new Map<string, Promise<Person>>();
      const as = (login: string): Promise<Person> => {
        const known = signedIn.get(login) ?? Person.signIn(url, accounts.get(login) as Account);
        signedIn.set(login, known);
        known.catch(() => signedIn.delete(login));
        return known;
      };
      /** How often each thing was said to be done. */
      const acknowledged = new Map<string, number>();
      const filed = new Set<string>();
      const refusals = new Set<string>();
      let retries = 0;
      /** Asks until it is told what became of it. */
      const settle = async ({ by, path, body, key, leaves }: Asked): Promise<void> => {
        for (;;) {
          const answer = await as(by)
            .then((one) => one.ask('POST', `${BASE}${path}`, body, key))
            .catch(() => undefined);
          if (answer !== undefined && answer.status < 300) {
            acknowledged.set(leaves, (acknowledged.get(leaves) ?? 0) + 1);
            if (path === '/batches') filed.add((body.filings as { id: string }[])[0]?.id ?? '');
            return;
          }
          if (answer?.status === 401) signedIn.delete(by);
          const { code, errors } = (answer?.body ?? {}) as { code?: string; errors?: { code: string }[] };
          // Whoever asked may not hold it any more.
          if (answer?.status === 403 || (answer?.status === 409 && code !== 'REQUEST_IN_PROGRESS')) {
            refusals.add(errors?.[0]?.code ?? code ?? '');
            return;
          }
          if (answer !== undefined && ![401, 409, 503].includes(answer.status)) {
            throw new Error(`${answer.status} ${JSON.stringify(answer.body)} to ${path} ${JSON.stringify(body)}`);
          }
          retries++;
          await setTimeout(ASK_AGAIN_MS);
        }
      };
      let isOver = false;
      let number = 0;
      const client = async (): Promise<void> => {
        while (!isOver) {
          const standing = randomInt(4) === 0 ? undefined : await some(database.db);
          await settle(standing ? nextOf(standing) : newFiling(++number, today));
          await setTimeout(randomInt(THINKS_AT_MOST_MS));
        }
      };
      const clients = Array.from({ length: CLIENTS }, client);
      const failed = Promise.all(clients);
      failed.catch(() => {});
      const examined = { db: database.db, court: COURT, lawbook, judgesOf: (user: string) => [users.get(user) ?? ''] };
      for (let cycle = 0; cycle < CYCLES; cycle++) {
        if (randomInt(2) === 0) moveClock(addDays(today, 1));
        await Promise.race([setTimeout(randomInt(LIVES_AT_MOST_MS)), failed]);
        const victims = VICTIMS[randomInt(VICTIMS.length)]?.map((one) => ({ server, worker })[one]) ?? [];
        await Promise.all(victims.map((victim) => victim.kill('SIGKILL')));
        const [wrong] = await Promise.all([violations(examined), ...victims.map((victim) => victim.start())]);
        expect(wrong).toEqual([]);
      }
      isOver = true;
      await failed;
      await settled(database.db, today);
      expect(await violations(examined)).toEqual([]);

      const done = await rows<{ leaves: string; count: number }>(
        database.db,
        sql`select concat_ws(' ', subject, body ->> 'flow', body ->> 'step') as leaves, count(*)::int as count from audit
          where action = 'flow.act' group by 1 union all
          select subject || ' closed', count(*)::int from audit where action = 'filing.close' group by 1 union all
          select 'batch', count(*)::int from audit where action = 'batch.file'`,
      );
      expect(Object.fromEntries(done.map(({ leaves, count }) => [leaves, count]))).toEqual(
        Object.fromEntries(acknowledged),
      );
      const stored = await rows<{ reference: string }>(database.db, sql`select reference from filings`);
      expect(stored.map(({ reference }) => reference).toSorted()).toEqual([...filed].toSorted());
      const fired = await rows(database.db, sql`select 1 from timers where state = 'fired'`);
      const ruled = await rows(database.db, sql`select 1 from flow_runs where outcome in ('upheld', 'granted')`);
      // Else it would have shown nothing.
      expect([fired.length > 0, ruled.length > 0, retries > 0]).toEqual([true, true, true]);
      console.info(
        `${CYCLES} kills: ${filed.size} filings, ${[...acknowledged.values()].reduce((sum, each) => sum + each, 0)} acts, ` +
          `${fired.length} clocks fired, ${ruled.length} rulings that moved a case, ${retries} retries; refused: ${[...refusals]}`,
      );
    },
    60_000 + CYCLES * 20_000,
  );
});

/** A filing that somebody holds, any of the last thirty. */
async function some(db: Db): Promise<Standing | undefined> {
  const found = await rows<Standing>(
    db,
    sql`select f.id::text as id, f.version, o.judge as owner, f.document -> 'parties' -> 0 ->> 'name' as plaintiff, f.received_on::text as received,
        (select coalesce(jsonb_object_agg(r.flow, r.state), '{}') from flow_runs r where r.filing = f.id and r.outcome is null) as open
      from filings f join owners o on o.matter = f.id and o.until is null
      where f.state = 'assigned' order by f.created_at desc, f.id limit 30`,
  );
  return found[randomInt(Math.max(found.length, 1))];
}

const newFiling = (number: number, receivedOn: string): Asked => {
  const parties = [
    person('plaintiff', `甲${number}`, number % 900),
    person('defendant', `乙${number}`, (number * 7 + 1) % 900),
  ];
  return {
    by: 'clerk',
    path: '/batches',
    body: { filings: [filing({ id: `F-${number}`, receivedOn, parties })] },
    key: randomUUID(),
    leaves: 'batch',
  };
};

/** What somebody does next with it: mostly what is due, now and again what is not. */
function nextOf({ id, version, owner, plaintiff, received, open }: Standing): Asked {
  const act = (by: string, flow: string, action: string, more = {}): Asked => ({
    by,
    path: `/filings/${id}/flows`,
    body: { version, flow, action, reason: '经审查', ...more },
    key: randomUUID(),
    leaves: `${id} ${flow} ${action}`,
  });
  const object = act(owner, OBJECTION, 'object', {
    ground: randomInt(3) === 0 ? 'not_first_trial' : 'missed_first_trial',
    ...(randomInt(8) > 0 && { claimedOwner: 'M2' }),
  });
  const { [OBJECTION]: objection, recusal } = open;
  const choices: Asked[] = [object];
  if (objection !== undefined) {
    choices.push(act('reviewer', OBJECTION, 'uphold'), act('reviewer', OBJECTION, 'reject'));
    choices.push(act(owner, OBJECTION, 'withdraw'));
  }
  if (recusal === undefined) choices.push(act('clerk', 'recusal', 'apply', { onBehalfOf: plaintiff }));
  else choices.push(act('president', 'recusal', 'grant'), act('president', 'recusal', 'refuse'));
  if (recusal === 'refused') choices.push(act('clerk', 'recusal', 'reconsider', { onBehalfOf: plaintiff }));
  if (randomInt(6) === 0) {
    const body = { version, closure: 'judgment', closedOn: received };
    choices.push({ by: owner, path: `/filings/${id}/closure`, body, key: randomUUID(), leaves: `${id} closed` });
  }
  return choices[randomInt(choices.length)] ?? object;
}

/** Until nothing waits for the worker. */
async function settled(db: Db, today: PlainDate): Promise<void> {
  for (;;) {
    const [left] = await rows<{ count: number }>(
      db,
      sql`select (select count(*) from filings where state = 'received')::int
        + (select count(*) from timers where state = 'running' and due_on < ${today}::date)::int as count`,
    );
    if (left?.count === 0) return;
    await setTimeout(50);
  }
}
