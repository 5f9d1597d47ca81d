import { type FieldError, nearest, quoted } from '../../core/documents/field-errors.js';
import { parsePlainDate } from '../../core/kernel/plain-date.js';

/** A cell as the file has it: text, number, yes/no, a day (a number with a date format), or one that cannot be used. */
export type Cell =
  | undefined
  | string
  | number
  | boolean
  | { readonly date: string }
  | { readonly fault: 'FORMULA_ERROR' | 'FORMULA_EMPTY'; readonly text: string };

/** What is wrong with a cell; the field's pointer is added where it is known. */
export type CellProblem = Omit<FieldError, 'path'>;

/** A cell's value as the document wants it; with a problem, the raw text so that nothing looks merely missing. */
export interface Reading {
  readonly value?: unknown;
  readonly problem?: CellProblem;
}

/** How the cells of a column are read; `undefined` is a blank cell. */
export type CellReader = (cell: Cell) => Reading | undefined;

const UNKNOWN_WORDS = new Set(['不知道', '未知', '不清楚', '不详', 'null']);
const TRUE_WORDS = new Set(['是', 'true']);
const FALSE_WORDS = new Set(['否', 'false']);

/** Text in the form in which words are compared: NFKC, no spaces, lower case. */
export const wordOf = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();

/** Whether the cell holds nothing. */
export const isBlank = (cell: Cell): boolean => cell === undefined || (typeof cell === 'string' && cell.trim() === '');

const problem = (code: string, message: string, value?: unknown): Reading => ({
  ...(value === undefined ? {} : { value }),
  problem: { code, message },
});

/** Text that a spreadsheet was told to leave alone: `'0012`, `="0012"`. */
function unwrapText(text: string): string {
  const trimmed = text.trim();
  const formula = /^="(.*)"$/su.exec(trimmed);
  return (formula?.[1] ?? trimmed).replace(/^['‘’`](?=\p{Nd})/u, '').trim();
}

const RETYPE = '请把该列设为文本后重新录入';
const SCIENTIFIC = /^\p{Nd}(\.\p{Nd}+)?E\+\p{Nd}+$/iu;

function unusable(cell: Cell): Reading | undefined {
  if (typeof cell !== 'object') return undefined;
  if ('date' in cell) return problem('CELL_IS_DATE', `单元格被表格软件变成了日期,${RETYPE}`);
  if (cell.fault === 'FORMULA_EMPTY') {
    return problem('FORMULA_EMPTY', '单元格是公式而没有计算结果,请在表格软件里打开并保存,或者改填内容');
  }
  return problem('FORMULA_ERROR', `单元格的公式出错(${quoted(cell.text)}),请改填内容`);
}

/** A cell as text, exactly but for the space around it. */
export const readText: CellReader = (cell) => {
  if (isBlank(cell)) return undefined;
  if (typeof cell === 'object') return unusable(cell);
  if (typeof cell === 'number') {
    if (!Number.isInteger(cell) || Number.isSafeInteger(cell)) return { value: String(cell) };
    return problem('LOST_DIGITS', `单元格是数字,后几位可能已丢失,${RETYPE}`);
  }
  const text = unwrapText(String(cell));
  if (SCIENTIFIC.test(text)) return problem('LOST_DIGITS', `单元格是科学计数法,后几位可能已丢失,${RETYPE}`);
  return text === '' ? undefined : { value: text };
};

/** An identity number or credit code: text only, since a spreadsheet keeps 15 digits of a number. */
export const readIdentity: CellReader = (cell) => {
  const text = readText(cell);
  if (typeof cell !== 'number' && text?.problem?.code !== 'LOST_DIGITS') return text;
  return problem('NUMERIC_ID', `单元格是数字,后几位可能已丢失,${RETYPE}`);
};

/** A date: a date cell, or the usual ways of writing one; anything else stays as it is for the core to refuse. */
export const readDate: CellReader = (cell) => {
  if (typeof cell === 'object' && 'date' in cell) return { value: cell.date };
  const reading = readText(cell);
  if (typeof reading?.value !== 'string') return reading;
  const text = reading.value.normalize('NFKC').replace(/[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/u, '');
  const match =
    /^(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})$/u.exec(text) ??
    /^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日$/u.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/u.exec(text);
  if (match === null) return { value: text };
  const [, year = '', month = '', day = ''] = match;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return { value: parsePlainDate(iso) === undefined ? text : iso };
};

const isUnknown = (text: string): boolean => UNKNOWN_WORDS.has(wordOf(text));

/** Money: a number with at most two decimals, or text; thousands separators are taken out where they are in place. */
export const readAmount: CellReader = (cell) => {
  if (typeof cell === 'number') {
    if (Number.isSafeInteger(cell)) return { value: String(cell) };
    // A sum of cents such as 0.1 + 0.2 differs from its decimal in the seventeenth digit; a spreadsheet shows fifteen.
    const shown = Number(cell.toPrecision(15));
    const exact = Math.abs(shown) < 1e13 && Number(shown.toFixed(2)) === shown;
    return { value: exact ? shown.toFixed(2) : String(cell) };
  }
  const reading = readText(cell);
  if (typeof reading?.value !== 'string') return reading;
  if (isUnknown(reading.value)) return { value: null };
  const text = reading.value.normalize('NFKC');
  return { value: /^[1-9]\d{0,2}(,\d{3})+(\.\d{1,2})?$/u.test(text) ? text.replaceAll(',', '') : text };
};

/** A whole number; 不知道 is null. */
export const readInteger: CellReader = (cell) => {
  if (typeof cell === 'number' && Number.isSafeInteger(cell)) return { value: cell };
  const reading = readText(cell);
  if (typeof reading?.value !== 'string') return reading;
  if (isUnknown(reading.value)) return { value: null };
  const text = reading.value.normalize('NFKC');
  if (/^\d{1,15}$/u.test(text)) return { value: Number(text) };
  return problem('INTEGER', `「${quoted(text)}」不是整数,请只填数字,不带单位`, text);
};

/** An answer: 是, 否, 不知道 (null). */
export const readAnswer: CellReader = (cell) => {
  if (typeof cell === 'boolean') return { value: cell };
  const reading = readText(cell);
  if (typeof reading?.value !== 'string') return reading;
  const word = wordOf(reading.value);
  if (TRUE_WORDS.has(word)) return { value: true };
  if (FALSE_WORDS.has(word)) return { value: false };
  if (UNKNOWN_WORDS.has(word)) return { value: null };
  const message = `「${quoted(reading.value)}」不能识别,请填 是、否 或 不知道;没有问过就留空`;
  return problem('ANSWER_WORD', message, reading.value);
};

/** Several texts in one cell: one per line, or with `；` between them where the cell has one line only. */
export const readList: CellReader = (cell) => {
  const reading = typeof cell === 'string' ? { value: cell } : readText(cell);
  if (typeof reading?.value !== 'string') return reading;
  const separator = /[\r\n]/u.test(reading.value) ? /[\r\n]+/u : /[；;]/u;
  const items = reading.value
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length === 0 ? undefined : { value: items };
};

/** A word of an enumeration, or its key. `skip` are keys that mean the same as a blank cell. */
export function enumReader(
  words: ReadonlyMap<string, string>,
  options: { nullable: boolean; skip: ReadonlySet<string> },
): CellReader {
  const keys = new Map<string, string>();
  for (const [word, key] of words) keys.set(wordOf(key), key).set(wordOf(word), key);
  const shown = [...words].filter(([, key]) => !options.skip.has(key)).map(([word]) => word);
  if (options.nullable) shown.push('不知道');
  return (cell) => {
    const reading = readText(cell);
    if (typeof reading?.value !== 'string') return reading;
    const key = keys.get(wordOf(reading.value));
    if (key !== undefined) return options.skip.has(key) ? undefined : { value: key };
    if (options.nullable && isUnknown(reading.value)) return { value: null };
    const meant = nearest(wordOf(reading.value), shown);
    const hint = meant === undefined ? '' : `(是不是「${meant}」?)`;
    const message = `「${quoted(reading.value)}」不能识别${hint};可填:${shown.join('、')}`;
    return problem('ENUM_WORD', message, reading.value);
  };
}
