import { z } from 'zod';
import { absenceSchema } from '../../../core/documents/docket.js';
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
