import { z } from 'zod';
import { absenceSchema, closureSchema } from './docket.js';
import { dateSchema } from './filing.js';

const name = z.string().min(1).max(200);
const text = z.string().max(10_000);

/** What a step of a scenario does, by its key; a filing stays unread here, since a faulty one is an answer and not a mistake of the script. */
export const STEPS = {
  file: z.record(z.string(), z.unknown()),
  returnFromInitialMeasures: z.strictObject({ filing: name }),
  object: z.strictObject({
    filing: name,
    by: name,
    ground: z.enum(['not_first_trial', 'missed_first_trial', 'missed_first_enforcement', 'not_first_enforcement']),
    claimedOwner: name.exactOptional(),
    evidence: z.array(name).max(1000).exactOptional(),
    reason: text.exactOptional(),
  }),
  decide: z.strictObject({
    filing: name,
    by: name,
    outcome: z.enum(['upheld', 'rejected']),
    reason: text.exactOptional(),
  }),
  withdrawObjection: z.strictObject({ filing: name, by: name }),
  applyRecusal: z.strictObject({ filing: name, against: name, by: name, ground: text, reason: text.exactOptional() }),
  decideRecusal: z.strictObject({
    filing: name,
    by: name,
    outcome: z.enum(['granted', 'rejected']),
    reason: text.exactOptional(),
  }),
  close: z.strictObject({ filing: name, closure: closureSchema }),
  absent: z.strictObject({ judge: name, ...absenceSchema.shape }),
  continue: z.strictObject({
    filing: name,
    ground: z.enum(['instalment_due', 'handler_changed', 'related_batch']),
    caseNo: name.exactOptional(),
  }),
  tick: z.strictObject({}),
} as const;

export type StepName = keyof typeof STEPS;
export type StepOf<N extends StepName> = z.infer<(typeof STEPS)[N]>;

const optional = Object.fromEntries(Object.entries(STEPS).map(([key, schema]) => [key, schema.exactOptional()])) as {
  [N in StepName]: z.ZodExactOptional<(typeof STEPS)[N]>;
};

/** One step: its day and, which `stepName` tells, the one thing it does. */
export const stepSchema = z.strictObject({ on: dateSchema, ...optional });
export type Step = z.infer<typeof stepSchema>;

/** What a filing is expected to have come to; what is not named may be anything. */
const expectedSchema = z.strictObject({
  owner: z.string().nullable().exactOptional(),
  method: z.string().exactOptional(),
  status: z.string().exactOptional(),
  objection: z.string().exactOptional(),
  deadlines: z.record(z.string(), dateSchema).exactOptional(),
  history: z.array(z.string()).exactOptional(),
});
export type Expected = z.infer<typeof expectedSchema>;

/** A dated script, as `scenario.schema.json` of the interchange contract has it; unknown fields are refused. */
export const scenarioSchema = z.strictObject({
  title: z.string().max(1000).exactOptional(),
  /** A path beside the script, or the docket itself. */
  docket: z.union([z.string().min(1).max(1000), z.record(z.string(), z.unknown())]),
  seed: z
    .string()
    .regex(/^(?:[0-9a-fA-F]{2}){1,64}$/)
    .exactOptional(),
  steps: z.array(stepSchema).max(10_000),
  expect: z.record(z.string(), expectedSchema).exactOptional(),
});
export type Scenario = z.infer<typeof scenarioSchema>;

/** The one thing that a step does; undefined where it does none or several. */
export function stepName({ on: _, ...rest }: Step): StepName | undefined {
  const names = Object.keys(rest) as StepName[];
  return names.length === 1 ? names[0] : undefined;
}
