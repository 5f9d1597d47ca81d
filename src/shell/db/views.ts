import { type SQL, sql } from 'drizzle-orm';
import type { Page } from '../../app/page.js';
import { FILING_STATES, type FilingState, type Occasion } from '../../app/ports.js';
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
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { normaliseIdentityNumber } from '../../core/law/identity-number.js';
import type { Vocabulary } from '../../core/rules/vocabulary.js';
import { placeOf, StoredReads, type StoreParts } from './court-reads.js';
import { type Db, iso, rows } from './db.js';
import { type ClockSql, clockOf, OPEN_PROPOSAL, pageOfFilings, personOf } from './filing-page.js';
import { inCourt } from './scope.js';
import { openDocument } from './sealed-documents.js';

const EXPORT_MAX = 10_000;

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
    return inCourt(this.#db, court, (tx) => pageOfFilings(tx, court, conditions, state, { limit, after }, today));
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
      pageOfFilings(tx, court, [condition, sql`f.state <> 'replaced'`], undefined, { limit, after }, today),
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
    return inCourt(
      this.#db,
      court,
      async (tx) => (await (await StoredReads.open(tx, court, this.#parts)).ownerOf(id))?.judge,
    );
  }

  filing(court: string, id: string, today: PlainDate): Promise<FilingDetail | undefined> {
    return inCourt(this.#db, court, async (tx) => {
      const reads = await StoredReads.open(tx, court, this.#parts);
      const stored = await reads.filing(id);
      const bench = await reads.bench();
      if (stored === undefined || bench === undefined) return undefined;
      const { items } = await pageOfFilings(tx, court, [sql`f.id = ${id}::uuid`], undefined, { limit: 1 }, today);
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
        handovers: await this.#handovers(tx, court, id, reads.lawbook.book.vocabulary, nameOf),
        judges: bench.docket.judges.map((judge) => ({
          id: judge.id,
          name: judge.name,
          division: bench.docket.divisions.find((each) => each.id === judge.division)?.name ?? judge.division,
        })),
      };
    });
  }

  decision(court: string, filing: string, number: number): Promise<Decision | undefined> {
    return inCourt(this.#db, court, async (tx) =>
      (await StoredReads.open(tx, court, this.#parts)).decisionOf(filing, number),
    );
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
      const reads = await StoredReads.open(tx, court, this.#parts);
      const bench = await reads.bench();
      return bench && { docket: bench.docket, loads: await reads.loads() };
    });
  }

  docket(court: string): Promise<Docket | undefined> {
    return inCourt(this.#db, court, async (tx) => {
      const bench = await (await StoredReads.open(tx, court, this.#parts)).bench();
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

  async #handovers(
    tx: Db,
    court: string,
    filing: string,
    { enumerations }: Vocabulary,
    nameOf: NameOf,
  ): Promise<HandoverView[]> {
    const found = await rows<HandoverSql>(
      tx,
      sql`select h.id::text as id, h.kind, h.judge, h.ground, h.note, h.proposed_by::text as proposed_by, p.name as proposer,
          ${iso(sql`h.proposed_at`)} as proposed_at, h.outcome, h.decided_by::text as decided_by, d.name as decider,
          ${iso(sql`h.decided_at`)} as decided_at, h.version
        from handovers h left join users p on p.id = h.proposed_by left join users d on d.id = h.decided_by
        where h.court = ${court} and h.filing = ${filing}::uuid order by h.proposed_at, h.id`,
    );
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

const countsOf = (found: readonly { readonly state: FilingState; readonly count: number }[]) => {
  const counts = Object.fromEntries(FILING_STATES.map((state) => [state, 0])) as Record<FilingState, number>;
  for (const { state, count } of found) counts[state] = count;
  return counts;
};

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
