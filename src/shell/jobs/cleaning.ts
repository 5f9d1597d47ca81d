import { setImmediate } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { minutesAfter } from '../../app/accounts/instants.js';
import { KEPT } from '../../app/accounts/limits.js';
import { type Db, rows } from '../db/db.js';
import { atGate } from '../db/scope.js';

/** So few that whoever waits for one of their locks notices nothing. */
const AT_ONCE = 500;
const DAY_MINUTES = 24 * 60;

export interface CleaningOptions {
  /** An instant in ISO 8601. */
  readonly now: string;
  /** Most rows that one transaction deletes. */
  readonly atOnce?: number;
  readonly signal?: AbortSignal;
}

/** Deletes the sessions and the answers to repeated requests that nobody can ask for any more; whatever was done stays in the audit. */
export async function clean(db: Db, { now, atOnce = AT_ONCE, signal }: CleaningOptions): Promise<void> {
  const before = (days: number): SQL => sql`${minutesAfter(now, -days * DAY_MINUTES)}::timestamptz`;
  const over = before(KEPT.sessionDays);
  const statements = [
    sql`delete from sessions where token_hash in (
      select token_hash from sessions where expires_at < ${over} or ended_at < ${over} limit ${atOnce}::int) returning 1 as one`,
    sql`delete from requests where (principal, key) in (
      select principal, key from requests where made_at < ${before(KEPT.answerDays)} limit ${atOnce}::int) returning 1 as one`,
  ];
  for (const statement of statements) {
    // Until none is left: another instance may have taken some of those that this one chose.
    for (let deleted = 1; deleted > 0 && !signal?.aborted; ) {
      ({ length: deleted } = await atGate(db, (tx) => rows(tx, statement)));
      // Requests that came meanwhile have their turn.
      await setImmediate();
    }
  }
}
