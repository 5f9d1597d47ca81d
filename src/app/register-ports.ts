import type { RegisterUrging, Span } from '../core/flows/register.js';
import type { RegisterRun, RegisterStep } from '../core/flows/run-record.js';
import type { FirstAssignment } from '../core/flows/weekly-report.js';

/** What registers and reports read of a court, all of it of one moment. */
export interface RegisterReads {
  /** Runs that were open at some time of a span, in the order in which they began; at most so many and one more. */
  runs(span: Span, most: number): Promise<readonly RegisterRun[]>;
  /** All steps of these runs. */
  steps(runs: readonly string[]): Promise<readonly RegisterStep[]>;
  /** All papers of these runs, in the order in which they were sent. */
  urgings(runs: readonly string[]): Promise<readonly RegisterUrging[]>;
  /** How the filings that got their first judge in a span got them. */
  firstAssignments(span: Span): Promise<readonly FirstAssignment[]>;
}
