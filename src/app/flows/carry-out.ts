import type { Decision } from '../../core/documents/decision.js';
import type { AdjustmentRefusal } from '../../core/flows/adjustment.js';
import { type Move, moveOf } from '../../core/flows/carry-out.js';
import type { Flow } from '../../core/flows/flow.js';
import type { FlowRefusal, Played } from '../../core/flows/flow-run.js';
import { LAPSED, lapsed } from '../../core/flows/play.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { err, ok, type Result } from '../../core/kernel/result.js';
import type { NewNotification } from '../flow-ports.js';
import type { CourtReads, CourtTx, Owner, Service } from '../ports.js';
import { Refusal } from '../refusal.js';
import { decideStored, storeDecision } from '../settle.js';
import type { ValidFiling } from '../stored-filing.js';
import { type StoredMatter, timerOf } from './stored-matter.js';

/** What a flow did not allow, each with a code of its own in the first of `errors`. */
export const refused = ({ code, message }: FlowRefusal | AdjustmentRefusal): Refusal =>
  new Refusal('FLOW_REFUSED', message, [{ path: '/action', code, message }]);

/** Stores what a step came to, and answers with the run's id: the run, its clock, a new decision where the matter moves, and the act in the chain. */
export async function carryOut(
  tx: CourtTx,
  service: Service,
  flow: Flow,
  matter: StoredMatter,
  played: Played,
  { action, reason = '' }: { readonly action: 'flow.act' | 'flow.clock'; readonly reason?: string | undefined },
): Promise<string> {
  const { filing, runs } = matter;
  const { run } = played;
  const before = runs.find((each) => each.run.flow === run.flow && each.run.number === run.number);
  const id = before?.id ?? service.newId();
  if (before) await tx.flows.change(before, run);
  else await tx.flows.open(filing.id, run, { id, once: flow.groundOnce && run.ground !== undefined });
  const timer = timerOf(flow, run, matter, service);
  if (timer) await tx.flows.setTimer({ id, filing: filing.id }, timer);
  else await tx.flows.stopTimer(id);
  const move = moveIn(matter, played);
  if (!move.ok) throw refused(move.error);
  if (move.value) await moved(tx, service, matter, move.value, id);
  else await tx.noteChange(filing);
  const { state, ground, outcome, number } = run;
  const effects = played.effects.map(({ kind, to }) =>
    to.length > 0 ? { kind, to: to.map((each) => each.kind) } : { kind },
  );
  const document = {
    effects,
    // By which those who look at the run find what it was about.
    decision: filing.decision,
    ...(timer?.due !== undefined && { due: timer.due }),
    ...(outcome !== undefined && { outcome }),
  };
  const step = { kind: 'step', action: played.action.key, state, on: service.today(), reason, document } as const;
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

/** What a step makes of who takes the matter; undefined where it leaves it as it is. */
export const moveIn = (matter: StoredMatter, played: Played): ReturnType<typeof moveOf> =>
  moveOf(played, {
    matter: matter.filing.filing.matter,
    owner: matter.owner,
    handover: matter.handover,
    linkedCase: matter.decision.owner?.linkedCase,
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
  { handover, isReturned }: Move,
): Promise<Result<Moved, FlowRefusal>> {
  if (matter.filing.state === 'closed') {
    return err({ code: 'FLOW_NOT_APPLICABLE', message: '本件已经结案；已结案的要继续办理，请另行登记' });
  }
  const today = service.today();
  const returned = { ...matter.filing.filing, initialMeasuresReturnedOn: today };
  const filing = isReturned ? { ...matter.filing, filing: returned } : matter.filing;
  const { decision } = await decideStored(tx, service, filing, { handover, decidedOn: today });
  const { judge, method } = decision.owner ?? {};
  if (decision.status === 'assigned' && judge && method !== undefined)
    return ok({ filing, decision, to: { judge, method } });
  const why = (decision.reasons ?? []).filter(({ about }) => about === 'review').map(({ text }) => text);
  return err({ code: 'NOBODY_LEFT', message: `${why.join('；')}；请先由院庭长变更承办人，再办理这一步` });
}

/** Whom the step tells, by where they are told: judges, users and offices at their desks, parties by letter. */
function notificationsOf({ run, action, effects }: Played, { view, isJudge }: StoredMatter): NewNotification[] {
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

async function moved(tx: CourtTx, service: Service, matter: StoredMatter, move: Move, runId: string): Promise<void> {
  const { owner } = matter;
  const decided = await decideMove(tx, service, matter, move);
  if (!decided.ok) throw refused(decided.error);
  const { filing, decision, to } = decided.value;
  if (move.isReturned) await tx.replaceFiling(filing.id, filing.reference, filing.filing);
  await storeDecision(tx, service, { filing, decision, occasion: 'ruled', state: 'assigned', waitingDue: undefined });
  if (owner === undefined) await tx.assign(filing, to);
  else if (owner !== to.judge) {
    await tx.handOver(filing, owner, to, 'ruling');
    await lapseOthers(tx, matter, service.today(), runId);
  }
}

/** Ends whatever else is open about whoever no longer holds the matter. */
export async function lapseOthers(
  tx: CourtTx,
  { filing, runs }: Pick<StoredMatter, 'runs'> & { readonly filing: { readonly id: string } },
  today: PlainDate,
  except?: string,
): Promise<void> {
  for (const each of runs) {
    if (each.id === except || each.run.outcome !== undefined) continue;
    const run = lapsed(each.run);
    await tx.flows.stopTimer(each.id);
    await tx.flows.change(each, run);
    const body = { flow: run.flow, number: run.number, state: run.state, outcome: run.outcome };
    const step = { kind: 'lapse', action: LAPSED, state: run.state, on: today, reason: '', document: {} } as const;
    await tx.flows.step(each, step);
    tx.record({ action: 'flow.lapse', subject: filing.id, body });
  }
}
