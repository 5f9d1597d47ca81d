import type { CurrentSession } from '../../app/accounts/current-session.js';
import type { Principal } from '../../app/accounts/principal.js';
import type { Action } from '../../core/access/can.js';
import type { SessionWatch } from './session-watch.js';

/** A session that a browser holds. */
export interface BrowserSession extends CurrentSession {
  readonly token: string;
  readonly csrfToken: string;
}

/** Every route says who may ask: exactly one of `action`, `public` and `signedIn`. */
declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Needs the right to that action, in the court of the path. Whoever cannot have it is refused before the body is read; on what
     * it is asked for, the use case checks it.
     */
    action?: Action;
    /** Other acts that the same address serves: whoever may do one of them is heard. */
    alsoActions?: readonly Action[];
    /** For everybody. */
    public?: true;
    /** For whoever is signed in, about their own session. */
    signedIn?: true;
    /** Asked by the page itself, again and again: does not keep the session alive. */
    passive?: true;
    /**
     * Reads the header `Idempotency-Key`: an act that may be tried again and is done once. `needed` where a repetition would do harm that no
     * version of anything prevents.
     */
    idempotency?: 'needed' | 'taken';
    /** Reads the header `Prefer: wait=`. */
    waits?: true;
    /** What no database can hold in a text is told of each filing by itself: one faulty filing holds up no other. */
    badTextsToldPerFiling?: true;
  }
  interface FastifyInstance {
    /** Of the scope that the sessions are registered in. */
    readonly sessionWatch: SessionWatch;
  }
  interface FastifyRequest {
    /** Who asks. @throws Refusal SESSION_MISSING on a route that is public */
    readonly principal: Principal;
    /** The browser's session. @throws Refusal SESSION_MISSING where there is none: public routes, the operator */
    readonly session: BrowserSession;
  }
}
