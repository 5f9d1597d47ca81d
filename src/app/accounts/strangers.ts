import { sha256Hex } from '../../core/kernel/digest.js';
import { STRANGERS_KEPT } from './limits.js';
import { type Failures, isLocked, NO_FAILURES, oneMore } from './lockout.js';

/**
 * Failures of login names that nobody has, counted as those of accounts are: otherwise the lock would tell which names
 * exist. In memory and bounded; the name forgotten first is the one tried longest ago.
 */
export class Strangers {
  readonly #failures = new Map<string, Failures>();

  /** Counts one more failure, unless the name is locked already. */
  failed(login: string, now: string): Failures {
    // People type their password where the name goes: only its digest is kept.
    const key = sha256Hex(login.toLowerCase());
    const before = this.#failures.get(key) ?? NO_FAILURES;
    const after = isLocked(before, now) ? before : oneMore(before, now);
    this.#failures.delete(key);
    this.#failures.set(key, after);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > STRANGERS_KEPT && oldest !== undefined) this.#failures.delete(oldest);
    return after;
  }
}
