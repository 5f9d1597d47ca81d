import { type SQL, sql } from 'drizzle-orm';
import type { Page } from '../../app/page.js';
import type { FilingState } from '../../app/ports.js';
import type { RowSummary } from '../../app/row-summary.js';
import type { ClockView, FilingRow } from '../../app/views.js';
import { daysBetween, type PlainDate } from '../../core/kernel/plain-date.js';
import { type Db, iso, rows } from './db.js';

/** Whether somebody has proposed that another takes the filing `f`. */
export const OPEN_PROPOSAL = sql`exists (
  select from handovers h where h.court = f.court and h.filing = f.id and h.outcome is null)`;

/** The filings of a court that all of the conditions hold of (`f` is the filing): what waits by its clock, everything else newest first. */
export async function pageOfFilings(
  tx: Db,
  court: string,
  conditions: readonly SQL[],
  state: FilingState | undefined,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  today: PlainDate,
): Promise<Page<FilingRow>> {
  // Those of one moment as they stood in their file.
  const isQueue = state === 'needs_review';
  const rank = isQueue ? sql`coalesce(f.waiting_due, 'infinity'::date)::text` : iso(sql`f.created_at`);
  const order = isQueue ? sql`rank, f.position, f.id` : sql`rank desc, f.position, f.id`;
  const found = await rows<RowSql>(
    tx,
    sql`select * from (
          select f.id::text as id, f.batch::text as batch, f.position, f.reference, f.received_on::text as received_on, f.state, f.summary,
            f.waiting_due::text as waiting_due, f.waiting_for::text as waiting_for, u.name as waiting_name, f.version,
            ${iso(sql`f.updated_at`)} as updated_at, ${rank} as rank, f.created_at, o.judge as owner, j.name as owner_name,
            ${OPEN_PROPOSAL} as proposal,
            c.kind, c.from_on::text as from_on, c.due_on::text as due_on, c.length, c.unit, c.provisional, c.paused_since::text as paused_since
          from filings f
            left join users u on u.id = f.waiting_for
            left join owners o on o.court = f.court and o.matter = f.id and o.until is null
            left join judges j on j.court = f.court and j.id = coalesce(o.judge, f.summary ->> 'judge')
            left join lateral (select * from clocks c where c.court = f.court and c.filing = f.id and c.due_on >= ${today}::date and c.paused_since is null
              order by c.due_on, c.kind limit 1) c on true
          where f.court = ${court} and ${sql.join([...conditions], sql` and `)}) f
        where ${after === undefined ? sql`true` : cursorCondition(after, isQueue)}
        order by ${order} limit ${limit + 1}::int`,
  );
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const next = found.length > limit && last ? cursorOf(last) : null;
  return { items: shown.map((row) => rowOf(row, today)), next };
}

/** Whoever did something; null for the service itself. */
export const personOf = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

const cursorOf = ({ rank, position, id }: RowSql): string =>
  Buffer.from(JSON.stringify([rank, position, id])).toString('base64url');

/** A cursor that was tampered with gives an empty page, not an error: it is compared as text and numbers only. */
function cursorCondition(after: string, isQueue: boolean): SQL {
  const [rank, position, id] = readCursor(after);
  const past = isQueue ? sql`rank > ${rank}` : sql`rank < ${rank}`;
  return sql`(${past} or (rank = ${rank} and (position, f.id) > (${position}::int, ${id}::text)))`;
}

function readCursor(after: string): [string, number, string] {
  try {
    const [rank, position, id] = JSON.parse(Buffer.from(after, 'base64url').toString('utf8')) as unknown[];
    if (typeof rank === 'string' && Number.isInteger(position) && typeof id === 'string')
      return [rank, Number(position), id];
  } catch {}
  return ['', 0, ''];
}

/** A deadline as the pages see it. */
export function clockOf(row: ClockSql, today: PlainDate): ClockView {
  const { kind, from_on, due_on, length, unit, provisional, paused_since } = row;
  const daysLeft = daysBetween(today, due_on as PlainDate);
  return { kind, from: from_on, due: due_on, length, unit, provisional, pausedSince: paused_since, daysLeft };
}

function rowOf(row: RowSql, today: PlainDate): FilingRow {
  const { questions, judge: decided, ...summary } = row.summary;
  const judge = row.owner ?? decided;
  const { kind, from_on, due_on, length, unit, provisional } = row;
  const hasClock = kind !== null && from_on !== null && due_on !== null && unit !== null;
  return {
    ...summary,
    id: row.id,
    batch: row.batch,
    position: row.position,
    reference: row.reference,
    receivedOn: row.received_on,
    state: row.state,
    judge: judge === null ? null : { id: judge, name: row.owner_name ?? judge },
    clock: hasClock
      ? clockOf(
          { kind, from_on, due_on, length: length ?? 0, unit, provisional: provisional ?? false, paused_since: null },
          today,
        )
      : null,
    waiting:
      row.state === 'needs_review'
        ? { due: row.waiting_due, for: personOf(row.waiting_for, row.waiting_name), questions }
        : null,
    proposal: row.proposal,
    version: row.version,
    updatedAt: row.updated_at,
  };
}

/** A row of `clocks`. */
export interface ClockSql {
  readonly kind: string;
  readonly from_on: string;
  readonly due_on: string;
  readonly length: number;
  readonly unit: ClockView['unit'];
  readonly provisional: boolean;
  readonly paused_since: string | null;
}

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };

interface RowSql extends Nullable<ClockSql> {
  readonly id: string;
  readonly batch: string;
  readonly position: number;
  readonly reference: string;
  readonly received_on: string | null;
  readonly state: FilingState;
  readonly summary: RowSummary;
  readonly waiting_due: string | null;
  readonly waiting_for: string | null;
  readonly waiting_name: string | null;
  readonly version: number;
  readonly updated_at: string;
  readonly rank: string;
  readonly owner: string | null;
  readonly owner_name: string | null;
  readonly proposal: boolean;
}
