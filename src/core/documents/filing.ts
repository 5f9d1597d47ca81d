import { z } from 'zod';
import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';

/** A day that exists, `YYYY-MM-DD`. */
export const dateSchema = z.string().transform((text, context): PlainDate => {
  const date = parsePlainDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: 'custom', params: { code: 'DATE_MALFORMED' } });
  return z.NEVER;
});

/** Yuan as a decimal string, at most 15 digits before and 2 after the point. */
export const amountSchema = z.string().regex(/^(0|[1-9]\d{0,14})(\.\d{1,2})?$/);

export const matterSchema = z.enum(['civil', 'criminal', 'administrative', 'enforcement']);
export const stageSchema = z.enum([
  'first_instance',
  'second_instance',
  'retrial',
  'enforcement',
  'enforcement_review',
]);

export const partySchema = z.strictObject({
  role: z.enum([
    'plaintiff',
    'defendant',
    'third_party',
    'applicant',
    'respondent',
    'appellant',
    'appellee',
    'accused',
    'prosecutor',
    'creditor',
    'debtor',
    'agent',
  ]),
  kind: z.enum(['person', 'organization']),
  name: z.string().min(1).max(200),
  idNumber: z.string().max(40).exactOptional(),
  uscc: z.string().max(40).exactOptional(),
  formerNames: z.array(z.string().max(200)).max(1000).exactOptional(),
  whereabouts: z.enum(['known', 'missing']).nullable().exactOptional(),
  foreign: z.boolean().nullable().exactOptional(),
  represents: z.string().max(200).exactOptional(),
});

const caseNoSchema = z.string().min(6).max(60);

export const instrumentSchema = z.strictObject({
  caseNo: caseNoSchema,
  kind: z
    .enum(['judgment', 'mediation', 'ruling', 'arbitral_award', 'notarized_debt', 'administrative_decision'])
    .exactOptional(),
  instalment: z.int().min(1).max(10_000).exactOptional(),
});

export const originSchema = z.strictObject({
  relation: z.enum([
    'remanded',
    'retrial',
    'counterclaim',
    'enforcement_objection',
    'third_party_revocation',
    'enforcement_objection_suit',
    'appeal',
  ]),
  caseNo: caseNoSchema,
});

const answer = z.boolean().nullable().exactOptional();

export const answersSchema = z.strictObject({
  factsClear: answer,
  rightsClear: answer,
  disputeMinor: answer,
  monetaryClaim: answer,
  personalStatus: answer,
  titleConfirmation: answer,
  foreignRelated: answer,
  appraisalNeeded: answer,
  counterclaim: answer,
  agreeSummary: answer,
  agreeSmallClaims: answer,
  publicInterest: answer,
  groupDispute: answer,
  wideAttention: answer,
  novelOrComplex: answer,
  panelRequiredByLaw: answer,
  otherUnsuitable: answer,
  mediationAgreed: answer,
  admitsGuilt: answer,
  agreesFastTrack: answer,
  agreesSummaryCriminal: answer,
  evidenceSufficient: answer,
  minorAccused: answer,
  disabledAccused: answer,
  majorImpact: answer,
  coAccusedObjects: answer,
  civilClaimUnsettled: answer,
  decidedOnTheSpot: answer,
  informationDisclosure: answer,
  maxSentenceMonths: z.int().min(0).max(12_000).nullable().exactOptional(),
  firstInstanceSummary: answer,
  appealOfRuling: answer,
  agreeSinglePanel: answer,
});

/** A new filing 收案, as `filing.schema.json` of the interchange contract has it; unknown fields are refused. */
export const filingSchema = z.strictObject({
  id: z.string().min(1).max(64),
  court: z.string().max(20),
  matter: matterSchema,
  stage: stageSchema,
  receivedOn: dateSchema,
  initialMeasuresReturnedOn: dateSchema.exactOptional(),
  cause: z.string().min(1).max(200),
  amount: amountSchema.nullable().exactOptional(),
  claims: z.array(z.string().max(2000)).max(10_000).exactOptional(),
  parties: z.array(partySchema).min(1).max(2000),
  instrument: instrumentSchema.exactOptional(),
  origin: originSchema.exactOptional(),
  citedCases: z.array(caseNoSchema).max(10_000).exactOptional(),
  facts: answersSchema.exactOptional(),
});

export type Filing = z.infer<typeof filingSchema>;
export type Party = z.infer<typeof partySchema>;
export type Instrument = z.infer<typeof instrumentSchema>;
export type Origin = z.infer<typeof originSchema>;
export type Answers = z.infer<typeof answersSchema>;
export type Matter = z.infer<typeof matterSchema>;
export type Stage = z.infer<typeof stageSchema>;
