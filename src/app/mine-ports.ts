import type { Reason } from '../core/documents/decision.js';
import type { PlainDate } from '../core/kernel/plain-date.js';
import type { Page } from './page.js';

/** A deadline within which a flow has to be begun by whoever holds the matter. */
export interface ResponseWindow {
  readonly kind: string;
  readonly flow: string;
}

export interface HeldQuery {
  readonly judges: readonly string[];
  /**
   * `new`: the holder can still respond, has not, and has not taken note. `held`: all others that they hold.
   */
  readonly part: 'new' | 'held';
  readonly windows: readonly ResponseWindow[];
  readonly limit: number;
  readonly after?: string | undefined;
}

/** A case as its judge finds it in their list. */
export interface HeldCase {
  readonly id: string;
  readonly reference: string;
  readonly receivedOn: PlainDate;
  readonly matter: string | null;
  readonly cause: string | null;
  readonly parties: string;
  readonly procedure: string | null;
  readonly method: string;
  readonly judge: string;
  /** Since when they hold it. */
  readonly since: string;
  readonly version: number;
  /** Until when the holder can respond; undefined once that is over. */
  readonly respond:
    | { readonly kind: string; readonly from: PlainDate; readonly due: PlainDate; readonly provisional: boolean }
    | undefined;
  readonly reasons: readonly Reason[];
}

/** 通知 to one person. */
export interface MadeNotification {
  readonly id: string;
  readonly filing: string;
  readonly reference: string;
  readonly run: string | null;
  readonly about: string;
  readonly action: string;
  readonly madeAt: string;
  /** Null while it is unread. */
  readonly seenAt: string | null;
}

/** Whom notifications are for: a judge of the docket, or a user. */
export interface Reader {
  readonly user: string;
  readonly judges: readonly string[];
}

export interface MineReads {
  /** Newest first. */
  held(query: HeldQuery, today: PlainDate): Promise<Page<HeldCase>>;
  /** Those that were seen, or those that were not; the latest first. */
  notifications(
    reader: Reader,
    query: { readonly seen: boolean; readonly limit: number },
  ): Promise<readonly MadeNotification[]>;
}

export interface MineTx extends MineReads {
  /** The holder goes on with a case and has taken note of it. */
  takeNote(filing: string, judge: string): Promise<void>;
  /** Marks the reader's own as seen; answers how many were not before. */
  see(reader: Reader, ids: readonly string[]): Promise<number>;
}
