import { approvalObjection } from '../../core/releases/approval.js';
import { actorOf } from '../permit.js';
import type { RequestKey } from '../ports.js';
import { Refusal } from '../refusal.js';
import type { ReviewOutcome } from '../release-ports.js';
import { releaseAt, releaseFound } from './found.js';
import { type Approver, seatsIn } from './seats.js';

/** 事后复核 of an emergency, by an approver who neither wrote, proposed nor approved it. What it decided meanwhile stands. */
export async function reviewRelease(
  approver: Approver,
  number: number,
  { version, outcome, reason }: { readonly version: number; readonly outcome: ReviewOutcome; readonly reason: string },
  request?: RequestKey,
): Promise<void> {
  const { subject, service } = approver;
  const seats = await seatsIn(approver, number);
  await service.store.act({ court: subject.court, user: actorOf(subject), request }, async (tx) => {
    await tx.releases.lock();
    const release = await releaseFound(tx.releases, number);
    const { draft, proposedBy: proposer, approvedBy } = release;
    if (approvedBy === subject.user)
      throw new Refusal('FORBIDDEN', '这次紧急发布是您批准的，事后复核请由另一名规则审批人办理');
    const authors = draft === null ? [] : await tx.releases.authorsOf(draft);
    const objection = approvalObjection(subject.user, { proposer, authors }, seats);
    if (objection) throw new Refusal('FORBIDDEN', objection.text);
    await releaseAt(tx.releases, number, version);
    if (release.reviewDue === null || release.reviewOutcome !== null)
      throw new Refusal('STATE_CONFLICT', `第 ${number} 号没有等待事后复核`);
    const review = { reviewedBy: subject.user, reviewOutcome: outcome };
    await tx.releases.stepRelease(release, { action: 'reviewed', reason }, review);
    tx.record({ action: 'release.review', subject: String(number), body: { bundle: release.bundle, outcome } });
  });
}
