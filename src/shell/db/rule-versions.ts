import { sql } from 'drizzle-orm';
import { sha256Hex } from '../../core/kernel/digest.js';
import { cardsOf, type RuleBook } from '../../core/rules/rulebook.js';
import type { RuleFile } from '../../core/rules/source.js';
import { type Db, rows } from './db.js';

interface RuleVersion {
  readonly rule: string;
  readonly digest: string;
  readonly from_on: string;
  readonly until_on: string | null;
}

/**
 * Notes down which text of which rule is in force on which days, as it is loaded now. A text that changed supersedes the one before; that
 * no rule has two texts for one day is a constraint of the table.
 */
export async function registerRules(db: Db, book: RuleBook, files: readonly RuleFile[], now: string): Promise<void> {
  const loaded = JSON.stringify(versionsOf(book, files));
  await db.transaction(async (tx) => {
    // Instances that start together register one after the other.
    await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended('shouze rule versions', 0))::text as locked`);
    const given = sql`jsonb_to_recordset(${loaded}::jsonb) as given (rule text, digest text, from_on date, until_on date)`;
    await tx.execute(
      sql`update rule_versions known set superseded_at = ${now}::timestamptz where superseded_at is null and not exists (
        select from ${given} where given.rule = known.rule and given.digest = known.digest
          and given.from_on = known.from_on and given.until_on is not distinct from known.until_on)`,
    );
    await tx.execute(
      sql`insert into rule_versions (rule, digest, from_on, until_on, loaded_at)
        select given.rule, given.digest, given.from_on, given.until_on, ${now}::timestamptz from ${given}
        where not exists (select from rule_versions known where known.superseded_at is null and known.rule = given.rule
          and known.digest = given.digest and known.from_on = given.from_on)`,
    );
  });
}

/** A rule's text is its file's: what else stands there is read together with it. */
function versionsOf(book: RuleBook, files: readonly RuleFile[]): RuleVersion[] {
  const digests = new Map(files.map(({ path, text }) => [path, sha256Hex(text)]));
  return cardsOf(book).map(({ id, file, validFrom, validTo }) => ({
    rule: `${file}#${id}`,
    digest: digests.get(file) ?? '',
    from_on: validFrom,
    until_on: validTo ?? null,
  }));
}
