import type { Level } from '../core/flows/flow.js';
import type { UrgedPerson, Urging } from '../core/flows/urging.js';
import type { StoredRun } from './flow-ports.js';

/** 工作提示单, 催办单 or 督办单 as it is stored. */
export interface StoredUrging {
  readonly id: string;
  readonly filing: string;
  readonly run: string;
  readonly urging: Urging;
}

/** One that is to be stored: the firing that it comes of, its number in the year, and the one whom it is for above all. */
export interface NewUrging {
  readonly id: string;
  readonly timer: string;
  readonly number: number;
  readonly to: UrgedPerson;
  readonly urging: Urging;
}

export interface UrgingReads {
  /** Those of all runs over a filing, in order. */
  ofFiling(filing: string): Promise<readonly StoredUrging[]>;
  find(id: string): Promise<StoredUrging | undefined>;
}

export interface UrgingTx extends UrgingReads {
  /** The number of the next paper of a level in a year; nobody else takes it while this act lasts. */
  nextNumber(level: Level, year: number): Promise<number>;
  write(run: Pick<StoredRun, 'id' | 'filing'>, urging: NewUrging): Promise<void>;
  /** How a user is named on paper. */
  userName(user: string): Promise<string | undefined>;
}
