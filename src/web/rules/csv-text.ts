/** A CSV as rows of cells, each row with how it stood in the text, so that what nobody touched stays as it was. */
export interface CsvTable {
  readonly rows: readonly CsvLine[];
  /** How its lines end. */
  readonly ending: string;
}

export interface CsvLine {
  readonly cells: readonly string[];
  /** The row as it was written; undefined once a cell of it was changed. */
  readonly raw: string | undefined;
  /** A line that is no row: a comment, or empty. */
  readonly isRemark: boolean;
}

/** Reads a CSV; undefined where its quotes do not close, which only the text can mend. */
export function readTable(text: string): CsvTable | undefined {
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const rows: CsvLine[] = [];
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let start = 0;
  const body = text.startsWith('\ufeff') ? text.slice(1) : text;
  const close = (end: number): void => {
    const raw = body.slice(start, end);
    const isRemark = raw.trim() === '' || raw.startsWith('#');
    rows.push({ cells: isRemark ? [] : [...cells, cell], raw, isRemark });
    cells = [];
    cell = '';
  };
  for (let index = 0; index < body.length; index++) {
    const character = body[index] as string;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (body[index + 1] === '"') {
        cell += '"';
        index++;
      } else isQuoted = false;
    } else if (character === '"' && cell.trim() === '') {
      cell = '';
      isQuoted = true;
    } else if (character === ',') {
      cells.push(cell);
      cell = '';
    } else if (character === '\n') {
      close(body[index - 1] === '\r' ? index - 1 : index);
      start = index + 1;
    } else if (character !== '\r') cell += character;
  }
  if (isQuoted) return undefined;
  if (start < body.length) close(body.length);
  return rows.some(({ isRemark }) => !isRemark) ? { rows, ending } : undefined;
}

/** The table as text: untouched rows as they were, changed ones quoted where they have to be. */
export const writeTable = ({ rows, ending }: CsvTable): string =>
  rows.map(({ cells, raw }) => `${raw ?? cells.map(quoted).join(',')}${ending}`).join('');

const quoted = (cell: string): string => (/[",\r\n]|^\s|\s$|^#/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The table with one cell changed; what is missing on its row is filled with empty cells. */
export function withCell(table: CsvTable, row: number, column: number, text: string): CsvTable {
  const line = table.rows[row];
  if (line === undefined || (line.cells[column] ?? '') === text) return table;
  const cells = Array.from({ length: Math.max(line.cells.length, column + 1) }, (_, at) => line.cells[at] ?? '');
  cells[column] = text;
  return {
    ...table,
    rows: table.rows.map((each, at) => (at === row ? { cells, raw: undefined, isRemark: false } : each)),
  };
}

/** The table with an empty row after another. */
export function withRowAfter(table: CsvTable, row: number): CsvTable {
  const width = headOf(table)?.cells.length ?? 1;
  const line = { cells: Array.from({ length: width }, () => ''), raw: undefined, isRemark: false };
  return { ...table, rows: [...table.rows.slice(0, row + 1), line, ...table.rows.slice(row + 1)] };
}

export const withoutRow = (table: CsvTable, row: number): CsvTable => ({
  ...table,
  rows: table.rows.filter((_, at) => at !== row),
});

/** The first and the last line of the text on which each row stands, from 1. */
export function linesOf({ rows }: CsvTable): readonly { readonly first: number; readonly last: number }[] {
  let next = 1;
  return rows.map(({ raw, cells }) => {
    const first = next;
    next += (raw ?? cells.join(',')).split('\n').length;
    return { first, last: next - 1 };
  });
}

/** The row and the cell that a place of the check names: a line, and a column counted in cells from 1. Undefined where no cell stands there. */
export function cellAt(
  table: CsvTable,
  { line, column }: { readonly line: number; readonly column: number },
): { readonly row: number; readonly column: number } | undefined {
  const row = linesOf(table).findIndex(({ first, last }) => first <= line && line <= last);
  const found = table.rows[row];
  if (found === undefined || found.isRemark) return undefined;
  const width = Math.max(found.cells.length, headOf(table)?.cells.length ?? 0);
  return column <= width ? { row, column: column - 1 } : undefined;
}

/** The first row that is one. */
export const headOf = ({ rows }: CsvTable): CsvLine | undefined => rows.find(({ isRemark }) => !isRemark);

/** Where a cell, counted from 1, stands in the text of its line. */
export function cellSpan(line: string, cell: number): { readonly from: number; readonly to: number } {
  let [from, at, isQuoted] = [0, 1, false];
  for (let index = 0; index < line.length; index++) {
    if (line[index] === '"') isQuoted = !isQuoted;
    if (line[index] !== ',' || isQuoted) continue;
    if (at === cell) return { from, to: index };
    at += 1;
    from = index + 1;
  }
  return at === cell ? { from, to: line.length } : { from: 0, to: line.length };
}
