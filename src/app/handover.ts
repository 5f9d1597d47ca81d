import type { Decision } from '../core/documents/decision.js';
import { FIRST_HANDOVER, type Handover } from '../core/documents/dossier.js';
import type { Ruleset } from '../core/rules/ruleset.js';
import type { StoredRun } from './flow-ports.js';
import { afterRouting } from './flows/after-routing.js';
import { lapseOthers } from './flows/carry-out.js';
import { actorOf, permit } from './permit.js';
import type { Context, CourtTx, RequestKey, Service, StoredHandover } from './ports.js';
import { Refusal } from './refusal.js';
import { rulesetOf } from './rulesets.js';
import { decideStored, storeDecision } from './settle.js';
import { benchOf, lockedFiling, type ValidFiling, validFiling } from './stored-filing.js';

export interface Proposal {
  readonly version: number;
  readonly kind: 'designate' | 'reassign';
  /** Left out: by draw among the others, where it is to be reassigned. */
  readonly judge?: string;
  readonly ground: string;
  readonly note: string;
}

const GROUNDS = { designate: '指定事由', reassign: '变更事由' } as const;
const STATES = { designate: ['needs_review'], reassign: ['assigned'] } as const;

/** Proposes who should take a waiting case, or that another should take one that is held. Nothing changes before a second person agrees. */
export async function proposeHandover(
  { subject, service }: Context,
  id: string,
  proposal: Proposal,
  request?: RequestKey,
): Promise<void> {
  const { kind, judge, ground, note, version } = proposal;
  permit(subject, 'handover.propose');
  const { book } = await service.editions.now();
  const terms = book.vocabulary.enumerations.get(GROUNDS[kind])?.byKey;
  if (terms?.has(ground) !== true || ground === 'none') {
    const words = [...(terms?.values() ?? [])].filter(({ key }) => key !== 'none').map(({ word }) => word);
    throw new Refusal('GROUND_UNKNOWN', `事由只能是：${words.join('、')}`);
  }
  if (kind === 'designate' && judge === undefined) {
    throw new Refusal('JUDGE_UNKNOWN', '指定分案要写明指定给哪一名法官');
  }
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const filing = validFiling(await lockedFiling(tx, id, version, STATES[kind]));
    const handover: StoredHandover = {
      id: service.newId(),
      filing: id,
      kind,
      judge,
      ground,
      note,
      proposedBy: subject.user,
      outcome: undefined,
      version: 1,
    };
    // What could not be approved is refused now, with its reason.
    const { ruleset } = await decisionAfter(tx, service, filing, handover);
    await tx.proposeHandover(handover);
    await proposalIs('open', tx, service, filing, ruleset);
    const body = { handover: handover.id, kind, ground, ...(judge !== undefined && { judge }) };
    tx.record({ action: 'handover.propose', subject: id, body });
  });
}

/** Approves or rejects a proposal, as a second person, or withdraws one's own. An approved one takes effect at once. */
export async function decideHandover(
  { subject, service }: Context,
  id: string,
  handoverId: string,
  { version, outcome }: { readonly version: number; readonly outcome: 'approved' | 'rejected' | 'withdrawn' },
  request?: RequestKey,
): Promise<void> {
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const handover = await tx.handover(handoverId);
    const stored = await tx.lockFiling(id);
    if (handover === undefined || handover.filing !== id || stored === undefined) {
      throw new Refusal('NOT_FOUND', '没有这项提议；请刷新后核对');
    }
    const owner = (await tx.ownerOf(id))?.judge;
    const decision = await tx.decisionOf(id, stored.decision);
    permit(subject, outcome === 'withdrawn' ? 'handover.withdraw' : 'handover.decide', {
      owner,
      proposedBy: handover.proposedBy,
      concerned: handover.judge === undefined ? [] : [handover.judge],
      barred: (decision?.barred ?? []).map(({ judge }) => judge),
    });
    if (handover.outcome !== undefined) throw new Refusal('STATE_CONFLICT', '这项提议已经办结；请刷新后查看结果');
    if (handover.version !== version) throw new Refusal('VERSION_CONFLICT', '这项提议已经被别人改过；请刷新后核对');
    if (outcome === 'approved') await carryOut(tx, service, stored.id, handover, owner);
    else if (stored.filing)
      await proposalIs('rejected', tx, service, validFiling(stored), await rulesetOf(tx, validFiling(stored)));
    await tx.decideHandover(handoverId, outcome, subject.user);
    const body = { handover: handoverId, kind: handover.kind, outcome };
    tx.record({ action: 'handover.decide', subject: id, body });
  });
}

async function carryOut(
  tx: CourtTx,
  service: Service,
  id: string,
  handover: StoredHandover,
  owner: string | undefined,
): Promise<void> {
  const stored = await tx.lockFiling(id);
  if (stored === undefined || !(STATES[handover.kind] as readonly string[]).includes(stored.state)) {
    throw new Refusal('STATE_CONFLICT', '提议之后本件的状态变了，不能再照提议办理；请驳回或者撤回后重新提出');
  }
  const filing = validFiling(stored);
  const { decision, ruleset, judge, method } = await decisionAfter(tx, service, filing, handover);
  const occasion = handover.kind === 'designate' ? 'designated' : 'reassigned';
  await storeDecision(tx, { filing, decision, occasion, state: 'assigned', waitingDue: undefined });
  if (owner === undefined) await tx.assign(filing, { judge, method });
  else {
    await tx.handOver(filing, owner, { judge, method }, handover.ground);
    await lapseOthers(tx, { filing, runs: await othersThanApproval(tx, id) });
  }
  await afterRouting(tx, service, filing, decision, ruleset, judge, 'approved');
}

/** Lets the clock of the approval begin, or end. */
async function proposalIs(
  state: 'open' | 'rejected',
  tx: CourtTx,
  service: Service,
  filing: ValidFiling,
  ruleset: Ruleset,
): Promise<void> {
  const decision = await tx.decisionOf(filing.id, filing.decision);
  const owner = (await tx.ownerOf(filing.id))?.judge;
  if (decision) await afterRouting(tx, service, filing, decision, ruleset, owner, state);
}

/** The approval itself does not end with the one who hands over. */
async function othersThanApproval(tx: CourtTx, id: string): Promise<StoredRun[]> {
  const approvals = tx.lawbook.flows.filter(({ actions }) => actions.some(({ when }) => when.has('proposal')));
  return (await tx.flows.runsOf(id)).filter(({ run }) => !approvals.some(({ key }) => key === run.flow));
}

/**
 * The decision that a proposal leads to.
 *
 * @throws Refusal where the judge is not of this court, may not take it, or holds it already, or where nobody is left to draw from
 */
async function decisionAfter(
  tx: CourtTx,
  service: Service,
  filing: ValidFiling,
  handover: StoredHandover,
): Promise<{
  readonly decision: Decision;
  readonly ruleset: Ruleset;
  readonly judge: string;
  readonly method: string;
}> {
  const { docket } = await benchOf(tx);
  const owner = (await tx.ownerOf(filing.id))?.judge;
  const { judge: wanted, kind } = handover;
  if (wanted !== undefined && !docket.judges.some(({ id }) => id === wanted)) {
    throw new Refusal('JUDGE_UNKNOWN', '本院法官名册上没有这名法官；请从名册中选择');
  }
  if (wanted !== undefined && wanted === owner) throw new Refusal('JUDGE_UNABLE', '本案已经由这名法官承办');
  const after = await handoverOf(tx, filing, handover, owner);
  const { decision, ruleset } = await decideStored(tx, service, filing, {
    handover: after,
    decidedOn: tx.today,
  });
  const { owner: next } = decision;
  if (decision.status !== 'assigned' || !next?.judge) {
    const why = (decision.reasons ?? []).filter(({ about }) => about === 'review').map(({ text }) => text);
    throw new Refusal(
      'JUDGE_UNABLE',
      kind === 'designate' || wanted ? (why.at(-1) ?? '这名法官不能承办') : why.join('；'),
    );
  }
  return { decision, ruleset, judge: next.judge, method: next.method };
}

/** All that was decided about who takes it, this proposal included. */
async function handoverOf(
  tx: CourtTx,
  filing: ValidFiling,
  { kind, judge, ground }: StoredHandover,
  owner: string | undefined,
): Promise<Handover> {
  const before = (await tx.decisionOf(filing.id, filing.decision))?.record?.handover ?? FIRST_HANDOVER;
  const reliefs = [...before.reliefs];
  if (kind === 'reassign' && owner !== undefined) reliefs.push({ judge: owner, ground });
  const draw = before.draw + (kind === 'reassign' && judge === undefined ? 1 : 0);
  // Whoever was named by a ruling or a designation before has left; what was ruled out stays ruled out, and a converted procedure converted.
  const { disclaimed, conversion } = before;
  const after: Handover = { reliefs, draw, ...(disclaimed && { disclaimed }), ...(conversion && { conversion }) };
  if (judge === undefined) return after;
  // Whoever is named takes it by designation; the ground of a change is that of the relief.
  const designation = { judge, ground: kind === 'designate' ? ground : UNSUITABLE };
  return { ...after, designation };
}

/** A named successor after a change is not drawn: the vocabulary's ground for whatever else is not fit for a draw. */
const UNSUITABLE = 'unsuitable_for_draw';
