import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { withoutSpaces } from './normal-text.js';

/** A citizen identity number (公民身份号码, GB 11643-1999): 18 characters, the last `0`–`9` or `X`, check digit right. */
export type IdentityNumber = string & { readonly identityNumber: unique symbol };

/** Why an identity number was refused. `message` (Chinese) never holds the number or a part of it: it may be logged. */
export type IdentityNumberError = {
  readonly code: 'length' | 'characters' | 'birth_date' | 'future_birth' | 'check_digit';
  readonly message: string;
};

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';
/** The 15-digit numbers were given out in the twentieth century only and wrote the year of birth with two digits. */
const CENTURY_OF_15 = '19';

/** ISO 7064 MOD 11-2 over 17 digits: the eighteenth character. @throws InvariantError for anything but 17 digits. */
export function identityCheckDigit(first17: string): string {
  invariant(/^\d{17}$/.test(first17), 'seventeen digits expected');
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

const refuse = (code: IdentityNumberError['code'], message: string): Result<never, IdentityNumberError> =>
  err({ code, message });

/**
 * The 18-character form of an identity number. Full-width characters, spaces and a small x are accepted; 15 digits become
 * 18. The address code is not looked up, since abolished ones stay valid; the residence permits of 港澳台 residents (81, 82, 83)
 * and of foreigners (9…) follow the same pattern. Refused: another length, other characters, a day of birth that does not
 * exist or, where `asOf` is given, that is later than it, and a wrong check digit.
 */
export function normaliseIdentityNumber(text: string, asOf?: PlainDate): Result<IdentityNumber, IdentityNumberError> {
  const plain = withoutSpaces(text).toUpperCase();
  if (plain.length !== 15 && plain.length !== 18) {
    return refuse('length', `身份证号码应为18位（旧号15位），现为${plain.length}位`);
  }
  if (!/^(?:\d{15}|\d{17}[\dX])$/.test(plain)) {
    return refuse('characters', '身份证号码应全为数字，只有18位号码的最后一位可以是X');
  }
  const first17 = plain.length === 15 ? plain.slice(0, 6) + CENTURY_OF_15 + plain.slice(6) : plain.slice(0, 17);
  const birth = parsePlainDate(`${first17.slice(6, 10)}-${first17.slice(10, 12)}-${first17.slice(12, 14)}`);
  if (birth === undefined) return refuse('birth_date', '身份证号码中的出生日期不存在，请核对第7位至第14位（年月日）');
  if (asOf !== undefined && birth > asOf) {
    return refuse('future_birth', '身份证号码中的出生日期晚于收案日期，请核对第7位至第14位（年月日）');
  }
  const check = identityCheckDigit(first17);
  if (plain.length === 18 && plain[17] !== check) {
    return refuse('check_digit', '身份证号码的校验位不对，号码中至少有一位写错，请对照证件重新录入');
  }
  return ok((first17 + check) as IdentityNumber);
}
