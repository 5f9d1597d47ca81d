import { sql } from 'drizzle-orm';
import { canonicalJson } from '../../core/kernel/canonical.js';
import { placeOf } from './court-reads.js';
import { type Db, rows } from './db.js';
import { KeyRefused, type KeyRing } from './key-ring.js';
import { atGate, inCourt } from './scope.js';
import { openDocument } from './sealed-documents.js';

/**
 * Holds the keys against the first and the last case that each court stored. With others than they were stored with, numbers would not
 * open; and with the oldest key missing or not in the last place no earlier case would be found any more, and nothing would say so.
 *
 * @throws KeyRefused which says what to change
 */
export async function checkKeys(db: Db, keys: KeyRing): Promise<void> {
  const courts = await atGate(db, (tx) => rows<{ code: string }>(tx, sql`select code from courts order by code`));
  for (const { code } of courts) {
    const [first, last] = await inCourt(db, code, (tx) =>
      rows<{ id: string; document: unknown; digest: string }>(
        tx,
        sql`(select id::text as id, document, digest from matters where court = ${code} order by id limit 1) union all
          (select id::text, document, digest from matters where court = ${code} order by id desc limit 1)`,
      ),
    );
    if (first === undefined || last === undefined) continue;
    const [document] = [first, last].map((each) => opened(keys, placeOf(code, 'matters', each.id), each.document));
    if (keys.contentDigest(canonicalJson(document)) === first.digest) continue;
    throw new KeyRefused(
      'SHOUZE_KEY 的最后一把不是这个数据库最早用的密钥，那样会查不到以前的案件：请把新的写在最前、最早的写在最后，旧的一把也不要去掉',
    );
  }
}

function opened(keys: KeyRing, place: string, document: unknown): unknown {
  try {
    return openDocument(keys, place, document);
  } catch (error) {
    if (error instanceof KeyRefused) throw error;
    throw new KeyRefused('SHOUZE_KEY 里的密钥打不开这个数据库里的证件号码：请核对是不是它原来用的密钥');
  }
}
