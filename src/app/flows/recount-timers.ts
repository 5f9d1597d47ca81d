import type { Service } from '../ports.js';
import { validFiling } from '../stored-filing.js';
import { flowOf, matterOf, timerOf } from './stored-matter.js';

/**
 * Counts a court's provisional clocks again, once the calendar may know more: those whose last day has moved, or is certain now, are set
 * to it, each with an act in the chain. Answers how many.
 */
export function recountTimers(service: Service, court: string): Promise<number> {
  return service.store.act({ court, user: null }, async (tx) => {
    let changed = 0;
    for (const timer of await tx.flows.provisionalTimers()) {
      const stored = await tx.filing(timer.filing);
      if (stored === undefined) continue;
      const matter = await matterOf(tx, service, validFiling(stored), []);
      const run = matter.runs.find(({ id }) => id === timer.run)?.run;
      const flow = run && (await flowOf(tx, service, matter.filing, run.flow));
      const now = flow && timerOf(flow, run, matter, service);
      if (now?.due === undefined || (now.due === timer.due && now.provisional)) continue;
      await tx.flows.recounted(timer, now.due, now.provisional);
      const body = { flow: flow?.key, number: run?.number, clock: timer.kind, before: timer.due, due: now.due };
      tx.record({ action: 'flow.recount', subject: timer.filing, body });
      changed++;
    }
    return changed;
  });
}
