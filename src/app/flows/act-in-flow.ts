import type { Role, Subject } from '../../core/access/can.js';
import type { ActorKind } from '../../core/flows/flow.js';
import type { Actor, FlowEvent } from '../../core/flows/flow-run.js';
import { play } from '../../core/flows/play.js';
import { actorOf, permit } from '../permit.js';
import type { Context, CourtTx, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import { lockedFiling, validFiling } from '../stored-filing.js';
import { carryOut, refused } from './carry-out.js';
import { flowOf, matterOf } from './stored-matter.js';

/** What somebody does in a flow over a filing. */
export interface FlowAct {
  /** The filing's version as it was seen. */
  readonly version: number;
  readonly flow: string;
  readonly action: string;
  readonly ground?: string;
  readonly claimedOwner?: string;
  /** Case numbers. */
  readonly evidence?: readonly string[];
  readonly reason?: string;
  /** The party in whose name the filing division enters it. */
  readonly onBehalfOf?: string;
}

/** Which offices a role holds in flows. */
const OFFICES: Readonly<Partial<Record<Role, readonly ActorKind[]>>> = {
  filing_clerk: ['filing_division'],
  reviewer: ['reviewer'],
  command_centre: ['command_centre', 'police_team'],
  supervisor: ['supervisor', 'president', 'adjudication_committee'],
};

/**
 * Takes a step of a flow: an objection, a ruling on it, an application for recusal. One act: the run, its clock, the new decision and who
 * holds the matter change together or not at all.
 *
 * @throws Refusal FLOW_REFUSED with the flow's own code in `errors`, where the flow does not allow it
 */
export async function actInFlow(
  { subject, service }: Context,
  id: string,
  { version, ...act }: FlowAct,
  request?: RequestKey,
): Promise<Acted> {
  return service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    permit(subject, 'flow.act', { owner: (await tx.ownerOf(id))?.judge });
    return { run: await takeStep(tx, { subject, service }, id, version, act) };
  });
}

/** A step that was taken, by the id of its run. */
export interface Acted {
  readonly run: string;
}

/** Takes a step within an act, for somebody who may take some; answers with the id of its run. */
export async function takeStep(
  tx: CourtTx,
  { subject, service }: Context,
  id: string,
  version: number,
  { flow: key, action, onBehalfOf, ...given }: Omit<FlowAct, 'version'>,
): Promise<string> {
  const owner = (await tx.ownerOf(id))?.judge;
  const filing = validFiling(await lockedFiling(tx, id, version, ['assigned', 'needs_review', 'closed']));
  const matter = await matterOf(tx, filing, given.evidence ?? []);
  const flow = await flowOf(tx, filing, key);
  const suspends = flow.actions.some(
    (each) => each.key === action && each.effects.some(({ kind }) => kind === 'suspend'),
  );
  const event: FlowEvent = {
    ...given,
    action,
    by: actorIn(subject, owner, onBehalfOf),
    on: tx.today,
    ...(suspends && owner !== undefined && { challenged: owner }),
  };
  if (onBehalfOf !== undefined && !matter.view.parties.includes(onBehalfOf)) {
    throw refused({ code: 'WRONG_PERSON', message: '只能代本件的当事人登记；请从本件的当事人里选一名' });
  }
  const played = play(flow, matter.view, event);
  if (!played.ok) throw refused(played.error);
  const { action: taken } = played.value;
  if (taken.decides && (given.reason ?? '').trim() === '') {
    throw refused({ code: 'REASON_MISSING', message: `${taken.name}要写明理由` });
  }
  return carryOut(tx, service, flow, matter, played.value, { action: 'flow.act', reason: given.reason });
}

export const officesOf = (roles: readonly Role[]): ReadonlySet<ActorKind> =>
  new Set(roles.flatMap((role) => OFFICES[role] ?? []));

/** Whoever acts, with all that they are: a judge by the docket's id, others by the user's. */
export function actorIn({ user, roles, judges }: Subject, owner: string | undefined, party: string | undefined): Actor {
  if (party !== undefined) {
    if (roles.includes('filing_clerk')) return { id: party, offices: new Set() };
    throw new Refusal('FORBIDDEN', '只有立案人员能代当事人登记');
  }
  const offices = officesOf(roles);
  const [id = user, ...also] =
    owner !== undefined && judges.includes(owner) ? [owner, user, ...judges] : [...judges, user];
  return { id, also, offices };
}
