import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { AbsenceReads } from '../../app/absence-ports.js';
import type { ClockList } from '../../app/clock-list-ports.js';
import type { ClockReads } from '../../app/clock-ports.js';
import type { FlowReads } from '../../app/flow-ports.js';
import type { MineReads } from '../../app/mine-ports.js';
import type { ObjectionReads } from '../../app/objection-ports.js';
import type { Awaiting, Bench, CaseStub, CourtReads, Owner, StoredFiling, StoredHandover } from '../../app/ports.js';
import type { RegisterReads } from '../../app/register-ports.js';
import type { ReleaseReads } from '../../app/release-ports.js';
import type { UrgingReads } from '../../app/urging-ports.js';
import type { Decision } from '../../core/documents/decision.js';
import type { Court, Docket, DocketCase, Judge } from '../../core/documents/docket.js';
import type { FieldError } from '../../core/documents/field-errors.js';
import type { Filing } from '../../core/documents/filing.js';
import { hmacSha256 } from '../../core/kernel/digest.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { StoredKey } from '../../core/related/stored-lookup.js';
import type { Edition } from '../../core/releases/edition.js';
import { type CheckedDocket, checkDocket } from '../../core/routing/docket-check.js';
import { shanghaiDay } from '../clock.js';
import { AbsenceStore, absencesNow } from './absence-store.js';
import { StoredClockList } from './clock-list.js';
import { ClockStore } from './clock-store.js';
import { type Db, rows, schema, uuidArray } from './db.js';
import { FlowStore } from './flow-store.js';
import { HeldCases } from './held-cases.js';
import type { KeyRing } from './key-ring.js';
import { StoredObjections } from './objection-reads.js';
import { StoredRegister } from './register-reads.js';
import { ReleaseStore } from './release-store.js';
import { openDocument, openSeed, openWhole } from './sealed-documents.js';
import type { EditionsInForce } from './stored-editions.js';
import { UrgingStore } from './urging-store.js';

/** What a store needs besides the database. */
export interface StoreParts {
  readonly keys: KeyRing;
  readonly editions: EditionsInForce;
  /** Benches as they were read last, by court: a hundred judges are opened and checked once per change. */
  readonly benches: Map<string, Bench>;
  newId(): string;
  /** An instant, ISO 8601 in UTC. */
  now(): string;
}

/** The one instant of an act or read, and the rules in force at it. */
export interface Moment {
  /** ISO 8601 in UTC. */
  readonly now: string;
  readonly lawbook: Edition;
}

export const placeOf = (court: string, table: string, row: string): string => `${court}/${table}/${row}`;

export const keyText = ({ family, text }: StoredKey): string => `${family}\n${text}`;

export class StoredReads implements CourtReads {
  protected readonly tx: Db;
  protected readonly court: string;
  protected readonly parts: StoreParts;
  readonly today: PlainDate;
  readonly lawbook: Edition;
  readonly flows: FlowReads;
  readonly clocks: ClockReads;
  readonly clockList: ClockList;
  readonly mine: MineReads;
  readonly absences: AbsenceReads;
  readonly objections: ObjectionReads;
  readonly register: RegisterReads;
  readonly urgings: UrgingReads;
  readonly releases: ReleaseReads;
  #loads: ReadonlyMap<string, number> | undefined;

  /** Of this moment, with the rules in force. */
  static async open(tx: Db, court: string, parts: StoreParts): Promise<StoredReads> {
    const now = parts.now();
    return new StoredReads(tx, court, parts, { now, lawbook: await parts.editions.inForce(tx, shanghaiDay(now)) });
  }

  constructor(tx: Db, court: string, parts: StoreParts, { now, lawbook }: Moment) {
    this.lawbook = lawbook;
    this.tx = tx;
    this.court = court;
    this.parts = parts;
    this.today = shanghaiDay(now);
    const nobody = { court, user: null, now: '' };
    this.flows = new FlowStore(tx, nobody, parts.newId);
    this.clocks = new ClockStore(tx, nobody);
    this.clockList = new StoredClockList(tx, court);
    this.mine = new HeldCases(tx, nobody, parts.newId);
    this.absences = new AbsenceStore(tx, nobody);
    this.objections = new StoredObjections(tx, court);
    this.register = new StoredRegister(tx, court);
    this.urgings = new UrgingStore(tx, court);
    this.releases = new ReleaseStore(tx, nobody);
  }

  async awaiting(): Promise<Awaiting> {
    const [found] = await rows<Awaiting>(
      this.tx,
      sql`select exists (select from filings where court = ${this.court} and state = 'received') as received,
        exists (select from timers where court = ${this.court} and state = 'running' and due_on < ${this.today}::date) as timers`,
    );
    return found ?? { received: false, timers: false };
  }

  async bench(): Promise<Bench | undefined> {
    const [row] = await rows<CourtRow>(
      this.tx,
      sql`select code, name, level, province, divisions, parameters, version,
          (select coalesce(jsonb_object_agg(judge, amount), '{}') from loads where court = code) as loads
        from courts where code = ${this.court}`,
    );
    if (row === undefined) return undefined;
    this.#loads = new Map(Object.entries(row.loads));
    const known = this.parts.benches.get(this.court);
    if (known?.version === row.version && known.lawbook === this.lawbook) return known;
    const { code, name, level, province, divisions, parameters } = row;
    const docket = { court: { code, name, level, province }, divisions, judges: await this.#judges(), parameters };
    const bench = { docket, overrides: this.#overridesOf(docket), lawbook: this.lawbook, version: row.version };
    this.parts.benches.set(this.court, bench);
    return bench;
  }

  async #judges(): Promise<Judge[]> {
    const { judges } = schema;
    const found = await this.tx
      .select()
      .from(judges)
      .where(and(eq(judges.court, this.court), eq(judges.listed, true)))
      .orderBy(asc(judges.position));
    const entered = await absencesNow(this.tx, this.court);
    return found.map(({ id, document }) => {
      const judge = openDocument(this.parts.keys, placeOf(this.court, 'judges', id), document) as Judge;
      const absences = entered.get(id);
      return absences ? { ...judge, absences: [...(judge.absences ?? []), ...absences] } : judge;
    });
  }

  #overridesOf(docket: Omit<Docket, 'cases'>): CheckedDocket['overrides'] {
    const checked = checkDocket({ ...docket, cases: [] }, this.lawbook);
    // A parameter that newer rules no longer know stops the court with its reason instead of being dropped.
    if (!checked.ok)
      throw new Error(`stored docket of ${this.court}: ${checked.error.map(({ path, code }) => path + code).join()}`);
    return checked.value.overrides;
  }

  /** As of the last look at the bench, which brings them along. */
  async loads(): Promise<ReadonlyMap<string, number>> {
    if (this.#loads === undefined) await this.bench();
    return this.#loads ?? new Map();
  }

  async casesUnder(keys: readonly StoredKey[]): Promise<ReadonlyMap<StoredKey, readonly CaseStub[]>> {
    const byDigest = new Map(keys.map((key) => [this.parts.keys.searchKey(keyText(key)), key]));
    const found = await rows<StubRow>(
      this.tx,
      sql`select k.key::text as key, m.id::text as id, m.source, m.reference, m.case_key, m.origin_key, m.filed_on::text as filed_on, m.owner
        from lookup_keys k join matters m on m.court = k.court and m.id = k.matter
        where k.court = ${this.court} and k.key = any(${uuidArray([...byDigest.keys()])}::uuid[])`,
    );
    const stubs = new Map<StoredKey, CaseStub[]>();
    for (const row of found) {
      const key = byDigest.get(row.key);
      if (key === undefined) continue;
      const list = stubs.get(key) ?? [];
      stubs.set(key, list);
      list.push({
        id: row.id,
        source: row.source,
        caseNo: row.reference,
        caseKey: row.case_key,
        originKey: row.origin_key ?? undefined,
        filedOn: row.filed_on as PlainDate,
        owner: row.owner,
      });
    }
    return stubs;
  }

  async cases(ids: readonly string[]): Promise<ReadonlyMap<string, DocketCase>> {
    const { matters } = schema;
    const found = await this.tx
      .select({ id: matters.id, document: matters.document })
      .from(matters)
      .where(and(eq(matters.court, this.court), inArray(matters.id, [...ids])));
    return new Map(
      found.map(({ id, document }) => [
        id,
        openDocument(this.parts.keys, placeOf(this.court, 'matters', id), document) as DocketCase,
      ]),
    );
  }

  filing(id: string): Promise<StoredFiling | undefined> {
    return this.filingWhere(sql`f.id = ${id}::uuid`);
  }

  protected async filingWhere(condition: ReturnType<typeof sql>): Promise<StoredFiling | undefined> {
    const [row] = await rows<FilingRow>(
      this.tx,
      sql`select f.id::text as id, f.batch::text as batch, f.position, b.seed, b.docketed_on::text as docketed_on, f.reference, f.state,
          f.document, f.decision, f.waiting_for::text as waiting_for, f.version
        from filings f join batches b on b.court = f.court and b.id = f.batch
        where f.court = ${this.court} and ${condition}`,
    );
    return row && this.#opened(row);
  }

  #opened(row: FilingRow): StoredFiling {
    const { document } = row;
    const place = placeOf(this.court, 'filings', row.id);
    const seed = openSeed(this.parts.keys, placeOf(this.court, 'batches', row.batch), row.seed);
    const isWhole = 'sealed' in document;
    const value = isWhole
      ? openWhole(this.parts.keys, place, document)
      : openDocument(this.parts.keys, place, document);
    const { raw, errors } = isWhole
      ? (value as { raw: unknown; errors: readonly FieldError[] })
      : { raw: undefined, errors: [] };
    return {
      id: row.id,
      batch: row.batch,
      position: row.position,
      // Each filing has a key of its own: whoever sees one draw's cannot work out another's.
      seed: Buffer.from(hmacSha256(seed, row.id)).toString('hex'),
      docketedOn: (row.docketed_on ?? undefined) as PlainDate | undefined,
      reference: row.reference,
      state: row.state,
      filing: isWhole ? undefined : (value as Filing),
      raw,
      errors,
      decision: row.decision,
      waitingFor: row.waiting_for ?? undefined,
      version: row.version,
    };
  }

  async decisionOf(filing: string, number: number): Promise<Decision | undefined> {
    const { decisions } = schema;
    const [row] = await this.tx
      .select({ document: decisions.document })
      .from(decisions)
      .where(and(eq(decisions.court, this.court), eq(decisions.filing, filing), eq(decisions.number, number)));
    return row?.document as Decision | undefined;
  }

  async ownerOf(matter: string): Promise<Owner | undefined> {
    const [row] = await rows<Owner>(
      this.tx,
      sql`select judge, method from owners where court = ${this.court} and matter = ${matter}::uuid and until is null`,
    );
    return row;
  }

  async handover(id: string): Promise<StoredHandover | undefined> {
    const { handovers } = schema;
    const [row] = await this.tx
      .select()
      .from(handovers)
      .where(and(eq(handovers.court, this.court), eq(handovers.id, id)));
    if (row === undefined) return undefined;
    return {
      id: row.id,
      filing: row.filing,
      kind: row.kind as StoredHandover['kind'],
      judge: row.judge ?? undefined,
      ground: row.ground,
      note: row.note,
      proposedBy: row.proposedBy,
      outcome: (row.outcome ?? undefined) as StoredHandover['outcome'],
      version: row.version,
    };
  }
}

interface CourtRow extends Court {
  readonly divisions: Docket['divisions'];
  readonly parameters: NonNullable<Docket['parameters']>;
  readonly version: number;
  readonly loads: Readonly<Record<string, number>>;
}

interface StubRow {
  readonly key: string;
  readonly id: string;
  readonly source: 'docket' | 'filing';
  readonly reference: string;
  readonly case_key: string;
  readonly origin_key: string | null;
  readonly filed_on: string;
  readonly owner: string;
}

interface FilingRow {
  readonly id: string;
  readonly batch: string;
  readonly position: number;
  readonly seed: string;
  readonly docketed_on: string | null;
  readonly reference: string;
  readonly state: StoredFiling['state'];
  readonly document: Record<string, unknown> & { readonly sealed: string };
  readonly decision: number;
  readonly waiting_for: string | null;
  readonly version: number;
}
