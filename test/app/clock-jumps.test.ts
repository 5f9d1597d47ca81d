import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actInFlow } from '../../src/app/flows/act-in-flow.js';
import { type Fired, fireNext } from '../../src/app/flows/fire-timer.js';
import { type SweepLog, sweepClocks } from '../../src/app/flows/sweep-clocks.js';
import type { Context, Service } from '../../src/app/ports.js';
import { addDays, daysBetween, plainDate } from '../../src/core/kernel/plain-date.js';
import { shanghaiDay } from '../../src/shell/clock.js';
import { rows } from '../../src/shell/db/db.js';
import { readRuleFiles } from '../../src/shell/files/rule-files.js';
import { runs } from '../support/arbitraries.js';
import {
  docket,
  earlier,
  editionOf,
  filing,
  type Json,
  judge,
  lawbook,
  loadRules,
  person,
  RULES,
} from '../support/court.js';
import { byRules, COURT, DayClock, onDay, openDesk, type TestDesk } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';
import { violations } from '../support/invariants.js';
import { codeOf } from '../support/refusal-code.js';

/** M2 takes part in no draw: whoever draws is not the one who is claimed. */
const BENCH = ['M1', 'M2', 'M3'].map((id) => judge(id, id === 'M2' ? { quota: 0 } : {}));
const MISSED = { ground: 'missed_first_trial', claimedOwner: 'M2', reason: '系该案判决后追偿' };
const LAST = plainDate('2026-04-30');

describe.each(ENGINES)('the clock of the machine over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());
    beforeEach(() => emptied(opened.db));

    const wrong: SweepLog = {
      healed: (...told) => expect.fail(JSON.stringify(told)),
      failed: (_, error) => {
        throw error;
      },
    };
    const act = async (by: Context, id: string, flow: string, action: string, more = {}): Promise<void> => {
      const [row] = await rows<{ version: number }>(opened.db, sql`select version from filings where id = ${id}::uuid`);
      await actInFlow(by, id, { version: row?.version ?? 0, flow, action, reason: '经审查', ...more });
    };
    /** A filing that was received and assigned on a day, with the judge who has it. */
    const assigned = async (desk: TestDesk, receivedOn: string, more: Json = {}): Promise<[string, Context]> => {
      const [id = ''] = (await desk.file([filing({ receivedOn, ...more })])).values();
      const [row] = await rows<{ judge: string }>(
        opened.db,
        sql`select judge from owners where matter = ${id}::uuid and until is null`,
      );
      return [id, await desk.person(['judge'], [row?.judge ?? ''])];
    };
    const fireAll = async (service: Service): Promise<Fired[]> => {
      const fired: Fired[] = [];
      for (let next = await fireNext(service, COURT); next; next = await fireNext(service, COURT)) fired.push(next);
      return fired;
    };

    it('往前拨、往回拨:没有一个期限提早、漏掉或者办两次', async () => {
      const walk = fc.array(fc.integer({ min: -12, max: 15 }), { minLength: 3, maxLength: 10 });
      const property = fc.asyncProperty(walk, async (jumps) => {
        await emptied(opened.db);
        const clock = new DayClock('2026-03-12');
        const desk = await openDesk(opened.db, docket([], { judges: BENCH }), undefined, undefined, clock);
        const [objected, holder] = await assigned(desk, '2026-03-12');
        await act(holder, objected, 'first_trial_objection', 'object', MISSED);
        const strangers = [person('plaintiff', '丙三', 103), person('defendant', '丁四', 104)];
        const [challenged] = await assigned(desk, '2026-03-12', { id: 'F-2', parties: strangers });
        const clerk = await desk.person(['filing_clerk']);
        await act(clerk, challenged, 'recusal', 'apply', { onBehalfOf: '丙三' });
        const fired: Fired[] = [];
        for (const jump of [...jumps, daysBetween(clock.today(), LAST) + 200]) {
          clock.moveTo(addDays(clock.today(), jump));
          for (const one of await fireAll(desk.service)) {
            expect(one.lateDays, 'not before its day').toBeGreaterThan(0);
            fired.push(one);
          }
          await sweepClocks(desk.service, COURT, wrong);
        }
        const told = fired.map(({ filing: id, kind, stage }) => `${id === objected ? '' : '回避 '}${kind} ${stage}`);
        expect(new Set(told).size, 'each once').toBe(told.length);
        const expiries = told.filter((each) => each.endsWith('expiry')).toSorted();
        expect(expiries).toEqual(['objection_review expiry', '回避 recusal_decision expiry']);
      });
      await fc.assert(property, runs(8));
    });

    describe('whatever the time zone of the machine and of the database', () => {
      const zone = process.env.TZ;
      afterEach(async () => {
        if (zone === undefined) delete process.env.TZ;
        else process.env.TZ = zone;
        await opened.db.execute(sql`set timezone to default`);
      });

      it('日期都按北京时间:零点半收到的、提出的,是当天的', async () => {
        const told: unknown[] = [];
        for (const other of ['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Shanghai']) {
          process.env.TZ = other;
          expect(new Intl.DateTimeFormat().resolvedOptions().timeZone, 'it is in force').toBe(other);
          await emptied(opened.db);
          const database = (await rows<{ name: string }>(opened.db, sql`select current_database() as name`))[0]?.name;
          await opened.db.execute(sql.raw(`alter database "${database}" set timezone to '${other}'`));
          await opened.db.execute(sql.raw(`set timezone to '${other}'`));
          let instant = '2026-03-12T16:30:00.000Z';
          const clock = { now: () => instant, today: () => shanghaiDay(instant) };
          const desk = await openDesk(
            opened.db,
            docket([earlier()], { judges: BENCH }),
            'ab'.repeat(32),
            undefined,
            clock,
          );
          const [id, holder] = await assigned(desk, '2026-03-13');
          await act(holder, id, 'first_trial_objection', 'object', { ground: 'not_first_trial', reason: '与前案无关' });
          instant = '2026-03-17T16:10:00.000Z';
          const fired = await fireAll(desk.service);
          const [steps, clocks] = [
            await rows(opened.db, sql`select on_day::text as "on", action from flow_steps order by made_at, number`),
            await rows(
              opened.db,
              sql`select kind, last_on::text as last, late_days from timers order by set_at, cycle`,
            ),
          ];
          told.push({ fired: fired.map(({ filing: _, ...rest }) => rest), steps, clocks });
          expect(await violations({ db: opened.db, court: COURT, lawbook, judgesOf: () => [] })).toEqual([]);
        }
        expect(told[0]).toMatchObject({
          steps: [
            { on: '2026-03-13', action: 'object' },
            { on: '2026-03-18', action: 'urging' },
          ],
        });
        for (const each of told) expect(each).toEqual(told[0]);
      });
    });

    describe('a year whose rest days are not published', () => {
      const published = loadRules([
        ...readRuleFiles(RULES),
        {
          path: 'calendars/2027.yaml',
          text: '年份: 2027\n版本: 测试\n来源: 测试用，不是真的\n休假日:\n  - 2027-01-01 # 元旦\n调休上班: []\n',
        },
      ]);
      const withYear = (service: Service): Service => byRules(service, editionOf(published));
      let desk: TestDesk;
      beforeEach(async () => {
        const clock = new DayClock('2026-12-28');
        desk = await openDesk(opened.db, docket([earlier()], { judges: BENCH }), undefined, undefined, clock);
      });

      it('驳回回避以后不申请复议的,等公布了才届满:先不使当事人失权', async () => {
        const [id] = await assigned(desk, '2026-12-28');
        const clerk = await desk.person(['filing_clerk']);
        const president = await desk.person(['supervisor']);
        await act(clerk, id, 'recusal', 'apply', { onBehalfOf: '甲一' });
        const eve = onDay(desk.service, '2026-12-31');
        await act({ ...president, service: eve }, id, 'recusal', 'refuse');
        const timer = () =>
          rows(
            opened.db,
            sql`select kind, due_on::text as due, last_on::text as last, provisional from timers where state = 'running'`,
          );
        const provisional = { kind: 'reconsideration_request', due: null, last: '2027-01-01', provisional: true };
        expect(await timer()).toEqual([provisional]);
        const after = onDay(desk.service, '2027-01-03');
        expect(await fireAll(after)).toEqual([]);
        await sweepClocks(after, COURT, wrong);
        // It was refused, and whoever asked may still ask once more.
        await sweepClocks(withYear(after), COURT, { ...wrong, healed: () => {} });
        expect(await timer()).toEqual([{ ...provisional, due: '2027-01-04', last: '2027-01-04', provisional: false }]);
        expect(await fireAll(withYear(onDay(desk.service, '2027-01-04')))).toEqual([]);
        expect(await fireAll(withYear(onDay(desk.service, '2027-01-05')))).toMatchObject([
          { kind: 'reconsideration_request', stage: 'expiry', lateDays: 1 },
        ]);
        const [{ outcome } = { outcome: '' }] = await rows<{ outcome: string }>(
          opened.db,
          sql`select outcome from flow_runs`,
        );
        expect(outcome).toBe('rejected');
      });

      it('申请复核的最后一日可能顺延的,照收;公布以后逾期的不收', async () => {
        const [id, holder] = await assigned(desk, '2026-12-28');
        const objection = { ground: 'not_first_trial', reason: '与前案无关' };
        const [deadline] = await rows<{ due: string; provisional: boolean }>(
          opened.db,
          sql`select due_on::text as due, provisional from clocks where kind = 'objection'`,
        );
        expect(deadline?.provisional).toBe(true);
        const day = addDays(plainDate(deadline?.due ?? ''), 1);
        const attempt = (by: Context) => act(by, id, 'first_trial_objection', 'object', objection);
        const [other] = await assigned(desk, '2026-12-28', { id: 'F-2' });
        await attempt({ ...holder, service: onDay(desk.service, day) });
        // Once it is known that nothing moves it, the same day is too late.
        await opened.db.execute(sql`update clocks set provisional = false where filing = ${other}::uuid`);
        const late = act(
          { ...holder, service: onDay(desk.service, day) },
          other,
          'first_trial_objection',
          'object',
          objection,
        );
        expect(await codeOf(late)).toBe('OUT_OF_TIME');
      });
    });
  });
});
