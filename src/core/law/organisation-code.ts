import { err, ok, type Result } from '../kernel/result.js';
import { withoutSpaces } from './normal-text.js';

/** An organisation's number: the nine-character 组织机构代码 always, the 统一社会信用代码 where that is what was given. */
export type OrganisationCode = { readonly uscc?: string; readonly code9: string };

/** Why an organisation's number was refused, with a Chinese message that says what would be right. */
export type OrganisationCodeError = {
  readonly code: 'length' | 'characters' | 'check_digit';
  readonly message: string;
};

/** GB 32100-2015: no I, O, S, V, Z. A character's value is its place here. */
const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_SHAPE = /^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/;
const CODE9_SHAPE = /^[0-9A-Z]{8}-?[0-9X]$/;
const CODE9_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/** The eighteenth character (GB 32100-2015, MOD 31 with weights 3^(i−1)) for seventeen characters of the alphabet. */
function usccCheck(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += USCC_ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return USCC_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** The ninth character (GB 11714-1997, MOD 11) for eight characters 0–9 A–Z, where A is 10. */
function code9Check(first8: string): string {
  const sum = CODE9_WEIGHTS.reduce(
    (total, weight, index) => total + weight * Number.parseInt(first8.charAt(index), 36),
    0,
  );
  const value = (11 - (sum % 11)) % 11;
  return value === 10 ? 'X' : String(value);
}

const refuse = (code: OrganisationCodeError['code'], message: string): Result<never, OrganisationCodeError> =>
  err({ code, message });

function normaliseUscc(plain: string): Result<OrganisationCode, OrganisationCodeError> {
  if (!USCC_SHAPE.test(plain)) {
    return refuse('characters', '统一社会信用代码只用数字和大写字母（没有I、O、S、V、Z），第3位至第8位为数字');
  }
  if (usccCheck(plain.slice(0, 17)) !== plain[17]) {
    return refuse('check_digit', '统一社会信用代码的校验位不对，至少有一位写错，请对照证照重新录入');
  }
  // The inner check character is not judged: the outer one covers these nine characters, and codes given out with a wrong
  // inner one stay on the licence.
  return ok({ uscc: plain, code9: plain.slice(8, 17) });
}

/**
 * An 18-character 统一社会信用代码 (GB 32100-2015) or a nine-character 组织机构代码 (GB 11714-1997, with or without the hyphen
 * before its check character). Full-width characters, spaces and small letters are accepted. `code9` is what the two have
 * in common: characters 9–17 of the long one. Refused: other lengths and characters, and a wrong check character.
 */
export function normaliseOrganisationCode(text: string): Result<OrganisationCode, OrganisationCodeError> {
  const plain = withoutSpaces(text)
    .toUpperCase()
    .replace(/\p{Pd}|−/gu, '-');
  if (plain.length === 18) return normaliseUscc(plain);
  const code9 = plain.replace('-', '');
  if (code9.length !== 9) {
    return refuse('length', `统一社会信用代码应为18位，组织机构代码应为9位，现为${plain.length}位`);
  }
  if (!CODE9_SHAPE.test(plain)) {
    return refuse('characters', '组织机构代码应为8位数字或大写字母，加1位校验码（数字或X），校验码前可以有连字符');
  }
  if (code9Check(code9.slice(0, 8)) !== code9[8]) {
    return refuse('check_digit', '组织机构代码的校验位不对，至少有一位写错，请对照证照重新录入');
  }
  return ok({ code9 });
}
