import { setImmediate } from 'node:timers/promises';
import { type Fired, fireNext, TimerFailed } from '../../app/flows/fire-timer.js';
import type { Service } from '../../app/ports.js';
import { inTurns } from './in-turns.js';

export interface TimersLog {
  fired(court: string, timer: Fired): void;
  failed(court: string, error: unknown): void;
}

export interface FiringOptions {
  /** In how many courts at once; within a court acts come one after the other whoever does them. */
  readonly atOnce?: number;
  readonly signal?: AbortSignal;
}

/** Clocks of one court in one turn: so few that no court waits long for another. */
const A_TURN = 20;

/**
 * Lets every clock of these courts that has run out have its effect, one act each, however many instances do the same. One court's
 * trouble is not the others', and one clock's is not its court's: it is told, and tried again the next time.
 */
export async function fireTimers(
  service: Service,
  courts: readonly string[],
  log: TimersLog,
  { atOnce = 1, signal }: FiringOptions = {},
): Promise<void> {
  const failed = new Set<string>();
  const turn = async (court: string): Promise<boolean> => {
    for (let left = A_TURN; left > 0 && !signal?.aborted; left--) {
      try {
        const timer = await fireNext(service, court, failed);
        if (timer === undefined) return false;
        log.fired(court, timer);
      } catch (error) {
        const ofOne = error instanceof TimerFailed && !failed.has(error.timer);
        log.failed(court, error instanceof TimerFailed ? error.cause : error);
        if (!ofOne) return false;
        failed.add(error.timer);
      }
      // Requests that came meanwhile have their turn.
      await setImmediate();
    }
    return !signal?.aborted;
  };
  await inTurns(courts, atOnce, turn, signal);
}
