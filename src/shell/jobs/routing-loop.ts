import { setImmediate } from 'node:timers/promises';
import type { Service } from '../../app/ports.js';
import { type Routed, routeNext } from '../../app/route-received.js';

export interface RoutingLog {
  routed(court: string, routed: Routed): void;
  failed(court: string, error: unknown): void;
}

const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 30_000;

/**
 * Routes what was received, court by court, one filing after the other. Whatever stops it, it goes on from what the database holds: at
 * start, after a failure, and when told that there is something to do.
 */
export class RoutingLoop {
  readonly #service: Service;
  readonly #log: RoutingLog;
  readonly #running = new Map<string, Promise<void>>();
  readonly #wanted = new Set<string>();
  #stopped = false;
  #wake: () => void = () => {};

  constructor(service: Service, log: RoutingLog) {
    this.#service = service;
    this.#log = log;
  }

  /** There may be something to route in this court. */
  kick(court: string): void {
    if (this.#stopped) return;
    this.#wanted.add(court);
    if (this.#running.has(court)) return;
    this.#running.set(
      court,
      this.#run(court).finally(() => {
        this.#running.delete(court);
        if (this.#wanted.has(court)) this.kick(court);
      }),
    );
  }

  /** Ends after what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wanted.clear();
    this.#wake();
    await Promise.all(this.#running.values());
  }

  /** Until nothing is left; for tests and for whoever has to wait. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  async #run(court: string): Promise<void> {
    let waitMs = RETRY_FIRST_MS;
    while (!this.#stopped) {
      this.#wanted.delete(court);
      try {
        const routed = await routeNext(this.#service, court);
        waitMs = RETRY_FIRST_MS;
        if (routed === undefined) return;
        this.#log.routed(court, routed);
        // Requests that came meanwhile have their turn.
        await setImmediate();
      } catch (error) {
        this.#log.failed(court, error);
        await this.#pause(waitMs);
        waitMs = Math.min(waitMs * 2, RETRY_MAX_MS);
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
