import { and, asc, eq, sql } from 'drizzle-orm';
import type {
  DueTimer,
  FlowTx,
  NewNotification,
  NewStep,
  StandingRun,
  StoredRun,
  StoredStep,
  TimerTerms,
} from '../../app/flow-ports.js';
import { Refusal } from '../../app/refusal.js';
import type { Matter } from '../../core/documents/filing.js';
import type { Stage } from '../../core/flows/flow.js';
import type { FlowRun } from '../../core/flows/flow-run.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { type Db, rows, schema, uuidArray } from './db.js';

/** Runs of flows and their clocks, within one act or read of a court. */
export class FlowStore implements FlowTx {
  readonly #tx: Db;
  readonly #by: { readonly court: string; readonly user: string | null; readonly now: string };
  readonly #newId: () => string;

  constructor(tx: Db, by: { court: string; user: string | null; now: string }, newId: () => string) {
    this.#tx = tx;
    this.#by = by;
    this.#newId = newId;
  }

  async runsOf(filing: string): Promise<StoredRun[]> {
    const { flowRuns } = schema;
    const found = await this.#tx
      .select({ id: flowRuns.id, document: flowRuns.document, version: flowRuns.version })
      .from(flowRuns)
      .where(and(eq(flowRuns.court, this.#by.court), eq(flowRuns.filing, filing)))
      .orderBy(asc(flowRuns.openedAt), asc(flowRuns.id));
    return found.map(({ id, document, version }) => ({ id, filing, run: document as FlowRun, version }));
  }

  async open(
    filing: string,
    run: FlowRun,
    { id, once }: { readonly id: string; readonly once: boolean },
  ): Promise<void> {
    const { court, user, now } = this.#by;
    await this.#tx.insert(schema.flowRuns).values({
      court,
      id,
      filing,
      flow: run.flow,
      number: run.number,
      ground: run.ground ?? null,
      once,
      openedBy: user,
      openedAt: now,
      ...this.#now(run),
    });
  }

  async change({ id, version }: StoredRun, next: FlowRun): Promise<void> {
    const { flowRuns } = schema;
    const changed = await this.#tx
      .update(flowRuns)
      .set({ ...this.#now(next), version: version + 1 })
      .where(and(eq(flowRuns.court, this.#by.court), eq(flowRuns.id, id), eq(flowRuns.version, version)))
      .returning({ id: flowRuns.id });
    if (changed.length === 0) throw new Refusal('VERSION_CONFLICT', '这一流程刚刚被别人办理过；请刷新后核对');
  }

  stepsOf(filing: string): Promise<StoredStep[]> {
    return rows<StoredStep>(
      this.#tx,
      sql`select s.run::text as run, s.number, s.kind, s.action, s.state, s.on_day::text as "on", s.reason, s.document,
          to_char(s.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "madeAt",
          case when s.actor is not null then jsonb_build_object('id', s.actor, 'name', coalesce(u.name, '')) end as actor
        from flow_steps s left join users u on u.id = s.actor
        where s.court = ${this.#by.court} and s.filing = ${filing}::uuid order by s.made_at, s.run, s.number`,
    );
  }

  async step({ id: run, filing }: Pick<StoredRun, 'id' | 'filing'>, step: NewStep): Promise<void> {
    const { court, user, now } = this.#by;
    const { kind, action, state, on, reason, document } = step;
    await this.#tx.execute(
      sql`insert into flow_steps (court, run, number, filing, kind, action, state, actor, on_day, made_at, reason, document)
        select ${court}, ${run}::uuid, coalesce(max(number), 0) + 1, ${filing}::uuid, ${kind}, ${action}, ${state}, ${user}::uuid,
          ${on}::date, ${now}::timestamptz, ${reason}, ${JSON.stringify(document)}::jsonb
        from flow_steps where court = ${court} and run = ${run}::uuid`,
    );
  }

  async notify(
    { id: run, filing }: Pick<StoredRun, 'id' | 'filing'>,
    notifications: readonly NewNotification[],
  ): Promise<void> {
    const { court, now } = this.#by;
    if (notifications.length === 0) return;
    await this.#tx
      .insert(schema.notifications)
      .values(notifications.map((each) => ({ ...each, court, id: this.#newId(), filing, run, madeAt: now })));
  }

  async setTimer({ id: run, filing }: Pick<StoredRun, 'id' | 'filing'>, clock: TimerTerms): Promise<void> {
    await this.stopTimer(run);
    const { court, now } = this.#by;
    const { kind } = clock;
    const [before] = await rows<{ cycle: number }>(
      this.#tx,
      sql`select coalesce(max(cycle), 0)::int as cycle from timers where court = ${court} and filing = ${filing}::uuid and kind = ${kind}`,
    );
    const cycle = (before?.cycle ?? 0) + 1;
    const timer = { court, id: this.#newId(), filing, run, kind, cycle, ...columnsOf(clock) };
    await this.#tx.insert(schema.timers).values({ ...timer, state: 'running', setAt: now });
  }

  async stopTimer(run: string): Promise<void> {
    const { timers } = schema;
    await this.#tx
      .update(timers)
      .set({ state: 'stopped', endedAt: this.#by.now })
      .where(and(eq(timers.court, this.#by.court), eq(timers.run, run), eq(timers.state, 'running')));
  }

  async claimTimer(before: PlainDate, except: ReadonlySet<string>): Promise<DueTimer | undefined> {
    const others = except.size === 0 ? sql`` : sql`and id <> all(${uuidArray([...except])}::uuid[])`;
    const [timer] = await rows<DueTimer>(
      this.#tx,
      sql`select ${DUE_TIMER} from timers
        where court = ${this.#by.court} and state = 'running' and due_on < ${before}::date ${others}
        order by timers.due_on, timers.id limit 1 for update skip locked`,
    );
    return timer;
  }

  async fired({ id }: DueTimer, lateDays: number): Promise<void> {
    const { timers } = schema;
    await this.#tx
      .update(timers)
      .set({ state: 'fired', endedAt: this.#by.now, lateDays })
      .where(and(eq(timers.court, this.#by.court), eq(timers.id, id)));
  }

  async recounted({ id }: { readonly id: string }, clock: TimerTerms): Promise<void> {
    const { timers } = schema;
    await this.#tx
      .update(timers)
      .set(columnsOf(clock))
      .where(and(eq(timers.court, this.#by.court), eq(timers.id, id)));
  }

  async standing({ after, run, limit }: Parameters<FlowTx['standing']>[0]): Promise<StandingRun[]> {
    const { court } = this.#by;
    const some =
      run === undefined
        ? sql`${after === undefined ? sql`` : sql`and r.id > ${after}::uuid`} and r.id in (
            select id from flow_runs where court = ${court} and outcome is null
            union select run from timers where court = ${court} and state = 'running')`
        : sql`and r.id = ${run}::uuid`;
    const found = await rows<StandingRow>(
      this.#tx,
      sql`select r.id::text as id, r.filing::text as filing, r.document as run, r.version, f.received_on::text as received_on,
          f.document ->> 'matter' as matter, t.id::text as timer, t.kind, t.stage, t.due_on::text as due, t.last_on::text as last, t.provisional
        from flow_runs r
          join filings f on f.court = r.court and f.id = r.filing
          left join timers t on t.court = r.court and t.run = r.id and t.state = 'running'
        where r.court = ${court} ${some}
        order by r.id limit ${limit}::int`,
    );
    return found.map(({ received_on: receivedOn, timer, kind, stage, due, last, provisional, ...rest }) => ({
      ...rest,
      receivedOn,
      timer:
        timer === null
          ? undefined
          : { id: timer, kind, stage, due: due ?? undefined, lastDay: last ?? undefined, provisional },
    }));
  }

  #now(run: FlowRun) {
    return { state: run.state, outcome: run.outcome ?? null, document: run, changedAt: this.#by.now };
  }
}

interface StandingRow extends StoredRun {
  readonly received_on: PlainDate;
  readonly matter: Matter;
  readonly timer: string | null;
  readonly stage: Stage;
  readonly last: PlainDate | null;
  readonly kind: string;
  readonly due: PlainDate | null;
  readonly provisional: boolean;
}

const DUE_TIMER = sql`id::text as id, filing::text as filing, run::text as run, kind, stage, due_on::text as due, last_on::text as "lastDay"`;

const columnsOf = ({ stage, due, lastDay, provisional }: TimerTerms) => ({
  stage,
  dueOn: due ?? null,
  lastOn: lastDay ?? null,
  provisional,
});
