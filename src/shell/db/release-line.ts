import { type SQL, sql } from 'drizzle-orm';
import type { StoredRelease } from '../../app/release-ports.js';
import type { Digest } from '../../core/kernel/digest.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { Bundle } from '../../core/releases/bundle.js';
import { chunksOf, type Db, iso, rows, schema } from './db.js';

/** The columns of a stored release. */
export const RELEASE = sql`number, bundle, title, note, origin, draft::text as draft, base, rolls_back as "rollsBack", urgency, ground, state,
  proposed_by::text as "proposedBy", ${iso(sql`proposed_at`)} as "proposedAt", approved_by::text as "approvedBy",
  ${iso(sql`approved_at`)} as "approvedAt", effective_on::text as "effectiveOn", replaced_by as "replacedBy",
  review_due::text as "reviewDue", reviewed_by::text as "reviewedBy", ${iso(sql`reviewed_at`)} as "reviewedAt",
  review_outcome as "reviewOutcome", version`;
/** What may come into force or already has: the line of releases. */
export const ON_LINE = sql`state = 'scheduled' and replaced_by is null`;
const BLOBS_A_STATEMENT = 200;

/** Waits until no other act on releases is under way, in whichever process. */
export const lockReleases = (tx: Db): Promise<unknown> =>
  rows(tx, sql`select pg_advisory_xact_lock(hashtextextended('shouze releases', 0))::text as locked`);

/** Its number: two looks at an index. */
export const inForceNumber = (day: PlainDate): SQL =>
  sql`coalesce((select number from rule_releases where ${ON_LINE} and effective_on <= ${day}::date order by effective_on desc limit 1),
    (select number from rule_releases where ${ON_LINE} order by effective_on limit 1))`;

/** The release that decides on a day. Before the first came into force there is none but that first. */
export async function releaseInForce(tx: Db, day: PlainDate): Promise<StoredRelease | undefined> {
  const [found] = await rows<StoredRelease>(
    tx,
    sql`select ${RELEASE} from rule_releases where number = ${inForceNumber(day)}`,
  );
  return found;
}

/** The release that decides on a day and, where one is scheduled, the one after it. */
export const releaseLine = (
  tx: Db,
  day: PlainDate,
): Promise<{ readonly number: number; readonly effectiveOn: PlainDate; readonly bundle: Digest }[]> =>
  rows(
    tx,
    sql`select number, effective_on::text as "effectiveOn", bundle from rule_releases
      where number = ${inForceNumber(day)} or (${ON_LINE} and effective_on > ${day}::date) order by effective_on limit 2`,
  );

export async function nextNumber(tx: Db): Promise<number> {
  const [found] = await rows<{ next: number }>(
    tx,
    sql`select coalesce(max(number), 0)::int + 1 as next from rule_releases`,
  );
  return found?.next ?? 1;
}

export async function replaceRelease(tx: Db, number: number, by: number): Promise<void> {
  const { ruleReleases } = schema;
  await tx
    .update(ruleReleases)
    .set({ replacedBy: by, version: sql`${ruleReleases.version} + 1` })
    .where(sql`${ruleReleases.number} = ${number}::int`);
}

export async function addStep(
  tx: Db,
  step: Omit<typeof schema.ruleReleaseSteps.$inferInsert, 'number'> & { readonly release: number },
): Promise<void> {
  const [found] = await rows<{ next: number }>(
    tx,
    sql`select coalesce(max(number), 0)::int + 1 as next from rule_release_steps where release = ${step.release}::int`,
  );
  await tx.insert(schema.ruleReleaseSteps).values({ ...step, number: found?.next ?? 1 });
}

export async function saveBundle(tx: Db, { digest, manifest, blobs }: Bundle): Promise<void> {
  await saveBlobs(tx, blobs);
  await tx.insert(schema.ruleBundles).values({ digest, manifest }).onConflictDoNothing();
}

export async function saveBlobs(tx: Db, blobs: ReadonlyMap<Digest, string>): Promise<void> {
  for (const chunk of chunksOf([...blobs], BLOBS_A_STATEMENT)) {
    await tx
      .insert(schema.ruleBlobs)
      .values(chunk.map(([digest, content]) => ({ digest, content })))
      .onConflictDoNothing();
  }
}
