import { Converter } from 'opencc-js/t2cn';

/** What a party is, as the interchange contract names it. */
export type PartyKind = 'person' | 'organization';

/** Characters that stand for a name which was taken out, after NFKC: 某, crosses, asterisks, circles, boxes, lost characters. */
const MASK = /[某×✕✖╳*○●◯□■△▲※_#?\uFFFD]|〇〇/u;
/** A row of X that is no part of a Latin word (张XX, 成都X公司); a person's single letter or digit (李A, 王某1) is one too. */
const LONE_X = /(?<![A-Z0-9])X+(?![A-Z0-9])/;
const PERSON_MASK = /\d|(?<![A-Z])[A-Z](?![A-Z])|(?:先生|女士)$/;
const ORGANISATION_MASK = /^(?:[甲乙丙丁戊]|[A-Z])\d*(?:有限)?公司$/;
const NOBODY = new Set(['无名氏', '佚名', '不详', '未知', '身份不明', '姓名不详', '无']);

/** ᐧ (U+1427) is a letter to Unicode; registers of Uyghur names use it as the separating dot. */
const STRIPPED = /[\s\p{P}\p{S}\p{Cf}\p{Cc}\p{Variation_Selector}\u1427]+/gu;
const HAN = /\p{Script=Han}/u;
const FIRST_IDEOGRAPH = 0x2e80;

let converter: ((text: string) => string) | undefined;
const simplified = new Map<string, string>();

/**
 * Character by character and up to a fixed point, so that the key of a key is itself and spacing cannot change a phrase. The table
 * (18 ms to build) is made at the first ideograph; each character is looked up once per process.
 */
function simplify(character: string): string {
  const known = simplified.get(character);
  if (known !== undefined) return known;
  const convert: (text: string) => string = converter ?? Converter({ from: 't', to: 'cn' });
  converter = convert;
  let plain = character;
  for (let next = convert(plain); next !== plain; next = convert(next)) plain = next;
  simplified.set(character, plain);
  return plain;
}

/** Traditional characters to simplified ones, each by itself. */
export function toSimplified(text: string): string {
  let result = '';
  for (const character of text) {
    result += (character.codePointAt(0) ?? 0) < FIRST_IDEOGRAPH ? character : simplify(character);
  }
  return result;
}

function isMasked(plain: string, kind: PartyKind): boolean {
  if (MASK.test(plain) || NOBODY.has(plain)) return true;
  if (!HAN.test(plain)) return /^X+$/.test(plain);
  if (LONE_X.test(plain)) return true;
  return kind === 'person' ? PERSON_MASK.test(plain) : ORGANISATION_MASK.test(plain);
}

/**
 * The text by which names are matched: half width, simplified characters, upper case, without spaces, dots, quotes, brackets and
 * other punctuation; in an organisation's name 有限责任公司 is 有限公司, and what stood in brackets stays. Undefined for a masked
 * name (李某、张×、某公司、李某1), for one that says that there is none (无名氏), for a person's surname alone and for nothing at
 * all: such names never match anything.
 */
export function nameKey(name: string, kind: PartyKind): string | undefined {
  // Upper case may take a composed letter apart again.
  const plain = toSimplified(name.normalize('NFKC').toUpperCase().normalize('NFKC'));
  if (isMasked(plain.trim(), kind)) return undefined;
  // What a stripped mark stood between may now combine, or change places.
  const bare = plain.replace(STRIPPED, '').normalize('NFKC');
  if (bare === '' || isMasked(bare, kind)) return undefined;
  if (kind === 'organization') return bare.replaceAll('有限责任公司', '有限公司');
  return [...bare].length < 2 ? undefined : bare;
}
