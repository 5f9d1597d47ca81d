import type { Flow } from '../../core/flows/flow.js';
import type { MatterView, Played } from '../../core/flows/flow-run.js';
import type { Ruleset } from '../../core/rules/ruleset.js';
import type { NewNotification, StoredRun } from '../flow-ports.js';
import type { CourtTx, Service } from '../ports.js';
import type { ValidFiling } from '../stored-filing.js';
import { timerOf } from './run-clock.js';

/** What storing a step needs to know of a matter. */
export interface SteppedMatter {
  readonly filing: ValidFiling;
  readonly runs: readonly StoredRun[];
  readonly ruleset: Ruleset;
  readonly view: MatterView;
  /** Whether an id is that of a judge of the roster. */
  readonly isJudge: (id: string) => boolean;
}

/** What a step does in the chain: somebody took it, a clock did, or a decision on the matter. */
export interface How {
  readonly action: 'flow.act' | 'flow.clock' | 'flow.route';
  readonly reason?: string | undefined;
}

/** Stores a step: the run, its clock, the entry in the register, whom it tells, and the act in the chain. Answers the run's id. */
export async function storeStep(
  tx: CourtTx,
  service: Service,
  flow: Flow,
  matter: SteppedMatter,
  played: Played,
  { action, reason = '' }: How,
): Promise<string> {
  const { filing, runs } = matter;
  const { run } = played;
  const before = runs.find((each) => each.run.flow === run.flow && each.run.number === run.number);
  const id = before?.id ?? service.newId();
  if (before) await tx.flows.change(before, run);
  else await tx.flows.open(filing.id, run, { id, once: flow.groundOnce && run.ground !== undefined });
  const timer = timerOf(flow, run, matter, tx);
  if (timer) await tx.flows.setTimer({ id, filing: filing.id }, timer);
  else await tx.flows.stopTimer(id);
  const { state, ground, outcome, number } = run;
  const effects = played.effects.map(({ kind, to }) =>
    to.length > 0 ? { kind, to: to.map((each) => each.kind) } : { kind },
  );
  const document = {
    effects,
    // By which those who look at the run find what it was about.
    decision: filing.decision,
    ...(timer?.lastDay !== undefined && { due: timer.lastDay }),
    ...(outcome !== undefined && { outcome }),
  };
  const step = { kind: 'step', action: played.action.key, state, on: tx.today, reason, document } as const;
  await tx.flows.step({ id, filing: filing.id }, step);
  await tx.flows.notify({ id, filing: filing.id }, notificationsOf(played, matter));
  const body = { flow: run.flow, number, step: played.action.key, state };
  tx.record({
    action,
    subject: filing.id,
    body: { ...body, ...(ground !== undefined && { ground }), ...(outcome !== undefined && { outcome }) },
  });
  return id;
}

/** Whom the step tells, by where they are told: judges, users and offices at their desks, parties by letter. */
function notificationsOf({ run, action, effects }: Played, { view, isJudge }: SteppedMatter): NewNotification[] {
  const about = { about: run.flow, action: action.key };
  return effects
    .filter(({ kind }) => kind === 'notify')
    .flatMap(({ to }) => to)
    .map(({ kind, id }): NewNotification => {
      const place = view.parties.indexOf(id);
      if (place >= 0) return { toKind: 'party', toWhom: String(place), ...about };
      if (id === kind) return { toKind: 'office', toWhom: id, ...about };
      return { toKind: isJudge(id) ? 'judge' : 'user', toWhom: id, ...about };
    });
}
