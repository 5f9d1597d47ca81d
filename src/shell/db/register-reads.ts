import { type SQL, sql } from 'drizzle-orm';
import type { RegisterReads } from '../../app/register-ports.js';
import type { RegisterUrging, Span } from '../../core/flows/register.js';
import type { RegisterRun, RegisterStep } from '../../core/flows/run-record.js';
import type { FirstAssignment } from '../../core/flows/weekly-report.js';
import { type Db, rows, uuidArray } from './db.js';

const within = (day: SQL, { from, to }: Span): SQL => sql`${day} between ${from}::date and ${to}::date`;

const dayOf = (moment: SQL): SQL => sql`(${moment} at time zone 'Asia/Shanghai')::date`;

/** What registers and reports read, within one read of a court. */
export class StoredRegister implements RegisterReads {
  readonly #tx: Db;
  readonly #court: string;

  constructor(tx: Db, court: string) {
    this.#tx = tx;
    this.#court = court;
  }

  runs({ from, to }: Span, most: number): Promise<RegisterRun[]> {
    return rows<RegisterRun>(
      this.#tx,
      sql`select r.id::text as id, f.reference, f.summary ->> 'cause' as cause, r.document as run,
          coalesce(held.owners, '[]'::jsonb) as owners
        from flow_runs r
          join filings f on f.court = r.court and f.id = r.filing
          join lateral (select min(on_day) as first, max(on_day) as last from flow_steps s
            where s.court = r.court and s.run = r.id) days on true
          join lateral (select jsonb_agg(jsonb_build_object('judge', o.judge, 'since', ${dayOf(sql`o.since`)}::text,
              'until', ${dayOf(sql`o.until`)}::text) order by o.id) as owners
            from owners o where o.court = f.court and o.matter = f.id) held on true
        where r.court = ${this.#court} and days.first <= ${to}::date and (r.outcome is null or days.last >= ${from}::date)
        order by days.first, r.id limit ${most + 1}::int`,
    );
  }

  steps(runs: readonly string[]): Promise<RegisterStep[]> {
    return rows<RegisterStep>(
      this.#tx,
      sql`select s.run::text as run, s.number, s.kind, s.action, s.state, s.on_day::text as "on", s.reason, s.document,
          case when s.actor is not null then jsonb_build_object('id', s.actor, 'name', coalesce(u.name, '')) end as actor
        from flow_steps s left join users u on u.id = s.actor
        where s.court = ${this.#court} and s.run = any(${uuidArray(runs)}::uuid[]) order by s.run, s.number`,
    );
  }

  urgings(runs: readonly string[]): Promise<RegisterUrging[]> {
    return rows<RegisterUrging>(
      this.#tx,
      sql`select u.run::text as run, f.reference as filing, u.document as urging
        from urgings u join filings f on f.court = u.court and f.id = u.filing
        where u.court = ${this.#court} and u.run = any(${uuidArray(runs)}::uuid[]) order by u.made_on, u.id`,
    );
  }

  firstAssignments(span: Span): Promise<FirstAssignment[]> {
    const day = dayOf(sql`o.since`);
    return rows<FirstAssignment>(
      this.#tx,
      sql`select ${day}::text as "on", o.method, (select d.document #>> '{record,handover,designation,ground}' from decisions d
            where d.court = o.court and d.filing = o.matter and d.made_at = o.since order by d.number desc limit 1) as ground
        from owners o join filings f on f.court = o.court and f.id = o.matter
        where o.court = ${this.#court} and ${within(day, span)}
          and not exists (select from owners p where p.court = o.court and p.matter = o.matter and p.id < o.id)
        order by o.id`,
    );
  }
}
