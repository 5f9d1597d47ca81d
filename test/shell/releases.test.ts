import { sql } from 'drizzle-orm';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileBatch } from '../../src/app/file-batch.js';
import type { Context } from '../../src/app/ports.js';
import { seeRelease } from '../../src/app/releases/see-releases.js';
import { routeNext } from '../../src/app/route-received.js';
import { shanghaiDay } from '../../src/shell/clock.js';
import { rows } from '../../src/shell/db/db.js';
import { KeyRing } from '../../src/shell/db/key-ring.js';
import { StoredEditions } from '../../src/shell/db/stored-editions.js';
import { serve } from '../../src/shell/http/serve.js';
import { work } from '../../src/shell/http/work.js';
import { type OpenService, openService } from '../../src/shell/open-service.js';
import { filing, RULES } from '../support/court.js';
import { noPostgres } from '../support/database.js';
import { COURT, openDesk, type TestDesk } from '../support/desk.js';
import { openServer } from '../support/engines.js';
import { approved, drafted, PARAMETERS, proposed, reworded } from '../support/rules-desk.js';

const EVE = '2026-03-19T02:00:00.000Z';
const MIDNIGHT = '2026-03-19T16:00:00.000Z';
const STEP_MS = 50;
const EACH_SIDE = 60;

/** The clock of every process of a test; each look at it moves it on. */
class TickingClock {
  ms = Date.parse(EVE);
  stepMs = 0;
  readonly now = (): string => {
    this.ms += this.stepMs;
    return new Date(this.ms).toISOString();
  };
  readonly today = () => shanghaiDay(new Date(this.ms).toISOString());
}

describe.skipIf(noPostgres)('几个进程用一个数据库', () => {
  let database: Awaited<ReturnType<typeof openServer>>;
  let clock: TickingClock;
  let keys: string;
  let alarms: string[];
  let processes: OpenService[];
  let desk: TestDesk;
  let author: Context;
  /** Rules that this program has read once it knows by their digest: each test has its own. */
  let words = 0;
  beforeEach(async () => {
    words++;
    database = await openServer(4);
    clock = new TickingClock();
    keys = KeyRing.generate();
    alarms = [];
    processes = [];
    await started();
    const stored = new StoredEditions((message) => alarms.push(message));
    desk = await openDesk(database.db, undefined, undefined, new KeyRing(keys), clock, stored);
    author = await desk.person(['rule_author']);
    const number = await proposed(author, await drafted(author, PARAMETERS, reworded(`新${words}`)));
    await approved(await desk.person(['rule_approver']), number, '2026-03-20');
  });
  afterEach(async () => {
    for (const each of processes) await each.close();
    await database?.close();
  });

  /** A process as it is started: over the same database, with the same rules folder. */
  async function started(): Promise<OpenService> {
    const open = await openService({
      databaseUrl: database.url,
      folder: '',
      rules: RULES,
      keys,
      clock,
      poolMax: 2,
      alarm: (message) => alarms.push(message),
    });
    processes.push(open);
    return open;
  }
  const received = async (count: number): Promise<void> => {
    const filings = Array.from({ length: count }, (_, index) => ({
      value: filing({ id: `F-${clock.ms}-${index}`, receivedOn: '2026-03-12' }),
    }));
    await fileBatch(await desk.person(['filing_clerk']), { filings });
  };
  const digestOf = async (number: number): Promise<string> => (await seeRelease(author, number)).digest;
  const lineNote = ({ notes }: OpenService) => notes.find((note) => note.startsWith('有效的规则'));

  it('施行日零点:两个进程从当天的第一件起都按新的一号,零点以前的都按原来的,没有一件混用', async () => {
    const [one] = processes;
    const other = await started();
    if (!one) throw new Error('no process');
    await received(EACH_SIDE);
    clock.ms = Date.parse(MIDNIGHT) - (EACH_SIDE / 2) * STEP_MS;
    clock.stepMs = STEP_MS;
    const routed: { by: OpenService; id: string }[] = [];
    const all = async (by: OpenService): Promise<void> => {
      for (let next = await routeNext(by.service, COURT); next; next = await routeNext(by.service, COURT))
        routed.push({ by, id: next.id });
    };
    await Promise.all([all(one), all(other)]);
    const decided = await rows<{ id: string; at: string; release: string }>(
      database.db,
      sql`select filing::text as id, to_char(made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
        document -> 'rules' ->> 'release' as release from decisions order by made_at`,
    );
    const [before, after] = [await digestOf(1), await digestOf(2)];
    expect(decided.map(({ release }) => release)).toEqual(decided.map(({ at }) => (at < MIDNIGHT ? before : after)));
    expect(new Set(decided.map(({ release }) => release)).size).toBe(2);
    // Each of the two decided after midnight, and was told of nothing.
    for (const by of [one, other]) {
      await received(1);
      expect((await routeNext(by.service, COURT))?.state).toBeDefined();
      expect(by.rulesInUse.last()).toEqual({ release: 2, refused: null });
    }
    expect(alarms).toEqual([]);
  });

  it('就在零点重新启动:启动时写明有效的是哪一号,头一件就按它办', async () => {
    expect(lineNote(await started())).toMatch(
      /^有效的规则：第 1 号发布（2026-03-19 施行，摘要 [0-9a-f]{12}）；下一次：第 2 号发布（2026-03-20 施行，摘要 [0-9a-f]{12}）$/,
    );
    clock.ms = Date.parse(MIDNIGHT);
    const restarted = await started();
    expect(lineNote(restarted)).toMatch(/^有效的规则：第 2 号发布（2026-03-20 施行，摘要 [0-9a-f]{12}）$/);
    await received(1);
    const routed = await routeNext(restarted.service, COURT);
    const decision = await desk.views.decision(COURT, routed?.id ?? '', 1);
    expect(decision?.rules.release).toBe(await digestOf(2));
  });

  it('发布的内容被人改动过:/health 和 /metrics 写明哪一号不能用、按哪一号办', async () => {
    const [one] = processes;
    if (!one) throw new Error('no process');
    const settings = { host: '127.0.0.1', port: 0, version: '0', logger: pino({ level: 'silent' }) };
    const serving = await serve(one, { ...settings, environment: {}, trial: false });
    const working = await work(one, { ...settings, status: settings });
    const health = async (url: string | undefined): Promise<unknown> => {
      const answer = await fetch(`${url}/health`);
      return { status: answer.status, ...((await answer.json()) as object) };
    };
    const metrics = async (url: string | undefined): Promise<string> => (await fetch(`${url}/metrics`)).text();
    try {
      const sound = { status: 200, ok: true, version: '0', rules: { release: 1, refused: null } };
      for (const url of [serving.url, working.url]) {
        expect(await health(url)).toEqual(sound);
        expect(await metrics(url)).toMatch(/^shouze_rules_release 1$/m);
        expect(await metrics(url)).toMatch(/^shouze_rules_refused 0$/m);
      }
      await tampered();
      clock.ms = Date.parse(MIDNIGHT);
      for (const url of [serving.url, working.url]) {
        expect(await health(url)).toEqual({ ...sound, rules: { release: 1, refused: 2 } });
        expect(await metrics(url)).toMatch(/^shouze_rules_release 1$/m);
        expect(await metrics(url)).toMatch(/^shouze_rules_refused 2$/m);
      }
      expect(alarms[0]).toContain('第 2 号');
      await expect(started()).rejects.toThrow('有效的规则发布不能使用，服务没有启动');
    } finally {
      await working.stop();
      await serving.stop();
    }
  });

  /** What only the superuser can do, past every trigger. */
  async function tampered(): Promise<void> {
    await database.db.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`alter table rule_blobs drop constraint rule_blobs_digest`);
      await tx.execute(
        sql`update rule_blobs set content = replace(content, '（新', '（改过') where content like '%（新%'`,
      );
    });
  }
});
