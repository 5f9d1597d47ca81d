import { z } from 'zod';
import { ROLES } from '../../../core/access/can.js';
import { parsePlainDate } from '../../../core/kernel/plain-date.js';
import { numbersIn } from '../../../core/law/number-masking.js';
import { wholeNumber } from './query.js';

/** Codes of courts stand in paths; ids are opaque, so that no personal data ever stands in a URL. */
export const courtParams = z.strictObject({ court: z.string().regex(/^\P{Cc}{1,20}$/u) });
export const idParams = courtParams.extend({ id: z.uuid() });

export const instant = z.iso.datetime({ offset: true });
/** A day that the calendar of the core knows: 1900 to 2199. */
export const day = z.iso
  .date({ abort: true })
  .refine((text) => parsePlainDate(text) !== undefined, '年份应当在 1900 到 2199 之间');
export const version = z.int().min(1);
/**
 * What somebody gives as a reason, which is kept for good and cannot be corrected: an identity number in it is refused at entry, so that
 * whoever writes it learns of it and nothing is stored that its writer did not write.
 */
export const note = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((text) => numbersIn(text).length === 0, '请不要写身份证号码，这里的文字会长期保存；写姓名或者登记号即可');

/** A place in a document and what is wrong there. */
export const fieldErrorView = z.strictObject({ path: z.string(), code: z.string(), message: z.string() });

/** What somebody else saved of a rule file meanwhile. */
export const savedMeanwhile = z.strictObject({
  path: z.string(),
  base: z.int(),
  revision: z.int(),
  by: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  at: instant.nullable(),
  text: z.string().nullable(),
});

/** RFC 9457, `application/problem+json`. `code` is one of the registry's (docs/errors.md); `detail` is Chinese and says what to do. */
export const problemView = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  correlation: z.string(),
  errors: z.array(fieldErrorView).exactOptional(),
  saved: savedMeanwhile.exactOptional(),
});

/** What was made or changed. */
export const doneView = z.strictObject({ id: z.uuid() });

export const personView = z.strictObject({ id: z.uuid(), name: z.string() });
export const judgeName = z.strictObject({ id: z.string(), name: z.string() });

/** The `next` of the page before, which is what `isNext` says. */
export const cursorOf = (isNext: (text: string) => boolean) =>
  z.string().max(200).refine(isNext, '应当是上一页给出的 next');
/** Whether a text is a cursor that says what the last row was sorted by. */
export const isCursorOf =
  (rank: z.ZodType) =>
  (text: string): boolean => {
    try {
      return rank.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).success;
    } catch {
      return false;
    }
  };
/** Pages are asked for with the `next` of the one before. */
export const pageQueryOf = (isNext: (text: string) => boolean) =>
  z.strictObject({ limit: wholeNumber(1, 200).default(50), after: cursorOf(isNext).exactOptional() });
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });

export const roleSchema = z.enum(ROLES);
