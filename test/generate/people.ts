import type { z } from 'zod';
import type { partySchema } from '../../src/core/documents/filing.js';
import { addDays, type PlainDate, plainDate } from '../../src/core/kernel/plain-date.js';
import { identityCheckDigit } from '../../src/core/law/identity-number.js';
import { normaliseOrganisationCode } from '../../src/core/law/organisation-code.js';

/** A party as a document writes it. */
export type PartyDocument = z.input<typeof partySchema>;
export type RoleWord = PartyDocument['role'];

/** Somebody made up: the name from syllables, the number with right check digits. */
export type Invented = Pick<PartyDocument, 'kind' | 'name' | 'idNumber' | 'uscc'>;

const SURNAMES = [...'赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕张曹严金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦'];
const FIRST = [...'禾溪岚苔砚竹桐枫柏槐梨桑麦粟菽葵芷蘅荇萍荷菱莲藕椿榆楠樟桂棠'];
const SECOND = [...'舟亭桥渡坪坳垭沟湾滩洲屿岭峰谷川泉井塘堰渠田畴野陌径巷坊廊檐'];
const TRADES = ['商贸', '建材', '农业', '茶业', '物流', '餐饮', '装饰', '机械', '食品', '纺织', '苗木', '运输'];

/** No such division exists: nobody has a number that begins with it. */
const AREA = '511599';
const BIRTHS = 14_000;
const FIRST_BIRTH = plainDate('1962-01-01');
const births = new Map<number, string>();

function birthOf(serial: number): string {
  const day = (serial * 37) % BIRTHS;
  let text = births.get(day);
  if (text === undefined) {
    text = addDays(FIRST_BIRTH, day).replaceAll('-', '');
    births.set(day, text);
  }
  return text;
}

const syllable = (list: readonly string[], index: number): string => list[index % list.length] as string;

/** The name of the person of that number; repeats after 36,000. */
export function personName(serial: number): string {
  const [s, f] = [SURNAMES.length, FIRST.length];
  return (
    syllable(SURNAMES, serial) +
    syllable(FIRST, Math.floor(serial / s)) +
    syllable(SECOND, Math.floor(serial / s / f) + serial)
  );
}

/** The person of that number: always the same one, no two with one identity number below 14 million. */
export function person(serial: number): Invented {
  const first17 = AREA + birthOf(serial) + String(Math.floor(serial / BIRTHS) + 1).padStart(3, '0');
  return { kind: 'person', name: personName(serial), idNumber: first17 + identityCheckDigit(first17) };
}

/** The firm of that number, below a million. */
export function firm(serial: number, name?: string): Invented {
  const place = syllable(FIRST, serial) + syllable(SECOND, Math.floor(serial / FIRST.length) + serial);
  const trade = syllable(TRADES, Math.floor(serial / FIRST.length / SECOND.length) + serial);
  const round = Math.floor(serial / FIRST.length / SECOND.length / TRADES.length);
  const suffix = round === 0 ? '' : `第${round}`;
  return { kind: 'organization', name: name ?? `示例${place}${suffix}${trade}有限公司`, uscc: creditCode(serial) };
}

/** A credit code with the right check characters, inside (GB 11714) and outside (GB 32100). */
function creditCode(serial: number): string {
  const first8 = `MA${String(serial).padStart(6, '0')}`;
  const inner = completed(first8, '0123456789X');
  return completed(`91${AREA}${inner}`, '0123456789ABCDEFGHJKLMNPQRTUWXY');
}

/** The text with the one last character that makes it right. */
function completed(text: string, alphabet: string): string {
  for (const last of alphabet) if (normaliseOrganisationCode(text + last).ok) return text + last;
  throw new Error(`no check character fits ${text}`);
}

/** Somebody in a role. */
export const as = (role: RoleWord, who: Invented, more: Partial<PartyDocument> = {}): PartyDocument => ({
  role,
  ...who,
  ...more,
});

/** Somebody of whom only the name is known. */
export const nameOnly = ({ kind, name }: Invented): Invented => ({ kind, name });

/** Days from one to another, both included. */
export function daysFrom(first: string, last: string): PlainDate[] {
  const days: PlainDate[] = [];
  for (let day = plainDate(first); day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}
