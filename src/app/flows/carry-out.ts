import type { Decision } from '../../core/documents/decision.js';
import type { AdjustmentRefusal } from '../../core/flows/adjustment.js';
import { decisionAfter, type Move, moveOf, takerOf } from '../../core/flows/carry-out.js';
import type { Flow } from '../../core/flows/flow.js';
import type { FlowRefusal, Played } from '../../core/flows/flow-run.js';
import { LAPSED, lapsed } from '../../core/flows/play.js';
import { err, ok, type Result } from '../../core/kernel/result.js';
import type { CourtReads, CourtTx, Owner, Service } from '../ports.js';
import { Refusal } from '../refusal.js';
import { decideStored, storeDecision } from '../settle.js';
import type { ValidFiling } from '../stored-filing.js';
import { afterRouting } from './after-routing.js';
import { overtaken, withdrawOvertaken } from './overtaken.js';
import { type How, storeStep } from './store-step.js';
import type { StoredMatter } from './stored-matter.js';

/** What a flow did not allow, each with a code of its own in the first of `errors`. */
export const refused = ({ code, message }: FlowRefusal | AdjustmentRefusal): Refusal =>
  new Refusal('FLOW_REFUSED', message, [{ path: '/action', code, message }]);

/** Carries out what a step came to, and answers with the run's id: the run, its clock, whom it tells, and a new decision where the matter moves. */
export async function carryOut(
  tx: CourtTx,
  service: Service,
  flow: Flow,
  matter: StoredMatter,
  played: Played,
  how: How,
): Promise<string> {
  const move = moveIn(matter, played);
  if (!move.ok) throw refused(move.error);
  const id = await storeStep(tx, service, flow, matter, played, how);
  if (move.value) await moved(tx, service, matter, move.value, id);
  else await tx.noteChange(matter.filing);
  return id;
}

/** What a step makes of who takes the matter; undefined where it leaves it as it is. */
export const moveIn = (matter: StoredMatter, played: Played): ReturnType<typeof moveOf> =>
  moveOf(played, {
    matter: matter.filing.filing.matter,
    owner: matter.owner,
    handover: matter.handover,
    decision: matter.decision,
    deadlines: matter.view.deadlines,
    unable: matter.view.unable,
    handlerOf: matter.handlerOf,
  });

/** A move as it is decided. */
interface Moved {
  readonly filing: ValidFiling;
  readonly decision: Decision;
  readonly to: Owner;
}

/** Decides who takes a matter that moves, without storing anything; or why nobody can. */
export async function decideMove(
  tx: CourtReads,
  service: Service,
  matter: StoredMatter,
  move: Move,
): Promise<Result<Moved, FlowRefusal>> {
  if (matter.filing.state === 'closed' && move.by !== 'continue') {
    return err({ code: 'FLOW_NOT_APPLICABLE', message: '本件已经结案，不能再改变承办人' });
  }
  const { handover, by } = move;
  const { today } = tx;
  const returned = { ...matter.filing.filing, initialMeasuresReturnedOn: today };
  const filing = by === 'divert' ? { ...matter.filing, filing: returned } : matter.filing;
  const decision = await decisionAfter(move, matter.view, today, async (decidedOn) => {
    return (await decideStored(tx, service, filing, { handover, decidedOn })).decision;
  });
  const to = takerOf(move, decision);
  return to.ok ? ok({ filing, decision, to: to.value }) : to;
}

async function moved(tx: CourtTx, service: Service, matter: StoredMatter, move: Move, runId: string): Promise<void> {
  const { owner } = matter;
  const decided = await decideMove(tx, service, matter, move);
  if (!decided.ok) throw refused(decided.error);
  const { filing, decision, to } = decided.value;
  if (move.by === 'divert') await tx.replaceFiling(filing.id, filing.reference, filing.filing);
  if (move.by === 'convert') await withdrawOvertaken(tx, matter, decision);
  await storeDecision(tx, { filing, decision, occasion: 'ruled', state: 'assigned', waitingDue: undefined });
  if (matter.filing.state === 'closed') await tx.reopen(filing, to, 'continued');
  else if (owner === undefined) await tx.assign(filing, to);
  else if (owner !== to.judge) {
    await tx.handOver(filing, owner, to, 'ruling');
    await lapseOthers(tx, matter, runId);
  } else if (move.by === 'convert') await lapseOthers(tx, overtaken(matter, decision, tx), runId);
  await afterRouting(tx, service, filing, decision, matter.ruleset, to.judge);
}

/** Ends whatever else is open about whoever no longer holds the matter. */
export async function lapseOthers(
  tx: CourtTx,
  { filing, runs }: Pick<StoredMatter, 'runs'> & { readonly filing: { readonly id: string } },
  except?: string,
): Promise<void> {
  for (const each of runs) {
    if (each.id === except || each.run.outcome !== undefined) continue;
    const run = lapsed(each.run);
    await tx.flows.stopTimer(each.id);
    await tx.flows.change(each, run);
    const body = { flow: run.flow, number: run.number, state: run.state, outcome: run.outcome };
    const step = { kind: 'lapse', action: LAPSED, state: run.state, on: tx.today, reason: '', document: {} } as const;
    await tx.flows.step(each, step);
    tx.record({ action: 'flow.lapse', subject: filing.id, body });
  }
}
