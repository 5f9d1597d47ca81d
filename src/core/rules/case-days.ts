import type { PlainDate } from '../kernel/plain-date.js';
import type { Fields } from './fields.js';
import { shorten } from './nearest.js';

/** A day of a case from which something counts, or by which versions of rules and numbers are chosen (版本选择依据). */
export type CaseDay = 'received' | 'docketed' | 'assigned';

/** The days of a case by which versions are chosen, none before the one that it follows. */
export type CaseDays = Readonly<Record<CaseDay, PlainDate>>;

/** In the order in which they come. */
export const CASE_DAYS: readonly CaseDay[] = ['received', 'docketed', 'assigned'];

const WORDS: ReadonlyMap<string, CaseDay> = new Map([
  ['收案日期', 'received'],
  ['立案日期', 'docketed'],
  ['分案日期', 'assigned'],
]);

/** The words that 版本选择依据 takes. */
export const CASE_DAY_WORDS: readonly string[] = [...WORDS.keys()];

export const caseDayWord = (day: CaseDay): string => CASE_DAY_WORDS[CASE_DAYS.indexOf(day)] ?? day;

/** What is in force from one day to before another, by which day of a case. */
export interface Dated {
  readonly validFrom: PlainDate;
  /** First day on which it is no longer in force. */
  readonly validTo?: PlainDate | undefined;
}

export const isInForce = ({ validFrom, validTo }: Dated, day: PlainDate): boolean =>
  validFrom <= day && (validTo === undefined || day < validTo);

/** A case that is received, docketed and assigned on one day. */
export const onOneDay = (day: PlainDate): CaseDays => ({ received: day, docketed: day, assigned: day });

/**
 * The days of a case as they choose versions. Whoever routes for a day before the filing came in, or assigns before it was
 * docketed, has not made the earlier step later: it counts as taken on the day of the step before.
 */
export function caseDays({ received, docketed, assigned }: CaseDays): CaseDays {
  const since = docketed > received ? docketed : received;
  return { received, docketed: since, assigned: assigned > since ? assigned : since };
}

/** The key that names one of them. */
export const CHOSEN_BY = '版本选择依据';

/** Reads a word of 版本选择依据; the day of receipt where it is none, which is a problem, or is not written. */
export function readCaseDay(fields: Fields, word: string | undefined): CaseDay {
  const day = WORDS.get(word ?? '收案日期');
  if (day !== undefined) return day;
  const known = CASE_DAY_WORDS.map((each) => `「${each}」`).join('、');
  const message = `「${CHOSEN_BY}」只能是${known},没有「${shorten(word ?? '')}」`;
  fields.fail(fields.placeOf(CHOSEN_BY), 'WORD_UNKNOWN', message);
  return 'received';
}

/** How a version was chosen, for people: by which day, and what stands for a day that nobody entered. Empty for the day of receipt, which is the rule. */
export function choiceText(by: CaseDay, days: Readonly<Partial<CaseDays>>): string {
  const day = days[by];
  if (by === 'received' || day === undefined) return '';
  const stood = by === 'docketed' && day === days.received ? '，没有另填立案日期的以收案日期为准' : '';
  return `（按${caseDayWord(by)} ${day} 选用这一版${stood}）`;
}
