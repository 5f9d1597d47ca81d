import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

/**
 * The rules of the whole installation as they are drafted, approved and in force: one set of rules serves every court, so none of these
 * tables has a court. What may follow on what, and who may not approve, is held by triggers in `migrations/*_releases_held.sql`.
 */
const at = () => timestamp({ withTimezone: true, mode: 'string' });
const day = () => date({ mode: 'string' });
const version = integer().notNull().default(1);

const isDigestOf = (digest: AnyPgColumn, content: AnyPgColumn): SQL =>
  sql`${digest} = encode(sha256(convert_to(${content}, 'UTF8')), 'hex')`;

/** Texts by what they say: each stands here once, however many releases and drafts hold it. */
export const ruleBlobs = pgTable('rule_blobs', { digest: text().primaryKey(), content: text().notNull() }, (table) => [
  check('rule_blobs_digest', isDigestOf(table.digest, table.content)),
]);

/** Which files at which digests, what they compile to, what was checked: canonical JSON under the digest that decisions name. */
export const ruleBundles = pgTable(
  'rule_bundles',
  { digest: text().primaryKey(), manifest: text().notNull() },
  (table) => [check('rule_bundles_digest', isDigestOf(table.digest, table.manifest))],
);

/** 发布: rules that somebody proposed, or that the rules folder gave, and what became of them. */
export const ruleReleases = pgTable(
  'rule_releases',
  {
    number: integer().primaryKey(),
    bundle: text()
      .notNull()
      .references(() => ruleBundles.digest),
    title: text().notNull(),
    note: text().notNull(),
    origin: text().notNull(),
    draft: uuid().references((): AnyPgColumn => ruleDrafts.id),
    /** The release that it was made from, and that it follows. */
    base: integer().references((): AnyPgColumn => ruleReleases.number),
    /** The earlier release whose rules it brings back. */
    rollsBack: integer().references((): AnyPgColumn => ruleReleases.number),
    urgency: text().notNull(),
    ground: text(),
    state: text().notNull(),
    proposedBy: uuid(),
    proposedAt: at().notNull(),
    approvedBy: uuid(),
    approvedAt: at(),
    /** The day from which it decides. */
    effectiveOn: day(),
    /** The release that took its place on the very day. */
    replacedBy: integer().references((): AnyPgColumn => ruleReleases.number),
    /** Until when an emergency has to be looked at again. */
    reviewDue: day(),
    reviewedBy: uuid(),
    reviewedAt: at(),
    reviewOutcome: text(),
    version,
  },
  (table) => [
    // The one that decides on a day is found by one look at this index.
    uniqueIndex('rule_releases_one_a_day')
      .on(table.effectiveOn)
      .where(sql`state = 'scheduled' and replaced_by is null`),
    uniqueIndex('rule_releases_one_of_a_draft')
      .on(table.draft)
      .where(sql`state in ('proposed', 'approved', 'scheduled')`),
    check('rule_releases_origin', sql`${table.origin} in ('folder', 'draft', 'rollback')`),
    check(
      'rule_releases_source',
      sql`(${table.origin} = 'folder') = (${table.proposedBy} is null) and (${table.origin} = 'draft') = (${table.draft} is not null)
        and (${table.origin} = 'rollback') = (${table.rollsBack} is not null)`,
    ),
    check(
      'rule_releases_state',
      sql`${table.state} in ('proposed', 'approved', 'scheduled', 'rejected', 'withdrawn', 'cancelled')`,
    ),
    check(
      'rule_releases_urgency',
      sql`${table.urgency} in ('ordinary', 'emergency') and (${table.urgency} = 'emergency') = (${table.ground} is not null)`,
    ),
    // One that took its own place, or an earlier one's, would leave a day without rules.
    check('rule_releases_replaced', sql`${table.replacedBy} > ${table.number}`),
    check('rule_releases_second_person', sql`${table.approvedBy} <> ${table.proposedBy}`),
    check(
      'rule_releases_approved',
      sql`(${table.approvedBy} is null) = (${table.approvedAt} is null)
        and (${table.state} not in ('approved', 'scheduled') or ${table.origin} = 'folder' or ${table.approvedBy} is not null)
        and (${table.state} not in ('proposed', 'rejected', 'withdrawn') or ${table.approvedBy} is null)`,
    ),
    check(
      'rule_releases_scheduled',
      sql`(${table.state} in ('scheduled', 'cancelled') or ${table.effectiveOn} is null)
        and (${table.state} <> 'scheduled' or ${table.effectiveOn} is not null)
        and (${table.replacedBy} is null or ${table.state} = 'scheduled')`,
    ),
    check(
      'rule_releases_review',
      sql`(${table.reviewedBy} is null) = (${table.reviewedAt} is null) and (${table.reviewedBy} is null) = (${table.reviewOutcome} is null)
        and (${table.reviewedBy} is null or ${table.reviewDue} is not null)
        and (${table.reviewDue} is not null) = (${table.urgency} = 'emergency' and ${table.state} = 'scheduled')
        and ${table.reviewedBy} <> ${table.approvedBy} and ${table.reviewedBy} <> ${table.proposedBy}`,
    ),
    check('rule_releases_review_outcome', sql`${table.reviewOutcome} in ('confirmed', 'objected')`),
  ],
);

/** Every step of a release: who, when, why. */
export const ruleReleaseSteps = pgTable(
  'rule_release_steps',
  {
    release: integer()
      .notNull()
      .references(() => ruleReleases.number),
    number: integer().notNull(),
    action: text().notNull(),
    actor: uuid(),
    madeAt: at().notNull(),
    reason: text().notNull(),
    document: jsonb().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.release, table.number] }),
    check(
      'rule_release_steps_action',
      sql`${table.action} in ('registered', 'proposed', 'approved', 'scheduled', 'rejected', 'withdrawn', 'cancelled', 'reviewed')`,
    ),
  ],
);

/** 起草: changes to the rules of one release that nobody is bound by yet. */
export const ruleDrafts = pgTable(
  'rule_drafts',
  {
    id: uuid().primaryKey(),
    title: text().notNull(),
    note: text().notNull(),
    base: integer()
      .notNull()
      .references(() => ruleReleases.number),
    state: text().notNull(),
    /** Of the last save; 0 before the first. */
    revision: integer().notNull().default(0),
    /** The revision that was checked and found in order. */
    checkedRevision: integer(),
    checkedBase: integer(),
    createdBy: uuid().notNull(),
    createdAt: at().notNull(),
    version,
  },
  (table) => [
    check('rule_drafts_state', sql`${table.state} in ('draft', 'proposed', 'released', 'discarded')`),
    check(
      'rule_drafts_checked',
      sql`(${table.checkedRevision} is null) = (${table.checkedBase} is null) and coalesce(${table.checkedRevision}, 0) <= ${table.revision}`,
    ),
    index('rule_drafts_open').on(table.createdAt).where(sql`state in ('draft', 'proposed')`),
  ],
);

/** Everything that was ever saved in a draft; the file is as its last row says. */
export const ruleDraftFiles = pgTable(
  'rule_draft_files',
  {
    draft: uuid()
      .notNull()
      .references(() => ruleDrafts.id),
    /** Counts every save of the draft. */
    revision: integer().notNull(),
    path: text().notNull(),
    /** Null: the file is taken out. */
    digest: text().references(() => ruleBlobs.digest),
    savedBy: uuid().notNull(),
    savedAt: at().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.draft, table.revision] }),
    index('rule_draft_files_by_path').on(table.draft, table.path, table.revision),
    check('rule_draft_files_path', sql`length(${table.path}) between 1 and 200`),
  ],
);
