import { type SQL, sql } from 'drizzle-orm';
import type { ClockList, ClockQuery, ClockRow, Sight } from '../../app/clock-list-ports.js';
import type { Page } from '../../app/page.js';
import type { FlowRun } from '../../core/flows/flow-run.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { type Db, isAmong, rows } from './db.js';

/** No day comes after it: where what stands still is sorted. */
const NEVER = '9999-12-31';

/** Clocks of decisions and of flows as one list. */
export class StoredClockList implements ClockList {
  readonly #tx: Db;
  readonly #court: string;

  constructor(tx: Db, court: string) {
    this.#tx = tx;
    this.#court = court;
  }

  async page(query: ClockQuery, today: PlainDate, sight: readonly Sight[]): Promise<Page<ClockRow>> {
    const { of, kind, until, filing, limit, after } = query;
    const conditions = [
      ...(kind === undefined ? [] : [sql`c.kind = ${kind}`]),
      ...(until === undefined ? [] : [sql`c.due_on <= ${until}`]),
      ...(filing === undefined ? [] : [sql`c.filing = ${filing}`]),
      ...(after === undefined ? [] : [pastCursor(after)]),
    ];
    const found = await rows<ClockSql>(
      this.#tx,
      sql`select c.filing, f.reference, f.summary ->> 'matter' as matter, c.kind, c.run_id, c.run, c.from_on, c.due_on, c.length, c.unit,
          c.provisional, o.judge, coalesce(j.name, o.judge) as judge_name,
          (select coalesce(sum(a.length), 0)::int from clock_adjustments a where a.court = f.court and a.filing = f.id
            and a.clock = c.kind and coalesce(a.run::text, '') = c.run_id and a.withdrawn_at is null) as extended
        from (${this.#ofDecisions(today, sight, until)} union all ${this.#ofFlows()}) c
          join filings f on f.court = ${this.#court} and f.id = c.filing::uuid
          left join owners o on o.court = f.court and o.matter = f.id and o.until is null
          left join judges j on j.court = f.court and j.id = o.judge
        where ${of === undefined ? sql`true` : concerns(of)}
          ${conditions.length === 0 ? sql`` : sql`and ${sql.join(conditions, sql` and `)}`}
        order by c.due_on, c.filing, c.kind, c.run_id limit ${limit + 1}::int`,
    );
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return { items: shown.map(rowOf), next: found.length > limit && last ? cursorOf(last) : null };
  }

  #ofDecisions(today: PlainDate, sight: readonly Sight[], until: PlainDate | undefined): SQL {
    const seen = sight.map(
      ({ kinds, states, late }) =>
        sql`(${isAmong(sql`c.kind`, kinds)} and ${isAmong(sql`f.state`, states)} and ${
          late ? sql`true` : sql`(c.due_on >= ${today}::date or c.paused_since is not null)`
        })`,
    );
    return sql`select c.filing::text as filing, c.kind, '' as run_id, null::jsonb as run, c.from_on::text as from_on,
        case when c.paused_since is null then c.due_on::text else ${NEVER} end as due_on, c.length, c.unit, c.provisional
      from clocks c join filings f on f.court = c.court and f.id = c.filing
      where c.court = ${this.#court} and (${sql.join(seen, sql` or `)})
        ${until === undefined ? sql`` : sql`and c.due_on <= ${until}::date`}`;
  }

  /** Of runs that are open, whether their timer runs, stands still or has fired without an end: late is late until it is done. */
  #ofFlows(): SQL {
    return sql`select r.filing::text, r.document #>> '{clock,key}', r.id::text, r.document, r.document #>> '{clock,from}',
        coalesce(t.due_on::text, ${NEVER}), null::int, null::text, t.provisional
      from flow_runs r join lateral (
        select coalesce(t.last_on, t.due_on) as due_on, t.provisional from timers t
          where t.court = r.court and t.filing = r.filing and t.kind = r.document #>> '{clock,key}' and t.run = r.id
          order by t.cycle desc limit 1) t on true
      where r.court = ${this.#court} and r.outcome is null`;
  }
}

/** Held by one of these judges, or in whose run one of them has a part. */
const concerns = (judges: readonly string[]): SQL =>
  sql`(${isAmong(sql`o.judge`, judges)} or ${sql.join(
    ['applicant', 'claimedOwner', 'challenged'].map((part) => isAmong(sql`c.run ->> ${part}`, judges)),
    sql` or `,
  )})`;

const cursorOf = ({ due_on, filing, kind, run_id }: ClockSql): string =>
  Buffer.from(JSON.stringify([due_on, filing, kind, run_id])).toString('base64url');

/** What the contract has let in is a cursor by its shape; all of it is compared as text alone. */
function pastCursor(after: string): SQL {
  const [due, filing, kind, run] = JSON.parse(Buffer.from(after, 'base64url').toString('utf8')) as string[];
  return sql`(c.due_on, c.filing, c.kind, c.run_id) > (${due}, ${filing}, ${kind}, ${run})`;
}

function rowOf(row: ClockSql): ClockRow {
  const {
    filing,
    reference,
    kind,
    run,
    from_on,
    due_on,
    length,
    unit,
    provisional,
    extended,
    judge,
    judge_name,
    matter,
  } = row;
  return {
    filing,
    reference,
    kind,
    run: run ?? undefined,
    from: from_on,
    due: due_on === NEVER ? undefined : due_on,
    provisional,
    extended,
    period: length === null || unit === null ? undefined : { length, unit },
    judge: judge === null ? undefined : { id: judge, name: judge_name ?? judge },
    matter: matter ?? undefined,
  };
}

interface ClockSql {
  readonly filing: string;
  readonly reference: string;
  readonly matter: string | null;
  readonly kind: string;
  readonly run_id: string;
  readonly run: FlowRun | null;
  readonly from_on: PlainDate;
  readonly due_on: PlainDate;
  readonly length: number | null;
  readonly unit: 'day' | 'working_day' | 'month' | null;
  readonly provisional: boolean;
  readonly extended: number;
  readonly judge: string | null;
  readonly judge_name: string | null;
}
