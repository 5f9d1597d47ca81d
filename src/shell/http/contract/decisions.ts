import { z } from 'zod';
import { idParams } from './common.js';
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
