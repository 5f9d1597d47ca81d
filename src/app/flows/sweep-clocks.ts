import type { Ruleset } from '../../core/rules/ruleset.js';
import type { StandingRun } from '../flow-ports.js';
import type { Bench, Service } from '../ports.js';
import { rulesetOfRun } from '../rulesets.js';
import { benchOf } from '../stored-filing.js';
import { type Healed, heal, remedyFor } from './heal-clock.js';

export interface SweepLog {
  healed(court: string, healed: Healed): void;
  failed(court: string, error: unknown): void;
}

/** Runs that one transaction looks at. */
const A_PAGE = 200;

/**
 * Compares every open run of a court with its clock and puts right what is not as the run says: a clock that was lost, one too many, one
 * whose last day has moved because a calendar or a parameter was published. Each in an act of its own; where all is as it should be,
 * nothing is written.
 */
export async function sweepClocks(service: Service, court: string, log: SweepLog, signal?: AbortSignal): Promise<void> {
  for (let after: string | undefined, isMore = true; isMore && !signal?.aborted; ) {
    const { page, amiss } = await service.store.read(court, async (tx) => {
      const standing = await tx.flows.standing({ limit: A_PAGE, ...(after !== undefined && { after }) });
      if (standing.length === 0) return { page: [], amiss: [] };
      const bench = await benchOf(tx);
      const amiss: StandingRun[] = [];
      for (const each of standing) if (isAmiss(bench, each, await rulesetOfRun(tx, each), log)) amiss.push(each);
      return { page: standing, amiss };
    });
    after = page.at(-1)?.id;
    isMore = page.length === A_PAGE;
    for (const { id, filing } of amiss) {
      if (signal?.aborted) return;
      try {
        const what = await service.store.act({ court, user: null }, async (tx) => {
          const stored = await tx.lockFiling(filing);
          const [standing] = await tx.flows.standing({ run: id, limit: 1 });
          return stored && standing && heal(tx, { bench: await benchOf(tx), stored, standing });
        });
        if (what !== undefined) log.healed(court, { filing, what });
      } catch (error) {
        log.failed(court, error);
      }
    }
  }
}

function isAmiss(bench: Bench, standing: StandingRun, ruleset: Ruleset, log: SweepLog): boolean {
  try {
    return remedyFor(bench, standing, ruleset) !== undefined;
  } catch (error) {
    log.failed(bench.docket.court.code, error);
    return false;
  }
}
