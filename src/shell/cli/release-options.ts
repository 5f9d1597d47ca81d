import type { PlainDate } from '../../core/kernel/plain-date.js';
import type { ServiceOptions } from './service-options.js';

/** Acts on releases are somebody's: whoever approves signs in as themselves. */
export interface ActAsOptions extends ServiceOptions {
  readonly as: string;
}

export interface ProposeOptions extends ActAsOptions {
  readonly title: string;
  readonly reason: string;
  readonly ground?: string;
}

export interface DecideOptions extends ActAsOptions {
  readonly reason: string;
  readonly on?: PlainDate;
}

export interface RollBackOptions extends ActAsOptions {
  readonly reason: string;
  readonly ground?: string;
}

export interface ShowOptions extends ServiceOptions {
  readonly export?: string;
}

/** What can be done with a release that is there. */
export type Deciding = 'approve' | 'schedule' | 'reject' | 'withdraw' | 'cancel';
