import { sql } from 'drizzle-orm';
import {
  check,
  customType,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
const at = () => timestamp({ withTimezone: true, mode: 'string' });
const day = () => date({ mode: 'string' });

/** People who may sign in: with a password, through the court's own sign-on, or both. Never deleted, only disabled. */
export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey(),
    login: text().notNull(),
    name: text().notNull(),
    passwordHash: text(),
    /** Subject at the court's own sign-on. */
    subject: text(),
    disabledAt: at(),
    failures: integer().notNull().default(0),
    lockedUntil: at(),
    version: integer().notNull().default(1),
    createdAt: at().notNull(),
  },
  (table) => [
    uniqueIndex('users_login').on(sql`lower(${table.login})`),
    uniqueIndex('users_subject').on(table.subject).where(sql`subject is not null`),
  ],
);

/** A role in a court, from a day to a day (both included). */
export const postings = pgTable(
  'postings',
  {
    id: uuid().notNull(),
    court: text().notNull(),
    user: uuid()
      .notNull()
      .references(() => users.id),
    role: text().notNull(),
    /** Which judge of the docket the user is, where the role is that of a judge. */
    judge: text(),
    fromOn: day().notNull(),
    untilOn: day(),
  },
  (table) => [
    primaryKey({ columns: [table.court, table.id] }),
    index('postings_user').on(table.user),
    check(
      'postings_role',
      sql`${table.role} in ('filing_clerk', 'judge', 'reviewer', 'command_centre', 'rule_author', 'rule_approver', 'supervisor', 'auditor', 'administrator')`,
    ),
    check('postings_days', sql`${table.untilOn} is null or ${table.untilOn} >= ${table.fromOn}`),
    check('postings_judge', sql`(${table.role} = 'judge') = (${table.judge} is not null)`),
  ],
);

/** Sessions by the digest of their token; the token itself is with the browser alone. */
export const sessions = pgTable(
  'sessions',
  {
    tokenHash: bytea().primaryKey(),
    user: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: at().notNull(),
    seenAt: at().notNull(),
    expiresAt: at().notNull(),
    endedAt: at(),
  },
  (table) => [index('sessions_user').on(table.user)],
);
