import { z } from 'zod';
import { amountSchema, dateSchema, instrumentSchema, matterSchema, partySchema, stageSchema } from './filing.js';

export const courtSchema = z.strictObject({
  code: z.string().min(1).max(20),
  name: z.string().min(1).max(200),
  level: z.enum(['basic', 'intermediate', 'high']),
  province: z.string().min(1).max(20),
});

const divisionSchema = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  kind: z.enum([
    'filing',
    'civil',
    'criminal',
    'administrative',
    'fast_track',
    'tribunal',
    'enforcement',
    'supervision',
  ]),
});

export const absenceSchema = z.strictObject({
  from: dateSchema,
  to: dateSchema.nullable().exactOptional(),
  reason: z.enum(['leave', 'sick', 'secondment', 'training', 'suspended']),
});

export const relationSchema = z.strictObject({
  kind: z.enum(['self', 'spouse', 'parent', 'child', 'sibling', 'in_law', 'collateral', 'former_agent', 'shareholder']),
  idNumber: z.string().max(40).exactOptional(),
  uscc: z.string().max(40).exactOptional(),
  name: z.string().max(200).exactOptional(),
});

export const judgeSchema = z.strictObject({
  id: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
  division: z.string().max(200),
  handles: z.array(z.enum(['civil', 'criminal', 'administrative', 'enforcement', 'enforcement_review'])).min(1),
  tracks: z.array(z.enum(['simple', 'complex'])).exactOptional(),
  causes: z.array(z.string().max(200)).max(2000).exactOptional(),
  quota: z.number().min(0).max(2).exactOptional(),
  absences: z.array(absenceSchema).max(1000).exactOptional(),
  leftOn: dateSchema.nullable().exactOptional(),
  relations: z.array(relationSchema).max(1000).exactOptional(),
  openLoad: z.number().min(0).max(1_000_000).exactOptional(),
});

export const closureSchema = z.enum([
  'judgment',
  'mediation',
  'withdrawn',
  'deemed_withdrawn',
  'dismissed',
  'rejected',
  'transferred',
  'completed',
  'application_withdrawn',
  'settlement_terminated',
  'current_enforcement_terminated',
  'terminated',
  'cancelled',
  'remanded',
]);

export const docketCaseSchema = z.strictObject({
  caseNo: z.string().min(6).max(60),
  matter: matterSchema,
  stage: stageSchema.exactOptional(),
  cause: z.string().max(200).exactOptional(),
  amount: amountSchema.nullable().exactOptional(),
  claims: z.array(z.string()).max(10_000).exactOptional(),
  filedOn: dateSchema,
  closedOn: dateSchema.nullable().exactOptional(),
  closure: closureSchema.nullable().exactOptional(),
  judge: z.string().max(200),
  panel: z.array(z.string().max(200)).max(1000).exactOptional(),
  parties: z.array(partySchema).max(10_000),
  instrument: instrumentSchema.exactOptional(),
  originCaseNo: z.string().min(6).max(60).exactOptional(),
  modelCase: z.boolean().exactOptional(),
  weight: z.number().positive().max(1_000_000).exactOptional(),
  handlers: z
    .array(
      z.strictObject({
        judge: z.string().max(200),
        from: dateSchema,
        to: dateSchema.nullable().exactOptional(),
        reason: z.string().max(500).exactOptional(),
      }),
    )
    .max(1000)
    .exactOptional(),
});

/** One court as it stands, as `docket.schema.json` of the interchange contract has it; unknown fields are refused. */
export const docketSchema = z.strictObject({
  court: courtSchema,
  divisions: z.array(divisionSchema).min(1).max(1000),
  judges: z.array(judgeSchema).min(1).max(10_000),
  cases: z.array(docketCaseSchema).max(2_000_000),
  parameters: z.record(z.string().max(100), z.union([z.number(), z.string().max(200), z.boolean()])).exactOptional(),
});

export type Docket = z.infer<typeof docketSchema>;
export type Court = z.infer<typeof courtSchema>;
export type Judge = z.infer<typeof judgeSchema>;
export type DocketCase = z.infer<typeof docketCaseSchema>;
export type Closure = z.infer<typeof closureSchema>;
export type Absence = z.infer<typeof absenceSchema>;
