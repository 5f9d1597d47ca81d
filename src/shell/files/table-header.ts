import { nearest, quoted } from '../../core/documents/field-errors.js';
import { InputFault } from './input-error.js';
import { type Cell, isBlank, wordOf } from './table-cell.js';
import type { TableColumn } from './table-layout.js';

/** A row of a table: its number in the file from 1, and its cells by column from 0. */
export interface TableRow {
  readonly number: number;
  readonly cells: readonly Cell[];
  /** For a cell that a vertical merge covers: the cell that shows there. */
  readonly covered?: ReadonlyMap<number, Cell>;
}

const CURE = '请对照 shouze template 生成的模板改正表头';

/** A party's 涉外 and the case's 涉外 may bear the same header: after 诉讼地位 it is the party's. */
const PARTY_SECTION = '诉讼地位';
const SHARED_HEADERS: ReadonlyMap<string, string> = new Map([['涉外', '当事人涉外']]);

/** The header as written: spaces, a mark for 必填 and a unit in brackets do not count. */
const headerWord = (cell: Cell): string => wordOf(String(cell)).replace(/[*]/gu, '');
const withoutBrackets = (word: string): string => word.replace(/[([【].*$/u, '');

/**
 * Which column of the sheet is which column of the table.
 *
 * @throws InputFault for a header that is unknown, there twice, or required and not there
 */
export function matchHeader(row: TableRow, columns: readonly TableColumn[]): (TableColumn | undefined)[] {
  const known = new Map(columns.map((column) => [wordOf(column.header), column]));
  const words = row.cells.map((cell) => (isBlank(cell) ? '' : headerWord(cell)));
  const partySection = words.indexOf(PARTY_SECTION);
  const find = (word: string, index: number): TableColumn | undefined => {
    const shared = partySection >= 0 && index > partySection ? SHARED_HEADERS.get(word) : undefined;
    return known.get(shared ?? word);
  };
  if (!words.some((word, index) => find(word, index) !== undefined)) {
    const message = `第 ${row.number} 行不是表头:第一行应当是「登记号、法院代字、案件类别……」,${CURE}`;
    throw new InputFault({ line: row.number, code: 'NO_HEADER', message });
  }
  const seen = new Set<TableColumn>();
  const matched = words.map((word, index) => {
    if (word === '') return undefined;
    const place = { line: row.number, column: index + 1, field: quoted(row.cells[index]) };
    const column = find(word, index) ?? find(withoutBrackets(word), index);
    if (column === undefined) {
      const meant = nearest(word, known.keys());
      const header = meant === undefined ? undefined : known.get(meant)?.header;
      const message = `没有这一列${header === undefined ? '' : `,是不是「${header}」?`} ${CURE},或者删去这一列`;
      throw new InputFault({ ...place, code: 'UNKNOWN_HEADER', message });
    }
    if (seen.has(column)) {
      throw new InputFault({ ...place, code: 'DUPLICATE_HEADER', message: '表头里这一列出现了两次,请删去一列' });
    }
    seen.add(column);
    return column;
  });
  const missing = columns.filter((column) => column.required && !seen.has(column)).map((column) => column.header);
  if (missing.length > 0) {
    const message = `表头缺少必需的列「${missing.join('」「')}」,${CURE}`;
    throw new InputFault({ line: row.number, code: 'MISSING_HEADER', message });
  }
  return matched;
}
