import { z } from 'zod';
import { day, instant, isCursorOf, pageQueryOf, version } from './common.js';
import { reasonView } from './filings.js';
import { objectionRow } from './objections.js';

/** `new`: the judge can still respond, has not, and has not taken note. `held`: all others that they hold. */
export const myCasesQuery = pageQueryOf(isCursorOf(z.tuple([instant, z.uuid()]))).extend({
  part: z.enum(['new', 'held']).default('held'),
});

/** A case as its judge finds it. */
export const myCase = z.strictObject({
  id: z.uuid(),
  reference: z.string(),
  receivedOn: day,
  matter: z.string().nullable(),
  cause: z.string().nullable(),
  /** 原告一、原告二 与 被告一: names alone, at most three a side. */
  parties: z.string(),
  procedure: z.string().nullable(),
  method: z.string(),
  /** Which judge of the docket holds it, for whoever is more than one. */
  judge: z.string(),
  since: instant,
  version,
  /** Until when the holder can respond; null once it is over. */
  respond: z
    /** In which kind of deadline, and by which flow. */
    .strictObject({
      kind: z.string(),
      flow: z.string(),
      from: day,
      due: day,
      provisional: z.boolean(),
      daysLeft: z.int(),
    })
    .nullable(),
  /** The one reason that tells most of why it is theirs. */
  why: reasonView.nullable(),
  /** Objections, consultations and recusals about it. */
  objections: z.array(objectionRow).readonly(),
});

export const noteBody = z.strictObject({ version });

/** Those that were not seen yet, unless those that were are asked for. */
export const notificationsQuery = z.strictObject({ state: z.enum(['unread', 'seen']).default('unread') });

/** What one was told, the latest first. */
export const notificationsView = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: z.uuid(),
        filing: z.uuid(),
        reference: z.string(),
        run: z.uuid().nullable(),
        aboutWord: z.string(),
        actionWord: z.string(),
        madeAt: instant,
        seenAt: instant.nullable(),
      }),
    )
    .readonly(),
});
export const seenBody = z.strictObject({ ids: z.array(z.uuid()).min(1).max(200) });
