import { sql } from 'drizzle-orm';
import type { Fired } from '../../app/flows/fire-timer.js';
import type { Healed } from '../../app/flows/heal-clock.js';
import { recountProvisional } from '../../app/flows/recount-deadlines.js';
import { type SweepLog, sweepClocks } from '../../app/flows/sweep-clocks.js';
import type { Routed } from '../../app/route-received.js';
import { type Db, rows } from '../db/db.js';
import { atGate } from '../db/scope.js';
import type { OpenService } from '../open-service.js';
import { clean } from './cleaning.js';
import { inTurns } from './in-turns.js';
import { Recurring } from './recurring.js';
import { RoutingLoop } from './routing-loop.js';
import { fireTimers } from './timers.js';

/** Is told what goes on. */
export interface JobsLog {
  routed(court: string, routed: Routed): void;
  fired(court: string, timer: Fired): void;
  healed(court: string, healed: Healed): void;
  /** It is tried again, and until it succeeds the court's other filings wait. */
  routingFailed(court: string, error: unknown): void;
  /** @param what in words for the log; it is tried again */
  failed(what: string, error: unknown, court?: string): void;
}

export interface JobsOptions {
  /** In how many courts at once clocks are let run out. */
  readonly atOnce: number;
  /** How often courts are looked at. Days decide: once a minute, where nothing is said, is soon enough after midnight. */
  readonly everyMs?: number;
}

const RETRY_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * What goes on without being asked: routing what was received, clocks that run out, deleting what nobody asks for any more. Any number
 * of processes may do it beside each other. It hears of what is to do from the database, and looks for itself once a minute: a
 * wake-up that was lost costs a minute and nothing else.
 */
export class Jobs {
  readonly routing: RoutingLoop;
  readonly #open: OpenService;
  readonly #log: JobsLog;
  readonly #atOnce: number;
  readonly #cleaning: Recurring;
  readonly #rounds: Recurring;
  /** When each court's clocks were compared with its runs. */
  readonly #swept = new Map<string, number>();
  readonly #sweepLog: SweepLog;
  #stopListening: () => void = () => {};
  #again: NodeJS.Timeout | undefined;
  #isStopping = false;
  #lastLook: number | undefined;

  constructor(open: OpenService, log: JobsLog, { atOnce, everyMs = MINUTE_MS }: JobsOptions) {
    const { db, service } = open;
    this.#open = open;
    this.#log = log;
    this.#atOnce = atOnce;
    this.routing = new RoutingLoop(service, {
      routed: (court, routed) => log.routed(court, routed),
      failed: (court, error) => log.routingFailed(court, error),
    });
    this.#sweepLog = {
      healed: (court, healed) => log.healed(court, healed),
      failed: (court, error) => log.failed('a clock not compared with its run', error, court),
    };
    this.#cleaning = new Recurring(
      HOUR_MS,
      (signal) => clean(db, { now: service.now(), signal }),
      (error) => log.failed('old sessions and answers not deleted', error),
    );
    this.#rounds = new Recurring(
      everyMs,
      (signal) => this.#round(signal),
      (error) => log.failed('courts not looked at', error),
    );
  }

  /** Milliseconds since a court was looked at last; undefined before the first. */
  get sinceLookMs(): number | undefined {
    return this.#lastLook === undefined ? undefined : performance.now() - this.#lastLook;
  }

  async start(): Promise<void> {
    // Whichever instance received it: all hear of it from the database, this one too.
    this.#stopListening = this.#open.changes.listen(
      (told) => {
        if (told.kind === 'batch' && told.received) this.routing.kick(told.court);
      },
      () => void this.#routeAll(),
    );
    await this.#routeAll();
    this.#cleaning.start();
    this.#rounds.start();
  }

  /** Ends after what is under way. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#again);
    this.#stopListening();
    await Promise.all([this.routing.stop(), this.#cleaning.stop(), this.#rounds.stop()]);
  }

  async #routeAll(): Promise<void> {
    clearTimeout(this.#again);
    try {
      for (const court of await courtsOf(this.#open.db)) this.routing.kick(court);
    } catch (error) {
      if (this.#isStopping) return;
      this.#log.failed('courts not read', error);
      this.#again = setTimeout(() => void this.#routeAll(), RETRY_MS);
    }
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { db, service, registerInForce } = this.#open;
    await registerInForce();
    const courts = shuffled(await courtsOf(db));
    const due: string[] = [];
    await this.#inEach(courts, signal, async (court) => {
      const { received, timers } = await service.store.read(court, (tx) => tx.awaiting());
      if (received) this.routing.kick(court);
      if (timers) due.push(court);
    });
    const log = {
      fired: (court: string, timer: Fired) => {
        this.#lastLook = performance.now();
        this.#log.fired(court, timer);
      },
      failed: (court: string, error: unknown) =>
        this.#log.failed('a clock that has run out had no effect', error, court),
    };
    await fireTimers(service, due, log, { atOnce: this.#atOnce, signal });
    await this.#inEach(courts, signal, (court) => this.#sweep(court, signal));
  }

  /** Looks at each of the courts; one that cannot be looked at does not keep the others from it. */
  async #inEach(courts: readonly string[], signal: AbortSignal, work: (court: string) => Promise<void>): Promise<void> {
    const look = async (court: string): Promise<boolean> => {
      this.#lastLook = performance.now();
      try {
        await work(court);
      } catch (error) {
        this.#log.failed('a court not looked at', error, court);
      }
      return false;
    };
    await inTurns(courts, this.#atOnce, look, signal);
  }

  /**
   * Soon after the start, since a calendar comes with the rules and those with the start; then now and again. Clocks need not wait for it:
   * each looks at its own day once more when it fires.
   */
  async #sweep(court: string, signal: AbortSignal): Promise<void> {
    const before = this.#swept.get(court);
    if (before !== undefined && performance.now() - before < HOUR_MS) return;
    await recountProvisional(this.#open.service, court, signal);
    await sweepClocks(this.#open.service, court, this.#sweepLog, signal);
    this.#swept.set(court, performance.now());
  }
}

const courtsOf = async (db: Db): Promise<string[]> => {
  const found = await atGate(db, (tx) => rows<{ code: string }>(tx, sql`select code from courts order by code`));
  return found.map(({ code }) => code);
};

/** In another order each time: instances that look at the same moment do not all wait for the same court. */
function shuffled(courts: readonly string[]): string[] {
  const ranked = courts.map((court) => ({ court, rank: Math.random() }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ court }) => court);
}
