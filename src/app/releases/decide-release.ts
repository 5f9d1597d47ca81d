import type { PlainDate } from '../../core/kernel/plain-date.js';
import { countPeriod } from '../../core/law/period.js';
import { approvalObjection, type Seat } from '../../core/releases/approval.js';
import { lineFault } from '../../core/releases/line.js';
import type { Lawbook } from '../../core/routing/lawbook.js';
import { resolveParameter } from '../../core/rules/parameters.js';
import { actorOf, permit } from '../permit.js';
import type { Context, CourtTx, RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import type { StoredRelease } from '../release-ports.js';
import { releaseAt, releaseFound } from './found.js';
import { refuseStranding } from './keep-open-runs.js';
import { type Approver, seatsIn } from './seats.js';

interface Decided {
  readonly version: number;
  readonly reason: string;
}

/** 批准: for a day to come, or for one that is named later; an emergency is in force at once. */
export async function approveRelease(
  approver: Approver,
  number: number,
  { version, reason, effectiveOn }: Decided & { readonly effectiveOn?: PlainDate | undefined },
  request?: RequestKey,
): Promise<void> {
  const { subject, service } = approver;
  const seats = await seatsIn(approver, number);
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const release = await decidable(tx, approver, number, version, seats);
    if (release.urgency === 'emergency' && effectiveOn !== undefined && effectiveOn !== tx.today)
      throw new Refusal('RELEASE_DAY_INVALID', '紧急发布批准当日施行，不用写施行日期');
    const day = release.urgency === 'emergency' ? tx.today : effectiveOn;
    const tip = await demandPlace(tx, release, day);
    await refuseStranding(tx, release);
    if (day === tip?.effectiveOn && tip) await tx.releases.replace(tip.number, number);
    await tx.releases.stepRelease(
      release,
      { action: 'approved', reason },
      {
        approvedBy: subject.user,
        state: day === undefined ? 'approved' : 'scheduled',
        ...(day !== undefined && { effectiveOn: day }),
        ...(release.urgency === 'emergency' && { reviewDue: reviewDue(tx.lawbook, tx.today) }),
      },
    );
    if (release.draft !== null) await tx.releases.changeDraft(release.draft, { state: 'released' });
    const body = { bundle: release.bundle, effectiveOn: day ?? null, urgency: release.urgency };
    tx.record({ action: 'release.approve', subject: String(number), body });
  });
}

/** 退回: the draft can be written in again. */
export async function rejectRelease(
  approver: Approver,
  number: number,
  { version, reason }: Decided,
  request?: RequestKey,
): Promise<void> {
  const { subject, service } = approver;
  const seats = await seatsIn(approver, number);
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const release = await decidable(tx, approver, number, version, seats);
    await tx.releases.stepRelease(release, { action: 'rejected', reason }, { state: 'rejected' });
    await reopenDraft(tx, release);
    tx.record({ action: 'release.reject', subject: String(number), body: { bundle: release.bundle } });
  });
}

/** 排期 of what was approved without a day. */
export async function scheduleRelease(
  approver: Approver,
  number: number,
  { version, effectiveOn }: { readonly version: number; readonly effectiveOn: PlainDate },
  request?: RequestKey,
): Promise<void> {
  const { subject, service } = approver;
  const seats = await seatsIn(approver, number);
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    const release = await decidable(tx, approver, number, version, seats, 'approved');
    await demandPlace(tx, release, effectiveOn);
    await refuseStranding(tx, release);
    await tx.releases.stepRelease(release, { action: 'scheduled', reason: '' }, { state: 'scheduled', effectiveOn });
    tx.record({ action: 'release.schedule', subject: String(number), body: { bundle: release.bundle, effectiveOn } });
  });
}

/** 撤回 by whoever proposed it, before anybody decided. */
export async function withdrawRelease(
  { subject, service }: Context,
  number: number,
  { version, reason }: Decided,
  request?: RequestKey,
): Promise<void> {
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    await tx.releases.lock();
    const release = await releaseFound(tx.releases, number);
    permit(subject, 'release.withdraw', { proposedBy: release.proposedBy ?? '' });
    await releaseAt(tx.releases, number, version);
    demandState(release, 'proposed');
    await tx.releases.stepRelease(release, { action: 'withdrawn', reason }, { state: 'withdrawn' });
    await reopenDraft(tx, release);
    tx.record({ action: 'release.withdraw', subject: String(number), body: { bundle: release.bundle } });
  });
}

/** Takes back an approval before its day; nothing has been decided by it. */
export async function cancelRelease(
  { subject, service }: Context,
  number: number,
  { version, reason }: Decided,
  request?: RequestKey,
): Promise<void> {
  permit(subject, 'release.cancel');
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    await tx.releases.lock();
    const release = await releaseAt(tx.releases, number, version);
    if (release.state !== 'approved') {
      demandState(release, 'scheduled');
      if (release.effectiveOn === null || release.effectiveOn <= tx.today)
        throw new Refusal('STATE_CONFLICT', `第 ${number} 号已经施行，不能取消；要恢复原来的规则请用回退`);
      const tip = await tx.releases.tip();
      if (tip && tip.number !== number)
        throw new Refusal('STATE_CONFLICT', `第 ${tip.number} 号是在它的基础上做的；请先取消第 ${tip.number} 号`);
    }
    await tx.releases.stepRelease(release, { action: 'cancelled', reason }, { state: 'cancelled' });
    await reopenDraft(tx, release);
    tx.record({ action: 'release.cancel', subject: String(number), body: { bundle: release.bundle } });
  });
}

/** The release, where this approver may decide on it. */
async function decidable(
  tx: CourtTx,
  { subject }: Approver,
  number: number,
  version: number,
  seats: readonly Seat[],
  state: 'proposed' | 'approved' = 'proposed',
): Promise<StoredRelease> {
  await tx.releases.lock();
  const release = await releaseFound(tx.releases, number);
  const { draft, proposedBy: proposer } = release;
  const authors = draft === null ? [] : await tx.releases.authorsOf(draft);
  const objection = approvalObjection(subject.user, { proposer, authors }, seats);
  if (objection) throw new Refusal('FORBIDDEN', objection.text);
  await releaseAt(tx.releases, number, version);
  demandState(release, state);
  return release;
}

const STATE_WORDS: Readonly<Record<StoredRelease['state'], string>> = {
  proposed: '已提出',
  approved: '已批准',
  scheduled: '已排期',
  rejected: '已退回',
  withdrawn: '已撤回',
  cancelled: '已取消',
};

function demandState({ number, state }: StoredRelease, wanted: StoredRelease['state']): void {
  if (state === wanted) return;
  const words = `第 ${number} 号发布现在是“${STATE_WORDS[state]}”，只有“${STATE_WORDS[wanted]}”的才能这样办理`;
  throw new Refusal('STATE_CONFLICT', words);
}

/** The end of the line, where the release may follow it on that day. */
async function demandPlace(
  tx: CourtTx,
  { base, urgency }: StoredRelease,
  day: PlainDate | undefined,
): Promise<StoredRelease | undefined> {
  const tip = await tx.releases.tip();
  const emergency = urgency === 'emergency';
  const fault = lineFault(base, tip, { day: day ?? null, today: tx.today, emergency });
  if (fault) throw new Refusal(fault.code === 'BEHIND' ? 'DRAFT_BEHIND' : 'RELEASE_DAY_INVALID', fault.text);
  return tip;
}

async function reopenDraft(tx: CourtTx, { draft }: StoredRelease): Promise<void> {
  if (draft !== null) await tx.releases.changeDraft(draft, { state: 'draft' });
}

/** The last day for looking at an emergency again. @throws Refusal where the rules do not say how long that may take */
function reviewDue({ book, calendar }: Lawbook, from: PlainDate): PlainDate {
  const parameter = book.vocabulary.parametersById.get('release.review_days');
  const value = parameter && resolveParameter(parameter, book.parameters, ['全国'], from).value;
  if (value === undefined)
    throw new Refusal('STATE_CONFLICT', '规则里没有写明“紧急发布复核期限”；请先在参数表里写明，或者走普通发布');
  return countPeriod({ from, length: Number(value), unit: 'working_day', matter: 'civil', roll: true }, calendar).due;
}
