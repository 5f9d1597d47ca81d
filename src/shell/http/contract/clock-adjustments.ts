import { z } from 'zod';
import { day, idParams, note, personView, version } from './common.js';

const key = z.string().regex(/^[a-z][a-z_]{0,39}$/);

/** 扣除 or 延长. One of `deadline` and `flow` says which clock; which of the rest it needs, the offer says (`GET …/clocks`). */
export const clockActBody = z
  .strictObject({
    version,
    deadline: key.exactOptional(),
    flow: key.exactOptional(),
    rule: key,
    from: day.exactOptional(),
    to: day.exactOptional(),
    length: z.int().min(1).max(999).exactOptional(),
    appliedOn: day.exactOptional(),
    reason: note,
  })
  .refine(
    ({ deadline, flow }) => (deadline === undefined) !== (flow === undefined),
    '要写明是哪一个期限:deadline 或者 flow',
  );

export const adjustmentParams = idParams.extend({ adjustment: z.uuid() });
/** `last`: the last day that is left out. */
export const resumeBody = z.strictObject({ version, last: day, reason: note });
export const withdrawalBody = z.strictObject({ version, reason: note });

const operation = z.enum(['exclude', 'extend']);

/** The clocks of one filing, what was done to them and what may be. */
export const filingClocksView = z.strictObject({
  items: z
    .array(
      z.strictObject({
        deadline: z.string().nullable(),
        flow: z.string().nullable(),
        word: z.string(),
        from: day,
        /** Null while it stands still. */
        due: day.nullable(),
        length: z.int(),
        unit: z.enum(['day', 'working_day', 'month']),
        provisional: z.boolean(),
        pausedSince: day.nullable(),
        adjustments: z
          .array(
            z.strictObject({
              id: z.uuid(),
              word: z.string(),
              operation,
              from: day.nullable(),
              to: day.nullable(),
              length: z.int(),
              appliedOn: day.nullable(),
              reason: z.string(),
              enteredBy: personView.nullable(),
              enteredAt: z.string(),
              isWithdrawn: z.boolean(),
            }),
          )
          .readonly(),
        offered: z
          .array(
            z.strictObject({
              rule: z.string(),
              word: z.string(),
              operation,
              most: z.int().nullable(),
              needsAppliedOn: z.boolean(),
              basis: z.array(z.string()).readonly(),
              refused: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
});
