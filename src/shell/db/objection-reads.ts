import { type SQL, sql } from 'drizzle-orm';
import type {
  DecidedRun,
  ObjectionReads,
  PastRuling,
  QueuedRun,
  QueueQuery,
  Turn,
  WaitingState,
} from '../../app/objection-ports.js';
import type { Page } from '../../app/page.js';
import type { FlowRun } from '../../core/flows/flow-run.js';
import { LAPSED } from '../../core/flows/play.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { type Db, rows, uuidArray } from './db.js';

const instant = (column: SQL): SQL => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const inList = (value: SQL, list: readonly string[]): SQL =>
  sql`${value} in (select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb))`;
const inStates = (states: readonly WaitingState[]): SQL =>
  inList(
    sql`r.flow || '/' || r.state`,
    states.map(({ flow, state }) => `${flow}/${state}`),
  );

/** Where each thing that somebody may be to a run stands. */
const RELATION_COLUMNS = {
  recipient: sql`o.judge`,
  applicant: sql`r.document ->> 'applicant'`,
  claimed_owner: sql`r.document ->> 'claimedOwner'`,
  challenged: sql`r.document ->> 'challenged'`,
} as const;

/** Runs of flows as those who decide look at them, within one read or act of a court. */
export class StoredObjections implements ObjectionReads {
  readonly #tx: Db;
  readonly #court: string;

  constructor(tx: Db, court: string) {
    this.#tx = tx;
    this.#court = court;
  }

  async queue(query: QueueQuery, today: PlainDate): Promise<Page<QueuedRun>> {
    const { state, flow, waiting, turn, overdue, concerning, limit, after } = query;
    const isOpen = state === 'open';
    const conditions = [
      isOpen ? sql`r.outcome is null` : sql`r.outcome is not null`,
      ...(flow === undefined ? [] : [sql`r.flow = ${flow}`]),
      ...(waiting === undefined ? [] : [inStates(waiting)]),
      ...(turn === undefined ? [] : [turnOf(turn)]),
      ...(concerning === undefined ? [] : [concerns(concerning)]),
      ...(overdue === true ? [sql`t.last_on < ${today}::date`] : []),
    ];
    // What is open comes by its clock, what has ended latest first.
    const rank = isOpen ? sql`coalesce(t.last_on, 'infinity'::date)::text` : instant(sql`r.changed_at`);
    const past = after === undefined ? sql`true` : pastCursor(after, isOpen);
    const found = await this.#runs(
      sql.join(conditions, sql` and `),
      rank,
      sql`where ${past} order by ${isOpen ? sql`rank, id` : sql`rank desc, id desc`} limit ${limit + 1}::int`,
    );
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(({ rank: _, ...run }) => run),
      next: found.length > limit && last ? cursorOf(last.rank, last.id) : null,
    };
  }

  async run(id: string): Promise<QueuedRun | undefined> {
    const [found] = await this.#runs(sql`r.id = ${id}::uuid`, sql`''`, sql``);
    if (found === undefined) return undefined;
    const { rank: _, ...run } = found;
    return run;
  }

  async over(filings: readonly string[]): Promise<QueuedRun[]> {
    const condition = sql`r.filing = any(${uuidArray(filings)}::uuid[])`;
    const found = await this.#runs(condition, sql`''`, sql`order by "changedAt", id`);
    return found.map(({ rank: _, ...run }) => run);
  }

  async barredFrom(filings: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = await rows<{ filing: string; barred: readonly string[] }>(
      this.#tx,
      sql`select f.id::text as filing,
          (select coalesce(jsonb_agg(b -> 'judge'), '[]') from json_array_elements(d.document -> 'barred') b) as barred
        from filings f join decisions d on d.court = f.court and d.filing = f.id and d.number = f.decision
        where f.court = ${this.#court} and f.id = any(${uuidArray(filings)}::uuid[])`,
    );
    return new Map(found.map(({ filing, barred }) => [filing, barred]));
  }

  async decisionBefore(run: string): Promise<number | undefined> {
    const [step] = await rows<{ decision: number | null }>(
      this.#tx,
      sql`select (document ->> 'decision')::int as decision from flow_steps
        where court = ${this.#court} and run = ${run}::uuid and number = 1`,
    );
    return step?.decision ?? undefined;
  }

  rulings({ flow, ground }: Pick<FlowRun, 'flow' | 'ground'>, except: string, most: number): Promise<PastRuling[]> {
    return rows<PastRuling>(
      this.#tx,
      sql`select r.id::text as id, r.filing::text as filing, r.document as run, f.summary ->> 'cause' as cause,
          d.document #>> '{owner,link}' as "linkKind", d.document #>> '{owner,linkedCase}' as "linkedCase",
          (select coalesce(jsonb_agg(jsonb_build_object('caseNo', e -> 'caseNo', 'sidesSame', e #> '{facts,sidesSame}',
              'sidesSwapped', e #> '{facts,sidesSwapped}', 'partyShared', e #> '{facts,partyShared}')), '[]')
            from json_array_elements(d.document #> '{record,earlier}') e) as compared
        from flow_runs r
          join filings f on f.court = r.court and f.id = r.filing
          join flow_steps s on s.court = r.court and s.run = r.id and s.number = 1
          join decisions d on d.court = r.court and d.filing = r.filing and d.number = (s.document ->> 'decision')::int
        where r.court = ${this.#court} and r.flow = ${flow} and r.ground is not distinct from ${ground ?? null} and r.id <> ${except}::uuid
          and r.outcome is not null and r.outcome <> ${LAPSED} and r.document ? 'decidedOn'
        order by r.changed_at desc, r.id desc limit ${most}::int`,
    );
  }

  decided(flows: readonly string[], limit: number, after?: string): Promise<DecidedRun[]> {
    return rows<DecidedRun>(
      this.#tx,
      sql`select r.id::text as id, r.document as run, before.document as before, next.document as next
        from flow_runs r
          join flow_steps first on first.court = r.court and first.run = r.id and first.number = 1
          join decisions before on before.court = r.court and before.filing = r.filing
            and before.number = (first.document ->> 'decision')::int
          join lateral (select document from flow_steps s where s.court = r.court and s.run = r.id and s.kind = 'step'
            order by s.number desc limit 1) last on true
          left join decisions next on next.court = r.court and next.filing = r.filing
            and next.number = (last.document ->> 'decision')::int + 1
        where r.court = ${this.#court} and r.outcome is not null and r.document ? 'decidedOn' and ${inList(sql`r.flow`, flows)}
          and ${after === undefined ? sql`true` : sql`r.id > ${after}::uuid`}
        order by r.id limit ${limit}::int`,
    );
  }

  #runs(condition: SQL, rank: SQL, rest: SQL): Promise<(QueuedRun & { readonly rank: string })[]> {
    return rows<QueuedRun & { readonly rank: string }>(
      this.#tx,
      sql`select * from (
          select r.id::text as id, r.filing::text as filing, r.document as run, r.version, ${instant(sql`r.changed_at`)} as "changedAt",
            f.reference, f.summary ->> 'cause' as cause, f.received_on::text as "receivedOn", f.state as "filingState",
            f.version as "filingVersion", o.judge as owner, u.name as "applicantName",
            t.last_on::text as due, coalesce(t.provisional, false) as provisional, ${rank} as rank
          from flow_runs r
            join filings f on f.court = r.court and f.id = r.filing
            left join owners o on o.court = f.court and o.matter = f.id and o.until is null
            left join users u on u.id::text = r.document ->> 'applicant'
            left join lateral (select last_on, provisional from timers t
              where t.court = r.court and t.filing = r.filing and t.run = r.id and t.kind = r.document #>> '{clock,key}'
                and t.state <> 'stopped'
              order by t.cycle desc limit 1) t on r.outcome is null
          where r.court = ${this.#court} and ${condition}) q ${rest}`,
    );
  }
}

/** Whoever holds the matter is concerned in it too, and finds it among their cases. */
const concerns = (judges: readonly string[]): SQL =>
  sql`(${sql.join(
    [RELATION_COLUMNS.applicant, RELATION_COLUMNS.claimed_owner, RELATION_COLUMNS.challenged].map(
      (column) => sql`coalesce(${inList(column, judges)}, false)`,
    ),
    sql` or `,
  )})`;

/** An office's turn is nobody's whom the run concerns. */
function turnOf({ ids, offices, relations }: Turn): SQL {
  const concerned = sql.join(
    Object.values(RELATION_COLUMNS).map((column) => sql`coalesce(${inList(column, ids)}, false)`),
    sql` or `,
  );
  const turns = [
    sql`(${inStates(offices)} and not (${concerned}))`,
    ...relations.map(({ as, ...state }) => sql`(${inStates([state])} and ${inList(RELATION_COLUMNS[as], ids)})`),
  ];
  return sql`(${sql.join(turns, sql` or `)})`;
}

const cursorOf = (rank: string, id: string): string => Buffer.from(JSON.stringify([rank, id])).toString('base64url');

/** What lies past a cursor. One that was tampered with gives an empty page, not an error: it is compared as text. */
function pastCursor(after: string, isOpen: boolean): SQL {
  const [rank, id] = JSON.parse(Buffer.from(after, 'base64url').toString('utf8')) as [string, string];
  return isOpen ? sql`(rank, id) > (${rank}::text, ${id}::text)` : sql`(rank, id) < (${rank}::text, ${id}::text)`;
}
