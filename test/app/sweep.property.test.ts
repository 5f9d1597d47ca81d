import { type SQL, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actInFlow } from '../../src/app/flows/act-in-flow.js';
import { fireNext } from '../../src/app/flows/fire-timer.js';
import type { Healed } from '../../src/app/flows/heal-clock.js';
import { sweepClocks } from '../../src/app/flows/sweep-clocks.js';
import type { Context } from '../../src/app/ports.js';
import { plainDate } from '../../src/core/kernel/plain-date.js';
import { rows } from '../../src/shell/db/db.js';
import { runs } from '../support/arbitraries.js';
import { docket, filing, JUDGES, lawbook, person } from '../support/court.js';
import { COURT, DayClock, openDesk, type TestDesk } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';
import { violations } from '../support/invariants.js';

/** What stands in a court: of each kind of run one or two, some decided, some whose clock has run out. */
const FILINGS = 8;

/** What a hand in the database does to the clock of a run. */
const CHANGES: Readonly<Record<string, SQL>> = {
  stopped: sql`state = 'stopped', ended_at = now()`,
  moved: sql`due_on = due_on + 3`,
  provisional: sql`provisional = true`,
  renamed: sql`kind = 'other ' || id`,
  paused: sql`due_on = null`,
  'of another stage': sql`stage = 'supervision'`,
  'of another last day': sql`last_on = last_on + 3`,
};
const DAMAGES = [
  'none',
  'none',
  'deleted',
  'runs on',
  'stopped',
  'moved',
  'provisional',
  'renamed',
  'paused',
  'of another stage',
  'of another last day',
] as const;
type Damage = (typeof DAMAGES)[number];

const damageArb = fc.array(fc.constantFrom(...DAMAGES), { minLength: FILINGS, maxLength: FILINGS });

describe.each(ENGINES)('the sweep of clocks over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let clock: DayClock;
    let ids: string[];
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());

    const act = async (by: Context, id: string, flow: string, action: string, more = {}): Promise<void> => {
      const [row] = await rows<{ version: number }>(opened.db, sql`select version from filings where id = ${id}::uuid`);
      await actInFlow(by, id, { version: row?.version ?? 0, flow, action, reason: '有前案', ...more });
    };
    beforeEach(async () => {
      await emptied(opened.db);
      clock = new DayClock('2026-03-12');
      const bench = JUDGES.map((each) => (each.id === 'M2' ? { ...each, quota: 0 } : each));
      desk = await openDesk(opened.db, docket([], { judges: bench }), undefined, undefined, clock);
      const clerk = await desk.person(['filing_clerk']);
      const reviewer = await desk.person(['reviewer']);
      const president = await desk.person(['supervisor']);
      const filings = Array.from({ length: FILINGS }, (_, at) => {
        const parties = [person('plaintiff', `丙${at}`, 200 + at), person('defendant', `丁${at}`, 400 + at)];
        return filing({ id: `F-${at}`, receivedOn: '2026-03-12', parties });
      });
      ids = [...(await desk.file(filings)).values()];
      for (const [at, id] of ids.entries()) {
        const owner = (await desk.views.filing(COURT, id, clock.today()))?.row.judge?.id ?? '';
        const judge = await desk.person(['judge'], [owner]);
        const object = { ground: 'missed_first_trial', claimedOwner: 'M2' };
        if (at % 4 < 3) await act(judge, id, 'first_trial_objection', 'object', object);
        else {
          await act(clerk, id, 'recusal', 'apply', { onBehalfOf: `丙${at}` });
          await act(president, id, 'recusal', 'refuse');
        }
        if (at % 4 === 1) await act(reviewer, id, 'first_trial_objection', 'reject');
      }
      clock.moveTo(plainDate('2026-03-14'));
      while (await fireNext(desk.service, COURT));
      clock.moveTo(plainDate('2026-03-12'));
    });

    /** The clock of each filing that runs, in words. */
    const clocks = async (): Promise<Record<string, string>> => {
      const running = await rows<{ filing: string; clock: string }>(
        opened.db,
        sql`select filing::text as filing, concat_ws(' ', kind, stage, coalesce(due_on::text, '-'), coalesce(last_on::text, '-'), provisional) as clock from timers
          where state = 'running'`,
      );
      return Object.fromEntries(running.map(({ filing: id, clock: each }) => [id, each]));
    };
    const hurt = (id: string, damage: Damage): Promise<void> =>
      opened.db.transaction(async (tx) => {
        // Past every trigger, as only the superuser can.
        await tx.execute(sql`set local session_replication_role = replica`);
        const here = sql`filing = ${id}::uuid and state = 'running'`;
        const [run] = await rows<{ id: string }>(
          tx,
          sql`select id::text as id from flow_runs where filing = ${id}::uuid and not exists (select from timers where ${here})`,
        );
        if (damage === 'runs on' && run !== undefined) {
          await tx.execute(sql`insert into timers (court, id, filing, run, kind, cycle, due_on, provisional, state, set_at)
            select ${COURT}, gen_random_uuid(), ${id}::uuid, ${run.id}::uuid, 'objection_review', count(*) + 100, '2026-03-20', false, 'running', now() from timers`);
        }
        const change = CHANGES[damage];
        if (change !== undefined) await tx.execute(sql`update timers set ${change} where ${here}`);
        if (damage === 'deleted') await tx.execute(sql`delete from timers where ${here}`);
      });
    const head = async () => (await desk.views.auditHead(COURT))?.seq ?? 0;
    const sweep = async (): Promise<Healed[]> => {
      const healed: Healed[] = [];
      const failed = (_: string, error: unknown): never => {
        throw error;
      };
      await sweepClocks(desk.service, COURT, { healed: (_, each) => void healed.push(each), failed });
      return healed;
    };
    const wrongs = () => violations({ db: opened.db, court: COURT, lawbook, judgesOf: () => [] });

    it('whatever a hand did to the clocks, they run as their runs say, each change told once; what is right is left alone', async () => {
      const right = await clocks();
      expect(Object.keys(right)).toHaveLength(4);
      expect(await wrongs()).toEqual([]);
      const property = fc.asyncProperty(damageArb, async (damages) => {
        const before = await head();
        for (const [at, damage] of damages.entries()) await hurt(ids[at] ?? '', damage);
        const damaged = await clocks();
        const healed = await sweep();
        expect(healed.map(({ filing: id }) => id).toSorted()).toEqual(
          ids.filter((id) => damaged[id] !== right[id]).toSorted(),
        );
        expect(await clocks()).toEqual(right);
        expect(await head()).toBe(before + healed.length);
        expect(await sweep()).toEqual([]);
        expect(await head()).toBe(before + healed.length);
        expect(await wrongs()).toEqual([]);
      });
      await fc.assert(property, runs(12));
    });

    it('a lost clock whose day has passed meanwhile fires late, every stage once', async () => {
      const [id = ''] = Object.keys(await clocks());
      await hurt(id, 'deleted');
      clock.moveTo(plainDate('2026-03-25'));
      const fired: unknown[] = [];
      const fireAll = async () => {
        for (let next = await fireNext(desk.service, COURT); next; next = await fireNext(desk.service, COURT))
          if (next.filing === id) fired.push(next.stage);
      };
      await fireAll();
      expect(fired).toEqual([]);
      expect(await sweep()).toEqual([{ filing: id, what: 'set' }]);
      await fireAll();
      expect(fired).toEqual(['expiry', 'urging', 'supervision']);
      expect(await sweep()).toEqual([]);
      expect(await wrongs()).toEqual([]);
    });
  });
});
