import { EventEmitter } from 'node:events';
import type { Change } from './docket-writes.js';

export type Told = Change & { readonly court: string };

/** What has been stored, by whichever instance: heard from the database and told on to whoever listens here. */
export class Changes {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  /** Takes a notification as the database sent it. What cannot be read is dropped: whoever listens reads the state anew anyway. */
  hear(payload: string): void {
    let told: Told;
    try {
      told = JSON.parse(payload) as Told;
    } catch {
      return;
    }
    this.#emitter.emit('change', told);
  }

  /** After notifications may have been missed: everyone reads everything anew. */
  missed(): void {
    this.#emitter.emit('missed');
  }

  /** Returns what ends it. */
  listen(onChange: (told: Told) => void, onMissed: () => void = () => {}): () => void {
    this.#emitter.on('change', onChange).on('missed', onMissed);
    return () => {
      this.#emitter.off('change', onChange).off('missed', onMissed);
    };
  }
}
