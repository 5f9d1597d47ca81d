import { currentSession } from '../../app/accounts/current-session.js';
import type { AccountPorts } from '../../app/accounts/ports.js';
import type { Principal } from '../../app/accounts/principal.js';

/** How long an answer that goes on may outlive its session, where another instance or the clock ended that. */
const LOOK_MS = 5000;

export interface WatchedSession {
  readonly principal: Principal;
  readonly token: string;
}

interface Watched {
  readonly session: WatchedSession;
  readonly lookNow: () => void;
}

/** Watches the sessions behind answers that go on after their request: they end soon after the session does. */
export class SessionWatch {
  readonly #ports: AccountPorts;
  readonly #watched = new Set<Watched>();

  constructor(ports: AccountPorts) {
    this.#ports = ports;
  }

  /**
   * Calls `over` once, when the session holds no more or its person may no more, or when neither can be found out. Looking keeps no
   * session alive.
   *
   * @returns what ends the watch
   */
  watch(session: WatchedSession, stillMay: (principal: Principal) => boolean, over: () => void): () => void {
    let isLooking = false;
    // What was read while something changed may be from before it.
    let again = false;
    const look = async (): Promise<void> => {
      isLooking = true;
      do {
        again = false;
        if (!(await this.#holds(session.token, stillMay)) && this.#watched.has(watched)) {
          stop();
          over();
        }
      } while (again && this.#watched.has(watched));
      isLooking = false;
    };
    const lookNow = (): void => {
      if (isLooking) again = true;
      else void look();
    };
    const watched: Watched = { session, lookNow };
    const timer = setInterval(() => isLooking || void look(), LOOK_MS);
    const stop = (): void => {
      clearInterval(timer);
      this.#watched.delete(watched);
    };
    this.#watched.add(watched);
    return stop;
  }

  /** Looks at once: something was done on this instance that may have ended these sessions. */
  lookAgain(whose: (session: WatchedSession) => boolean): void {
    for (const { session, lookNow } of this.#watched) if (whose(session)) lookNow();
  }

  async #holds(token: string, stillMay: (principal: Principal) => boolean): Promise<boolean> {
    try {
      const current = await currentSession(this.#ports, token, { passive: true });
      return current !== undefined && stillMay(current.principal);
    } catch {
      return false;
    }
  }
}
