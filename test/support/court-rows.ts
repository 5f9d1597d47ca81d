/** A court's tables as the examination of its invariants reads them: by the database's superuser, past every wall. */
import { sql } from 'drizzle-orm';
import type { AuditEvent } from '../../src/core/audit/chain.js';
import type { FlowRun } from '../../src/core/flows/flow-run.js';
import { type Db, iso, rows } from '../../src/shell/db/db.js';

export interface FilingRow {
  readonly id: string;
  readonly state: string;
  readonly received: string;
  readonly decisions: number;
  readonly owner: string | null;
  readonly holders: number;
  readonly held: number;
}

export interface RunRow {
  readonly id: string;
  readonly filing: string;
  readonly flow: string;
  readonly number: number;
  readonly state: string;
  readonly ground: string | null;
  readonly outcome: string | null;
  readonly document: FlowRun;
}

export interface TimerRow {
  readonly id: string;
  readonly run: string;
  readonly filing: string;
  readonly kind: string;
  readonly due: string | null;
  readonly state: string;
  readonly ended: string | null;
  readonly late: number | null;
}

export interface StepRow {
  readonly run: string;
  readonly number: number;
  readonly kind: string;
  readonly action: string;
  readonly state: string;
}

/** Whom a decision keeps from the matter. */
export interface BarredRow {
  readonly filing: string;
  readonly number: number;
  readonly judges: readonly string[];
}

export type Body = Readonly<Record<string, string | number | boolean | undefined>>;
export type Told = AuditEvent & { readonly body: Body };

/** All of it as it is at one moment, where the transaction is of one. */
export async function readAll(tx: Db, court: string) {
  return {
    filings: await rows<FilingRow>(
      tx,
      sql`select id::text as id, state, received_on::text as received, decision as decisions,
          (select judge from owners o where o.court = f.court and o.matter = f.id and until is null) as owner,
          (select count(*)::int from owners o where o.court = f.court and o.matter = f.id) as holders,
          (select coalesce(sum(amount), 0)::int from ledger l where l.court = f.court and l.matter = f.id) as held
        from filings f where court = ${court}`,
    ),
    runs: await rows<RunRow>(
      tx,
      sql`select id::text as id, filing::text as filing, flow, number, state, ground, outcome, document from flow_runs
        where court = ${court}`,
    ),
    timers: await rows<TimerRow>(
      tx,
      sql`select id::text as id, run::text as run, filing::text as filing, kind, due_on::text as due, state,
          ${iso(sql`ended_at`)} as ended, late_days as late
        from timers where court = ${court}`,
    ),
    steps: await rows<StepRow>(
      tx,
      sql`select run::text as run, number, kind, action, state from flow_steps where court = ${court} order by run, number`,
    ),
    events: await rows<Told>(
      tx,
      sql`select court, seq::int as seq, at, actor::text as actor, action, subject, body, previous, hash from audit
        where court = ${court} order by seq`,
    ),
    barred: await rows<BarredRow>(
      tx,
      sql`select filing::text as filing, number,
          (select coalesce(json_agg(b ->> 'judge'), '[]') from json_array_elements(document -> 'barred') b) as judges
        from decisions where court = ${court}`,
    ),
    ledger: await ledgerWrongs(tx, court),
  };
}

/** Loads are the sums of the ledger, and nobody is owed anything for what they do not hold. */
async function ledgerWrongs(db: Db, court: string): Promise<string[]> {
  const wrong = await rows<{ text: string }>(
    db,
    sql`select 'load of ' || l.judge as text from loads l where l.court = ${court}
        and l.amount <> (select coalesce(sum(amount), 0) from ledger e where e.court = l.court and e.judge = l.judge)
      union all
      select 'ledger of ' || e.judge || ' for ' || e.matter::text from ledger e where e.court = ${court} and e.matter in (select id from filings where court = ${court})
        group by e.matter, e.judge
        having sum(amount) <> (select count(*) * 1000000 from owners o where o.court = ${court} and o.matter = e.matter and o.judge = e.judge and until is null)`,
  );
  return wrong.map(({ text }) => text);
}
