import { answers } from '../db/db.js';
import type { RulesInUse } from '../db/stored-editions.js';
import type { OpenService } from '../open-service.js';

/** What `/health` answers, to whoever asks: it names no person and no text. */
export interface Health {
  readonly ok: boolean;
  /** Undefined where the database does not answer. */
  readonly rules?: RulesInUse;
}

/**
 * Whether the database answers, and by which release this process decides. A release that cannot be used leaves it healthy: it goes on by the
 * one before, and to take every instance out would end the filing of cases. `rules.refused` is what to watch.
 */
export async function healthOf({ db, rulesInUse }: Pick<OpenService, 'db' | 'rulesInUse'>): Promise<Health> {
  if (!(await answers(db))) return { ok: false };
  try {
    return { ok: true, rules: await rulesInUse.ask() };
  } catch {
    return { ok: false };
  }
}
