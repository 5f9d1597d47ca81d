import type { AuditEvent } from '../core/audit/chain.js';
import type { Decision } from '../core/documents/decision.js';
import type { Docket } from '../core/documents/docket.js';
import type { FieldError } from '../core/documents/field-errors.js';
import type { Filing } from '../core/documents/filing.js';
import type { TypedFiling } from '../core/documents/typed-filing.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import { maskedNumber } from '../core/law/number-masking.js';
import type { Page } from './page.js';
import type { FilingState, Occasion } from './ports.js';
import type { RowSummary } from './row-summary.js';

/** Somebody who acts in the court. */
export interface Person {
  readonly id: string;
  readonly name: string;
}
export interface JudgeName {
  readonly id: string;
  readonly name: string;
}

export interface ClockView {
  readonly kind: string;
  readonly from: string;
  readonly due: string;
  readonly length: number;
  readonly unit: 'day' | 'working_day' | 'month';
  readonly provisional: boolean;
  /** Since when it stands still; the last day is then the one before it did. */
  readonly pausedSince: string | null;
  /** Calendar days until it is due: 0 on the day, negative once it is over. */
  readonly daysLeft: number;
}

export interface FilingRow extends Omit<RowSummary, 'judge' | 'questions'> {
  readonly id: string;
  readonly batch: string;
  readonly position: number;
  readonly reference: string;
  readonly receivedOn: string | null;
  readonly state: FilingState;
  readonly judge: JudgeName | null;
  /** The first clock that is still to run out. */
  readonly clock: ClockView | null;
  readonly waiting: { readonly due: string | null; readonly for: Person | null; readonly questions: number } | null;
  readonly proposal: boolean;
  readonly version: number;
  readonly updatedAt: string;
}

export interface FilingsQuery {
  readonly state?: FilingState;
  readonly batch?: string;
  readonly proposal?: 'true';
  readonly dueWithinDays?: number;
  readonly limit: number;
  readonly after?: string;
}

export interface SearchQuery {
  readonly text: string;
  readonly limit: number;
  readonly after?: string;
}

export interface HandoverView {
  readonly id: string;
  readonly kind: 'designate' | 'reassign';
  readonly judge: JudgeName | null;
  readonly ground: string;
  readonly groundWord: string;
  readonly note: string;
  readonly proposedBy: Person;
  readonly proposedAt: string;
  readonly outcome: 'approved' | 'rejected' | 'withdrawn' | null;
  readonly decidedBy: Person | null;
  readonly decidedAt: string | null;
  readonly version: number;
}

export interface DecisionMade {
  readonly number: number;
  readonly occasion: Occasion;
  readonly madeAt: string;
  readonly madeBy: Person | null;
  readonly decision: Decision;
}

export interface FilingDetail {
  readonly row: FilingRow;
  /** Undefined where it is invalid. */
  readonly filing: Filing | undefined;
  readonly typed: TypedFiling;
  readonly errors: readonly FieldError[];
  readonly clocks: readonly ClockView[];
  /** Oldest first; the last is in force. */
  readonly decisions: readonly DecisionMade[];
  readonly owners: readonly {
    readonly judge: JudgeName;
    readonly method: string;
    readonly ground: string | null;
    readonly since: string;
    readonly until: string | null;
  }[];
  readonly handovers: readonly HandoverView[];
  readonly judges: readonly (JudgeName & { readonly division: string })[];
}

export interface BatchView {
  readonly id: string;
  readonly filedAt: string;
  readonly filedBy: Person | null;
  readonly size: number;
  readonly counts: Readonly<Record<FilingState, number>>;
  readonly remarks: readonly string[];
}

export interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly actor: Person | null;
  readonly action: string;
  readonly subject: string;
  readonly body: unknown;
  readonly hash: string;
}

/**
 * Reads for the pages; nothing of a filing is left out. Parties' numbers come masked in their own fields, texts by `maskedViews`. Whoever
 * calls has asked `permit` first.
 */
export interface Views {
  filings(court: string, query: FilingsQuery, today: PlainDate): Promise<Page<FilingRow>>;
  counts(court: string): Promise<Readonly<Record<FilingState, number>>>;
  /** By the beginning of a 登记号 or a name, or by a whole identity number. */
  search(court: string, query: SearchQuery, today: PlainDate): Promise<Page<FilingRow>>;
  filing(court: string, id: string, today: PlainDate): Promise<FilingDetail | undefined>;
  /** Who holds it now, for deciding who may see it. */
  owner(court: string, id: string): Promise<string | undefined>;
  batches(court: string, limit: number, after?: string): Promise<Page<BatchView>>;
  batch(court: string, id: string): Promise<BatchView | undefined>;
  decision(court: string, filing: string, number: number): Promise<Decision | undefined>;
  /** The decisions in force of a list, in the order of its rows; at most 10,000. */
  decisionsOf(court: string, query: Pick<FilingsQuery, 'state' | 'batch'>): Promise<readonly Decision[]>;
  bench(
    court: string,
  ): Promise<{ readonly docket: Omit<Docket, 'cases'>; readonly loads: ReadonlyMap<string, number> } | undefined>;
  /** The whole docket as the interchange contract has it, filings included once they are assigned; piece by piece. */
  docket(court: string): Promise<Docket | undefined>;
  audit(court: string, limit: number, after?: string): Promise<Page<AuditRow>>;
  auditEvents(court: string, from: number, limit: number): Promise<readonly AuditEvent[]>;
  auditHead(court: string): Promise<{ readonly seq: number; readonly hash: string } | undefined>;
}

/** A party with its number as screens show it. */
export const maskedParty = <P extends { readonly idNumber?: string | undefined }>(party: P): P =>
  party.idNumber === undefined ? party : { ...party, idNumber: maskedNumber(party.idNumber) };
