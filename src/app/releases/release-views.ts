import type { Subject } from '../../core/access/can.js';
import { can } from '../../core/access/can.js';
import type { LawbookDiff } from '../../core/checking/diff-lawbooks.js';
import type { Digest } from '../../core/kernel/digest.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { FileChange } from '../../core/releases/draft-files.js';
import { type Standing, standingOf } from '../../core/releases/line.js';
import type {
  ReleaseOrigin,
  ReleaseReads,
  ReviewOutcome,
  StepAction,
  StoredRelease,
  Urgency,
} from '../release-ports.js';

export interface Person {
  readonly id: string;
  readonly name: string;
}

export const RELEASE_ACTS = ['withdraw', 'approve', 'reject', 'schedule', 'cancel', 'review', 'roll_back'] as const;
export type ReleaseAct = (typeof RELEASE_ACTS)[number];

/** A release as lists show it. */
export interface ReleaseRow {
  readonly number: number;
  readonly digest: Digest;
  readonly title: string;
  readonly note: string;
  readonly origin: ReleaseOrigin;
  readonly standing: Standing;
  readonly urgency: Urgency;
  readonly ground: string | null;
  readonly base: number | null;
  readonly rollsBack: number | null;
  readonly draft: string | null;
  readonly proposedBy: Person | null;
  readonly proposedAt: string;
  readonly approvedBy: Person | null;
  readonly approvedAt: string | null;
  readonly effectiveOn: PlainDate | null;
  readonly review: {
    readonly due: PlainDate;
    readonly outcome: ReviewOutcome | null;
    readonly by: Person | null;
    readonly at: string | null;
  } | null;
  readonly version: number;
  /** What whoever asks may do with it now, as far as their roles and its state say. */
  readonly may: readonly ReleaseAct[];
}

/** How many of each kind were looked at. */
export interface CheckCounts {
  readonly cards: number;
  readonly examples: number;
  readonly rulings: number;
  readonly proofs: number;
  readonly flows: number;
  readonly adjustments: number;
  readonly ladders: number;
}

/** What was found when it was proposed. */
export interface CheckSummary {
  readonly on: PlainDate;
  readonly counts: CheckCounts;
  readonly problems: number;
  readonly pending: number;
}

export interface ReleaseStepView {
  readonly number: number;
  readonly action: StepAction;
  readonly by: Person | null;
  readonly at: string;
  readonly reason: string;
  readonly effectiveOn: PlainDate | null;
}

export interface ReleaseDetail extends ReleaseRow {
  readonly steps: readonly ReleaseStepView[];
  /** Against its base. */
  readonly changes: readonly { readonly path: string; readonly change: FileChange }[];
  /** As its bundle has it: what was checked, and what it changes. */
  readonly reports: { readonly check: CheckSummary | null; readonly diff: LawbookDiff | null };
}

export interface ViewedBy {
  readonly subject: Subject;
  readonly today: PlainDate;
}

/** Releases with the names of who did what. */
export async function rowsOf(
  reads: ReleaseReads,
  releases: readonly StoredRelease[],
  { subject, today }: ViewedBy,
): Promise<ReleaseRow[]> {
  const inForce = await reads.inForceOn(today);
  const people = releases.flatMap(({ proposedBy, approvedBy, reviewedBy }) => [proposedBy, approvedBy, reviewedBy]);
  const personOf = await peopleOf(reads, people);
  return releases.map((release) => {
    const {
      bundle,
      state: _state,
      replacedBy: _replacedBy,
      reviewDue,
      reviewedBy,
      reviewedAt,
      reviewOutcome,
      ...rest
    } = release;
    const standing = standingOf(release, inForce?.number, today);
    return {
      ...rest,
      digest: bundle,
      standing,
      proposedBy: personOf(release.proposedBy),
      approvedBy: personOf(release.approvedBy),
      review: reviewDue && { due: reviewDue, outcome: reviewOutcome, by: personOf(reviewedBy), at: reviewedAt },
      may: actsOn(subject, release, standing),
    };
  });
}

/** Whoever is named, by id, as a person of the view. */
export async function peopleOf(
  reads: ReleaseReads,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => Person | null> {
  const names = await reads.namesOf(ids.filter((id) => id !== null));
  return (id) => (id === null ? null : { id, name: names.get(id) ?? '' });
}

/** What somebody may do with a release as it stands, as far as roles and state say; the act itself looks closer. */
function actsOn(subject: Subject, release: StoredRelease, standing: Standing): ReleaseAct[] {
  const { court, user } = subject;
  const proposedBy = release.proposedBy ?? '';
  const decides = can(subject, 'release.decide', { court, proposedBy }).allowed;
  const acts: [ReleaseAct, boolean][] = [
    ['withdraw', standing === 'proposed' && can(subject, 'release.withdraw', { court, proposedBy }).allowed],
    ['approve', standing === 'proposed' && decides],
    ['reject', standing === 'proposed' && decides],
    ['schedule', standing === 'approved' && decides],
    ['cancel', ['approved', 'scheduled'].includes(standing) && can(subject, 'release.cancel', { court }).allowed],
    ['review', release.reviewDue !== null && release.reviewOutcome === null && decides && release.approvedBy !== user],
    ['roll_back', standing === 'superseded' && can(subject, 'release.draft', { court }).allowed],
  ];
  return acts.flatMap(([act, may]) => (may ? [act] : []));
}
