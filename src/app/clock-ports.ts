import type { Adjustment } from '../core/flows/adjustment.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import type { PeriodUnit } from '../core/law/period.js';

/** A deadline of the decision in force, as it runs now. */
export interface StoredDeadline {
  readonly kind: string;
  readonly from: PlainDate;
  readonly due: PlainDate;
  readonly length: number;
  readonly unit: PeriodUnit;
  readonly provisional: boolean;
  /** Since when it stands still. */
  readonly pausedSince: PlainDate | undefined;
}

/** 扣除 or 延长 as it was entered. */
export interface StoredAdjustment extends Adjustment {
  readonly id: string;
  readonly filing: string;
  /** The run whose clock it is; undefined for a deadline of the decision. */
  readonly run: string | undefined;
  /** The kind of deadline, or the flow's clock. */
  readonly clock: string;
  readonly appliedOn: PlainDate | undefined;
  readonly reason: string;
  readonly enteredBy: { readonly id: string; readonly name: string } | null;
  readonly enteredAt: string;
  readonly isWithdrawn: boolean;
}

export type NewAdjustment = Omit<StoredAdjustment, 'enteredBy' | 'enteredAt' | 'isWithdrawn'>;

export interface ClockReads {
  /** Cases that are not closed with a deadline that was counted over days of which it was not known whether they are working days. */
  provisionalFilings(): Promise<readonly string[]>;
  deadlinesOf(filing: string): Promise<readonly StoredDeadline[]>;
  /** In the order in which they were entered, the withdrawn ones too. */
  adjustmentsOf(filing: string): Promise<readonly StoredAdjustment[]>;
}

export interface ClockTx extends ClockReads {
  setDeadline(
    filing: string,
    deadline: Pick<StoredDeadline, 'kind' | 'due' | 'provisional' | 'pausedSince'>,
  ): Promise<void>;
  adjust(adjustment: NewAdjustment): Promise<void>;
  /** The last day that it leaves out is known now. */
  endAdjustment(id: string, to: PlainDate): Promise<void>;
  withdrawAdjustment(id: string): Promise<void>;
}
