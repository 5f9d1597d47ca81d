import { and, eq, sql } from 'drizzle-orm';
import type { AbsenceTx } from '../../app/absence-ports.js';
import type { ClockTx } from '../../app/clock-ports.js';
import type { FlowTx } from '../../app/flow-ports.js';
import type { MineTx } from '../../app/mine-ports.js';
import type { Act, CourtTx, NewFiling, Owner, Settlement, StoredFiling, StoredHandover } from '../../app/ports.js';
import type { ReleaseTx } from '../../app/release-ports.js';
import { type RowSummary, rowSummary } from '../../app/row-summary.js';
import type { ValidFiling } from '../../app/stored-filing.js';
import type { UrgingTx } from '../../app/urging-ports.js';
import type { Decision } from '../../core/documents/decision.js';
import type { Closure, DocketCase } from '../../core/documents/docket.js';
import type { Filing, Party } from '../../core/documents/filing.js';
import { typedFiling } from '../../core/documents/typed-filing.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { normaliseIdentityNumber } from '../../core/law/identity-number.js';
import { assignedCase } from '../../core/routing/batch.js';
import { AbsenceStore } from './absence-store.js';
import { ClockStore } from './clock-store.js';
import { placeOf } from './court-reads.js';
import { chunksOf, rows, schema } from './db.js';
import { DocketWrites, MICRO } from './docket-writes.js';
import { FlowStore } from './flow-store.js';
import { concernedJudges, HeldCases } from './held-cases.js';
import { ReleaseStore } from './release-store.js';
import { sealDocument, sealSeed, sealWhole } from './sealed-documents.js';
import { UrgingStore } from './urging-store.js';

const FILINGS_A_STATEMENT = 500;
const PARTIES_A_STATEMENT = 5000;

/** One act's reads and writes. What it records and what changed is collected and stored by the store at its end. */
export class StoredWrites extends DocketWrites implements CourtTx {
  readonly acts: Act[] = [];
  override readonly flows: FlowTx = new FlowStore(this.tx, this.by, () => this.parts.newId());
  override readonly clocks: ClockTx = new ClockStore(this.tx, this.by, () => this.together.flush());
  override readonly mine: MineTx = new HeldCases(this.tx, this.by, () => this.parts.newId());
  override readonly absences: AbsenceTx = new AbsenceStore(this.tx, this.by, () =>
    this.changes.push({ kind: 'docket' }),
  );

  override readonly urgings: UrgingTx = new UrgingStore(this.tx, this.court);
  override readonly releases: ReleaseTx = new ReleaseStore(this.tx, this.by);

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
    const filedAt = this.by.now;
    const { together } = this;
    const batchRow = {
      court,
      id,
      seed: sealSeed(this.parts.keys, placeOf(court, 'batches', id), seed),
      digest,
      docketedOn,
      remarks,
      size: filings.length,
      filedBy: this.by.user,
      filedAt,
    };
    await together.add(this.tx.insert(schema.batches).values(batchRow));
    for (const chunk of chunksOf(filings, FILINGS_A_STATEMENT)) {
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
      sql`update filings set state = 'replaced', version = version + 1, updated_at = ${this.by.now}::timestamptz
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
    const madeAt = this.by.now;
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
      this.tx.insert(decisions).values({
        court,
        filing: filing.id,
        number,
        occasion,
        digest,
        document: decision,
        madeBy: this.by.user,
        madeAt,
      }),
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
    await this.#changed(filing, state, { to: decision.owner?.judge });
  }

  async assign(filing: ValidFiling, owner: Owner): Promise<void> {
    const { court } = this;
    const docketCase = assignedCase(filing.filing, owner.judge);
    await this.insertCases([this.ofFiling(filing.id, docketCase)]);
    const entry = { court, matter: filing.id, judge: owner.judge, actor: this.by.user };
    await this.together.add(
      this.tx.insert(schema.owners).values({ ...entry, method: owner.method, since: this.by.now }),
      this.tx.insert(schema.ledger).values({ ...entry, kind: 'assigned', amount: MICRO, madeAt: this.by.now }),
    );
  }

  async handOver(filing: ValidFiling, from: string, to: Owner, ground: string): Promise<void> {
    const { court } = this;
    const matter = filing.id;
    const before = (await this.cases([matter])).get(matter);
    if (before === undefined) throw new Error('an assigned filing is a case of the docket');
    const [held] = await rows<{ since: string }>(
      this.tx,
      sql`update owners set until = ${this.by.now}::timestamptz where court = ${court} and matter = ${matter}::uuid and until is null
        returning (since at time zone 'Asia/Shanghai')::date::text as since`,
    );
    const { today } = this;
    const earlierHandlers = before.handlers ?? [{ judge: from, from: (held?.since ?? today) as PlainDate }];
    const handlers = [
      ...earlierHandlers.map((each) => ({ ...each, to: each.to ?? today })),
      { judge: to.judge, from: today },
    ];
    const docketCase: DocketCase = { ...before, judge: to.judge, handlers };
    await this.updateCase(this.ofFiling(matter, docketCase));
    const entry = { court, matter, actor: this.by.user, ground };
    const madeAt = this.by.now;
    await this.tx.insert(schema.owners).values({ ...entry, judge: to.judge, method: to.method, since: this.by.now });
    await this.tx.insert(schema.ledger).values([
      { ...entry, judge: from, kind: 'handed_over', amount: -MICRO, madeAt },
      { ...entry, judge: to.judge, kind: 'assigned', amount: MICRO, madeAt },
    ]);
  }

  async reopen(filing: ValidFiling, to: Owner, ground: string): Promise<void> {
    const { court } = this;
    const matter = filing.id;
    const before = (await this.cases([matter])).get(matter);
    if (before === undefined) throw new Error('a closed filing is a case of the docket');
    const { closedOn, closure: _, handlers, ...rest } = before;
    const { today } = this;
    const held = handlers ?? [{ judge: before.judge, from: before.filedOn, ...(closedOn && { to: closedOn }) }];
    const again = [...held.map((each) => ({ ...each, to: each.to ?? today })), { judge: to.judge, from: today }];
    const docketCase: DocketCase = { ...rest, judge: to.judge, handlers: again };
    await this.updateCase(this.ofFiling(matter, docketCase));
    const entry = { court, matter, judge: to.judge, actor: this.by.user, ground };
    await this.tx.insert(schema.owners).values({ ...entry, method: to.method, since: this.by.now });
    await this.tx.insert(schema.ledger).values({ ...entry, kind: 'assigned', amount: MICRO, madeAt: this.by.now });
    await this.#touch(filing, { state: 'assigned', closedOn: null });
  }

  async close(filing: ValidFiling, closure: string, closedOn: PlainDate): Promise<void> {
    const { court } = this;
    const matter = filing.id;
    const before = (await this.cases([matter])).get(matter);
    if (before === undefined) throw new Error('an assigned filing is a case of the docket');
    const docketCase: DocketCase = { ...before, closure: closure as Closure, closedOn };
    await this.updateCase(this.ofFiling(matter, docketCase));
    await this.tx.execute(
      sql`update owners set until = ${this.by.now}::timestamptz where court = ${court} and matter = ${matter}::uuid and until is null`,
    );
    const entry = { court, matter, judge: before.judge, actor: this.by.user, ground: closure, madeAt: this.by.now };
    await this.tx.insert(schema.ledger).values({ ...entry, kind: 'closed', amount: -MICRO });
    await this.#touch(filing, { state: 'closed', closedOn }, before.judge);
  }

  async take(filing: string, user: string): Promise<void> {
    const stored = await this.filing(filing);
    if (stored) await this.#touch(stored, { waitingFor: user });
  }

  noteChange(filing: StoredFiling): Promise<void> {
    return this.#touch(filing, {});
  }

  async proposeHandover(handover: Omit<StoredHandover, 'outcome' | 'version'>): Promise<void> {
    const { judge = null, ...rest } = handover;
    await this.tx.insert(schema.handovers).values({ ...rest, judge, court: this.court, proposedAt: this.by.now });
    const stored = await this.filing(handover.filing);
    if (stored) await this.#changed(stored, stored.state, { by: 0 });
  }

  async decideHandover(id: string, outcome: 'approved' | 'rejected' | 'withdrawn', user: string): Promise<void> {
    await this.together.flush();
    const { handovers } = schema;
    const [row] = await this.tx
      .update(handovers)
      .set({ outcome, decidedBy: user, decidedAt: this.by.now, version: sql`${handovers.version} + 1` })
      .where(and(eq(handovers.court, this.court), eq(handovers.id, id)))
      .returning({ filing: handovers.filing });
    const stored = row && (await this.filing(row.filing));
    if (stored) await this.#changed(stored, stored.state, { by: 0 });
  }

  async #touch(
    filing: StoredFiling,
    change: { state?: string; closedOn?: PlainDate | null; waitingFor?: string },
    from?: string,
  ): Promise<void> {
    const { filings } = schema;
    await this.tx
      .update(filings)
      .set({ ...change, version: sql`${filings.version} + 1`, updatedAt: this.by.now })
      .where(and(eq(filings.court, this.court), eq(filings.id, filing.id)));
    await this.#changed(filing, change.state ?? filing.state, { to: from });
  }

  /** `to`: a judge whom it concerns and of whom the tables do not say so by now. */
  async #changed(
    { id, batch, version, decision }: StoredFiling,
    state: string,
    { by = 1, to }: { readonly by?: number; readonly to?: string | null | undefined } = {},
  ): Promise<void> {
    // Before its first decision nobody holds it, and no flow is about it.
    const known = decision === 0 ? [] : await concernedJudges(this.tx, this.court, id);
    const judges = [...new Set([...known, ...(to == null ? [] : [to])])];
    this.changes.push({ kind: 'filing', id, state, version: version + by, judges }, { kind: 'batch', id: batch });
  }

  #deleteClocks(filing: string): Promise<unknown> {
    const { clocks } = schema;
    return this.tx.delete(clocks).where(and(eq(clocks.court, this.court), eq(clocks.filing, filing)));
  }

  #documentOf(id: string, { filing, raw, errors }: Pick<NewFiling, 'filing'> & Partial<NewFiling>) {
    const place = placeOf(this.court, 'filings', id);
    return filing
      ? { document: sealDocument(this.parts.keys, place, filing), digest: this.digest(filing) }
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
}

/** A filing that was refused may hold anything; no column of text holds NUL. */
const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD').slice(0, 200);

function summaryOf({ filing, raw }: Pick<NewFiling, 'filing' | 'raw'>, decision?: Decision): RowSummary {
  const { parties, matter, cause, ...rest } = rowSummary(typedFiling(filing ?? raw), decision);
  const shown = (text: string | null): string | null => (text === null ? null : storable(text));
  return { ...rest, parties: storable(parties), matter: shown(matter), cause: shown(cause) };
}
