import { z } from 'zod';
import { LEVELS } from '../../../core/flows/flow.js';
import { day, note, version } from './common.js';

const id = z.string().min(1).max(200);
export const flowKey = z.string().regex(/^[a-z][a-z_]{0,39}$/);

/** A step of a flow. Which of the optional members it needs, the step says (`GET …/flows`). */
export const flowActBody = z.strictObject({
  version,
  flow: flowKey,
  action: flowKey,
  ground: flowKey.exactOptional(),
  claimedOwner: id.exactOptional(),
  /** Case numbers. */
  evidence: z.array(id).max(100).exactOptional(),
  reason: note.exactOptional(),
  /** The party in whose name the filing division enters it. */
  onBehalfOf: id.exactOptional(),
});

const demand = z.enum(['required', 'optional', 'refused']);

/** What has happened in a run, in order. */
export const runHistory = z
  .array(
    z.strictObject({
      kind: z.enum(['step', 'clock', 'urge', 'lapse']),
      actionWord: z.string(),
      stateWord: z.string(),
      on: day,
      madeAt: z.string(),
      /** Null: the clock. */
      by: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
      reason: z.string(),
    }),
  )
  .readonly();

/** Why somebody may not take a step. */
export const flowRefusal = z.strictObject({ code: z.string(), message: z.string() });
/** A paper by which somebody was urged. */
const urgingView = z.strictObject({
  id: z.uuid(),
  level: z.enum(LEVELS),
  /** 工作提示单, 催办单 or 督办单. */
  levelWord: z.string(),
  reference: z.string(),
  madeOn: day,
  to: z.array(z.string()).readonly(),
  copies: z.array(z.string()).readonly(),
});

const runView = z.strictObject({
  number: z.int(),
  state: z.string(),
  stateWord: z.string(),
  groundWord: z.string().nullable(),
  /** A judge of the docket, a user or the name of a party. */
  applicant: z.string(),
  claimedOwner: z.string().nullable(),
  challenged: z.string().nullable(),
  evidence: z.array(z.string()).readonly(),
  reason: z.string(),
  openedOn: day,
  clock: z.strictObject({ name: z.string(), due: day.nullable(), provisional: z.boolean() }).nullable(),
  outcome: z.string().nullable(),
  decidedOn: day.nullable(),
  decisionReason: z.string().nullable(),
  urgings: z.array(urgingView).readonly(),
  /** All that has happened in it, in order. */
  history: runHistory,
});

const stepView = z.strictObject({
  action: z.string(),
  name: z.string(),
  needsReason: z.boolean(),
  grounds: z
    .array(z.strictObject({ key: z.string(), name: z.string(), claimedOwner: demand, evidence: demand }))
    .readonly(),
  /** Why the one who asks may not. */
  refused: flowRefusal.nullable(),
});

/** 异议, 会商, 回避 and the other flows of a filing: how far each is, and what can be done next. */
export const flowsView = z.strictObject({
  items: z
    .array(
      z.strictObject({
        key: z.string(),
        name: z.string(),
        runs: z.array(runView).readonly(),
        steps: z.array(stepView).readonly(),
      }),
    )
    .readonly(),
});
