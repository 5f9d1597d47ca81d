import { and, eq, sql } from 'drizzle-orm';
import type { Docket, DocketCase, Judge } from '../../core/documents/docket.js';
import { canonicalJson } from '../../core/kernel/canonical.js';
import { type CaseReader, causeKeyOf, type EarlierCase, readEarlierCase } from '../../core/related/earlier-case.js';
import { storedKeysOf } from '../../core/related/stored-lookup.js';
import type { Edition } from '../../core/releases/edition.js';
import { keyText, placeOf, StoredReads, type StoreParts } from './court-reads.js';
import { type Db, rows, schema, uuidArray } from './db.js';
import { sealDocument } from './sealed-documents.js';
import { WriteTogether } from './write-together.js';

/** What others are told of once the act has been stored. */
export type Change =
  | {
      readonly kind: 'filing';
      readonly id: string;
      readonly state: string;
      readonly version: number;
      /** Judges whom it concerns: who holds it or is to hold it, and whom its flows are about. */
      readonly judges: readonly string[];
    }
  /** `received`: filings of it have come in and wait to be routed. */
  | { readonly kind: 'batch'; readonly id: string; readonly received?: true }
  | { readonly kind: 'docket' };

/** Loads are kept in millionths of an open case. */
export const MICRO = 1_000_000;
const CASES_A_STATEMENT = 500;
const KEYS_A_STATEMENT = 20_000;

/** Who acts, in which court, and when. */
export interface ActedBy {
  readonly court: string;
  readonly user: string | null;
  readonly now: string;
}

/** One act's writes to the docket: the bench, its cases with the keys they are found by, and who holds them. */
export class DocketWrites extends StoredReads {
  readonly changes: Change[] = [];
  readonly together: WriteTogether;
  protected readonly by: ActedBy;

  constructor(tx: Db, by: ActedBy, parts: StoreParts, lawbook: Edition) {
    super(tx, by.court, parts, { now: by.now, lawbook });
    this.together = new WriteTogether(tx);
    this.by = by;
  }

  async saveBench({ court, divisions, judges, parameters = {} }: Omit<Docket, 'cases'>): Promise<void> {
    const { code, name, level, province } = court;
    const changed = { name, level, province, divisions, parameters };
    const before = await this.tx.select().from(schema.courts).where(eq(schema.courts.code, code));
    const known = await this.tx
      .select({ id: schema.judges.id, digest: schema.judges.digest, listed: schema.judges.listed })
      .from(schema.judges)
      .where(eq(schema.judges.court, code));
    const digests = new Map(known.map((each) => [each.id, each.listed ? each.digest : '']));
    const rowsOfJudges = judges.map((judge, position) => ({
      court: code,
      id: judge.id,
      name: judge.name,
      document: sealDocument(this.parts.keys, placeOf(code, 'judges', judge.id), judge),
      digest: this.digest({ judge, position }),
      listed: true,
      position,
    }));
    const different = rowsOfJudges.filter(({ id, digest }) => digests.get(id) !== digest);
    const gone = known.filter(({ id, listed }) => listed && !judges.some((judge) => judge.id === id));
    const [court0] = before;
    const isSame = court0 && canonicalJson({ ...pick(court0) }) === canonicalJson(changed);
    if (isSame && different.length === 0 && gone.length === 0) return;
    await this.tx
      .insert(schema.courts)
      .values({ code, ...changed })
      .onConflictDoUpdate({
        target: schema.courts.code,
        set: { ...changed, version: sql`${schema.courts.version} + 1` },
      });
    for (const row of different) {
      const { court: _, id: __, ...rest } = row;
      await this.tx
        .insert(schema.judges)
        .values(row)
        .onConflictDoUpdate({ target: [schema.judges.court, schema.judges.id], set: rest });
    }
    for (const { id } of gone) {
      await this.tx
        .update(schema.judges)
        .set({ listed: false })
        .where(and(eq(schema.judges.court, code), eq(schema.judges.id, id)));
    }
    this.changes.push({ kind: 'docket' });
  }

  async saveDocketCases(cases: readonly DocketCase[]): Promise<{ added: number; changed: number; same: number }> {
    const { court } = this;
    const known = new Map(
      (
        await rows<{ reference: string; ordinal: number; id: string; digest: string }>(
          this.tx,
          sql`select reference, ordinal, id::text as id, digest from matters where court = ${court} and source = 'docket'`,
        )
      ).map((row) => [`${row.reference}\n${row.ordinal}`, row]),
    );
    const repeats = new Map<string, number>();
    const fresh: PreparedCase[] = [];
    const changed: PreparedCase[] = [];
    let same = 0;
    const counts = { added: 0, changed: 0 };
    const flush = async (): Promise<void> => {
      await this.insertCases(fresh.splice(0));
      for (const each of changed.splice(0)) await this.updateCase(each);
    };
    for (const docketCase of cases) {
      const earlier = this.#read(docketCase, false);
      const ordinal = (repeats.get(earlier.caseNo) ?? 0) + 1;
      repeats.set(earlier.caseNo, ordinal);
      const digest = this.digest(docketCase);
      const before = known.get(`${earlier.caseNo}\n${ordinal}`);
      if (before?.digest === digest) {
        same++;
        continue;
      }
      const prepared = {
        id: before?.id ?? this.parts.newId(),
        docketCase,
        earlier,
        ordinal,
        digest,
        source: 'docket' as const,
      };
      if (before === undefined) counts.added++;
      else counts.changed++;
      (before === undefined ? fresh : changed).push(prepared);
      if (fresh.length + changed.length >= CASES_A_STATEMENT) await flush();
    }
    await flush();
    return { ...counts, same };
  }

  async openLedger(judges: readonly Judge[]): Promise<void> {
    await this.together.flush();
    const { court } = this;
    const sums = async (query: ReturnType<typeof sql>): Promise<Map<string, number>> =>
      new Map(
        (await rows<{ judge: string; amount: string }>(this.tx, query)).map((row) => [row.judge, Number(row.amount)]),
      );
    const weights = await sums(
      sql`select judge, sum(load)::text as amount from matters where court = ${court} and source = 'docket' group by judge`,
    );
    const opened = await sums(
      sql`select judge, sum(amount)::text as amount from ledger where court = ${court} and kind = 'opening' group by judge`,
    );
    const entries = judges
      .map(({ id, openLoad }) => {
        const target = openLoad === undefined ? (weights.get(id) ?? 0) : Math.round(openLoad * MICRO);
        return { court, judge: id, kind: 'opening', amount: target - (opened.get(id) ?? 0), ground: 'docket' };
      })
      .filter(({ amount }) => amount !== 0);
    if (entries.length > 0) {
      await this.tx
        .insert(schema.ledger)
        .values(entries.map((entry) => ({ ...entry, actor: this.by.user, madeAt: this.by.now })));
    }
  }

  protected digest(value: unknown): string {
    return this.parts.keys.contentDigest(canonicalJson(value));
  }

  /** The case of the docket that an assigned filing has become. */
  protected ofFiling(id: string, docketCase: DocketCase): PreparedCase {
    const earlier = this.#read(docketCase, true);
    return { id, docketCase, earlier, ordinal: 1, digest: this.digest(docketCase), source: 'filing' };
  }

  #read(docketCase: DocketCase, inBatch: boolean): EarlierCase {
    const { causes, caseTypes } = this.lawbook;
    const reader: CaseReader = { courtCode: this.court, causes, caseTypes };
    const { cause: name, matter } = docketCase;
    const cause = name === undefined || name.trim() === '' ? undefined : causeKeyOf(causes, name, matter);
    return readEarlierCase(docketCase, reader, { inBatch, cause, onWeakNumber: () => {} });
  }

  protected async insertCases(cases: readonly PreparedCase[]): Promise<void> {
    if (cases.length === 0) return;
    await this.together.add(this.tx.insert(schema.matters).values(cases.map((each) => this.#matterRow(each))));
    await this.#insertKeys(cases);
    const { court } = this;
    const held = cases.filter(({ source, earlier }) => source === 'docket' && loadOf(earlier) > 0);
    if (held.length === 0) return;
    await this.together.add(
      this.tx.insert(schema.owners).values(
        held.map(({ id, earlier }) => ({
          court,
          matter: id,
          judge: earlier.judge,
          method: 'docket',
          since: this.by.now,
          actor: this.by.user,
        })),
      ),
    );
  }

  /** Puts a case as it is now in place of what it was: its keys too, and, for a case of the docket, who holds it. */
  protected async updateCase(prepared: PreparedCase): Promise<void> {
    const { id, earlier, source } = prepared;
    await this.together.flush();
    const { court } = this;
    const { court: _, id: __, ...row } = this.#matterRow(prepared);
    const { matters, lookupKeys } = schema;
    await this.tx
      .update(matters)
      .set({ ...row, version: sql`${matters.version} + 1` })
      .where(and(eq(matters.court, court), eq(matters.id, id)));
    await this.tx.delete(lookupKeys).where(and(eq(lookupKeys.court, court), eq(lookupKeys.matter, id)));
    await this.#insertKeys([prepared]);
    if (source !== 'docket') return;
    const holder = loadOf(earlier) > 0 ? earlier.judge : null;
    const before = await this.ownerOf(id);
    if (before?.judge === (holder ?? undefined)) return;
    await this.tx.execute(
      sql`update owners set until = ${this.by.now}::timestamptz where court = ${court} and matter = ${id}::uuid and until is null`,
    );
    if (holder === null) return;
    await this.tx.insert(schema.owners).values({
      court,
      matter: id,
      judge: holder,
      method: 'docket',
      ground: 'docket',
      since: this.by.now,
      actor: this.by.user,
    });
  }

  #matterRow({ id, docketCase, earlier, ordinal, digest, source }: PreparedCase) {
    return {
      court: this.court,
      id,
      reference: earlier.caseNo,
      source,
      ordinal,
      caseKey: earlier.caseKey,
      originKey: earlier.originKey ?? null,
      matter: earlier.matter,
      filedOn: earlier.filedOn,
      closedOn: earlier.closedOn ?? null,
      owner: earlier.owner,
      judge: earlier.judge,
      load: loadOf(earlier),
      document: sealDocument(this.parts.keys, placeOf(this.court, 'matters', id), docketCase),
      digest,
    };
  }

  async #insertKeys(cases: readonly PreparedCase[]): Promise<void> {
    const keys: string[] = [];
    const matters: string[] = [];
    const flush = async (): Promise<void> => {
      if (keys.length === 0) return;
      await this.together.add(
        sql`insert into lookup_keys (court, key, matter) select ${this.court}, k, m
          from unnest(${uuidArray(keys.splice(0))}::uuid[], ${uuidArray(matters.splice(0))}::uuid[]) as t (k, m)`,
      );
    };
    for (const { id, earlier } of cases) {
      for (const key of storedKeysOf(earlier)) {
        keys.push(this.parts.keys.searchKey(keyText(key)));
        matters.push(id);
      }
      if (keys.length >= KEYS_A_STATEMENT) await flush();
    }
    await flush();
  }
}

interface PreparedCase {
  readonly id: string;
  readonly docketCase: DocketCase;
  readonly earlier: EarlierCase;
  readonly ordinal: number;
  readonly digest: string;
  readonly source: 'docket' | 'filing';
}

/** What an open case of this court weighs on its judge, in millionths. */
const loadOf = ({ sameCourt, closure, weight }: EarlierCase): number =>
  sameCourt && closure === 'open' ? Math.round(weight * MICRO) : 0;

const pick = ({ name, level, province, divisions, parameters }: typeof schema.courts.$inferSelect) => ({
  name,
  level,
  province,
  divisions,
  parameters,
});
