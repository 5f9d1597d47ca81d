import { z } from 'zod';
import { absenceSchema } from '../../../core/documents/docket.js';
import { clockLine } from './clocks.js';
import { day, instant, judgeName, pageQueryOf } from './common.js';

const judgeId = z.string().min(1).max(200);
const reason = absenceSchema.shape.reason;

/** Judges leave `judge` out for their own; without `to` it lasts until it is withdrawn. */
export const absenceBody = z.strictObject({
  judge: judgeId.exactOptional(),
  from: day,
  to: day.exactOptional(),
  reason,
});

export const absencesQuery = pageQueryOf((text) => z.uuid().safeParse(text).success).extend({
  judge: judgeId.exactOptional(),
});

export const absenceView = z.strictObject({
  id: z.uuid(),
  judge: judgeName,
  from: day,
  to: day.nullable(),
  reason,
  /** 休假, 病假, … */
  reasonWord: z.string(),
  enteredAt: instant,
  withdrawnAt: instant.nullable(),
  /** It stands and is not over: it may still be withdrawn. */
  open: z.boolean(),
});

/** The days of an absence that is not entered yet. */
export const absencePreviewQuery = absenceBody.omit({ reason: true });

export const absencePreview = z.strictObject({
  /** Calendar days, both ends included; null without a last day. */
  days: z.int().nullable(),
  /** Null without a last day, or where the calendar of a year is not published. */
  workingDays: z.int().nullable(),
  /** Past how many days earlier cases do not follow the judge any more; null where the court's rules do not say. */
  longAfterDays: z.int().nullable(),
  isLong: z.boolean(),
  /** What is due in those days; `more` where not all of it is shown. */
  clocks: z.array(clockLine).readonly(),
  more: z.boolean(),
});
