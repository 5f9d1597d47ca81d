import type { Absence } from '../core/documents/docket.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import type { Page } from './page.js';

/** An absence that was entered here, beside those that the docket brings. */
export interface StoredAbsence {
  readonly id: string;
  readonly judge: string;
  readonly from: PlainDate;
  /** The last day; undefined while it is open. */
  readonly to: PlainDate | undefined;
  readonly reason: Absence['reason'];
  readonly isWithdrawn: boolean;
}

/** An absence as it is listed. */
export interface AbsenceRow extends StoredAbsence {
  readonly enteredAt: string;
  readonly withdrawnAt: string | undefined;
}

export interface AbsenceReads {
  find(id: string): Promise<StoredAbsence | undefined>;
  /** Of these judges, or of all; those that were entered last come first. */
  page(
    of: readonly string[] | undefined,
    query: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<Page<AbsenceRow>>;
}

/** Both change the bench, so that whoever decides next sees it. */
export interface AbsenceTx extends AbsenceReads {
  enter(absence: Omit<StoredAbsence, 'isWithdrawn'>): Promise<void>;
  withdraw(id: string): Promise<void>;
}
