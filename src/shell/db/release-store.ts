import { sql } from 'drizzle-orm';
import type { Page } from '../../app/page.js';
import type {
  EarlierDecision,
  PageAsked,
  ReleaseName,
  ReleaseStep,
  ReleaseTx,
  SavedFile,
  StoredDraft,
  StoredRelease,
} from '../../app/release-ports.js';
import { type Digest, sha256Hex } from '../../core/kernel/digest.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { type Bundle, BundleRefused, type Manifest, readManifest } from '../../core/releases/bundle.js';
import type { Window } from '../../core/releases/differences.js';
import type { OpenRuns } from '../../core/releases/open-runs.js';
import { type Db, iso, rows, schema } from './db.js';
import {
  addStep,
  lockReleases,
  nextNumber,
  ON_LINE,
  RELEASE,
  releaseInForce,
  replaceRelease,
  saveBlobs,
  saveBundle,
} from './release-line.js';
import { beyondCourts } from './scope.js';

const DRAFT = sql`id::text as id, title, note, base, state, revision, checked_revision as "checkedRevision",
  checked_base as "checkedBase", created_by::text as "createdBy", ${iso(sql`created_at`)} as "createdAt", version`;
const SAVED = sql`revision, path, digest, saved_by::text as "savedBy", ${iso(sql`saved_at`)} as "savedAt"`;
/** Releases and drafts of the installation's rules, within one act or read. */
export class ReleaseStore implements ReleaseTx {
  readonly #tx: Db;
  readonly #by: { readonly court: string; readonly user: string | null; readonly now: string };

  constructor(tx: Db, by: { court: string; user: string | null; now: string }) {
    this.#tx = tx;
    this.#by = by;
  }

  async lock(): Promise<void> {
    await lockReleases(this.#tx);
  }

  async release(number: number): Promise<StoredRelease | undefined> {
    const [found] = await rows<StoredRelease>(
      this.#tx,
      sql`select ${RELEASE} from rule_releases where number = ${number}::int`,
    );
    return found;
  }

  async releases({ limit, after }: PageAsked): Promise<Page<StoredRelease>> {
    const past = after === undefined ? sql`true` : sql`number < ${Number(after)}::int`;
    const found = await rows<StoredRelease>(
      this.#tx,
      sql`select ${RELEASE} from rule_releases where ${past} order by number desc limit ${limit + 1}::int`,
    );
    return pageOf(found, limit, ({ number }) => String(number));
  }

  inForceOn(day: PlainDate): Promise<StoredRelease | undefined> {
    return releaseInForce(this.#tx, day);
  }

  async thatDecided(filing: string): Promise<ReadonlyMap<number, ReleaseName>> {
    // A content that was released twice is one bundle: it was the later one if that was in force by then.
    const found = await rows<ReleaseName & { readonly decision: number }>(
      this.#tx,
      sql`select d.number as decision, r.number, r.title, r.effective_on::text as "effectiveOn"
          from decisions d join lateral (
            select r.number, r.title, r.effective_on from rule_releases r
            where r.bundle = d.document -> 'rules' ->> 'release' and r.state = 'scheduled'
            order by r.effective_on > (d.made_at at time zone 'Asia/Shanghai')::date, r.effective_on desc, r.number desc limit 1) r on true
          where d.court = ${this.#by.court} and d.filing = ${filing}::uuid`,
    );
    return new Map(found.map(({ decision, ...release }) => [decision, release]));
  }

  async tip(): Promise<StoredRelease | undefined> {
    const [found] = await rows<StoredRelease>(
      this.#tx,
      sql`select ${RELEASE} from rule_releases where ${ON_LINE} order by effective_on desc limit 1`,
    );
    return found;
  }

  stepsOf(release: number): Promise<readonly ReleaseStep[]> {
    return rows<ReleaseStep>(
      this.#tx,
      sql`select number, action, actor::text as actor, ${iso(sql`made_at`)} as at, reason, document ->> 'effectiveOn' as "effectiveOn"
        from rule_release_steps where release = ${release}::int order by number`,
    );
  }

  async draft(id: string): Promise<StoredDraft | undefined> {
    const [found] = await rows<StoredDraft>(this.#tx, sql`select ${DRAFT} from rule_drafts where id = ${id}::uuid`);
    return found;
  }

  async drafts({ limit, after }: PageAsked): Promise<Page<StoredDraft>> {
    // Ids are in the order of time.
    const past = after === undefined ? sql`true` : sql`id < ${after}::uuid`;
    const found = await rows<StoredDraft>(
      this.#tx,
      sql`select ${DRAFT} from rule_drafts where state in ('draft', 'proposed') and ${past} order by id desc limit ${limit + 1}::int`,
    );
    return pageOf(found, limit, ({ id }) => id);
  }

  async releaseOf(draft: string): Promise<number | undefined> {
    const [found] = await rows<{ number: number }>(
      this.#tx,
      sql`select number from rule_releases where draft = ${draft}::uuid and state in ('proposed', 'approved', 'scheduled')`,
    );
    return found?.number;
  }

  filesOf(draft: string): Promise<readonly SavedFile[]> {
    return rows<SavedFile>(
      this.#tx,
      sql`select distinct on (path collate "C") ${SAVED} from rule_draft_files where draft = ${draft}::uuid
        order by path collate "C", revision desc`,
    );
  }

  async historyOf(
    draft: string,
    { limit, after, path }: PageAsked & { readonly path?: string | undefined },
  ): Promise<Page<SavedFile>> {
    const past = after === undefined ? sql`true` : sql`revision < ${Number(after)}::int`;
    const of = path === undefined ? sql`true` : sql`path = ${path}`;
    const found = await rows<SavedFile>(
      this.#tx,
      sql`select ${SAVED} from rule_draft_files where draft = ${draft}::uuid and ${past} and ${of}
        order by revision desc limit ${limit + 1}::int`,
    );
    return pageOf(found, limit, ({ revision }) => String(revision));
  }

  async savedAs(draft: string, revision: number): Promise<SavedFile | undefined> {
    const [found] = await rows<SavedFile>(
      this.#tx,
      sql`select ${SAVED} from rule_draft_files where draft = ${draft}::uuid and revision = ${revision}::int`,
    );
    return found;
  }

  async authorsOf(draft: string): Promise<readonly string[]> {
    const found = await rows<{ id: string }>(
      this.#tx,
      sql`select created_by::text as id from rule_drafts where id = ${draft}::uuid
        union select saved_by::text from rule_draft_files where draft = ${draft}::uuid order by id`,
    );
    return found.map(({ id }) => id);
  }

  async manifest(bundle: Digest): Promise<Manifest> {
    const [found] = await rows<{ manifest: string }>(
      this.#tx,
      sql`select manifest from rule_bundles where digest = ${bundle}`,
    );
    if (found === undefined) throw new BundleRefused(`没有规则发布包 ${bundle}`);
    return readManifest(bundle, found.manifest);
  }

  async texts(digests: readonly Digest[]): Promise<ReadonlyMap<Digest, string>> {
    const found = await rows<{ digest: string; content: string }>(
      this.#tx,
      sql`select digest, content from rule_blobs
        where digest in (select jsonb_array_elements_text(${JSON.stringify(digests)}::jsonb))`,
    );
    return new Map(found.map(({ digest, content }) => [digest, content]));
  }

  openRuns(): Promise<readonly OpenRuns[]> {
    return beyondCourts(this.#tx, () =>
      rows<OpenRuns>(
        this.#tx,
        sql`select court, flow, state, count(*)::int as runs from flow_runs where outcome is null
          group by court, flow, state order by court, flow, state`,
      ),
    );
  }

  async namesOf(users: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await rows<{ id: string; name: string }>(
      this.#tx,
      sql`select id::text as id, name from users where id in
        (select jsonb_array_elements_text(${JSON.stringify([...new Set(users)])}::jsonb)::uuid)`,
    );
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  async decidedIn(
    windows: readonly Window[],
    before: string,
    { limit, after }: PageAsked,
  ): Promise<Page<EarlierDecision>> {
    const past = after === undefined ? sql`true` : sql`f.id > ${after}::uuid`;
    const found = await rows<EarlierDecision>(
      this.#tx,
      sql`select f.id::text as filing, f.reference, f.received_on::text as "receivedOn", ${iso(sql`d.made_at`)} as "madeAt",
          d.number as decision
        from filings f join decisions d on d.court = f.court and d.filing = f.id and d.number = f.decision
        where f.court = ${this.#by.court} and f.state not in ('invalid', 'replaced') and d.made_at < ${before}::timestamptz and ${past}
          and exists (select from jsonb_to_recordset(${JSON.stringify(windows)}::jsonb) as span ("by" text, "from" date, "to" date),
              lateral (select case span."by" when 'received' then f.received_on
                when 'docketed' then (d.document #>> '{record,docketedOn}')::date
                else (d.document #>> '{record,assignedOn}')::date end as "on") as chosen
            where chosen."on" >= span."from" and (span."to" is null or chosen."on" < span."to"))
        order by f.id limit ${limit + 1}::int`,
    );
    return pageOf(found, limit, ({ filing }) => filing);
  }

  async addDraft(draft: Pick<StoredDraft, 'id' | 'title' | 'note' | 'base'>): Promise<void> {
    const { now } = this.#by;
    const createdBy = this.#user();
    await this.#tx.insert(schema.ruleDrafts).values({ ...draft, state: 'draft', createdBy, createdAt: now });
  }

  async changeDraft(id: string, changes: Parameters<ReleaseTx['changeDraft']>[1]): Promise<void> {
    const { ruleDrafts } = schema;
    await this.#tx
      .update(ruleDrafts)
      .set({ ...changes, version: sql`${ruleDrafts.version} + 1` })
      .where(sql`${ruleDrafts.id} = ${id}::uuid`);
  }

  async markChecked(id: string, { revision, base }: { revision: number; base: number }): Promise<void> {
    const { ruleDrafts } = schema;
    await this.#tx
      .update(ruleDrafts)
      .set({ checkedRevision: revision, checkedBase: base })
      .where(sql`${ruleDrafts.id} = ${id}::uuid`);
  }

  async saveFiles({ id, revision }: StoredDraft, files: ReadonlyMap<string, string | null>): Promise<number> {
    const { now } = this.#by;
    const savedBy = this.#user();
    const texts = new Map([...files.values()].flatMap((text) => (text === null ? [] : [[sha256Hex(text), text]])));
    await saveBlobs(this.#tx, texts);
    const saved = [...files].map(([path, text], index) => ({
      draft: id,
      revision: revision + 1 + index,
      path,
      digest: text === null ? null : sha256Hex(text),
      savedBy,
      savedAt: now,
    }));
    if (saved.length === 0) return revision;
    await this.#tx.insert(schema.ruleDraftFiles).values(saved);
    const { ruleDrafts } = schema;
    const last = revision + saved.length;
    await this.#tx
      .update(ruleDrafts)
      .set({ revision: last, version: sql`${ruleDrafts.version} + 1` })
      .where(sql`${ruleDrafts.id} = ${id}::uuid`);
    return last;
  }

  async saveBundle(bundle: Bundle): Promise<void> {
    await saveBundle(this.#tx, bundle);
  }

  async addRelease(release: Parameters<ReleaseTx['addRelease']>[0]): Promise<number> {
    const { user, now } = this.#by;
    const number = await nextNumber(this.#tx);
    await this.#tx
      .insert(schema.ruleReleases)
      .values({ ...release, number, state: 'proposed', proposedBy: user, proposedAt: now });
    await this.#step(number, { action: 'proposed', reason: release.note }, {});
    return number;
  }

  async stepRelease(
    { number }: StoredRelease,
    step: Pick<ReleaseStep, 'action' | 'reason'>,
    changes: Parameters<ReleaseTx['stepRelease']>[2],
  ): Promise<void> {
    const { ruleReleases } = schema;
    const { now } = this.#by;
    await this.#tx
      .update(ruleReleases)
      .set({
        ...changes,
        ...(changes.approvedBy && { approvedAt: now }),
        ...(changes.reviewedBy && { reviewedAt: now }),
        version: sql`${ruleReleases.version} + 1`,
      })
      .where(sql`${ruleReleases.number} = ${number}::int`);
    const { effectiveOn } = changes;
    await this.#step(number, step, effectiveOn ? { effectiveOn } : {});
  }

  async replace(number: number, by: number): Promise<void> {
    await replaceRelease(this.#tx, number, by);
  }

  async #step(
    release: number,
    { action, reason }: Pick<ReleaseStep, 'action' | 'reason'>,
    document: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const { user, now } = this.#by;
    await addStep(this.#tx, { release, action, actor: user, madeAt: now, reason, document });
  }

  /** Whoever drafts is somebody: the operator of the machine is nobody in particular. */
  #user(): string {
    const { user } = this.#by;
    if (user === null) throw new Error('a draft is written by a person');
    return user;
  }
}

const pageOf = <T>(found: readonly T[], limit: number, cursorOf: (last: T) => string): Page<T> => {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
};
