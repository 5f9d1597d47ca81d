import { type SQL, sql } from 'drizzle-orm';
import type { StoredRun } from '../../app/flow-ports.js';
import type { NewUrging, StoredUrging, UrgingTx } from '../../app/urging-ports.js';
import type { Level } from '../../core/flows/flow.js';
import { type Db, rows, schema } from './db.js';

/** 工作提示单, 催办单 and 督办单, within one act or read of a court. */
export class UrgingStore implements UrgingTx {
  readonly #tx: Db;
  readonly #court: string;

  constructor(tx: Db, court: string) {
    this.#tx = tx;
    this.#court = court;
  }

  ofFiling(filing: string): Promise<StoredUrging[]> {
    return this.#where(sql`filing = ${filing}::uuid`);
  }

  async find(id: string): Promise<StoredUrging | undefined> {
    const [found] = await this.#where(sql`id = ${id}::uuid`);
    return found;
  }

  async nextNumber(level: Level, year: number): Promise<number> {
    // The act holds the head of the court's chain: no other act of the court counts meanwhile.
    const [last] = await rows<{ number: number }>(
      this.#tx,
      sql`select coalesce(max(number), 0)::int as number from urgings
        where court = ${this.#court} and level = ${level} and year = ${year}::int`,
    );
    return (last?.number ?? 0) + 1;
  }

  async write(
    { id: run, filing }: Pick<StoredRun, 'id' | 'filing'>,
    { id, timer, number, to, urging }: NewUrging,
  ): Promise<void> {
    const { level, madeOn } = urging;
    await this.#tx.insert(schema.urgings).values({
      court: this.#court,
      id,
      filing,
      run,
      timer,
      level,
      year: Number(madeOn.slice(0, 4)),
      number,
      toKind: to.kind,
      toWhom: to.id,
      madeOn,
      document: urging,
    });
  }

  async userName(user: string): Promise<string | undefined> {
    const [found] = await rows<{ name: string }>(this.#tx, sql`select name from users where id = ${user}::uuid`);
    return found?.name;
  }

  #where(condition: SQL): Promise<StoredUrging[]> {
    return rows<StoredUrging>(
      this.#tx,
      sql`select id::text as id, filing::text as filing, run::text as run, document as urging from urgings
        where court = ${this.#court} and ${condition} order by id`,
    );
  }
}
