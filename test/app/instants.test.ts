import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actInFlow } from '../../src/app/flows/act-in-flow.js';
import { fireNext } from '../../src/app/flows/fire-timer.js';
import type { Context } from '../../src/app/ports.js';
import { addDays } from '../../src/core/kernel/plain-date.js';
import { shanghaiDay } from '../../src/shell/clock.js';
import { rows } from '../../src/shell/db/db.js';
import { inCourt } from '../../src/shell/db/scope.js';
import { docket, earlier, filing, JUDGES, lawbook } from '../support/court.js';
import { COURT, DayClock, onDay, openDesk, type TestDesk, TODAY } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';
import { violations } from '../support/invariants.js';

/** A clock that stands still, until midnight comes between any two looks at it. */
class HastyClock {
  #day = TODAY;
  #isHasty = false;
  hurry(): void {
    this.#isHasty = true;
  }
  readonly now = (): string => {
    const at = `${this.#day}T02:00:00.000Z`;
    if (this.#isHasty) this.#day = addDays(this.#day, 1);
    return at;
  };
  readonly today = () => shanghaiDay(this.now());
}

describe.each(ENGINES)('the instant of an act over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    beforeEach(() => emptied(opened.db));

    /** How many connections stand at a lock. */
    const waiting = async (): Promise<number> => {
      const [found] = await rows<{ count: number }>(
        opened.db,
        sql`select count(*)::int as count from pg_locks where not granted`,
      );
      return found?.count ?? 0;
    };
    const judges = JUDGES.map((each) => (each.id === 'M2' ? { ...each, quota: 0 } : each));
    /** A filing that was assigned and objected to, on a desk with that clock. */
    const objected = async (desk: TestDesk): Promise<{ id: string; judge: Context }> => {
      const [id = ''] = (await desk.file([filing({ receivedOn: '2026-03-12' })])).values();
      const [row] = await inCourt(opened.db, COURT, (tx) =>
        rows<{ judge: string; version: number }>(
          tx,
          sql`select judge, (select version from filings where id = ${id}::uuid) as version from owners where until is null`,
        ),
      );
      const judge = await desk.person(['judge'], [row?.judge ?? '']);
      const ground = { ground: 'not_first_trial', reason: '与前案无关' };
      await actInFlow(judge, id, {
        version: row?.version ?? 0,
        flow: 'first_trial_objection',
        action: 'object',
        ...ground,
      });
      return { id, judge };
    };

    it('一次办理只有一个时刻:零点在办理当中过去,日期、时刻、迟了几天仍然一致', async () => {
      const clock = new HastyClock();
      const desk = await openDesk(opened.db, docket([earlier()], { judges }), undefined, undefined, clock);
      await objected(desk);
      clock.hurry();
      for (let look = 0; look < 12; look++) await fireNext(desk.service, COURT);
      const told = await inCourt(opened.db, COURT, (tx) =>
        rows<{ on: string; made: string }>(
          tx,
          sql`select on_day::text as "on", (made_at at time zone 'Asia/Shanghai')::date::text as made from flow_steps
            union all select (due_on + late_days)::text, (ended_at at time zone 'Asia/Shanghai')::date::text from timers where state = 'fired'`,
        ),
      );
      expect(told.length).toBeGreaterThan(4);
      expect(told.filter(({ on, made }) => on !== made)).toEqual([]);
      expect(await violations({ db: opened.db, court: COURT, lawbook, judgesOf: () => [] })).toEqual([]);
    });

    it('排队等着的,到轮到它时才定时刻:前一件办到第二天,后一件就是第二天办的', async () => {
      const clock = new DayClock(TODAY);
      const desk = await openDesk(opened.db, docket([earlier()], { judges }), undefined, undefined, clock);
      const clerk = await desk.person(['filing_clerk']);
      const by = { court: COURT, user: clerk.subject.user };
      const act = { action: 'docket.import', subject: COURT, body: {} };
      let second: Promise<string> | undefined;
      await clerk.service.store.act(by, async (tx) => {
        tx.record(act);
        second = clerk.service.store.act(by, (after) => {
          after.record(act);
          return Promise.resolve(after.today);
        });
        // An embedded database lets nobody in before; on a server the second stands at the lock.
        while (engine.name === 'PostgreSQL' && (await waiting()) === 0);
        clock.moveTo(addDays(TODAY, 1));
      });
      expect(await second).toBe(addDays(TODAY, 1));
      const found = await inCourt(opened.db, COURT, (tx) =>
        rows<{ at: string }>(tx, sql`select at::text as at from audit order by seq`),
      );
      const instants = found.map(({ at }) => at);
      expect(instants).toEqual(instants.toSorted());
    });

    it('期限按后来公布的日历推迟了的,不按原来的日期届满;先改正,到了新的日期再办', async () => {
      const desk = await openDesk(
        opened.db,
        docket([earlier()], { judges }),
        undefined,
        undefined,
        new DayClock(TODAY),
      );
      await objected(desk);
      // By the day that stood there before it was published it is over.
      await inCourt(opened.db, COURT, (tx) =>
        tx.execute(sql`update timers set due_on = '2026-03-10', last_on = '2026-03-10' where state = 'running'`),
      );
      const fired = [];
      for (let next = await fireNext(desk.service, COURT); next; next = await fireNext(desk.service, COURT)) {
        fired.push(next);
      }
      expect(fired).toEqual([]);
      const standing = await inCourt(opened.db, COURT, (tx) =>
        rows(tx, sql`select state, last_on::text as last, late_days from timers`),
      );
      expect(standing).toEqual([{ state: 'running', last: '2026-03-16', late_days: null }]);
      const later = onDay(desk.service, '2026-03-17');
      const first = await fireNext(later, COURT);
      expect(first).toMatchObject({ kind: 'objection_review', stage: 'reminder' });
      expect(await violations({ db: opened.db, court: COURT, lawbook, judgesOf: () => [] })).toEqual([]);
    });
  });
});
