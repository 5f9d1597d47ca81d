import type { FlowRun } from '../core/flows/flow-run.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import type { Page } from './page.js';

/** A clock that runs: a deadline of a decision, or of a run of a flow. */
export interface ClockRow {
  readonly filing: string;
  readonly reference: string;
  /** A kind of deadline, or the flow's key of the clock. */
  readonly kind: string;
  /** The run whose clock it is; undefined for a deadline of the decision. */
  readonly run: FlowRun | undefined;
  readonly from: PlainDate;
  /** Undefined while it stands still. */
  readonly due: PlainDate | undefined;
  readonly provisional: boolean;
  /** 延长, in the clock's own unit. */
  readonly extended: number;
  /** How long it is, where that is the decision's. */
  readonly period: { readonly length: number; readonly unit: 'day' | 'working_day' | 'month' } | undefined;
  /** Who holds the matter now. */
  readonly judge: { readonly id: string; readonly name: string } | undefined;
  readonly matter: string | undefined;
}

/** Which clocks; those that are left out do not narrow. */
export interface ClockQuery {
  /** Of matters that one of these judges holds, or in whose run one of them has a part. */
  readonly of?: readonly string[] | undefined;
  readonly kind?: string | undefined;
  /** Only what is due by then; what stands still is due on no day. */
  readonly until?: PlainDate | undefined;
  /** One filing's, by its id. */
  readonly filing?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** In which states of its filing a deadline of a decision is seen, and whether past its last day too. */
export interface Sight {
  readonly kinds: readonly string[];
  readonly states: readonly string[];
  readonly late: boolean;
}

/** The clocks of a court as one list. */
export interface ClockList {
  /** Clocks that run on a day, by the day they are due. */
  page(query: ClockQuery, today: PlainDate, sight: readonly Sight[]): Promise<Page<ClockRow>>;
}
