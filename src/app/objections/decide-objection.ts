import { type Acted, takeStep } from '../flows/act-in-flow.js';
import { refused } from '../flows/carry-out.js';
import type { QueuedRun } from '../objection-ports.js';
import { actorOf, permit } from '../permit.js';
import type { Context, CourtTx, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import { flowNamed } from './row.js';

/** A ruling on a run. */
export interface ObjectionDecision {
  /** The run's version as it was seen. */
  readonly version: number;
  /** Key of the step by which the flow decides: `uphold`, `reject`, `grant`, `refuse`. */
  readonly outcome: string;
  readonly reason: string;
}

/**
 * Decides an open run by the step of its flow that is named, as `actInFlow` would. Of several who decide at once one does; the others
 * learn that it has been decided, and by whom.
 *
 * @throws Refusal FLOW_REFUSED with the flow's own code in `errors`, where the flow does not allow it
 */
export function decideObjection(
  { subject, service }: Context,
  id: string,
  { version, outcome, reason }: ObjectionDecision,
  request?: RequestKey,
): Promise<Acted> {
  return service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const queued = await tx.objections.run(id);
    permit(subject, 'flow.act', { owner: queued?.owner ?? undefined });
    if (queued === undefined) throw new Refusal('NOT_FOUND', '没有这一项异议；请回到列表核对');
    const flow = flowNamed(tx, queued.run.flow);
    const named = flow.actions.filter(({ key, decides }) => key === outcome && decides);
    if (named.length === 0) {
      const choices = new Map(flow.actions.filter(({ decides }) => decides).map(({ key, name }) => [key, name]));
      const told = [...choices].map(([key, name]) => `${key}（${name}）`).join('、');
      throw refused({ code: 'WRONG_STATE', message: `“${flow.name}”里没有这种决定；可以是：${told || '无'}` });
    }
    const isHere = named.some(({ from }) => from === queued.run.state);
    if (queued.run.outcome !== undefined || (!isHere && queued.run.decidedOn !== undefined)) {
      throw await decidedBefore(tx, queued, flow.states.find(({ key }) => key === queued.run.state)?.name ?? '');
    }
    if (queued.version !== version) {
      throw new Refusal(
        'VERSION_CONFLICT',
        '您打开以后，这一件有了变动（例如期限调整、催办）；您写的理由没有提交，请核对后再决定一次',
      );
    }
    const act = { flow: flow.key, action: outcome, reason };
    return { run: await takeStep(tx, { subject, service }, queued.filing, queued.filingVersion, act) };
  });
}

async function decidedBefore(tx: CourtTx, { id, filing, run }: QueuedRun, stateWord: string): Promise<Refusal> {
  const steps = await tx.flows.stepsOf(filing);
  const last = steps.findLast((step) => step.run === id && step.state === run.state && step.kind !== 'urge');
  const who = last?.actor ? `由${last.actor.name}` : '';
  const message = `这一件已经在 ${last?.on ?? run.decidedOn ?? ''} ${who}办结：${stateWord}；您的决定没有提交`;
  return refused({ code: 'ALREADY_DECIDED', message });
}
