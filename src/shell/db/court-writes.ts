import { and, eq, sql } from 'drizzle-orm';
import type { Act, CourtTx, NewFiling, Owner, Settlement, StoredFiling, StoredHandover } from '../../app/ports.js';
import { type RowSummary, rowSummary } from '../../app/row-summary.js';
import type { ValidFiling } from '../../app/stored-filing.js';
import type { Decision } from '../../core/documents/decision.js';
import type { Closure, Docket, DocketCase, Judge } from '../../core/documents/docket.js';
import type { Filing, Party } from '../../core/documents/filing.js';
import { typedFiling } from '../../core/documents/typed-filing.js';
import { canonicalJson } from '../../core/kernel/canonical.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { normaliseIdentityNumber } from '../../core/law/identity-number.js';
import { type CaseReader, causeKeyOf, type EarlierCase, readEarlierCase } from '../../core/related/earlier-case.js';
import { storedKeysOf } from '../../core/related/stored-lookup.js';
import { assignedCase } from '../../core/routing/batch.js';
import { keyText, placeOf, StoredReads, type StoreParts, uuidArray } from './court-reads.js';
import { chunksOf, type Db, rows, schema } from './db.js';
import { sealDocument, sealWhole } from './sealed-documents.js';
import { WriteTogether } from './write-together.js';

/** What others are told of once the act has been stored. */
export type Change =
  | { readonly kind: 'filing'; readonly id: string; readonly state: string; readonly version: number }
  /** `received`: filings of it have come in and wait to be routed. */
  | { readonly kind: 'batch'; readonly id: string; readonly received?: true }
  | { readonly kind: 'docket' };

const MICRO = 1_000_000;
const CASES_A_STATEMENT = 500;
const PARTIES_A_STATEMENT = 5000;
const KEYS_A_STATEMENT = 20_000;

/** One act's reads and writes. What it records and what changed is collected and stored by the store at its end. */
export class StoredWrites extends StoredReads implements CourtTx {
  readonly acts: Act[] = [];
  readonly changes: Change[] = [];
  readonly together: WriteTogether;
  readonly #user: string | null;
  readonly #now: string;

  constructor(
    tx: Db,
    by: { readonly court: string; readonly user: string | null; readonly now: string },
    parts: StoreParts,
  ) {
    super(tx, by.court, parts);
    this.together = new WriteTogether(tx);
    this.#user = by.user;
    this.#now = by.now;
  }

  record(act: Act): void {
    this.acts.push(act);
  }

  lockFiling(id: string): Promise<StoredFiling | undefined> {
    return this.filingWhere(sql`f.id = ${id}::uuid for update of f`);
  }

  nextReceived(): Promise<StoredFiling | undefined> {
    return this.filingWhere(
      sql`f.state = 'received' order by f.created_at, f.batch, f.received_on, f.position limit 1 for update of f`,
    );
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
      digest: this.#digest({ judge, position }),
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
      await this.#insertCases(fresh.splice(0));
      for (const each of changed.splice(0)) await this.#updateCase(each);
    };
    for (const docketCase of cases) {
      const earlier = this.#read(docketCase, false);
      const ordinal = (repeats.get(earlier.caseNo) ?? 0) + 1;
      repeats.set(earlier.caseNo, ordinal);
      const digest = this.#digest(docketCase);
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
        .values(entries.map((entry) => ({ ...entry, actor: this.#user, madeAt: this.#now })));
    }
  }

  async batchOf(digest: string): Promise<string | undefined> {
    const { batches } = schema;
    const [row] = await this.tx
      .select({ id: batches.id })
      .from(batches)
      .where(and(eq(batches.court, this.court), eq(batches.digest, digest)));
    return row?.id;
  }

  async taken(
    references: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly id: string; readonly digest: string }>> {
    const found = await rows<{ reference: string; id: string; digest: string }>(
      this.tx,
      sql`select reference, id::text as id, digest from filings where court = ${this.court} and state not in ('invalid', 'replaced')
        and reference in (select jsonb_array_elements_text(${JSON.stringify(references.map(storable))}::jsonb))`,
    );
    return new Map(found.map(({ reference, ...rest }) => [reference, rest]));
  }

  async saveBatch(batch: Parameters<CourtTx['saveBatch']>[0], filings: readonly NewFiling[]): Promise<void> {
    const { court } = this;
    const { id, seed, digest, docketedOn = null, remarks } = batch;
    const filedAt = this.#now;
    const { together } = this;
    const batchRow = {
      court,
      id,
      seed,
      digest,
      docketedOn,
      remarks,
      size: filings.length,
      filedBy: this.#user,
      filedAt,
    };
    await together.add(this.tx.insert(schema.batches).values(batchRow));
    for (const chunk of chunksOf(filings, CASES_A_STATEMENT)) {
      const filingRows = chunk.map((filing) => ({
        court,
        id: filing.id,
        batch: id,
        position: filing.position,
        reference: storable(filing.reference),
        state: filing.filing ? 'received' : 'invalid',
        receivedOn: filing.filing?.receivedOn ?? null,
        ...this.#documentOf(filing.id, filing),
        summary: summaryOf(filing),
        createdAt: filedAt,
        updatedAt: filedAt,
      }));
      await together.add(this.tx.insert(schema.filings).values(filingRows));
      const parties = chunk.flatMap((filing) => (filing.filing ? this.#partyRows(filing.id, filing.filing) : []));
      for (const some of chunksOf(parties, PARTIES_A_STATEMENT)) {
        await together.add(this.tx.insert(schema.filingParties).values(some));
        await together.flush();
      }
    }
    await together.flush();
    const isOpen = filings.some(({ filing }) => filing !== undefined);
    this.changes.push({ kind: 'batch', id, ...(isOpen && { received: true }) });
  }

  async replaceFiling(id: string, reference: string, filing: Filing): Promise<void> {
    const { filings, filingParties } = schema;
    const here = and(eq(filings.court, this.court), eq(filings.id, id));
    await this.tx
      .update(filings)
      .set({ reference, state: 'received', receivedOn: filing.receivedOn, ...this.#documentOf(id, { filing }) })
      .where(here);
    await this.tx.delete(filingParties).where(and(eq(filingParties.court, this.court), eq(filingParties.filing, id)));
    for (const chunk of chunksOf(this.#partyRows(id, filing), PARTIES_A_STATEMENT)) {
      await this.tx.insert(filingParties).values(chunk);
    }
  }

  async putAside(references: readonly string[], exceptBatch: string): Promise<void> {
    if (references.length === 0) return;
    await this.tx.execute(
      sql`update filings set state = 'replaced', version = version + 1, updated_at = ${this.#now}::timestamptz
        where court = ${this.court} and state = 'invalid' and batch <> ${exceptBatch}::uuid
        and reference in (select jsonb_array_elements_text(${JSON.stringify(references.map(storable))}::jsonb))`,
    );
  }

  async saveDecision({ filing, decision, occasion, state, waitingDue }: Settlement): Promise<void> {
    const { court } = this;
    const number = filing.decision + 1;
    const summary = summaryOf(filing, decision);
    const { filings, decisions, clocks } = schema;
    const { digest } = decision;
    const madeAt = this.#now;
    if (filing.decision > 0) await this.#deleteClocks(filing.id);
    await this.together.add(
      this.tx
        .update(filings)
        .set({
          state,
          decision: number,
          summary,
          waitingDue: waitingDue ?? null,
          version: sql`${filings.version} + 1`,
          updatedAt: madeAt,
        })
        .where(and(eq(filings.court, court), eq(filings.id, filing.id))),
      this.tx
        .insert(decisions)
        .values({ court, filing: filing.id, number, occasion, digest, document: decision, madeBy: this.#user, madeAt }),
    );
    const running = decision.deadlines ?? [];
    if (running.length > 0) {
      await this.together.add(
        this.tx.insert(clocks).values(
          running.map(({ kind, from, due, length, unit, provisional = false }) => ({
            court,
            filing: filing.id,
            kind,
            cycle: 1,
            fromOn: from,
            dueOn: due,
            length,
            unit,
            provisional,
            decision: number,
          })),
        ),
      );
    }
    this.#changed(filing, state);
  }

  async assign(filing: ValidFiling, owner: Owner): Promise<void> {
    const { court } = this;
    const docketCase = assignedCase(filing.filing, owner.judge);
    const earlier = this.#read(docketCase, true);
    const digest = this.#digest(docketCase);
    await this.#insertCases([{ id: filing.id, docketCase, earlier, ordinal: 1, digest, source: 'filing' }]);
    const entry = { court, matter: filing.id, judge: owner.judge, actor: this.#user };
    await this.together.add(
      this.tx.insert(schema.owners).values({ ...entry, method: owner.method, since: this.#now }),
      this.tx.insert(schema.ledger).values({ ...entry, kind: 'assigned', amount: MICRO, madeAt: this.#now }),
    );
  }

  async handOver(filing: ValidFiling, from: string, to: Owner, ground: string): Promise<void> {
    const { court } = this;
    const matter = filing.id;
    const before = (await this.cases([matter])).get(matter);
    if (before === undefined) throw new Error('an assigned filing is a case of the docket');
    const [held] = await rows<{ since: string }>(
      this.tx,
      sql`update owners set until = ${this.#now}::timestamptz where court = ${court} and matter = ${matter}::uuid and until is null
        returning (since at time zone 'Asia/Shanghai')::date::text as since`,
    );
    const today = this.parts.today();
    const earlierHandlers = before.handlers ?? [{ judge: from, from: (held?.since ?? today) as PlainDate }];
    const handlers = [
      ...earlierHandlers.map((each) => ({ ...each, to: each.to ?? today })),
      { judge: to.judge, from: today },
    ];
    const docketCase: DocketCase = { ...before, judge: to.judge, handlers };
    const earlier = this.#read(docketCase, true);
    await this.#updateCase({
      id: matter,
      docketCase,
      earlier,
      ordinal: 1,
      digest: this.#digest(docketCase),
      source: 'filing',
    });
    const entry = { court, matter, actor: this.#user, ground };
    const madeAt = this.#now;
    await this.tx.insert(schema.owners).values({ ...entry, judge: to.judge, method: to.method, since: this.#now });
    await this.tx.insert(schema.ledger).values([
      { ...entry, judge: from, kind: 'handed_over', amount: -MICRO, madeAt },
      { ...entry, judge: to.judge, kind: 'assigned', amount: MICRO, madeAt },
    ]);
  }

  async close(filing: ValidFiling, closure: string, closedOn: PlainDate): Promise<void> {
    const { court } = this;
    const matter = filing.id;
    const before = (await this.cases([matter])).get(matter);
    if (before === undefined) throw new Error('an assigned filing is a case of the docket');
    const docketCase: DocketCase = { ...before, closure: closure as Closure, closedOn };
    const earlier = this.#read(docketCase, true);
    await this.#updateCase({
      id: matter,
      docketCase,
      earlier,
      ordinal: 1,
      digest: this.#digest(docketCase),
      source: 'filing',
    });
    await this.tx.execute(
      sql`update owners set until = ${this.#now}::timestamptz where court = ${court} and matter = ${matter}::uuid and until is null`,
    );
    const entry = { court, matter, judge: before.judge, actor: this.#user, ground: closure, madeAt: this.#now };
    await this.tx.insert(schema.ledger).values({ ...entry, kind: 'closed', amount: -MICRO });
    await this.#touch(filing, { state: 'closed', closedOn });
  }

  async take(filing: string, user: string): Promise<void> {
    const stored = await this.filing(filing);
    if (stored) await this.#touch(stored, { waitingFor: user });
  }

  async proposeHandover(handover: Omit<StoredHandover, 'outcome' | 'version'>): Promise<void> {
    const { judge = null, ...rest } = handover;
    await this.tx.insert(schema.handovers).values({ ...rest, judge, court: this.court, proposedAt: this.#now });
    const stored = await this.filing(handover.filing);
    if (stored) this.#changed(stored, stored.state, 0);
  }

  async decideHandover(id: string, outcome: 'approved' | 'rejected' | 'withdrawn', user: string): Promise<void> {
    await this.together.flush();
    const { handovers } = schema;
    const [row] = await this.tx
      .update(handovers)
      .set({ outcome, decidedBy: user, decidedAt: this.#now, version: sql`${handovers.version} + 1` })
      .where(and(eq(handovers.court, this.court), eq(handovers.id, id)))
      .returning({ filing: handovers.filing });
    const stored = row && (await this.filing(row.filing));
    if (stored) this.#changed(stored, stored.state, 0);
  }

  async #touch(
    filing: StoredFiling,
    change: { state?: string; closedOn?: PlainDate; waitingFor?: string },
  ): Promise<void> {
    const { filings } = schema;
    await this.tx
      .update(filings)
      .set({ ...change, version: sql`${filings.version} + 1`, updatedAt: this.#now })
      .where(and(eq(filings.court, this.court), eq(filings.id, filing.id)));
    this.#changed(filing, change.state ?? filing.state);
  }

  #changed({ id, batch, version }: StoredFiling, state: string, by = 1): void {
    this.changes.push({ kind: 'filing', id, state, version: version + by }, { kind: 'batch', id: batch });
  }

  #deleteClocks(filing: string): Promise<unknown> {
    const { clocks } = schema;
    return this.tx.delete(clocks).where(and(eq(clocks.court, this.court), eq(clocks.filing, filing)));
  }

  #digest(value: unknown): string {
    return this.parts.keys.contentDigest(canonicalJson(value));
  }

  #documentOf(id: string, { filing, raw, errors }: Pick<NewFiling, 'filing'> & Partial<NewFiling>) {
    const place = placeOf(this.court, 'filings', id);
    return filing
      ? { document: sealDocument(this.parts.keys, place, filing), digest: this.#digest(filing) }
      : { document: sealWhole(this.parts.keys, place, { raw, errors }), digest: '' };
  }

  #partyRows(filing: string, { parties, receivedOn }: Filing) {
    return parties.map((party, place) => ({
      court: this.court,
      filing,
      place,
      name: party.name,
      number: this.#numberKey(party, receivedOn),
    }));
  }

  #numberKey({ idNumber }: Party, asOf: PlainDate): string | null {
    if (idNumber === undefined || idNumber.trim() === '') return null;
    const number = normaliseIdentityNumber(idNumber, asOf);
    return number.ok ? this.parts.keys.searchKey(`number\n${number.value}`) : null;
  }

  #read(docketCase: DocketCase, inBatch: boolean): EarlierCase {
    const { causes, caseTypes } = this.parts.lawbook;
    const reader: CaseReader = { courtCode: this.court, causes, caseTypes };
    const { cause: name, matter } = docketCase;
    const cause = name === undefined || name.trim() === '' ? undefined : causeKeyOf(causes, name, matter);
    return readEarlierCase(docketCase, reader, { inBatch, cause, onWeakNumber: () => {} });
  }

  async #insertCases(cases: readonly PreparedCase[]): Promise<void> {
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
          since: this.#now,
          actor: this.#user,
        })),
      ),
    );
  }

  /** Puts a case as it is now in place of what it was: its keys too, and, for a case of the docket, who holds it. */
  async #updateCase(prepared: PreparedCase): Promise<void> {
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
      sql`update owners set until = ${this.#now}::timestamptz where court = ${court} and matter = ${id}::uuid and until is null`,
    );
    if (holder === null) return;
    await this.tx.insert(schema.owners).values({
      court,
      matter: id,
      judge: holder,
      method: 'docket',
      ground: 'docket',
      since: this.#now,
      actor: this.#user,
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

/** A filing that was refused may hold anything; no column of text holds NUL. */
const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD').slice(0, 200);

function summaryOf({ filing, raw }: Pick<NewFiling, 'filing' | 'raw'>, decision?: Decision): RowSummary {
  const { parties, matter, cause, ...rest } = rowSummary(typedFiling(filing ?? raw), decision);
  const shown = (text: string | null): string | null => (text === null ? null : storable(text));
  return { ...rest, parties: storable(parties), matter: shown(matter), cause: shown(cause) };
}

const pick = ({ name, level, province, divisions, parameters }: typeof schema.courts.$inferSelect) => ({
  name,
  level,
  province,
  divisions,
  parameters,
});
