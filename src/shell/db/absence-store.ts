import { and, eq, sql } from 'drizzle-orm';
import type { AbsenceRow, AbsenceTx, StoredAbsence } from '../../app/absence-ports.js';
import type { Page } from '../../app/page.js';
import type { Absence } from '../../core/documents/docket.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { type Db, isAmong, iso, rows, schema } from './db.js';

/** Absences as they are entered and withdrawn, within one act or read of a court. */
export class AbsenceStore implements AbsenceTx {
  readonly #tx: Db;
  readonly #by: { readonly court: string; readonly user: string | null; readonly now: string };
  readonly #changed: () => void;

  constructor(tx: Db, by: { court: string; user: string | null; now: string }, changed: () => void = () => {}) {
    this.#tx = tx;
    this.#by = by;
    this.#changed = changed;
  }

  async find(id: string): Promise<StoredAbsence | undefined> {
    const [found] = await this.#where(sql`id = ${id}::uuid`, 1);
    return found;
  }

  async page(
    of: readonly string[] | undefined,
    { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<Page<AbsenceRow>> {
    // Ids are in the order of time.
    const past = after === undefined ? sql`true` : sql`id < ${after}::uuid`;
    const own = of === undefined ? sql`true` : isAmong(sql`judge`, of);
    const found = await this.#where(sql`${past} and ${own}`, limit + 1);
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  async enter({ id, judge, from, to, reason }: Omit<StoredAbsence, 'isWithdrawn'>): Promise<void> {
    const { court, user, now } = this.#by;
    const row = { court, id, judge, fromOn: from, toOn: to ?? null, reason, enteredBy: user, enteredAt: now };
    await this.#tx.insert(schema.absences).values(row);
    await this.#benchChanged();
  }

  async withdraw(id: string): Promise<void> {
    const { absences } = schema;
    const { court, user, now } = this.#by;
    await this.#tx
      .update(absences)
      .set({ withdrawnBy: user, withdrawnAt: now })
      .where(and(eq(absences.court, court), eq(absences.id, id)));
    await this.#benchChanged();
  }

  /** Every instance keeps the bench that it read last, by its version. */
  async #benchChanged(): Promise<void> {
    await this.#tx.execute(sql`update courts set version = version + 1 where code = ${this.#by.court}`);
    this.#changed();
  }

  async #where(condition: ReturnType<typeof sql>, limit: number): Promise<AbsenceRow[]> {
    const found = await rows<AbsenceSql>(
      this.#tx,
      sql`select id::text as id, judge, from_on::text as from_on, to_on::text as to_on, reason,
          ${iso(sql`entered_at`)} as entered_at, ${iso(sql`withdrawn_at`)} as withdrawn_at
        from absences where court = ${this.#by.court} and ${condition} order by id desc limit ${limit}::int`,
    );
    return found.map(({ id, judge, from_on, to_on, reason, entered_at, withdrawn_at }) => ({
      id,
      judge,
      from: from_on,
      to: to_on ?? undefined,
      reason,
      isWithdrawn: withdrawn_at !== null,
      enteredAt: entered_at,
      withdrawnAt: withdrawn_at ?? undefined,
    }));
  }
}

/** Those that stand, by judge, as a docket would give them. */
export async function absencesNow(tx: Db, court: string): Promise<ReadonlyMap<string, readonly Absence[]>> {
  const found = await rows<Pick<AbsenceSql, 'judge' | 'from_on' | 'to_on' | 'reason'>>(
    tx,
    sql`select judge, from_on::text as from_on, to_on::text as to_on, reason from absences
      where court = ${court} and withdrawn_at is null order by judge, from_on, id`,
  );
  const byJudge = new Map<string, Absence[]>();
  for (const { judge, from_on: from, to_on: to, reason } of found) {
    byJudge.set(judge, [...(byJudge.get(judge) ?? []), { from, ...(to !== null && { to }), reason }]);
  }
  return byJudge;
}

interface AbsenceSql {
  readonly id: string;
  readonly judge: string;
  readonly from_on: PlainDate;
  readonly to_on: PlainDate | null;
  readonly reason: Absence['reason'];
  readonly entered_at: string;
  readonly withdrawn_at: string | null;
}
