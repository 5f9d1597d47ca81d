import { z } from 'zod';

const DIGITS = /^(?:0|[1-9]\d{0,8})$/;

/**
 * A whole number in an address. What stands there is text, and a number only where it is written as one is: `Number` would also take
 * an empty text, ` 5`, `05`, `0x10` and `1e2`.
 */
export const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .refine(
      (text) => DIGITS.test(text) && Number(text) >= minimum && Number(text) <= maximum,
      `应当是 ${minimum} 到 ${maximum} 的整数，只写数字，前面不加 0`,
    )
    .meta({ type: 'integer', minimum, maximum })
    .transform(Number);

/** Of routes that ask nothing of the query: whatever is given is refused by its name. */
export const noQuery = z.strictObject({});
