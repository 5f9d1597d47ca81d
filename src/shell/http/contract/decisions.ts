import { z } from 'zod';
import { idParams } from './common.js';
import { releaseName } from './filings.js';
import { wholeNumber } from './query.js';

/** Decisions on a filing are numbered from 1. */
export const decisionParams = idParams.extend({ number: wholeNumber(1, 1_000_000) });

/**
 * A decision as it was sealed by its digest, for `shouze replay`: nothing is added and nothing left out, so only what every decision has is
 * named here. The whole is `decision.schema.json` of the interchange contract, with the record.
 */
export const recordedDecisionView = z.looseObject({
  filing: z.string(),
  status: z.enum(['assigned', 'needs_review', 'invalid']),
  rules: z.looseObject({ digest: z.string(), version: z.string(), parameters: z.string(), calendar: z.string() }),
  digest: z.string(),
});

/** What came of deciding it again by the release that decided it. */
export const replayView = z.strictObject({
  outcome: z.enum(['same', 'invalid_as_before', 'rules_changed', 'tampered', 'different', 'unreadable']),
  message: z.string(),
  release: releaseName,
  /** Of the decision as it is stored, and as it came out again. */
  digest: z.string(),
  again: z.string(),
});
