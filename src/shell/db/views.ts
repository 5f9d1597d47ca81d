import { type SQL, sql } from 'drizzle-orm';
import type { Page } from '../../app/page.js';
import { FILING_STATES, type FilingState, type Occasion } from '../../app/ports.js';
import type { RowSummary } from '../../app/row-summary.js';
import type {
  AuditRow,
  BatchView,
  ClockView,
  FilingDetail,
  FilingRow,
  FilingsQuery,
  HandoverView,
  SearchQuery,
  Views,
} from '../../app/views.js';
import { maskedParty } from '../../app/views.js';
import type { AuditEvent } from '../../core/audit/chain.js';
import type { Decision } from '../../core/documents/decision.js';
import type { Docket, DocketCase } from '../../core/documents/docket.js';
import { type TypedFiling, typedFiling } from '../../core/documents/typed-filing.js';
import { daysBetween, type PlainDate } from '../../core/kernel/plain-date.js';
import { normaliseIdentityNumber } from '../../core/law/identity-number.js';
import { placeOf, StoredReads, type StoreParts } from './court-reads.js';
import { type Db, iso, rows } from './db.js';
import { inCourt } from './scope.js';
import { openDocument } from './sealed-documents.js';

const EXPORT_MAX = 10_000;

const OPEN_PROPOSAL = sql`exists (
  select from handovers h where h.court = f.court and h.filing = f.id and h.outcome is null)`;

/** Reads for the pages, straight from the tables. */
export class DbViews implements Views {
  readonly #db: Db;
  readonly #parts: StoreParts;

  constructor(db: Db, parts: StoreParts) {
    this.#db = db;
    this.#parts = parts;
  }

  filings(court: string, query: FilingsQuery, today: PlainDate): Promise<Page<FilingRow>> {
    const { state, batch, proposal, dueWithinDays, limit, after } = query;
    const conditions = [
      state === undefined ? sql`f.state <> 'replaced'` : sql`f.state = ${state}`,
      ...(batch === undefined ? [] : [sql`f.batch = ${batch}::uuid`]),
      ...(proposal === undefined ? [] : [OPEN_PROPOSAL]),
      ...(dueWithinDays === undefined
        ? []
        : [
            sql`exists (select from clocks d where d.court = f.court and d.filing = f.id
              and d.paused_since is null and d.due_on between ${today}::date and ${today}::date + ${dueWithinDays}::int)`,
          ]),
    ];
    return inCourt(this.#db, court, (tx) => this.#page(tx, court, conditions, state, { limit, after }, today));
  }

  search(court: string, { text, limit, after }: SearchQuery, today: PlainDate): Promise<Page<FilingRow>> {
    const number = normaliseIdentityNumber(text, today);
    const start = `${text.replace(/[\\%_]/g, '\\$&')}%`;
    const byParty = number.ok
      ? sql`p.number = ${this.#parts.keys.searchKey(`number\n${number.value}`)}::uuid`
      : sql`p.name like ${start}`;
    const condition = sql`(f.reference like ${start} or exists (
      select from filing_parties p where p.court = f.court and p.filing = f.id and ${byParty}))`;
    return inCourt(this.#db, court, (tx) =>
      this.#page(tx, court, [condition, sql`f.state <> 'replaced'`], undefined, { limit, after }, today),
    );
  }

  async counts(court: string): Promise<Readonly<Record<FilingState, number>>> {
    const found = await inCourt(this.#db, court, (tx) =>
      rows<{ state: FilingState; count: number }>(
        tx,
        sql`select state, count(*)::int as count from filings where court = ${court} group by state`,
      ),
    );
    return countsOf(found);
  }

  owner(court: string, id: string): Promise<string | undefined> {
    return inCourt(this.#db, court, async (tx) => (await new StoredReads(tx, court, this.#parts).ownerOf(id))?.judge);
  }

  filing(court: string, id: string, today: PlainDate): Promise<FilingDetail | undefined> {
    return inCourt(this.#db, court, async (tx) => {
      const reads = new StoredReads(tx, court, this.#parts);
      const stored = await reads.filing(id);
      const bench = await reads.bench();
      if (stored === undefined || bench === undefined) return undefined;
      const { items } = await this.#page(tx, court, [sql`f.id = ${id}::uuid`], undefined, { limit: 1 }, today);
      const [row] = items;
      if (row === undefined) return undefined;
      const nameOf = namesIn(bench.docket);
      const { filing } = stored;
      return {
        row,
        filing: filing && { ...filing, parties: filing.parties.map(maskedParty) },
        typed: masked(typedFiling(filing ?? stored.raw)),
        errors: stored.errors,
        clocks: await this.#clocks(tx, court, id, today),
        decisions: await this.#decisions(tx, court, id),
        owners: await this.#owners(tx, court, id, nameOf),
        handovers: await this.#handovers(tx, court, id, nameOf),
        judges: bench.docket.judges.map((judge) => ({
          id: judge.id,
          name: judge.name,
          division: bench.docket.divisions.find((each) => each.id === judge.division)?.name ?? judge.division,
        })),
      };
    });
  }

  decision(court: string, filing: string, number: number): Promise<Decision | undefined> {
    return inCourt(this.#db, court, (tx) => new StoredReads(tx, court, this.#parts).decisionOf(filing, number));
  }

  async decisionsOf(court: string, { state, batch }: Pick<FilingsQuery, 'state' | 'batch'>): Promise<Decision[]> {
    const found = await inCourt(this.#db, court, (tx) =>
      rows<{ document: Decision }>(
        tx,
        sql`select d.document from filings f join decisions d on d.court = f.court and d.filing = f.id and d.number = f.decision
          where f.court = ${court} and ${state === undefined ? sql`f.state <> 'replaced'` : sql`f.state = ${state}`}
          and ${batch === undefined ? sql`true` : sql`f.batch = ${batch}::uuid`}
          order by f.created_at desc, f.position, f.id limit ${EXPORT_MAX}::int`,
      ),
    );
    return found.map(({ document }) => document);
  }

  async batches(court: string, limit: number, after?: string): Promise<Page<BatchView>> {
    const items = await inCourt(this.#db, court, (tx) =>
      this.#batchesWhere(tx, court, after === undefined ? sql`true` : sql`b.id < ${after}::uuid`, limit + 1),
    );
    const shown = items.slice(0, limit);
    return { items: shown, next: items.length > limit ? (shown.at(-1)?.id ?? null) : null };
  }

  async batch(court: string, id: string): Promise<BatchView | undefined> {
    const [found] = await inCourt(this.#db, court, (tx) => this.#batchesWhere(tx, court, sql`b.id = ${id}::uuid`, 1));
    return found;
  }

  bench(court: string): ReturnType<Views['bench']> {
    return inCourt(this.#db, court, async (tx) => {
      const reads = new StoredReads(tx, court, this.#parts);
      const bench = await reads.bench();
      return bench && { docket: bench.docket, loads: await reads.loads() };
    });
  }

  docket(court: string): Promise<Docket | undefined> {
    return inCourt(this.#db, court, async (tx) => {
      const bench = await new StoredReads(tx, court, this.#parts).bench();
      if (bench === undefined) return undefined;
      const found = await rows<{ id: string; document: unknown }>(
        tx,
        sql`select id::text as id, document from matters where court = ${court} order by filed_on, reference, ordinal`,
      );
      const cases = found.map(
        ({ id, document }) => openDocument(this.#parts.keys, placeOf(court, 'matters', id), document) as DocketCase,
      );
      return { ...bench.docket, cases };
    });
  }

  async audit(court: string, limit: number, after?: string): Promise<Page<AuditRow>> {
    const before = after === undefined ? sql`true` : sql`a.seq < ${after}::bigint`;
    const found = await inCourt(this.#db, court, (tx) =>
      rows<AuditSqlRow>(
        tx,
        sql`select a.seq::int as seq, a.at, a.actor::text as actor, u.name, a.action, a.subject, a.body, a.hash
          from audit a left join users u on u.id = a.actor
          where a.court = ${court} and ${before} order by a.seq desc limit ${limit + 1}::int`,
      ),
    );
    const items = found.slice(0, limit).map(({ actor, name, ...rest }) => ({ ...rest, actor: personOf(actor, name) }));
    return { items, next: found.length > limit ? String(items.at(-1)?.seq) : null };
  }

  auditEvents(court: string, from: number, limit: number): Promise<readonly AuditEvent[]> {
    return inCourt(this.#db, court, (tx) =>
      rows<AuditEvent>(
        tx,
        sql`select court, seq::int as seq, at, actor::text as actor, action, subject, body, previous, hash
          from audit where court = ${court} and seq >= ${from}::bigint order by seq limit ${limit}::int`,
      ),
    );
  }

  async auditHead(court: string): Promise<{ readonly seq: number; readonly hash: string } | undefined> {
    const [head] = await inCourt(this.#db, court, (tx) =>
      rows<{ seq: number; hash: string }>(
        tx,
        sql`select seq::int as seq, hash from audit_heads where court = ${court}`,
      ),
    );
    return head;
  }

  async #page(
    tx: Db,
    court: string,
    conditions: readonly SQL[],
    state: FilingState | undefined,
    { limit, after }: { readonly limit: number; readonly after?: string | undefined },
    today: PlainDate,
  ): Promise<Page<FilingRow>> {
    // What waits comes by its clock; everything else newest first, as it stood in its file.
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

  async #clocks(tx: Db, court: string, filing: string, today: PlainDate): Promise<ClockView[]> {
    const found = await rows<ClockSql>(
      tx,
      sql`select kind, from_on::text as from_on, due_on::text as due_on, length, unit, provisional, paused_since::text as paused_since from clocks
        where court = ${court} and filing = ${filing}::uuid order by due_on, kind`,
    );
    return found.map((row) => clockOf(row, today));
  }

  async #decisions(tx: Db, court: string, filing: string): Promise<FilingDetail['decisions']> {
    const found = await rows<DecisionSql>(
      tx,
      sql`select d.number, d.occasion, ${iso(sql`d.made_at`)} as made_at, d.made_by::text as made_by, u.name, d.document
        from decisions d left join users u on u.id = d.made_by
        where d.court = ${court} and d.filing = ${filing}::uuid order by d.number`,
    );
    return found.map(({ number, occasion, made_at, made_by, name, document }) => ({
      number,
      occasion,
      madeAt: made_at,
      madeBy: personOf(made_by, name),
      decision: document,
    }));
  }

  async #owners(tx: Db, court: string, matter: string, nameOf: NameOf): Promise<FilingDetail['owners']> {
    const found = await rows<{
      judge: string;
      method: string;
      ground: string | null;
      since: string;
      until: string | null;
    }>(
      tx,
      sql`select judge, method, ground, ${iso(sql`since`)} as since, ${iso(sql`until`)} as until from owners
        where court = ${court} and matter = ${matter}::uuid order by id`,
    );
    return found.map(({ judge, ...rest }) => ({ judge: nameOf(judge), ...rest }));
  }

  async #handovers(tx: Db, court: string, filing: string, nameOf: NameOf): Promise<HandoverView[]> {
    const found = await rows<HandoverSql>(
      tx,
      sql`select h.id::text as id, h.kind, h.judge, h.ground, h.note, h.proposed_by::text as proposed_by, p.name as proposer,
          ${iso(sql`h.proposed_at`)} as proposed_at, h.outcome, h.decided_by::text as decided_by, d.name as decider,
          ${iso(sql`h.decided_at`)} as decided_at, h.version
        from handovers h left join users p on p.id = h.proposed_by left join users d on d.id = h.decided_by
        where h.court = ${court} and h.filing = ${filing}::uuid order by h.proposed_at, h.id`,
    );
    const { enumerations } = this.#parts.lawbook.book.vocabulary;
    return found.map((row) => ({
      id: row.id,
      kind: row.kind,
      judge: row.judge === null ? null : nameOf(row.judge),
      ground: row.ground,
      groundWord:
        enumerations.get(row.kind === 'designate' ? '指定事由' : '变更事由')?.byKey.get(row.ground)?.word ?? row.ground,
      note: row.note,
      proposedBy: { id: row.proposed_by, name: row.proposer ?? '' },
      proposedAt: row.proposed_at,
      outcome: row.outcome,
      decidedBy: personOf(row.decided_by, row.decider),
      decidedAt: row.decided_at,
      version: row.version,
    }));
  }

  async #batchesWhere(tx: Db, court: string, condition: SQL, limit: number): Promise<BatchView[]> {
    const found = await rows<BatchSql>(
      tx,
      sql`select b.id::text as id, ${iso(sql`b.filed_at`)} as filed_at, b.filed_by::text as filed_by, u.name, b.size, b.remarks,
          (select coalesce(jsonb_object_agg(state, count), '{}') from
            (select state, count(*)::int as count from filings f where f.court = b.court and f.batch = b.id group by state) s) as counts
        from batches b left join users u on u.id = b.filed_by
        where b.court = ${court} and ${condition} order by b.id desc limit ${limit}::int`,
    );
    return found.map(({ id, filed_at, filed_by, name, size, remarks, counts }) => ({
      id,
      filedAt: filed_at,
      filedBy: personOf(filed_by, name),
      size,
      counts: countsOf(Object.entries(counts).map(([state, count]) => ({ state: state as FilingState, count }))),
      remarks,
    }));
  }
}

const masked = (typed: TypedFiling): TypedFiling => ({ ...typed, parties: typed.parties.map(maskedParty) });

type NameOf = (judge: string) => { readonly id: string; readonly name: string };

function namesIn({ judges }: Omit<Docket, 'cases'>): NameOf {
  const names = new Map(judges.map(({ id, name }) => [id, name]));
  return (id) => ({ id, name: names.get(id) ?? id });
}

const personOf = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' });

const countsOf = (found: readonly { readonly state: FilingState; readonly count: number }[]) => {
  const counts = Object.fromEntries(FILING_STATES.map((state) => [state, 0])) as Record<FilingState, number>;
  for (const { state, count } of found) counts[state] = count;
  return counts;
};

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

function clockOf(row: ClockSql, today: PlainDate): ClockView {
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

interface ClockSql {
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

interface DecisionSql {
  readonly number: number;
  readonly occasion: Occasion;
  readonly made_at: string;
  readonly made_by: string | null;
  readonly name: string | null;
  readonly document: Decision;
}

interface HandoverSql {
  readonly id: string;
  readonly kind: 'designate' | 'reassign';
  readonly judge: string | null;
  readonly ground: string;
  readonly note: string;
  readonly proposed_by: string;
  readonly proposer: string | null;
  readonly proposed_at: string;
  readonly outcome: 'approved' | 'rejected' | 'withdrawn' | null;
  readonly decided_by: string | null;
  readonly decider: string | null;
  readonly decided_at: string | null;
  readonly version: number;
}

interface BatchSql {
  readonly id: string;
  readonly filed_at: string;
  readonly filed_by: string | null;
  readonly name: string | null;
  readonly size: number;
  readonly remarks: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

interface AuditSqlRow extends Omit<AuditRow, 'actor'> {
  readonly actor: string | null;
  readonly name: string | null;
}
