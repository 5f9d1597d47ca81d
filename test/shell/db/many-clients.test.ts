import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fireNext, TimerFailed } from '../../../src/app/flows/fire-timer.js';
import { sweepClocks } from '../../../src/app/flows/sweep-clocks.js';
import { routeNext } from '../../../src/app/route-received.js';
import type { AuditEvent } from '../../../src/core/audit/chain.js';
import type { Step } from '../../../src/core/documents/scenario.js';
import { addDays, type PlainDate } from '../../../src/core/kernel/plain-date.js';
import { rows } from '../../../src/shell/db/db.js';
import { unavailable } from '../../../src/shell/db/postgres-connection.js';
import { runs } from '../../support/arbitraries.js';
import { atOnce } from '../../support/at-once.js';
import { type Json, lawbook } from '../../support/court.js';
import { noPostgres } from '../../support/database.js';
import { COURT, DayClock, openDesk, type TestDesk } from '../../support/desk.js';
import { emptied, type OpenedEngine, openServer } from '../../support/engines.js';
import { violations } from '../../support/invariants.js';
import { actOf, docketArb, filingOf, GROUPS, type Group, modelOf, moveArb, shown } from '../../support/model-court.js';
import type { Model } from '../../support/objection-model.js';
import { codeOf } from '../../support/refusal-code.js';
import { type Act, explains, MODEL_CLOCKS, StoredCourt } from '../../support/stored-court.js';

const CLIENTS_MAX = 32;
const DAYS = 4;
const ROUNDS = 10;
/** What they come to at once is chance: so many times as many rounds, until all has happened that has to be seen once. */
const BATCHES = 6;
const CUT_TRIES = 50;
const CUT_WITHIN_MS = 400;

/** What many people ask for on a few days: each client one thing after the other, all clients at once. */
const dayArb = fc.record({
  /** Days since the one before. */
  wait: fc.integer({ min: 1, max: 5 }),
  clients: fc.array(
    fc.array(
      fc.record({
        move: moveArb,
        act: fc.constantFrom(
          'object',
          'object',
          'decide',
          'decide',
          'withdrawObjection',
          'applyRecusal',
          'decideRecusal',
          'close',
          'absent',
        ),
        /** Sent twice at once with one key, as by a client that got no answer. */
        twice: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    { minLength: 8, maxLength: CLIENTS_MAX, size: 'max' },
  ),
  filings: fc.array(fc.constantFrom(...GROUPS), { minLength: 2, maxLength: 4 }),
  /** Connections that are cut while all this goes on. */
  cuts: fc.nat(4),
});
const roundArb = fc.record({ docket: docketArb, days: fc.array(dayArb, { minLength: DAYS, maxLength: DAYS }) });

const WANTED = ['upheld: not', 'upheld: missed', 'recusal: granted', 'ran out: objection_review'];

/** What a client asked for and was told, with how far the court's chain was before and after. */
interface Asked {
  readonly act: Act;
  readonly from: number;
  readonly to: number;
  /** The refusal's code, or that it was done, or that nobody knows. */
  readonly told: string | 'done' | 'unknown';
}

type Told = AuditEvent & { readonly body: Readonly<Record<string, string | number | undefined>> };

describe.skipIf(noPostgres)('many clients at one court on a real PostgreSQL', () => {
  let opened: OpenedEngine;
  beforeAll(async () => {
    opened = await openServer(CLIENTS_MAX);
  });
  afterAll(() => opened?.close());

  it(
    'whatever they do at once could have been done one after the other, as the model says',
    async () => {
      const reached = new Set<string>();
      const tally: Record<string, number> = {};
      const property = fc.asyncProperty(roundArb, async ({ docket, days }) => {
        await emptied(opened.db);
        const clock = new DayClock('2026-03-09');
        const desk = await openDesk(opened.db, docket, undefined, undefined, clock);
        const round = new Round(opened, desk, clock);
        for (const day of days) await round.day(day);
        const model = await round.replayed(modelOf(docket));
        expect(await round.stored.standing()).toEqual(
          Object.fromEntries([...model.matters.values()].map((matter) => [matter.id, shown(model, matter)])),
        );
        expect(await violations({ db: opened.db, court: COURT, lawbook, judgesOf: () => [] })).toEqual([]);
        const wrong = (...told: unknown[]): never => expect.fail(JSON.stringify(told));
        await sweepClocks(desk.service, COURT, { healed: wrong, failed: wrong });
        for (const what of model.reached) reached.add(what);
        for (const { told } of round.asked) tally[told] = (tally[told] ?? 0) + 1;
      });
      const missing = () => WANTED.filter((what) => !reached.has(what));
      const { seed = Date.now() } = fc.readConfigureGlobal();
      let batch = 0;
      do {
        await fc.assert(property, { ...runs(ROUNDS), seed: seed + batch, endOnFailure: true });
      } while (++batch < BATCHES && missing().length > 0);
      expect(missing()).toEqual([]);
      console.info(`${batch * ROUNDS} rounds of ${DAYS} days:`, tally);
    },
    600_000 * Number(process.env.FC_RUNS ?? 1),
  );
});

class Round {
  readonly stored: StoredCourt;
  readonly asked: Asked[] = [];
  readonly #opened: OpenedEngine;
  readonly #desk: TestDesk;
  readonly #clock: DayClock;
  readonly #filings = new Map<string, { readonly value: Json; readonly group: Group }>();
  /** From which place of the chain on which day it is. */
  readonly #days: { readonly from: number; readonly on: PlainDate }[] = [];

  constructor(opened: OpenedEngine, desk: TestDesk, clock: DayClock) {
    this.#opened = opened;
    this.#desk = desk;
    this.#clock = clock;
    this.stored = new StoredCourt(desk);
  }

  async day({ wait, clients, filings, cuts }: typeof dayArb extends fc.Arbitrary<infer T> ? T : never): Promise<void> {
    const on = addDays(this.#clock.today(), this.#days.length === 0 ? 0 : wait);
    this.#clock.moveTo(on);
    this.#days.push({ from: await this.#head(), on });
    const isFirst = this.#filings.size === 0;
    const file = async (group: Group): Promise<void> => {
      const id = `F${this.#filings.size + 1}`;
      const value = filingOf(id, group, on);
      this.#filings.set(id, { value, group });
      await this.stored.file(value);
      await this.stored.route();
    };
    if (isFirst) for (const group of filings) await file(group);
    const acts = [
      ...clients.map((moves) => () => this.#client(moves, on)),
      ...(isFirst ? [] : filings.map((group) => () => file(group))),
      ...[0, 1].map(() => () => untilNone(() => fireNext(this.#desk.service, COURT))),
      ...[0, 1].map(() => () => untilNone(() => routeNext(this.#desk.service, COURT))),
      ...Array.from({ length: cuts }, () => () => this.#cut()),
    ];
    const results = await atOnce(this.#opened, CLIENTS_MAX, acts);
    // The service's own acts are tried again after a lost connection; a client's tell what became of them.
    const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(failed.filter((error) => !isLost(error))).toEqual([]);
    await untilNone(() => routeNext(this.#desk.service, COURT));
    await untilNone(() => fireNext(this.#desk.service, COURT));
    await this.stored.learn();
  }

  async #client(
    moves: readonly { readonly move: Parameters<typeof actOf>[0]; readonly act: string; readonly twice: boolean }[],
    on: PlainDate,
  ): Promise<void> {
    for (const { move, act: name, twice } of moves) {
      const filed = new Map([...this.stored.ids.keys()].flatMap((id) => [[id, this.#groupOf(id)] as const]));
      const step = { on, ...actOf(move, name, on, filed) } as Step;
      const [said] = Object.entries(step).flatMap(([key, value]) => (key === 'on' ? [] : [value]));
      const { filing } = (said ?? {}) as { filing?: string };
      if (filing !== undefined && !filed.has(filing)) continue;
      try {
        const from = await this.#head();
        const act = await this.stored.actOf(step, true);
        if (act === undefined) continue;
        const told = await this.#ask(act, twice);
        // Where the answer about the chain is lost it may have grown to any length.
        const to = await this.#head().catch(() => Number.POSITIVE_INFINITY);
        this.asked.push({ act, from, to, told });
      } catch (error) {
        // It was to look something up when its connection was cut.
        if (!isLost(error)) throw error;
      }
    }
  }

  async #ask(act: Act, twice: boolean): Promise<string> {
    const request = { principal: act.by.subject.user, key: randomUUID(), digest: 'd' };
    const once = () =>
      codeOf(act.run(twice ? request : undefined)).then(
        (code) => code ?? 'done',
        (error: unknown) => {
          if (isLost(error)) return 'unknown';
          throw error;
        },
      );
    const answers = await Promise.all(twice ? [once(), once()] : [once()]);
    const told = answers.filter((answer) => answer !== 'REQUEST_IN_PROGRESS');
    // The second of two that were not at the same moment has the answer of the first.
    return (
      told.find((answer) => answer === 'unknown') ?? told.find((answer) => answer === 'done') ?? told[0] ?? 'unknown'
    );
  }

  #groupOf(id: string): Group {
    return this.#filings.get(id)?.group ?? GROUPS[0];
  }

  async #head(): Promise<number> {
    const [head] = await rows<{ seq: number }>(
      this.#opened.db,
      sql`select seq::int as seq from audit_heads where court = ${COURT}`,
    );
    return head?.seq ?? 0;
  }

  /** Cuts a connection on which something is going on. */
  async #cut(): Promise<void> {
    await setTimeout(randomInt(CUT_WITHIN_MS));
    for (let tries = 0; tries < CUT_TRIES; tries++) {
      const [cut] = await rows<{ cut: boolean }>(
        this.#opened.db,
        sql`select pg_terminate_backend(pid) as cut from pg_stat_activity where datname = current_database()
          and pid <> pg_backend_pid() and state <> 'idle' order by random() limit 1`,
      );
      if (cut?.cut) return;
    }
  }

  /** Does in the model what the chain says was done, in its order, and finds for each refusal a moment at which the model refuses too. */
  async replayed(model: Model): Promise<Model> {
    const events = await rows<Told>(
      this.#opened.db,
      sql`select seq::int as seq, actor::text as actor, action, subject, body from audit where court = ${COURT} order by seq`,
    );
    const byActor = new Map(this.asked.map((asked) => [asked.act.by.subject.user, asked]));
    const done = new Map<Asked, number>();
    const waiting = new Set(this.asked.filter(({ told }) => told !== 'done' && told !== 'unknown'));
    const days = [...this.#days];
    const settle = (seq: number): void => {
      for (const each of waiting) {
        if (each.from > seq || each.to < seq) continue;
        if (isExplained(model, each, events, this.stored.ids)) waiting.delete(each);
      }
    };
    settle(0);
    for (const [place, event] of events.entries()) {
      while (days[0] !== undefined && days[0].from < event.seq) {
        model.runOut(days.shift()?.on ?? '', { filing: '', clock: '' });
        settle(event.seq - 1);
      }
      this.#replay(model, event, events.slice(place), byActor, done);
      settle(event.seq);
    }
    for (const { on } of days) model.runOut(on, { filing: '', clock: '' });
    settle(events.at(-1)?.seq ?? 0);
    expect(
      [...waiting].map(({ act, told, from, to }) => [act.step, told, from, to]),
      'refusals that nothing explains',
    ).toEqual([]);
    const lost = this.asked.filter((each) => each.told === 'done' && !done.has(each));
    expect(
      lost.map(({ act }) => act.step),
      'acknowledged and not in the chain',
    ).toEqual([]);
    return model;
  }

  #replay(
    model: Model,
    { seq, actor, action, subject, body }: Told,
    next: readonly Told[],
    byActor: ReadonlyMap<string, Asked>,
    done: Map<Asked, number>,
  ): void {
    const filing = this.stored.referenceOf(subject);
    const { on = this.#days[0]?.on } = this.#days.findLast(({ from }) => from < seq) ?? {};
    if (action === 'filing.decide' && body.occasion === 'filed') {
      const value = this.#filings.get(filing)?.value ?? {};
      expect(model.take({ on, file: value } as Step, { owner: (body.judge as string) ?? null })).toEqual([]);
    }
    if (action === 'flow.expire' && MODEL_CLOCKS.includes(String(body.clock))) {
      expect(
        model.runOut(on ?? '', { filing, clock: String(body.clock) }),
        `${seq}: ${filing} ${body.clock}`,
      ).toMatchObject([{ due: body.due }]);
    }
    const asked = actor === null ? undefined : byActor.get(actor);
    if (asked === undefined) return;
    const before = done.get(asked);
    done.set(asked, seq);
    if (before !== undefined) {
      // One act is one run of the chain, and nobody here does two.
      expect(seq, 'done once').toBe(before + 1);
      return;
    }
    const { act, told, from, to } = asked;
    expect(['done', 'unknown'], `${seq}: ${JSON.stringify(act.step)}`).toContain(told);
    expect(seq > from && (told === 'unknown' || seq <= to), 'done while it was asked for').toBe(true);
    const decided = next.find((each) => each.actor === actor && each.action === 'filing.decide');
    const owner = decided ? ((decided.body.judge as string) ?? null) : (model.matters.get(act.filing)?.owner ?? null);
    expect(model.take(act.step, { owner }), `${seq}: ${JSON.stringify(act.step)}`).toEqual([]);
  }
}

/** Whether the model, as it stands, refuses too. */
function isExplained(
  model: Model,
  { act, told, from, to }: Asked,
  events: readonly Told[],
  ids: ReadonlyMap<string, string>,
): boolean {
  // The model knows no versions: somebody else changed the filing meanwhile. Nor that absences do not overlap.
  if (told === 'ABSENCE_INVALID') return true;
  if (told === 'VERSION_CONFLICT') {
    return events.some(({ seq, subject }) => seq > from && seq <= to && subject === ids.get(act.filing));
  }
  const other = model.copy();
  try {
    const reasons = other.take(act.step, { owner: null });
    if (told === 'NOBODY_LEFT') return reasons.length === 0 && other.matters.get(act.filing)?.owner === null;
    return explains(reasons, told);
  } catch {
    // It would have been decided, by a draw.
    return false;
  }
}

/** Does one after the other until there is none; what was lost with its connection is tried again. */
async function untilNone(next: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      if ((await next()) === undefined) return;
    } catch (error) {
      if (!isLost(error)) throw error;
    }
  }
}

/** Whether nobody knows what became of it. */
const isLost = (error: unknown): boolean =>
  unavailable(error) !== undefined || (error instanceof TimerFailed && unavailable(error.cause) !== undefined);
