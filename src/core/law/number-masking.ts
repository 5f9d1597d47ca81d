import { parsePlainDate } from '../kernel/plain-date.js';
import { identityCheckDigit } from './identity-number.js';
import { normaliseOrganisationCode } from './organisation-code.js';

/** What people put between the groups of a number: spaces, invisible marks, dashes. */
const BETWEEN = String.raw`[\s\p{Cf}\p{Pd}−]`;
const EIGHTEEN = new RegExp(String.raw`(?:\p{Nd}${BETWEEN}{0,3}){17}[\p{Nd}XxＸｘ]`, 'uy');
const FIFTEEN = new RegExp(String.raw`(?:\p{Nd}${BETWEEN}{0,3}){14}\p{Nd}`, 'uy');
const BETWEEN_DIGITS = new RegExp(`${BETWEEN}+`, 'gu');
const DIGIT = /\p{Nd}/gu;
const IS_DIGIT = /\p{Nd}/u;
/** Most texts are too short to hold a number. */
const SHORTEST = 15;
/** A digest or a seed: digits in it that look like a number of a person are chance. */
const DIGEST = /^[0-9a-f]{64}$/;
/** First two digits of the numbers of residents, of 港澳台 residents (81–83) and of foreigners (9…). */
const AREA = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d)/;
const LIVING_CENTURIES = /^(?:19|20)/;

/** 110***********1234: what screens, exports, notices and logs show of an identity number. */
export function maskedNumber(number: string): string {
  const text = number.trim();
  return text.length <= 7 ? '*'.repeat(text.length) : text.slice(0, 3) + '*'.repeat(text.length - 7) + text.slice(-4);
}

/** Where a number stands in a text, and what is shown in its place. */
export interface NumberInText {
  readonly start: number;
  readonly end: number;
  readonly shown: string;
}

/**
 * The identity numbers that somebody wrote into a text: 18 characters or the 15 digits of the old ones, in groups or in one, in wide
 * digits too. A row of digits is one where it begins with an area and has a day of birth that exists or, of 18, the right check digit:
 * with one digit wrong it still gives the person away. In the middle of more digits only 18 with both are one. Sums, case numbers,
 * telephones and bank accounts stay legible; so does a right 统一社会信用代码, which is public, unless it has both too.
 */
export function numbersIn(text: string): NumberInText[] {
  if (text.length < SHORTEST || DIGEST.test(text)) return [];
  const found: NumberInText[] = [];
  for (const { index } of text.matchAll(DIGIT)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    const number = numberAt(text, index);
    if (number !== undefined) found.push(number);
  }
  return found;
}

function numberAt(text: string, start: number): NumberInText | undefined {
  for (const shape of [EIGHTEEN, FIFTEEN]) {
    shape.lastIndex = start;
    const written = shape.exec(text)?.[0];
    if (written === undefined) continue;
    const end = start + written.length;
    const isApart = !IS_DIGIT.test(text[start - 1] ?? '') && !IS_DIGIT.test(text[end] ?? '');
    const plain = written.normalize('NFKC').replace(BETWEEN_DIGITS, '').toUpperCase();
    if (isIdentityNumber(plain, isApart)) return { start, end, shown: maskedNumber(plain) };
  }
  return undefined;
}

function isIdentityNumber(plain: string, isApart: boolean): boolean {
  // Digits of other scripts have no plain form of ours: nobody's number is written in them.
  if (!/^\d{14,17}[\dX]$/.test(plain) || !AREA.test(plain)) return false;
  const isOld = plain.length === SHORTEST;
  const birth = isOld ? `19${plain.slice(6, 12)}` : plain.slice(6, 14);
  const day = parsePlainDate(`${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`);
  const isBorn = day !== undefined && LIVING_CENTURIES.test(birth);
  if (isOld) return isBorn && isApart;
  const isRight = identityCheckDigit(plain.slice(0, 17)) === plain[17];
  return !isApart || normaliseOrganisationCode(plain).ok ? isBorn && isRight : isBorn || isRight;
}

/** A text as it may be shown: the identity numbers in it masked, everything else as it is. */
export function withoutNumbers(text: string): string {
  let shown = '';
  let from = 0;
  for (const { start, end, shown: mask } of numbersIn(text)) {
    shown += text.slice(from, start) + mask;
    from = end;
  }
  return from === 0 ? text : shown + text.slice(from);
}

/** By which the program finds things again, and the record that a replay needs: never texts for a reader. */
const NOT_SHOWN: ReadonlySet<string> = new Set(['id', 'batch', 'judge', 'next', 'digest', 'hash', 'seed', 'record']);

/**
 * A value as it may be shown: every text in it `withoutNumbers`, except members by which the program finds things again. What holds no
 * number comes back as the same object.
 */
export function withoutNumbersIn<T>(value: T): T {
  return shownOf(value) as T;
}

function shownOf(value: unknown): unknown {
  if (typeof value === 'string') return withoutNumbers(value);
  if (Array.isArray(value)) {
    const items = value.map(shownOf);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (typeof value !== 'object' || value === null || value instanceof Map) return value;
  const members = Object.entries(value);
  const shown = members.map(([key, member]) => [key, shownKeeping(key, member)] as const);
  return shown.every(([, member], index) => member === members[index]?.[1]) ? value : Object.fromEntries(shown);
}

const shownKeeping = (key: string, member: unknown): unknown =>
  NOT_SHOWN.has(key) && (typeof member === 'string' || key === 'record') ? member : shownOf(member);

const MASKED = /\d{3}\*{8,11}\d{3}[\dX]/;
const EACH_MASKED = new RegExp(MASKED, 'g');

/**
 * Puts back numbers that were masked when a text was shown and come back masked in it, whatever else of it was changed: each mask stands
 * for the number of `before` that looks like it, the nearest text first. A mask that nothing before looks like stays as it is.
 */
export function withNumbersOf(text: string, before: Iterable<string>): string {
  if (!MASKED.test(text)) return text;
  const known = new Map<string, string[]>();
  for (const old of before) {
    for (const { start, end, shown } of numbersIn(old)) {
      known.set(shown, [...(known.get(shown) ?? []), old.slice(start, end)]);
    }
  }
  return text.replace(EACH_MASKED, (mask) => {
    const numbers = known.get(mask);
    // The last one stays, for a text that was copied.
    return (numbers && numbers.length > 1 ? numbers.shift() : numbers?.[0]) ?? mask;
  });
}
