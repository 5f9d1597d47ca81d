import { sql } from 'drizzle-orm';
import type { Editions } from '../../app/ports.js';
import { editionOf } from '../../app/releases/editions.js';
import type { Digest } from '../../core/kernel/digest.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { BundleRefused } from '../../core/releases/bundle.js';
import type { Edition } from '../../core/releases/edition.js';
import { shanghaiDay } from '../clock.js';
import { type Db, rows } from './db.js';
import { inForceNumber } from './release-line.js';
import { ReleaseStore } from './release-store.js';

/** Finds the rules that decide on a day, within an act or read that has begun. */
export interface EditionsInForce {
  inForce(tx: Db, day: PlainDate): Promise<Edition>;
}

/** By which release a process decides. */
export interface RulesInUse {
  readonly release: number;
  /** The release that should decide, where its bundle cannot be used; then `release` is the one before, which goes on. */
  readonly refused: number | null;
}

/** A bundle that was refused is looked at again after this. */
const AGAIN_MS = 60_000;

/**
 * The rules of the release in force, as the database says at each act: one look at an index, so that every process goes by the same release
 * from the same midnight on. A bundle that is not what its digest says decides nothing: what this process had goes on, loudly.
 */
export class StoredEditions implements EditionsInForce {
  readonly #refused: (message: string) => void;
  #last: Edition | undefined;
  #inUse: RulesInUse | undefined;
  readonly #refusedAt = new Map<Digest, number>();

  /** @param refused is told why a release in force could not be taken up, again and again while that is so */
  constructor(refused: (message: string) => void) {
    this.#refused = refused;
  }

  /** As of the last act or read; undefined before the first. */
  get inUse(): RulesInUse | undefined {
    return this.#inUse;
  }

  async inForce(tx: Db, day: PlainDate): Promise<Edition> {
    const [found] = await rows<{ number: number; bundle: Digest }>(
      tx,
      sql`select number, bundle from rule_releases where number = ${inForceNumber(day)}`,
    );
    if (found === undefined) throw new Error('no rules are in force');
    const { number, bundle } = found;
    const before = this.#refusedAt.get(bundle);
    if (this.#last && before !== undefined && performance.now() - before < AGAIN_MS) return this.#last;
    try {
      this.#last = await editionOf(new ReleaseStore(tx, { court: '', user: null, now: '' }), bundle);
      this.#inUse = { release: number, refused: null };
      this.#refusedAt.delete(bundle);
    } catch (error) {
      if (!(error instanceof BundleRefused) || this.#last === undefined) throw error;
      this.#refusedAt.set(bundle, performance.now());
      this.#inUse = { release: this.#inUse?.release ?? number, refused: number };
      this.#refused(
        `第 ${number} 号规则发布应当有效，但是不能使用，本进程仍按 ${this.#last.release ?? ''} 的规则办理；请立即核对数据库：${error.message}`,
      );
    }
    return this.#last;
  }
}

/** For what is done outside of any act: the same, in a transaction of its own. */
export const editionsNow = (db: Db, editions: EditionsInForce, now: () => string): Editions => ({
  now: () =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('role', 'shouze_app', true)`);
      return editions.inForce(tx, shanghaiDay(now()));
    }),
});
