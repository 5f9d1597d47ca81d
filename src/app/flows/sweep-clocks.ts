import { flowsOf } from '../../core/flows/flows-of.js';
import type { StandingRun, TimerTerms } from '../flow-ports.js';
import type { Bench, CourtTx, Service } from '../ports.js';
import { Refusal } from '../refusal.js';
import { rulesetOn } from '../rulesets.js';
import { benchOf } from '../stored-filing.js';
import { timerOf } from './run-clock.js';

/** A clock that was not as its run says, and is now. */
export interface Healed {
  readonly filing: string;
  /** `set`: it did not run; `stopped`: it ran though nothing waits; `recounted`: it ran to another day. */
  readonly what: 'set' | 'stopped' | 'recounted';
}

export interface SweepLog {
  healed(court: string, healed: Healed): void;
  failed(court: string, error: unknown): void;
}

/** What a clock needs so that it is as its run says. */
type Remedy =
  | { readonly what: 'set' | 'recounted'; readonly clock: TimerTerms }
  | { readonly what: 'stopped'; readonly clock?: undefined };

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
      return { page: standing, amiss: standing.filter((each) => isAmiss(service, bench, each, log)) };
    });
    after = page.at(-1)?.id;
    isMore = page.length === A_PAGE;
    for (const { id, filing } of amiss) {
      if (signal?.aborted) return;
      try {
        const what = await service.store.act({ court, user: null }, (tx) => heal(tx, service, { id, filing }));
        if (what !== undefined) log.healed(court, { filing, what });
      } catch (error) {
        log.failed(court, error);
      }
    }
  }
}

function isAmiss(service: Service, bench: Bench, standing: StandingRun, log: SweepLog): boolean {
  try {
    return remedyFor(service, bench, standing) !== undefined;
  } catch (error) {
    log.failed(bench.docket.court.code, error);
    return false;
  }
}

/** @throws Refusal where the rules know no such flow */
function remedyFor(service: Service, bench: Bench, standing: StandingRun): Remedy | undefined {
  const { run, receivedOn, matter, timer } = standing;
  const { lawbook } = service;
  const flow = flowsOf(lawbook.flows, lawbook.book, bench.docket.court.code, receivedOn).find(
    ({ key }) => key === run.flow,
  );
  if (flow === undefined) throw new Refusal('NOT_FOUND', '本院没有采用这一流程');
  const about = { filing: { filing: { matter, receivedOn } }, ruleset: rulesetOn(service, bench, receivedOn) };
  const clock = run.outcome === undefined ? timerOf(flow, run, about, service) : undefined;
  if (clock === undefined) return timer && { what: 'stopped' };
  if (timer?.kind !== clock.kind) return { what: 'set', clock };
  const { due, lastDay, stage, provisional } = clock;
  const isSame =
    timer.due === due && timer.lastDay === lastDay && timer.stage === stage && timer.provisional === provisional;
  return isSame ? undefined : { what: 'recounted', clock };
}

/** Looks again, now that nobody else can change it, and puts it right. */
async function heal(
  tx: CourtTx,
  service: Service,
  { id, filing }: Pick<StandingRun, 'id' | 'filing'>,
): Promise<Healed['what'] | undefined> {
  const stored = await tx.lockFiling(filing);
  const [standing] = await tx.flows.standing({ run: id, limit: 1 });
  if (stored === undefined || standing === undefined) return undefined;
  const remedy = remedyFor(service, await benchOf(tx), standing);
  if (remedy === undefined) return undefined;
  const { run, timer } = standing;
  const { what, clock } = remedy;
  if (what === 'stopped') await tx.flows.stopTimer(id);
  else if (timer === undefined || what === 'set') await tx.flows.setTimer(standing, clock);
  else await tx.flows.recounted(timer, clock);
  const days = { before: timer?.lastDay ?? null, due: clock?.lastDay ?? null };
  const on = service.today();
  await tx.flows.step(standing, { kind: 'clock', action: what, state: run.state, on, reason: '', document: days });
  await tx.noteChange(stored);
  const body = { flow: run.flow, number: run.number, clock: clock?.kind ?? timer?.kind, ...days };
  tx.record({ action: what === 'recounted' ? 'flow.recount' : 'flow.heal', subject: filing, body });
  return what;
}
