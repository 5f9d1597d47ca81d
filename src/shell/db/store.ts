import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Actor, CourtReads, CourtTx, RequestKey, Store } from '../../app/ports.js';
import { Refusal } from '../../app/refusal.js';
import { canonicalJson } from '../../core/kernel/canonical.js';
import { shanghaiDay } from '../clock.js';
import { appended, lockHead } from './audit.js';
import { StoredReads, type StoreParts } from './court-reads.js';
import { StoredWrites } from './court-writes.js';
import { type Db, rows, schema, violates } from './db.js';
import type { Change } from './docket-writes.js';
import { inCourt } from './scope.js';

/** The channel on which every instance hears what the others have stored. */
export const CHANNEL = 'shouze';

/** Acts and reads of courts, over either engine. */
export class DbStore implements Store {
  readonly #db: Db;
  readonly #parts: StoreParts;

  constructor(db: Db, parts: StoreParts) {
    this.#db = db;
    this.#parts = parts;
  }

  contentDigest(value: unknown): string {
    return this.#parts.keys.contentDigest(canonicalJson(value));
  }

  async act<T>(by: Actor, work: (tx: CourtTx) => Promise<T>): Promise<T> {
    const { court, user, request } = by;
    try {
      return await inCourt(this.#db, court, async (tx) => {
        const answered = request && (await answerTo(tx, request));
        if (answered) return answered.answer as T;
        const head = await lockHead(tx, court);
        // Once its turn has come: acts of a court follow each other by their instants too.
        const now = this.#parts.now();
        const lawbook = await this.#parts.editions.inForce(tx, shanghaiDay(now));
        const writes = new StoredWrites(tx, { court, user, now }, this.#parts, lawbook);
        const answer = await work(writes);
        const { together, acts, changes } = writes;
        await together.add(
          ...appended(
            tx,
            court,
            head,
            acts.map((act) => ({ ...act, at: now, actor: user })),
          ),
          ...(request ? [remembered(tx, request, answer, now)] : []),
        );
        await together.flush(announcement(court, changes));
        return answer;
      });
    } catch (error) {
      throw asRefusal(error);
    }
  }

  read<T>(court: string, work: (tx: CourtReads) => Promise<T>): Promise<T> {
    return inCourt(this.#db, court, async (tx) => work(await StoredReads.open(tx, court, this.#parts)));
  }
}

/** The answer that a request was given before. The lock goes with the transaction: a request that died half-way leaves nothing behind. */
async function answerTo(tx: Db, { principal, key, digest }: RequestKey): Promise<{ answer: unknown } | undefined> {
  const [lock] = await rows<{ free: boolean }>(
    tx,
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`${principal}\n${key}`}, 0)) as free`,
  );
  if (lock?.free !== true) {
    throw new Refusal('REQUEST_IN_PROGRESS', '同一请求正在办理，请稍等几秒再用同一个幂等键重试，结果会原样返回');
  }
  const { requests } = schema;
  const [before] = await tx
    .select()
    .from(requests)
    .where(sql`${eq(requests.principal, principal)} and ${eq(requests.key, key)}`);
  if (before === undefined) return undefined;
  if (before.digest !== digest) {
    throw new Refusal('KEY_REUSED', '这个幂等键已经用于另一个请求；内容不同的请求请换一个新的幂等键');
  }
  return { answer: before.answer };
}

/** An act that answers nothing is remembered by an empty answer. */
const remembered = (tx: Db, request: RequestKey, answer: unknown, madeAt: string): SQLWrapper =>
  tx.insert(schema.requests).values({ ...request, answer: answer ?? {}, madeAt });

function announcement(court: string, changes: readonly Change[]): SQL | undefined {
  if (changes.length === 0) return undefined;
  const told = new Set(changes.map((change) => JSON.stringify({ court, ...change })));
  return sql`select pg_notify(${CHANNEL}, change) from jsonb_array_elements_text(${JSON.stringify([...told])}::jsonb) as change`;
}

/** What a constraint refused where two came at once, in the words of the check that the second one missed. */
function asRefusal(error: unknown): unknown {
  if (violates(error, 'filings_reference')) {
    return new Refusal('STATE_CONFLICT', '这个登记号刚刚被别人登记了；请刷新后核对');
  }
  if (violates(error, 'handovers_one_open')) {
    return new Refusal('STATE_CONFLICT', '本件已有一项提议等待审批；请先办结那一项');
  }
  return error;
}
