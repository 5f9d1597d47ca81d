import type { Matter } from '../core/documents/filing.js';
import type { Stage } from '../core/flows/flow.js';
import type { FlowRun } from '../core/flows/flow-run.js';
import type { PlainDate } from '../core/kernel/plain-date.js';

/** A run of a flow as it is stored. */
export interface StoredRun {
  readonly id: string;
  readonly filing: string;
  readonly run: FlowRun;
  readonly version: number;
}

/** What the clock of a run is set to. */
export interface TimerTerms {
  readonly kind: string;
  /** What it does next, or did last. */
  readonly stage: Stage;
  /** The day after which it does; undefined while it stands still, and once there is nothing left to do. */
  readonly due: PlainDate | undefined;
  /** The last day of the clock itself. */
  readonly lastDay: PlainDate | undefined;
  readonly provisional: boolean;
}

/** A clock that has come to its next stage. */
export interface DueTimer {
  readonly id: string;
  readonly filing: string;
  readonly run: string;
  readonly kind: string;
  readonly stage: Stage;
  readonly due: PlainDate;
  readonly lastDay: PlainDate | null;
}

/** Everything that happens to a run leaves one. */
export interface NewStep {
  /** `clock`: its clock was changed; `urge`: whoever is late was told; `lapse`: it ended with its object. */
  readonly kind: 'step' | 'clock' | 'urge' | 'lapse';
  readonly action: string;
  /** The state that it led to. */
  readonly state: string;
  readonly on: PlainDate;
  readonly reason: string;
  /** What else there is to say: effects, days. Never a name. */
  readonly document: Readonly<Record<string, unknown>>;
}

export interface StoredStep extends NewStep {
  readonly run: string;
  readonly number: number;
  /** Null: the clock. */
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly madeAt: string;
}

/** 通知: whom to tell what. A party is named by its place in the filing. */
export interface NewNotification {
  readonly toKind: 'judge' | 'user' | 'office' | 'party';
  readonly toWhom: string;
  /** The flow, or what else it is about. */
  readonly about: string;
  readonly action: string;
}

/** A run with what its clock is counted by. */
export interface StandingRun extends StoredRun {
  readonly receivedOn: PlainDate;
  readonly matter: Matter;
  /** The clock that runs. */
  readonly timer: (TimerTerms & { readonly id: string }) | undefined;
}

export interface FlowReads {
  /** Runs that are open or have a clock, by id: those after one, or one alone. */
  standing(of: {
    readonly after?: string;
    readonly run?: string;
    readonly limit: number;
  }): Promise<readonly StandingRun[]>;
  /** The steps of all runs over a filing, in order. */
  stepsOf(filing: string): Promise<readonly StoredStep[]>;
  /** All runs over a filing, in the order in which they began. */
  runsOf(filing: string): Promise<readonly StoredRun[]>;
}

export interface FlowTx extends FlowReads {
  /** `once`: the ground is not heard again in this filing. */
  open(filing: string, run: FlowRun, options: { readonly id: string; readonly once: boolean }): Promise<void>;
  change(run: StoredRun, next: FlowRun): Promise<void>;
  /** Writes into the register what happened to a run. */
  step(run: Pick<StoredRun, 'id' | 'filing'>, step: NewStep): Promise<void>;
  notify(run: Pick<StoredRun, 'id' | 'filing'>, notifications: readonly NewNotification[]): Promise<void>;
  /** Sets the clock of a run; the one that ran before is stopped. */
  setTimer(run: Pick<StoredRun, 'id' | 'filing'>, clock: TimerTerms): Promise<void>;
  stopTimer(run: string): Promise<void>;
  /**
   * The clock that ran out first before a day and is none of `except`, for this act alone; undefined where there is none that nobody
   * else has.
   */
  claimTimer(before: PlainDate, except: ReadonlySet<string>): Promise<DueTimer | undefined>;
  fired(timer: DueTimer, lateDays: number): Promise<void>;
  /** Sets a running clock to another stage or day. */
  recounted(timer: { readonly id: string }, clock: TimerTerms): Promise<void>;
}
