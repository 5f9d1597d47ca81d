import { setImmediate } from 'node:timers/promises';
import { type Fired, fireNext } from '../../app/flows/fire-timer.js';
import type { Service } from '../../app/ports.js';

/** Lets every clock of these courts that has run out have its effect, one act each, however many instances do the same. */
export async function fireTimers(
  service: Service,
  courts: readonly string[],
  { fired, signal }: { readonly fired: (court: string, timer: Fired) => void; readonly signal?: AbortSignal },
): Promise<void> {
  for (const court of courts) {
    while (!signal?.aborted) {
      const timer = await fireNext(service, court);
      if (timer === undefined) break;
      fired(court, timer);
      // Requests that came meanwhile have their turn.
      await setImmediate();
    }
  }
}
