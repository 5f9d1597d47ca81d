import { ACTION_NAMES, type Action, can, type Resource, type Subject } from '../core/access/can.js';
import { permit } from './permit.js';
import type { FilingState, Service } from './ports.js';
import { Refusal } from './refusal.js';
import type { ReleaseName } from './release-ports.js';
import type { FilingDetail, Views } from './views.js';

export interface FilingSeen {
  readonly detail: FilingDetail;
  /** By which release each decision on it was made, by the number of the decision. */
  readonly releases: ReadonlyMap<number, ReleaseName>;
  readonly may: readonly Action[];
}

/** One filing with all that is known of it, for someone who may see it. */
export async function seeFiling(views: Views, service: Service, subject: Subject, id: string): Promise<FilingSeen> {
  const detail = await views.filing(subject.court, id, service.today());
  // Of a closed case the last of them, whom it stays visible to.
  const last = detail?.owners.at(-1);
  permit(subject, 'filing.read', { owner: last?.judge.id });
  if (detail === undefined) throw new Refusal('NOT_FOUND', '没有这件收案；请回到列表核对');
  const releases = await service.store.read(subject.court, (tx) => tx.releases.thatDecided(id));
  return { detail, releases, may: mayDo(subject, detail, last?.until === null ? last.judge.id : undefined) };
}

/** In which states an act on a filing makes sense; those not named here are always possible. */
const ACTS: Readonly<Partial<Record<Action, readonly FilingState[]>>> = {
  'filing.correct': ['invalid', 'needs_review'],
  'filing.answer': ['needs_review'],
  'filing.take': ['needs_review'],
  'filing.unmask': ['received', 'assigned', 'needs_review', 'closed'],
  'filing.close': ['assigned'],
  'filing.notice': ['assigned', 'closed'],
  'handover.propose': ['needs_review', 'assigned'],
  'handover.decide': ['needs_review', 'assigned'],
  'handover.withdraw': ['needs_review', 'assigned'],
};

function mayDo(subject: Subject, { row, handovers, decisions }: FilingDetail, owner: string | undefined): Action[] {
  const open = handovers.find(({ outcome }) => outcome === null);
  const resource: Resource = {
    court: subject.court,
    owner,
    barred: (decisions.at(-1)?.decision.barred ?? []).map(({ judge }) => judge),
    ...(open && { proposedBy: open.proposedBy.id }),
    ...(open?.judge && { concerned: [open.judge.id] }),
  };
  return ACTION_NAMES.filter((action) => {
    if (ACTS[action]?.includes(row.state) !== true) return false;
    if (action === 'handover.propose' && open !== undefined) return false;
    if ((action === 'handover.decide' || action === 'handover.withdraw') && open === undefined) return false;
    return can(subject, action, resource).allowed;
  });
}
