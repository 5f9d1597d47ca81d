import type { Ruleset } from '../../core/rules/ruleset.js';
import type { StandingRun, TimerTerms } from '../flow-ports.js';
import type { Bench, CourtTx, StoredFiling } from '../ports.js';
import { rulesetOfRun } from '../rulesets.js';
import { timerOf } from './run-clock.js';
import { flowIn } from './stored-matter.js';

/** A clock that was not as its run says, and is now. */
export interface Healed {
  readonly filing: string;
  /** `set`: it did not run; `stopped`: it ran though nothing waits; `recounted`: it ran to another day. */
  readonly what: 'set' | 'stopped' | 'recounted';
}

/** What a clock needs so that it is as its run says. */
type Remedy =
  | { readonly what: 'set' | 'recounted'; readonly clock: TimerTerms }
  | { readonly what: 'stopped'; readonly clock?: undefined };

/** What is not as its run says of the run's clock; undefined where all is. @param ruleset the one its filing was decided by @throws Refusal where the rules know no such flow */
export function remedyFor(bench: Bench, standing: StandingRun, ruleset: Ruleset): Remedy | undefined {
  const { run, receivedOn, matter, timer } = standing;
  const flow = flowIn(bench, receivedOn, run.flow);
  const about = { filing: { filing: { matter, receivedOn } }, ruleset };
  const clock = run.outcome === undefined ? timerOf(flow, run, about, bench) : undefined;
  if (clock === undefined) return timer && { what: 'stopped' };
  if (timer?.kind !== clock.kind) return { what: 'set', clock };
  const { due, lastDay, stage, provisional } = clock;
  const isSame =
    timer.due === due && timer.lastDay === lastDay && timer.stage === stage && timer.provisional === provisional;
  return isSame ? undefined : { what: 'recounted', clock };
}

/** Puts a run's clock right; undefined where it is as its run says. @param stored its filing, which nobody else can change */
export async function heal(
  tx: CourtTx,
  { bench, stored, standing }: { readonly bench: Bench; readonly stored: StoredFiling; readonly standing: StandingRun },
): Promise<Healed['what'] | undefined> {
  const remedy = remedyFor(bench, standing, await rulesetOfRun(tx, standing));
  if (remedy === undefined) return undefined;
  const { id, run, timer } = standing;
  const { what, clock } = remedy;
  if (what === 'stopped') await tx.flows.stopTimer(id);
  else if (timer === undefined || what === 'set') await tx.flows.setTimer(standing, clock);
  else await tx.flows.recounted(timer, clock);
  const days = { before: timer?.lastDay ?? null, due: clock?.lastDay ?? null };
  const on = tx.today;
  await tx.flows.step(standing, { kind: 'clock', action: what, state: run.state, on, reason: '', document: days });
  await tx.noteChange(stored);
  const body = { flow: run.flow, number: run.number, clock: clock?.kind ?? timer?.kind, ...days };
  tx.record({ action: what === 'recounted' ? 'flow.recount' : 'flow.heal', subject: stored.id, body });
  return what;
}
