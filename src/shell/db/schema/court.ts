import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/**
 * The court's tables. `court` leads every primary key, so that the tables can be spread by court; identity numbers stand in no
 * column in the clear (they are sealed inside the documents, see field-cipher.ts). Grants, row-level security, triggers and the
 * exclusion of rule versions stand in `migrations/*_invariants.sql`, since drizzle has no words for them.
 */
const court = text().notNull();
const version = integer().notNull().default(1);
const at = () => timestamp({ withTimezone: true, mode: 'string' });
const day = () => date({ mode: 'string' });

/** A court, and the version of all that its docket says besides cases: judges, divisions, parameters. */
export const courts = pgTable('courts', {
  code: text().primaryKey(),
  name: text().notNull(),
  level: text().notNull(),
  province: text().notNull(),
  parameters: jsonb().notNull(),
  divisions: jsonb().notNull(),
  version,
});

/** Judges as the docket gives them; numbers of relatives are sealed. */
export const judges = pgTable(
  'judges',
  {
    court,
    id: text().notNull(),
    name: text().notNull(),
    document: jsonb().notNull(),
    digest: text().notNull(),
    /** Whether the last docket named the judge. */
    listed: boolean().notNull(),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.court, table.id] })],
);

/** Cases that filings may be linked with: those that a docket brought, and filings once they are assigned. */
export const matters = pgTable(
  'matters',
  {
    court,
    id: uuid().notNull(),
    /** 案号 as the docket writes it; the 登记号 of a filing. */
    reference: text().notNull(),
    source: text().notNull(),
    /** Which one it is where a docket repeats a number, from 1. */
    ordinal: integer().notNull(),
    caseKey: text().notNull(),
    originKey: text(),
    matter: text().notNull(),
    filedOn: day().notNull(),
    closedOn: day(),
    /** Who closed it, or who holds it now. */
    owner: text().notNull(),
    /** Who holds it now, and its weight on that judge's load in millionths; 0 for closed cases and those of other courts. */
    judge: text().notNull(),
    load: bigint({ mode: 'number' }).notNull(),
    /** The docket's case, identity numbers sealed. */
    document: jsonb().notNull(),
    /** Keyed digest of the docket's case in the clear: a second import compares it. */
    digest: text().notNull(),
    version,
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    uniqueIndex('matters_reference').on(table.court, table.source, table.reference, table.ordinal),
    check('matters_source', sql`${table.source} in ('docket', 'filing')`),
  ],
);

/** What a case is found by: party pairs, groups, numbers, instruments. A key's text is kept as a keyed digest of 128 bits only. */
export const lookupKeys = pgTable(
  'lookup_keys',
  { court, key: uuid().notNull(), matter: uuid().notNull() },
  (table) => [
    primaryKey({ columns: [table.court, table.key, table.matter] }),
    index('lookup_keys_matter').on(table.court, table.matter),
    foreignKey({ columns: [table.court, table.matter], foreignColumns: [matters.court, matters.id] }),
  ],
);

/** One upload or one filing typed in: the filings that were received together, and the seed of their draws, sealed. */
export const batches = pgTable(
  'batches',
  {
    court,
    id: uuid().notNull(),
    seed: text().notNull(),
    docketedOn: day(),
    /** Keyed digest of all that was filed: the same batch again is this one. */
    digest: text().notNull(),
    size: integer().notNull(),
    remarks: jsonb().notNull(),
    filedBy: uuid(),
    filedAt: at().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    uniqueIndex('batches_digest').on(table.court, table.digest),
  ],
);

export const filings = pgTable(
  'filings',
  {
    court,
    id: uuid().notNull(),
    batch: uuid().notNull(),
    position: integer().notNull(),
    /** 登记号. */
    reference: text().notNull(),
    receivedOn: day(),
    state: text().notNull(),
    /** The filing, identity numbers sealed; of an invalid one the whole value as it was read is sealed. */
    document: jsonb().notNull(),
    /** Keyed digest of the filing in the clear: the same one again changes nothing. */
    digest: text().notNull(),
    /** Number of the decision in force; 0 before the first. */
    decision: integer().notNull().default(0),
    /** What lists show of the decision in force; derived from it when it is stored. */
    summary: jsonb(),
    /** Until when somebody has to look at it, while it waits. */
    waitingDue: day(),
    /** Who took it over. */
    waitingFor: uuid(),
    closedOn: day(),
    version,
    createdAt: at().notNull(),
    updatedAt: at().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    foreignKey({ columns: [table.court, table.batch], foreignColumns: [batches.court, batches.id] }),
    uniqueIndex('filings_reference').on(table.court, table.reference).where(sql`state not in ('invalid', 'replaced')`),
    uniqueIndex('filings_position').on(table.court, table.batch, table.position),
    index('filings_state').on(table.court, table.state, table.createdAt),
    // The order in which filings are routed: the next one is found without sorting all that wait.
    index('filings_received')
      .on(table.court, table.createdAt, table.batch, table.receivedOn, table.position)
      .where(sql`state = 'received'`),
    // Whether a filing comes in the place of a faulty one is asked at every receipt.
    index('filings_invalid').on(table.court, table.reference).where(sql`state = 'invalid'`),
    check(
      'filings_state',
      sql`${table.state} in ('received', 'assigned', 'needs_review', 'invalid', 'replaced', 'closed')`,
    ),
  ],
);

/** Who the parties of a filing are, to search by: names in the clear, numbers as keyed digests only. */
export const filingParties = pgTable(
  'filing_parties',
  { court, filing: uuid().notNull(), place: integer().notNull(), name: text().notNull(), number: uuid() },
  (table) => [
    primaryKey({ columns: [table.court, table.filing, table.place] }),
    foreignKey({ columns: [table.court, table.filing], foreignColumns: [filings.court, filings.id] }),
    index('filing_parties_name').on(table.court, table.name),
    index('filing_parties_number').on(table.court, table.number),
  ],
);

/** Every decision that was ever made on a filing, in order; never changed, never deleted. */
export const decisions = pgTable(
  'decisions',
  {
    court,
    filing: uuid().notNull(),
    number: integer().notNull(),
    occasion: text().notNull(),
    digest: text().notNull(),
    /** As text, so that it comes back as it was written. */
    document: json().notNull(),
    madeBy: uuid(),
    madeAt: at().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.filing, table.number] }),
    foreignKey({ columns: [table.court, table.filing], foreignColumns: [filings.court, filings.id] }),
    check(
      'decisions_occasion',
      sql`${table.occasion} in ('filed', 'answered', 'corrected', 'designated', 'reassigned', 'ruled')`,
    ),
  ],
);

/** Who has held a case, from when to when and why. At most one holds it at any time. */
export const owners = pgTable(
  'owners',
  {
    court,
    id: bigserial({ mode: 'number' }).notNull(),
    matter: uuid().notNull(),
    judge: text().notNull(),
    method: text().notNull(),
    ground: text(),
    since: at().notNull(),
    until: at(),
    actor: uuid(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    foreignKey({ columns: [table.court, table.matter], foreignColumns: [matters.court, matters.id] }),
    uniqueIndex('owners_one_active').on(table.court, table.matter).where(sql`until is null`),
    index('owners_judge').on(table.court, table.judge),
  ],
);

export const clocks = pgTable(
  'clocks',
  {
    court,
    filing: uuid().notNull(),
    kind: text().notNull(),
    cycle: integer().notNull(),
    fromOn: day().notNull(),
    dueOn: day().notNull(),
    length: integer().notNull(),
    unit: text().notNull(),
    provisional: boolean().notNull(),
    /** Since when it stands still; its last day is then the one before it did. */
    pausedSince: day(),
    /** The decision that set it. */
    decision: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.filing, table.kind, table.cycle] }),
    foreignKey({ columns: [table.court, table.filing], foreignColumns: [filings.court, filings.id] }),
    index('clocks_due').on(table.court, table.dueOn),
  ],
);

/** 指定分案 and 变更承办人 that somebody proposed: a second person approves or rejects them. */
export const handovers = pgTable(
  'handovers',
  {
    court,
    id: uuid().notNull(),
    filing: uuid().notNull(),
    kind: text().notNull(),
    /** Null: by draw among the others. */
    judge: text(),
    ground: text().notNull(),
    note: text().notNull(),
    proposedBy: uuid().notNull(),
    proposedAt: at().notNull(),
    outcome: text(),
    decidedBy: uuid(),
    decidedAt: at(),
    version,
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    foreignKey({ columns: [table.court, table.filing], foreignColumns: [filings.court, filings.id] }),
    uniqueIndex('handovers_one_open').on(table.court, table.filing).where(sql`outcome is null`),
    check('handovers_kind', sql`${table.kind} in ('designate', 'reassign')`),
    check('handovers_outcome', sql`${table.outcome} in ('approved', 'rejected', 'withdrawn')`),
    check('handovers_decided', sql`(${table.outcome} is null) = (${table.decidedBy} is null)`),
    check(
      'handovers_second_person',
      sql`(${table.outcome} = 'withdrawn') = (${table.decidedBy} = ${table.proposedBy}) or ${table.outcome} is null`,
    ),
  ],
);

/** The double-entry workload ledger; a judge's load is the sum of the entries, in millionths of a case. */
export const ledger = pgTable(
  'ledger',
  {
    court,
    id: bigserial({ mode: 'number' }).notNull(),
    judge: text().notNull(),
    matter: uuid(),
    kind: text().notNull(),
    amount: bigint({ mode: 'number' }).notNull(),
    ground: text(),
    actor: uuid(),
    madeAt: at().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    index('ledger_judge').on(table.court, table.judge),
    check('ledger_kind', sql`${table.kind} in ('opening', 'assigned', 'handed_over', 'closed')`),
  ],
);

/** Sums of the ledger, kept by its trigger alone. */
export const loads = pgTable(
  'loads',
  { court, judge: text().notNull(), amount: bigint({ mode: 'number' }).notNull() },
  (table) => [primaryKey({ columns: [table.court, table.judge] })],
);

/** One chain per court: each event's hash covers the one before. */
export const audit = pgTable(
  'audit',
  {
    court,
    seq: bigint({ mode: 'number' }).notNull(),
    at: text().notNull(),
    actor: uuid(),
    action: text().notNull(),
    subject: text().notNull(),
    body: jsonb().notNull(),
    previous: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.court, table.seq] }), index('audit_subject').on(table.court, table.subject)],
);

/** The last event of each chain. Locking it puts all acts of a court one after the other. */
export const auditHeads = pgTable('audit_heads', {
  court: text().primaryKey(),
  seq: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
});

/** Requests that were answered, by who asked and the key that came with them. */
export const requests = pgTable(
  'requests',
  {
    principal: text().notNull(),
    key: text().notNull(),
    digest: text().notNull(),
    answer: json().notNull(),
    madeAt: at().notNull(),
  },
  (table) => [primaryKey({ columns: [table.principal, table.key] })],
);

/** Which text of which rule was in force on which days, as this installation has ever loaded it. */
export const ruleVersions = pgTable(
  'rule_versions',
  {
    rule: text().notNull(),
    digest: text().notNull(),
    fromOn: day().notNull(),
    /** The first day on which it no longer holds. */
    untilOn: day(),
    loadedAt: at().notNull(),
    supersededAt: at(),
  },
  (table) => [primaryKey({ columns: [table.rule, table.fromOn, table.digest, table.loadedAt] })],
);
