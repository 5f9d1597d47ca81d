import type { Digest } from '../core/kernel/digest.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import type { Bundle, Manifest } from '../core/releases/bundle.js';
import type { Window } from '../core/releases/differences.js';
import type { OpenRuns } from '../core/releases/open-runs.js';
import type { Page } from './page.js';

export const RELEASE_ORIGINS = ['folder', 'draft', 'rollback'] as const;
export type ReleaseOrigin = (typeof RELEASE_ORIGINS)[number];
/** As it is stored; what is in force, and what no longer is, follows from the days. */
export type StoredState = 'proposed' | 'approved' | 'scheduled' | 'rejected' | 'withdrawn' | 'cancelled';
export const URGENCIES = ['ordinary', 'emergency'] as const;
export type Urgency = (typeof URGENCIES)[number];
export const REVIEW_OUTCOMES = ['confirmed', 'objected'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];
export const STEP_ACTIONS = [
  'registered',
  'proposed',
  'approved',
  'scheduled',
  'rejected',
  'withdrawn',
  'cancelled',
  'reviewed',
] as const;
export type StepAction = (typeof STEP_ACTIONS)[number];

export interface StoredRelease {
  readonly number: number;
  /** Digest of the bundle. */
  readonly bundle: Digest;
  readonly title: string;
  readonly note: string;
  readonly origin: ReleaseOrigin;
  readonly draft: string | null;
  readonly base: number | null;
  readonly rollsBack: number | null;
  readonly urgency: Urgency;
  readonly ground: string | null;
  readonly state: StoredState;
  readonly proposedBy: string | null;
  readonly proposedAt: string;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly effectiveOn: PlainDate | null;
  /** The release that took its place on the day on which it came into force. */
  readonly replacedBy: number | null;
  readonly reviewDue: PlainDate | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: string | null;
  readonly reviewOutcome: ReviewOutcome | null;
  readonly version: number;
}

export interface ReleaseStep {
  readonly number: number;
  readonly action: StepAction;
  readonly actor: string | null;
  readonly at: string;
  readonly reason: string;
  readonly effectiveOn: PlainDate | null;
}

export type StoredDraftState = 'draft' | 'proposed' | 'released' | 'discarded';

export interface StoredDraft {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** The release whose rules it changes. */
  readonly base: number;
  readonly state: StoredDraftState;
  /** Of the last save; 0 before the first. */
  readonly revision: number;
  readonly checkedRevision: number | null;
  readonly checkedBase: number | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly version: number;
}

/** A file as it was saved once. */
export interface SavedFile {
  readonly revision: number;
  readonly path: string;
  /** Null: taken out. */
  readonly digest: Digest | null;
  readonly savedBy: string;
  readonly savedAt: string;
}

/** A decision that was made by rules which a release changed for its day. */
export interface EarlierDecision {
  readonly filing: string;
  readonly reference: string;
  readonly receivedOn: PlainDate;
  readonly madeAt: string;
  /** Number of the decision of that filing. */
  readonly decision: number;
}

/** A release as whoever reads a decision is told of it. */
export interface ReleaseName {
  readonly number: number;
  readonly title: string;
  readonly effectiveOn: PlainDate;
}

export interface PageAsked {
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface ReleaseReads {
  release(number: number): Promise<StoredRelease | undefined>;
  /** The latest first. */
  releases(asked: PageAsked): Promise<Page<StoredRelease>>;
  /** The one that decides on a day: the last that came into force by then. */
  inForceOn(day: PlainDate): Promise<StoredRelease | undefined>;
  /** By which release each decision on a filing of this court was made, by the number of the decision; those that name none are not told. */
  thatDecided(filing: string): Promise<ReadonlyMap<number, ReleaseName>>;
  /** The end of the line: the one that comes into force last of all that are scheduled. New ones follow it. */
  tip(): Promise<StoredRelease | undefined>;
  stepsOf(release: number): Promise<readonly ReleaseStep[]>;
  draft(id: string): Promise<StoredDraft | undefined>;
  /** The latest first; those that are put aside or released are not told. */
  drafts(asked: PageAsked): Promise<Page<StoredDraft>>;
  /** The release of a draft that is on its way or arrived. */
  releaseOf(draft: string): Promise<number | undefined>;
  /** The last save of each file, in order of their paths. */
  filesOf(draft: string): Promise<readonly SavedFile[]>;
  /** Every save, the latest first; of one file where a path is given. */
  historyOf(draft: string, asked: PageAsked & { readonly path?: string | undefined }): Promise<Page<SavedFile>>;
  savedAs(draft: string, revision: number): Promise<SavedFile | undefined>;
  /** Whoever made the draft or ever saved a file in it. */
  authorsOf(draft: string): Promise<readonly string[]>;
  /** @throws BundleRefused where it does not fit its digest */
  manifest(bundle: Digest): Promise<Manifest>;
  texts(digests: readonly Digest[]): Promise<ReadonlyMap<Digest, string>>;
  /** How many runs are open in every court, by flow and state; of no case anything else. */
  openRuns(): Promise<readonly OpenRuns[]>;
  namesOf(users: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Decisions in force of this court on filings received on these days and made before an instant, in the order of the filings' ids. */
  decidedIn(windows: readonly Window[], before: string, asked: PageAsked): Promise<Page<EarlierDecision>>;
}

export interface ReleaseTx extends ReleaseReads {
  /** Acts on releases and drafts follow each other, in whichever court they are done. Everything that an act goes by is read after it. */
  lock(): Promise<void>;
  addDraft(draft: Pick<StoredDraft, 'id' | 'title' | 'note' | 'base'>): Promise<void>;
  changeDraft(
    id: string,
    changes: Partial<Pick<StoredDraft, 'title' | 'note' | 'base' | 'state' | 'checkedRevision' | 'checkedBase'>>,
  ): Promise<void>;
  /** What is saved was checked. No change of the draft: whoever has it before them is not overtaken by it. */
  markChecked(id: string, at: { readonly revision: number; readonly base: number }): Promise<void>;
  /** Saves files (null: takes them out), one revision each; gives the last. */
  saveFiles(draft: StoredDraft, files: ReadonlyMap<string, string | null>): Promise<number>;
  saveBundle(bundle: Bundle): Promise<void>;
  /** Adds a release with its first step; gives its number. */
  addRelease(
    release: Pick<
      StoredRelease,
      'bundle' | 'title' | 'note' | 'origin' | 'draft' | 'base' | 'rollsBack' | 'urgency' | 'ground'
    >,
  ): Promise<number>;
  /** Brings a release a step on. */
  stepRelease(
    release: StoredRelease,
    step: Pick<ReleaseStep, 'action' | 'reason'>,
    changes: Partial<
      Pick<StoredRelease, 'state' | 'approvedBy' | 'effectiveOn' | 'reviewDue' | 'reviewedBy' | 'reviewOutcome'>
    >,
  ): Promise<void>;
  /** Another release takes the place of one on the very day on which that came into force. */
  replace(number: number, by: number): Promise<void>;
}
