import { type Acted, type FlowAct, takeStep } from '../flows/act-in-flow.js';
import { actorOf, permit } from '../permit.js';
import type { Context, InForce, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import { flowNamed } from './row.js';

/** What is objected to, and why. */
export interface NewObjection extends Omit<FlowAct, 'action'> {
  readonly filing: string;
  /** With which step it begins, where its flow can begin with several. */
  readonly action?: string;
}

/**
 * Opens a run of a flow over a filing: the first step of the flow, taken as any other.
 *
 * @throws Refusal FLOW_REFUSED with the flow's own code in `errors`, where the flow does not allow it
 */
export function openObjection(
  { subject, service }: Context,
  { filing, version, ...objection }: NewObjection,
  request?: RequestKey,
): Promise<Acted> {
  return service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    permit(subject, 'flow.act', { owner: (await tx.ownerOf(filing))?.judge });
    const action = objection.action ?? firstStep(tx, objection.flow);
    return { run: await takeStep(tx, { subject, service }, filing, version, { ...objection, action }) };
  });
}

function firstStep({ lawbook }: InForce, key: string): string {
  if (!lawbook.flows.some((flow) => flow.key === key)) {
    throw new Refusal('NOT_FOUND', '没有这一流程；请核对流程代号');
  }
  const { name, states, actions } = flowNamed({ lawbook }, key);
  const start = states.find(({ isStart }) => isStart)?.key;
  const first = new Map(actions.filter(({ from }) => from === start).map((action) => [action.key, action.name]));
  const [only] = first.keys();
  if (only !== undefined && first.size === 1) return only;
  const choices = [...first].map(([each, word]) => `${each}（${word}）`).join('、');
  throw new Refusal('BODY_INVALID', `“${name}”可以由几种方式提出，请在 action 里写明是哪一种：${choices}`);
}
