import { err, invariant, ok, type Result } from '../kernel/result.js';
import { diagnose } from './case-number-errors.js';
import { type CaseNumberError, MOST_IN_A_RANGE, normalMarks, officialBrackets } from './case-number-text.js';
import { COURT_CODE_PATTERN } from './court-code.js';

export type { CaseNumberError } from './case-number-text.js';

/** A court's 案号 (案号若干规定, 法〔2015〕137号, amended by 法〔2018〕335号), or the form used before 2016 (`字第`). */
export type CaseNumber = {
  /** 收案年度, 1900–2099. */
  readonly year: number;
  /** 法院代字; in the old form a free word (筠), '' in the Supreme Court's old numbers, which had none (民一终字). */
  readonly court: string;
  /** 专门审判代字. */
  readonly special?: '知';
  /** 类型代字. In the old form, court and type are told apart as well as the text allows. */
  readonly type: string;
  /** 案件编号, or the first of a range; from 1, at most twelve digits. */
  readonly first: number;
  /** The last of a range `14716-14736号`; greater than `first` by less than a thousand. */
  readonly last?: number;
  /** The second number of `182-1号`, never greater than `first`: written the other way round, it reads as a range. */
  readonly sub?: number;
  readonly oldForm: boolean;
  /** What follows 号之 (一): it tells documents of one case apart and is no part of the number. */
  readonly documentSuffix?: string;
};

const SUFFIX = '[一二三四五六七八九十百]{1,5}|\\d{1,3}';
const TAIL = `(?<first>\\d{1,12})(?:(?<mark>[-~])(?<second>\\d{1,12}))?(?:之(?<inner>${SUFFIX}))?号(?:之(?<suffix>${SUFFIX}))?`;
const YEAR = '\\((?<year>(?:19|20)\\d{2})\\)';
const TYPE = '(?:(?![字第号之])\\p{Script=Han}){1,5}';
const NEW_FORM = `${YEAR}(?<court>${COURT_CODE_PATTERN})(?<special>知)?(?<type>${TYPE})${TAIL}`;
/** The old word may hold one bracketed part: 浦民一（民）初字第… */
const OLD_WORD = '\\p{Script=Han}{1,11}?(?:\\(\\p{Script=Han}{1,3}\\)\\p{Script=Han}{0,4}?)?';
const OLD_FORM = `${YEAR}(?<word>${OLD_WORD})字第?${TAIL}`;

const NEW = new RegExp(`^${NEW_FORM}$`, 'u');
const OLD = new RegExp(`^${OLD_FORM}$`, 'u');
/** Group names may stand once only in an expression, so the forms are searched for without theirs. */
const ANYWHERE = new RegExp(`${NEW_FORM}|${OLD_FORM}`.replace(/\(\?<[a-z]+>/g, '(?:'), 'gu');

/** Characters that began an old type word; behind the court's own, which may be one of them (民权, 行唐, 新民). */
const TYPE_HEADS = '民刑行执赔经商知破';
const LONGEST_OLD_COURT = 6;

function splitOldWord(word: string): { court: string; type: string } {
  let at = 1;
  while (at < word.length && !TYPE_HEADS.includes(word.charAt(at))) at++;
  if (at >= word.length) return { court: '', type: word };
  if (word.charAt(at) === word.charAt(at + 1)) at++;
  return { court: word.slice(0, at), type: word.slice(at) };
}

type Parts = Readonly<Record<string, string | undefined>>;

function numbers({ first, mark, second, inner, suffix }: Parts): Result<Partial<CaseNumber>, CaseNumberError> {
  const [a, b] = [Number(first), Number(second)];
  const documentSuffix = suffix ?? inner;
  const rest = documentSuffix === undefined ? {} : { documentSuffix };
  if (a === 0 || b === 0) return err({ code: 'number', message: '案件编号应从1起' });
  if (second === undefined) return ok({ first: a, ...rest });
  if (mark === '~' && b <= a) return err({ code: 'range', message: `案号范围应由小到大，现为${a}至${b}` });
  if (b <= a) return ok({ first: a, sub: b, ...rest });
  if (b - a >= MOST_IN_A_RANGE) {
    return err({ code: 'range', message: `一个案号范围至多${MOST_IN_A_RANGE}件，现为${b - a + 1}件，请分开填写` });
  }
  return ok({ first: a, last: b, ...rest });
}

/**
 * Reads a whole text as one 案号. Brackets （） () 〔〕 [] 【】, both widths, spaces, `至` and `~` in ranges, and 之一 on
 * either side of 号 are accepted. Refused, with a code and a Chinese message: everything that is not a court's number, and
 * ranges of more than a thousand. Whether court and type exist is not looked up here.
 */
export function parseCaseNumber(text: string): Result<CaseNumber, CaseNumberError> {
  const plain = normalMarks(text);
  const parts: Parts | undefined = NEW.exec(plain)?.groups ?? OLD.exec(plain)?.groups;
  if (parts === undefined) return err(diagnose(plain));
  const read = numbers(parts);
  if (!read.ok) return read;
  const { word, year, court = '', special, type = '' } = parts;
  const old = word === undefined ? undefined : splitOldWord(word);
  if (old !== undefined && old.court.length > LONGEST_OLD_COURT) {
    return err({ code: 'court', message: `旧案号的法院代字至多${LONGEST_OLD_COURT}个字，如（2013）筠民初字第88号` });
  }
  const { first = 0, ...rest } = read.value;
  return ok({
    year: Number(year),
    court: old?.court ?? court,
    ...(special === undefined ? {} : { special: '知' }),
    type: officialBrackets(old?.type ?? type),
    first,
    ...rest,
    oldForm: old !== undefined,
  });
}

/** The official form `（2025）川1527民初88号`: full-width brackets, half-width digits, range and sub-number with a hyphen. */
export function formatCaseNumber(number: CaseNumber): string {
  const { year, court, special = '', type, first, last, sub, oldForm, documentSuffix } = number;
  const second = last ?? sub;
  const tail = `${first}${second === undefined ? '' : `-${second}`}号${documentSuffix === undefined ? '' : `之${documentSuffix}`}`;
  return `（${year}）${court}${special}${type}${oldForm ? '字第' : ''}${tail}`;
}

/** The number without what only tells its documents apart. */
function withoutSuffix({ documentSuffix: _, ...number }: CaseNumber): CaseNumber {
  return number;
}

/**
 * The text by which numbers are matched: the official form without the document suffix; for anything that is not a court's
 * number (arbitral, notarial and administrative documents) the text without spaces, in half width and upper case, with
 * full-width brackets.
 */
export function caseNumberKey(text: string): string {
  const parsed = parseCaseNumber(text);
  if (parsed.ok) return formatCaseNumber(withoutSuffix(parsed.value));
  // Upper case may take a composed letter apart again.
  return officialBrackets(normalMarks(normalMarks(text).toUpperCase()));
}

/** The keys of one number: itself, or every number of its range. */
function keysOf(number: CaseNumber): string[] {
  const { last, ...one } = withoutSuffix(number);
  if (last === undefined) return [formatCaseNumber(one)];
  invariant(last > one.first && last - one.first < MOST_IN_A_RANGE, 'a range of case numbers runs up, within bounds');
  return Array.from({ length: last - one.first + 1 }, (_, index) =>
    formatCaseNumber({ ...one, first: one.first + index }),
  );
}

/**
 * The keys of every 案号 that stands in a text, in order, each once; a range gives one key per case. A range of more than a
 * thousand gives none. A text in which no 案号 stands is its own key, so that other bodies' documents match too; an empty one
 * has none.
 */
export function caseNumbersIn(text: string): string[] {
  const found = [...normalMarks(text).matchAll(ANYWHERE)].map(([each]) => parseCaseNumber(each));
  if (found.length === 0) return [caseNumberKey(text)].filter((key) => key !== '');
  return [...new Set(found.flatMap((each) => (each.ok ? keysOf(each.value) : [])))];
}
