import type { FilingState, Service } from './ports.js';
import { settle } from './settle.js';
import { validFiling } from './stored-filing.js';

/** What became of one filing. */
export interface Routed {
  readonly id: string;
  readonly batch: string;
  readonly state: FilingState;
}

/**
 * Routes the court's next filing that was received and not yet routed: by the earliest batch, then day of receipt, then position.
 * Undefined where there is none. One transaction: killed anywhere, the filing is either as it was or routed with all that follows.
 */
export function routeNext(service: Service, court: string): Promise<Routed | undefined> {
  return service.store.act({ court, user: null }, async (tx) => {
    const next = await tx.nextReceived();
    if (next === undefined) return undefined;
    const { status } = await settle(tx, service, validFiling(next), { occasion: 'filed' });
    return { id: next.id, batch: next.batch, state: status === 'assigned' ? 'assigned' : 'needs_review' };
  });
}
