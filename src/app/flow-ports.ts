import type { FlowRun } from '../core/flows/flow-run.js';
import type { PlainDate } from '../core/kernel/plain-date.js';

/** A run of a flow as it is stored. */
export interface StoredRun {
  readonly id: string;
  readonly filing: string;
  readonly run: FlowRun;
  readonly version: number;
}

/** A clock that has run out. */
export interface DueTimer {
  readonly id: string;
  readonly filing: string;
  readonly run: string;
  readonly kind: string;
  readonly due: PlainDate;
}

export interface FlowReads {
  /** All runs over a filing, in the order in which they began. */
  runsOf(filing: string): Promise<readonly StoredRun[]>;
}

export interface FlowTx extends FlowReads {
  /** `once`: the ground is not heard again in this filing. */
  open(filing: string, run: FlowRun, options: { readonly id: string; readonly once: boolean }): Promise<void>;
  change(run: StoredRun, next: FlowRun): Promise<void>;
  /** Sets the clock of a run; the one that ran before is stopped. `due` is undefined while it stands still. */
  setTimer(
    run: Pick<StoredRun, 'id' | 'filing'>,
    clock: { readonly kind: string; readonly due: PlainDate | undefined; readonly provisional: boolean },
  ): Promise<void>;
  stopTimer(run: string): Promise<void>;
  /** The clock that ran out first before a day, for this act alone; undefined where there is none that nobody else has. */
  claimTimer(before: PlainDate): Promise<DueTimer | undefined>;
  fired(timer: DueTimer, lateDays: number): Promise<void>;
  /** Running clocks that were counted over days of which it was not known whether they are working days. */
  provisionalTimers(): Promise<readonly DueTimer[]>;
  recounted(timer: DueTimer, due: PlainDate, provisional: boolean): Promise<void>;
}
