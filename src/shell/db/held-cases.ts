import { type SQL, sql } from 'drizzle-orm';
import type { HeldCase, HeldQuery, MadeNotification, MineTx, Reader } from '../../app/mine-ports.js';
import type { Page } from '../../app/page.js';
import type { RowSummary } from '../../app/row-summary.js';
import type { Reason } from '../../core/documents/decision.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { type Db, isAmong, iso, rows, uuidArray } from './db.js';

/** What a judge took note of: that the case is theirs. */
const ASSIGNED = 'assigned';

/** What judges hold and what they are told, within one act or read of a court. */
export class HeldCases implements MineTx {
  readonly #tx: Db;
  readonly #by: { readonly court: string; readonly user: string | null; readonly now: string };
  readonly #newId: () => string;

  constructor(tx: Db, by: { court: string; user: string | null; now: string }, newId: () => string) {
    this.#tx = tx;
    this.#by = by;
    this.#newId = newId;
  }

  async held({ judges, part, windows, limit, after }: HeldQuery, today: PlainDate): Promise<Page<HeldCase>> {
    const { court } = this.#by;
    const kinds = windows.map(({ kind }) => kind);
    const pairs = windows.map(({ kind, flow }) => `${flow}/${kind}`);
    const isNew = sql`(c.kind is not null
      and not exists (select from flow_runs r where r.court = f.court and r.filing = f.id and ${isAmong(sql`r.flow || '/' || c.kind`, pairs)}
        and r.outcome is distinct from 'lapsed')
      and not exists (select from notifications n where n.court = f.court and n.filing = f.id and n.to_kind = 'judge' and n.to_whom = o.judge
        and n.about = ${ASSIGNED} and n.made_at >= o.since))`;
    const found = await rows<HeldSql>(
      this.#tx,
      sql`select * from (
          select f.id::text as id, f.reference, f.received_on::text as received_on, f.summary, f.version, o.judge, o.method,
            ${iso(sql`o.since`)} as since, c.kind, c.from_on::text as from_on, c.due_on::text as due_on, c.provisional,
            d.document -> 'reasons' as reasons
          from owners o
            join filings f on f.court = o.court and f.id = o.matter and f.state = 'assigned'
            join decisions d on d.court = f.court and d.filing = f.id and d.number = f.decision
            left join lateral (select * from clocks c where c.court = f.court and c.filing = f.id and ${isAmong(sql`c.kind`, kinds)}
              and c.due_on >= ${today}::date order by c.due_on, c.kind limit 1) c on true
          where o.court = ${court} and o.until is null and ${isAmong(sql`o.judge`, judges)}
            and ${part === 'new' ? isNew : sql`not ${isNew}`}) q
        where ${after === undefined ? sql`true` : pastCursor(after)}
        order by since desc, id desc limit ${limit + 1}::int`,
    );
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const next = found.length > limit && last ? cursorOf(last) : null;
    return { items: shown.map(caseOf), next };
  }

  notifications(reader: Reader, { seen, limit }: { seen: boolean; limit: number }): Promise<MadeNotification[]> {
    // What somebody noted of a case is theirs; nobody told them of it.
    return rows<MadeNotification>(
      this.#tx,
      sql`select n.id::text as id, n.filing::text as filing, f.reference, n.run::text as run, n.about, n.action,
          ${iso(sql`n.made_at`)} as "madeAt", ${iso(sql`n.seen_at`)} as "seenAt"
        from notifications n join filings f on f.court = n.court and f.id = n.filing
        where n.court = ${this.#by.court} and (n.seen_at is not null) = ${seen}::boolean and n.about <> ${ASSIGNED}
          and ${isFor(reader)}
        order by n.made_at desc, n.id desc limit ${limit}::int`,
    );
  }

  async takeNote(filing: string, judge: string): Promise<void> {
    const { court, user, now } = this.#by;
    await this.#tx.execute(
      sql`insert into notifications (court, id, filing, to_kind, to_whom, about, action, made_at, seen_at, seen_by)
        values (${court}, ${this.#newId()}::uuid, ${filing}::uuid, 'judge', ${judge}, ${ASSIGNED}, 'noted', ${now}::timestamptz,
          ${now}::timestamptz, ${user}::uuid)`,
    );
  }

  async see(reader: Reader, ids: readonly string[]): Promise<number> {
    const { court, user, now } = this.#by;
    const seen = await rows<{ id: string }>(
      this.#tx,
      sql`update notifications n set seen_at = ${now}::timestamptz, seen_by = ${user}::uuid
        where n.court = ${court} and n.id = any(${uuidArray(ids)}::uuid[]) and n.seen_at is null and ${isFor(reader)}
        returning n.id::text as id`,
    );
    return seen.length;
  }
}

/** Judges whom a filing concerns: who holds it, and whom its flows are about. Whoever else applied is none. */
export async function concernedJudges(tx: Db, court: string, filing: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select j.id from judges j where j.court = ${court} and (
        j.id = (select o.judge from owners o where o.court = j.court and o.matter = ${filing}::uuid and o.until is null)
        or j.id in (select who from flow_runs r, lateral (values (r.document ->> 'applicant'), (r.document ->> 'claimedOwner'),
          (r.document ->> 'challenged')) as part (who) where r.court = j.court and r.filing = ${filing}::uuid))
      order by j.id`,
  );
  return found.map(({ id }) => id);
}

const isFor = ({ user, judges }: Reader): SQL =>
  sql`((n.to_kind = 'judge' and ${isAmong(sql`n.to_whom`, judges)}) or (n.to_kind = 'user' and n.to_whom = ${user}))`;

const cursorOf = ({ since, id }: HeldSql): string => Buffer.from(JSON.stringify([since, id])).toString('base64url');

/** What the contract has let in is a cursor by its shape; all of it is compared as text alone. */
function pastCursor(after: string): SQL {
  const [since, id] = JSON.parse(Buffer.from(after, 'base64url').toString('utf8')) as string[];
  return sql`(since, id) < (${since}, ${id})`;
}

function caseOf({
  summary,
  received_on,
  since,
  kind,
  from_on,
  due_on,
  provisional,
  reasons,
  ...row
}: HeldSql): HeldCase {
  const { matter, cause, parties, procedure } = summary;
  return {
    ...row,
    receivedOn: received_on,
    since,
    matter,
    cause,
    parties,
    procedure,
    respond:
      kind === null || from_on === null || due_on === null
        ? undefined
        : { kind, from: from_on, due: due_on, provisional: provisional ?? false },
    reasons: reasons ?? [],
  };
}

interface HeldSql {
  readonly id: string;
  readonly reference: string;
  readonly received_on: PlainDate;
  readonly summary: RowSummary;
  readonly version: number;
  readonly judge: string;
  readonly method: string;
  readonly since: string;
  readonly kind: string | null;
  readonly from_on: PlainDate | null;
  readonly due_on: PlainDate | null;
  readonly provisional: boolean | null;
  readonly reasons: readonly Reason[] | null;
}
