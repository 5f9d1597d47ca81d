import { err, invariant, ok, type Result } from '../kernel/result.js';
import { type CsvRow, cell, cellOf } from './csv-row.js';
import { withoutSpaces } from './normal-text.js';

/** Ranks of courts, as the interchange contract names them; `supreme` is the Supreme People's Court. */
export const COURT_LEVELS = ['basic', 'intermediate', 'high', 'supreme'] as const;
export type CourtLevel = (typeof COURT_LEVELS)[number];

/** A 法院代字 that is well-formed: `川1527`, `辽05`, `沪`, `最高法`. Whether such a court exists is the table's matter. */
export type CourtCode = { readonly code: string; readonly level: CourtLevel };

/** Why a text is not a 法院代字, with a Chinese message that says what would be right. */
export type CourtCodeError = { readonly code: 'form'; readonly message: string };

/** A court of `rules/reference/courts.csv`; `province` is the short form (河南), '' where the table names none. */
export type Court = {
  readonly code: string;
  readonly name: string;
  readonly level: CourtLevel;
  readonly province: string;
  /** The code was derived from the administrative division and not read in the official table (法〔2015〕137号). */
  readonly derived: boolean;
};

/** Courts by their 法院代字. */
export type CourtTable = { readonly byCode: ReadonlyMap<string, Court> };

/**
 * The source of a regular expression for a 法院代字 (案号若干规定, 法〔2015〕137号): the Supreme Court's word, or a province's
 * character (军 and 兵 among them) with two digits for an intermediate court, four for a basic one.
 */
export const COURT_CODE_PATTERN =
  '最高法|[京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新军兵](?:\\d{4}|\\d{2})?';

const COURT_CODE = new RegExp(`^(?:${COURT_CODE_PATTERN})$`, 'u');

function levelOf(code: string): CourtLevel {
  if (code === '最高法') return 'supreme';
  return code.length === 5 ? 'basic' : code.length === 3 ? 'intermediate' : 'high';
}

/** Reads a 法院代字; full-width digits and spaces are accepted. Only the form is checked. */
export function parseCourtCode(text: string): Result<CourtCode, CourtCodeError> {
  const code = withoutSpaces(text);
  if (COURT_CODE.test(code)) return ok({ code, level: levelOf(code) });
  return err({
    code: 'form',
    message: '法院代字应为“最高法”，或省级简称加两位、四位数字：高级法院如“川”，中级法院如“川15”，基层法院如“川1527”',
  });
}

/**
 * The courts of `rules/reference/courts.csv` (columns code, name, level, province, derived).
 *
 * @throws InvariantError for a missing column, an unknown level, or a code that stands twice
 */
export function buildCourtTable(rows: readonly CsvRow[]): CourtTable {
  const byCode = new Map<string, Court>();
  for (const row of rows) {
    const code = cell(row, 'code');
    invariant(!byCode.has(code), `court code ${code} stands twice`);
    byCode.set(code, {
      code,
      name: cell(row, 'name'),
      level: cellOf(row, 'level', COURT_LEVELS),
      province: cell(row, 'province'),
      derived: cellOf(row, 'derived', ['true', 'false']) === 'true',
    });
  }
  return { byCode };
}

/** The court of a 法院代字, in any width; undefined where the table lacks it (special and development-zone courts do). */
export const courtByCode = (table: CourtTable, code: string): Court | undefined =>
  table.byCode.get(code) ?? table.byCode.get(withoutSpaces(code));
