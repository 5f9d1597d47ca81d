import type { Decision } from '../core/documents/decision.js';
import type { FlowRun } from '../core/flows/flow-run.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import type { StoredRun } from './flow-ports.js';
import type { Page } from './page.js';

/** A state in which runs of a flow wait, by both keys. */
export interface WaitingState {
  readonly flow: string;
  readonly state: string;
}

/** Whose turn it is, for one person: by office where they are none of those concerned, and by what they are to the matter. */
export interface Turn {
  /** All ids of the person. */
  readonly ids: readonly string[];
  readonly offices: readonly WaitingState[];
  readonly relations: readonly (WaitingState & { readonly as: (typeof RELATIONS)[number] })[];
}

/** What a person may be to a run by an id. */
export const RELATIONS = ['recipient', 'applicant', 'claimed_owner', 'challenged'] as const;

export interface QueueQuery {
  readonly state: 'open' | 'ended';
  readonly flow?: string;
  readonly waiting?: readonly WaitingState[];
  readonly turn?: Turn;
  readonly overdue?: boolean;
  /** Only those that one of these judges applied for, or in which one of them is claimed or challenged. */
  readonly concerning?: readonly string[];
  readonly limit: number;
  readonly after?: string;
}

/** A run with what the queue tells of its filing and its clock. */
export interface QueuedRun extends StoredRun {
  readonly reference: string;
  readonly cause: string | null;
  readonly receivedOn: PlainDate;
  /** One of `FILING_STATES`. */
  readonly filingState: string;
  readonly filingVersion: number;
  readonly owner: string | null;
  /** Null while the clock stands still or where none is set. */
  readonly due: PlainDate | null;
  readonly provisional: boolean;
  /** The name of the user whom `applicant` names, where it names one. */
  readonly applicantName: string | null;
  readonly changedAt: string;
}

/** A ruling as far as likeness goes. */
export interface PastRuling {
  readonly id: string;
  readonly filing: string;
  readonly run: FlowRun;
  readonly cause: string | null;
  readonly linkKind: string | null;
  readonly linkedCase: string | null;
  /** Of each earlier case that the decision was compared with, what its parties are to the filing's. */
  readonly compared: readonly ComparedCase[];
}

export interface ComparedCase {
  readonly caseNo: string;
  readonly sidesSame: boolean | null;
  readonly sidesSwapped: boolean | null;
  readonly partyShared: boolean | null;
}

/** A decided run with the decision that it was about, and the one that followed on it: the ruling's own where it moved the matter. */
export interface DecidedRun {
  readonly id: string;
  readonly run: FlowRun;
  readonly before: Decision;
  readonly next: Decision | null;
}

export interface ObjectionReads {
  /** Decided runs of these flows in the order in which they began, from the one after `after` on. */
  decided(flows: readonly string[], limit: number, after?: string): Promise<readonly DecidedRun[]>;
  /** Open ones by clock, the first due in front and those without a due day last; ended ones latest first. */
  queue(query: QueueQuery, today: PlainDate): Promise<Page<QueuedRun>>;
  run(id: string): Promise<QueuedRun | undefined>;
  /** All runs over some filings, in the order in which they were last changed. */
  over(filings: readonly string[]): Promise<readonly QueuedRun[]>;
  /** The judges who may not touch each of the filings, by the decisions in force. */
  barredFrom(filings: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** The number of the decision that was in force when a run began. */
  decisionBefore(run: string): Promise<number | undefined>;
  /** The latest rulings on a ground of a flow, whatever the run given. */
  rulings(of: Pick<FlowRun, 'flow' | 'ground'>, except: string, most: number): Promise<readonly PastRuling[]>;
}
