/** Instances that were started together do not stay together. */
const JITTER = 0.1;

/** Does something at start and then again and again, one time after the other. It keeps no process alive. */
export class Recurring {
  readonly #everyMs: number;
  readonly #work: (signal: AbortSignal) => Promise<void>;
  readonly #failed: (error: unknown) => void;
  readonly #end = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  /** @param failed is told of a failure; it is tried again the next time */
  constructor(everyMs: number, work: (signal: AbortSignal) => Promise<void>, failed: (error: unknown) => void) {
    this.#everyMs = everyMs;
    this.#work = work;
    this.#failed = failed;
  }

  start(): void {
    this.#running = this.#once();
  }

  /** Ends after what is under way, which is told to end. */
  async stop(): Promise<void> {
    this.#end.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #once(): Promise<void> {
    const { signal } = this.#end;
    try {
      await this.#work(signal);
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    }
    if (signal.aborted) return;
    const wait = this.#everyMs * (1 - JITTER + 2 * JITTER * Math.random());
    this.#timer = setTimeout(() => this.start(), wait);
    this.#timer.unref();
  }
}
