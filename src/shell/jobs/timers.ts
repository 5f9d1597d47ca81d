import { setImmediate } from 'node:timers/promises';
import { type Fired, fireNext } from '../../app/flows/fire-timer.js';
import type { Service } from '../../app/ports.js';

export interface TimersLog {
  fired(court: string, timer: Fired): void;
  failed(court: string, error: unknown): void;
}

/**
 * Lets every clock of these courts that has run out have its effect, one act each, however many instances do the same. One court's
 * trouble is not the others': it is told, and tried again the next time.
 */
export async function fireTimers(
  service: Service,
  courts: readonly string[],
  log: TimersLog,
  signal?: AbortSignal,
): Promise<void> {
  for (const court of courts) {
    try {
      while (!signal?.aborted) {
        const timer = await fireNext(service, court);
        if (timer === undefined) break;
        log.fired(court, timer);
        // Requests that came meanwhile have their turn.
        await setImmediate();
      }
    } catch (error) {
      log.failed(court, error);
    }
  }
}
