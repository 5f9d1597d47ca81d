/** Every constraint of the tables of flows and of releases, as the catalog has them, and for each one statements that it has to refuse. */
import { getTableName, type SQL, sql } from 'drizzle-orm';
import { type Db, dbError, rows } from '../../src/shell/db/db.js';
import { clocks } from '../../src/shell/db/schema/court.js';
import * as flows from '../../src/shell/db/schema/flows.js';
import * as releases from '../../src/shell/db/schema/releases.js';
import { BREAKS, CHANGES, type Row, SITUATIONS, SPECIMENS, TRIED_AS } from './constraint-rows.js';

const TABLES: readonly string[] = [...Object.values(flows), ...Object.values(releases), clocks].map((table) =>
  getTableName(table),
);

export const CONSTRAINT_KINDS = {
  p: '主键',
  u: '唯一约束',
  i: '唯一索引',
  c: '检查约束',
  x: '排除约束',
  f: '外键',
  t: '触发器',
} as const;

export interface Constraint {
  readonly table: string;
  readonly name: string;
  readonly kind: keyof typeof CONSTRAINT_KINDS;
  /** Columns that it is over; of an index on an expression, none for that. */
  readonly columns: readonly string[];
}

/** What came of the statements that a constraint has to refuse: `refused` by it, `accepted`, `untried` where none is known, or what else. */
export interface Fates {
  readonly with: string;
  readonly without: string;
}

/** The constraints, unique indexes and triggers of these tables: none that the database has is left out. */
export const constraintsOf = (db: Db): Promise<Constraint[]> =>
  rows<Constraint>(
    db,
    sql`
      with tables as (select jsonb_array_elements_text(${JSON.stringify(TABLES)}::jsonb)::regclass as target)
      select conrelid::regclass::text as table, conname as name, contype::text as kind,
        array(select attname::text from unnest(conkey) k join pg_attribute on attrelid = conrelid and attnum = k) as columns
      from pg_constraint join tables on target = conrelid where contype in ('p', 'u', 'c', 'x', 'f')
      union all
      select indrelid::regclass::text, indexrelid::regclass::text, 'i',
        array(select attname::text from unnest(indkey::int2[]) k join pg_attribute on attrelid = indrelid and attnum = k)
      from pg_index join tables on target = indrelid
      where indisunique and not exists (select from pg_constraint where conindid = indexrelid)
      union all
      select tgrelid::regclass::text, tgname, 't', array[]::text[]
      from pg_trigger join tables on target = tgrelid where not tgisinternal
      order by 1, 2`,
  );

class RolledBack extends Error {}

/**
 * What the database says to everything that a constraint has to refuse, with the constraint and then without it; all of it is rolled
 * back. Only the superuser may ask.
 */
export async function tried(db: Db, constraint: Constraint): Promise<Fates> {
  let found: Fates | undefined;
  await db
    .transaction(async (tx) => {
      await prepared(tx, constraint);
      const statements = statementsFor(constraint);
      const before = await fate(tx, constraint, statements);
      await tx.execute(dropped(constraint));
      found = { with: before, without: await fate(tx, constraint, statements) };
      throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  return found ?? { with: 'untried', without: 'untried' };
}

/** The rows that are there before: what they point to, and where two of them are at odds the first. */
async function prepared(tx: Db, { table, name, kind }: Constraint): Promise<void> {
  await tx.execute(sql`set local session_replication_role = replica`);
  const order = Object.keys(SPECIMENS);
  for (const parent of order.slice(0, order.indexOf(table)))
    await tx.execute(inserted(parent, SPECIMENS[parent] ?? {}));
  if (kind === 'p' || kind === 'u' || kind === 'i' || kind === 't')
    await tx.execute(inserted(table, { ...SPECIMENS[table], ...SITUATIONS[name] }));
  // Triggers and foreign keys do nothing in a replica. A foreign key is to speak before any trigger of ours.
  if (kind === 'f' || kind === 't') await tx.execute(sql`set local session_replication_role = origin`);
  if (kind === 'f') await tx.execute(sql`alter table ${sql.identifier(table)} disable trigger user`);
  // Nor is a trigger to be taken for a foreign key, which would speak where the trigger is gone.
  if (kind === 't') {
    await tx.execute(sql`alter table ${sql.identifier(table)} disable trigger all`);
    await tx.execute(sql`alter table ${sql.identifier(table)} enable trigger user`);
  }
  // Emptying a table empties those that point to it, which have triggers of their own.
  const others = (await constraintsOf(tx)).filter((other) => other.name === 'no_truncate' && other.table !== table);
  for (const other of name === 'no_truncate' ? others : [])
    await tx.execute(sql`alter table ${sql.identifier(other.table)} disable trigger no_truncate`);
}

function statementsFor({ table, name, kind, columns }: Constraint): SQL[] {
  const row: Row = { ...SPECIMENS[table], ...SITUATIONS[name] };
  if (kind === 'c' || kind === 'x') return (BREAKS[name] ?? []).map((broken) => inserted(table, { ...row, ...broken }));
  if (kind === 't') {
    const into = sql.identifier(table);
    return (CHANGES[`${table} ${name}`] ?? []).map((change) => {
      if (change === 'truncate') return sql`truncate ${into} cascade`;
      if (change === 'delete') return sql`delete from ${into}`;
      return isAdded(change)
        ? inserted(table, { ...row, ...change.added })
        : sql`update ${into} set ${assigned(change)}`;
    });
  }
  const isKept = (column: string): boolean => (kind === 'f' ? column === 'court' : columns.includes(column));
  const isOther = (column: string): boolean => (kind === 'f' ? columns.includes(column) : true);
  const second = Object.entries(row).map(([column, value]) => [
    column,
    isKept(column) || !isOther(column) ? value : another(column, value),
  ]);
  return [inserted(table, Object.fromEntries(second))];
}

const OTHER_ID = '00000000-0000-4000-8000-0000000000ff';
/** Columns whose other values are few: another one would be refused by what is not tried. */
const CLOSED: readonly string[] = [
  ...['state', 'stage', 'level', 'kind', 'to_kind', 'reason', 'unit', 'length', 'cycle'],
  ...['origin', 'urgency', 'action', 'content', 'manifest'],
];

/** A value that differs, of the same type. */
function another(column: string, value: Row[string]): Row[string] {
  if (typeof value === 'number' && column !== 'length') return value + 1;
  if (typeof value !== 'string' || CLOSED.includes(column) || column === 'document') return value;
  if (/^[0-9a-f]{8}-/.test(value)) return OTHER_ID;
  return /^\d{4}-/.test(value) ? value : `${value}二`;
}

async function fate(tx: Db, constraint: Constraint, statements: readonly SQL[]): Promise<string> {
  if (statements.length === 0) return 'untried';
  const said = new Set<string>();
  const as = TRIED_AS[`${constraint.table} ${constraint.name}`];
  for (const statement of statements) {
    let refusal: unknown;
    await tx
      .transaction(async (inner) => {
        if (as !== undefined) await inner.execute(sql`set local role ${sql.identifier(as)}`);
        await inner.execute(statement);
        await inner.execute(sql`set constraints all immediate`);
        throw new RolledBack();
      })
      .catch((error: unknown) => {
        refusal = error;
      });
    said.add(refusal instanceof RolledBack ? 'accepted' : saidBy(constraint, refusal));
  }
  return [...said].join('; ');
}

/** Triggers name no constraint of the catalog; what they raise is their own name, or at least restrict_violation. */
function saidBy({ name, kind }: Constraint, error: unknown): string {
  const refusal = dbError(error);
  if (!refusal) throw error;
  const isNamed = refusal.constraint === name;
  const isIts = kind === 't' ? isNamed || (refusal.code === '23001' && !refusal.constraint) : isNamed;
  return isIts ? 'refused' : `${refusal.code} ${refusal.constraint ?? ''}`;
}

const isAdded = (change: Row | { readonly added: Row }): change is { readonly added: Row } =>
  typeof change.added === 'object';

function dropped({ table, name, kind }: Constraint): SQL {
  const [its, on] = [sql.identifier(name), sql.identifier(table)];
  if (kind === 'i') return sql`drop index ${its}`;
  if (kind === 't') return sql`drop trigger ${its} on ${on}`;
  return sql`alter table ${on} drop constraint ${its} cascade`;
}

function inserted(table: string, row: Row): SQL {
  const columns = Object.keys(row).map((column) => sql.identifier(column));
  const values = Object.values(row).map((value) => sql`${value}`);
  return sql`insert into ${sql.identifier(table)} (${sql.join(columns, sql`, `)}) values (${sql.join(values, sql`, `)})`;
}

const assigned = (row: Row): SQL =>
  sql.join(
    Object.entries(row).map(([column, value]) => sql`${sql.identifier(column)} = ${value}`),
    sql`, `,
  );
