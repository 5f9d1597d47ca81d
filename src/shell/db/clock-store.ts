import { and, eq, sql } from 'drizzle-orm';
import type { ClockTx, NewAdjustment, StoredAdjustment, StoredDeadline } from '../../app/clock-ports.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { type Db, iso, rows, schema } from './db.js';

/** Deadlines of decisions and what was left out of clocks or added to them, within one act or read of a court. */
export class ClockStore implements ClockTx {
  readonly #tx: Db;
  readonly #by: { readonly court: string; readonly user: string | null; readonly now: string };

  readonly #written: () => Promise<void>;

  /** @param written sends what the act has written so far and not sent yet */
  constructor(
    tx: Db,
    by: { court: string; user: string | null; now: string },
    written: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.#tx = tx;
    this.#by = by;
    this.#written = written;
  }

  async provisionalFilings(): Promise<string[]> {
    const found = await rows<{ filing: string }>(
      this.#tx,
      sql`select distinct c.filing::text as filing from clocks c join filings f on f.court = c.court and f.id = c.filing
        where c.court = ${this.#by.court} and c.provisional and f.state <> 'closed' order by 1`,
    );
    return found.map(({ filing }) => filing);
  }

  async deadlinesOf(filing: string): Promise<StoredDeadline[]> {
    await this.#written();
    const found = await rows<Omit<StoredDeadline, 'pausedSince'> & { pausedSince: PlainDate | null }>(
      this.#tx,
      sql`select kind, from_on::text as "from", due_on::text as due, length, unit, provisional, paused_since::text as "pausedSince"
        from clocks where court = ${this.#by.court} and filing = ${filing}::uuid order by kind`,
    );
    return found.map(({ pausedSince, ...rest }) => ({ ...rest, pausedSince: pausedSince ?? undefined }));
  }

  async adjustmentsOf(filing: string): Promise<StoredAdjustment[]> {
    const found = await rows<AdjustmentSql>(
      this.#tx,
      sql`select a.id::text as id, a.filing::text as filing, a.run::text as run, a.clock, a.rule, a.from_on::text as "from",
          a.to_on::text as "to", a.length, a.applied_on::text as "appliedOn", a.reason, ${iso(sql`a.entered_at`)} as "enteredAt",
          case when a.entered_by is not null then jsonb_build_object('id', a.entered_by, 'name', coalesce(u.name, '')) end as "enteredBy",
          a.withdrawn_at is not null as "isWithdrawn"
        from clock_adjustments a left join users u on u.id = a.entered_by
        where a.court = ${this.#by.court} and a.filing = ${filing}::uuid order by a.entered_at, a.id`,
    );
    return found.map(({ run, appliedOn, ...rest }) => ({
      ...rest,
      run: run ?? undefined,
      appliedOn: appliedOn ?? undefined,
    }));
  }

  async setDeadline(
    filing: string,
    { kind, due, provisional, pausedSince }: Pick<StoredDeadline, 'kind' | 'due' | 'provisional' | 'pausedSince'>,
  ): Promise<void> {
    const { clocks } = schema;
    await this.#tx
      .update(clocks)
      .set({ dueOn: due, provisional, pausedSince: pausedSince ?? null })
      .where(and(eq(clocks.court, this.#by.court), eq(clocks.filing, filing), eq(clocks.kind, kind)));
  }

  async adjust({ from, to, run, appliedOn, ...rest }: NewAdjustment): Promise<void> {
    const { court, user, now } = this.#by;
    await this.#tx.insert(schema.clockAdjustments).values({
      ...rest,
      court,
      run: run ?? null,
      fromOn: from,
      toOn: to,
      appliedOn: appliedOn ?? null,
      enteredBy: user,
      enteredAt: now,
    });
  }

  async endAdjustment(id: string, to: PlainDate): Promise<void> {
    await this.#update(id, { toOn: to, endedBy: this.#by.user });
  }

  async withdrawAdjustment(id: string): Promise<void> {
    await this.#update(id, { withdrawnBy: this.#by.user, withdrawnAt: this.#by.now });
  }

  async #update(id: string, change: Partial<typeof schema.clockAdjustments.$inferInsert>): Promise<void> {
    const { clockAdjustments } = schema;
    await this.#tx
      .update(clockAdjustments)
      .set(change)
      .where(and(eq(clockAdjustments.court, this.#by.court), eq(clockAdjustments.id, id)));
  }
}

interface AdjustmentSql extends Omit<StoredAdjustment, 'run' | 'appliedOn'> {
  readonly run: string | null;
  readonly appliedOn: PlainDate | null;
}
