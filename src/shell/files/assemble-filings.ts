import { type FieldError, pointerOf, quoted, segmentsOf } from '../../core/documents/field-errors.js';
import { InputFault } from './input-error.js';
import { type Cell, isBlank, readText } from './table-cell.js';
import { matchHeader, type TableRow } from './table-header.js';
import { columnLetter, type TableColumn, type TableVocabulary, tableColumns } from './table-layout.js';

/** A filing as a file has it: not validated, but for what only the file can tell. */
export interface FilingRead {
  /** In the shape of `filing.schema.json`; the core validates it. */
  readonly value: unknown;
  /** What is wrong with the cells themselves; the filing is invalid when there is any. */
  readonly errors: readonly FieldError[];
  /** Where a JSON pointer into the filing stands in the file, in words. */
  readonly place: (pointer: string) => string | undefined;
}

export interface FilingsRead {
  readonly filings: readonly FilingRead[];
  /** Chinese remarks for the user: what was assumed. */
  readonly remarks: readonly string[];
}

/** How the 登记号 of the template's example begins. */
export const EXAMPLE_ID = '示例';

type Fields = Record<string, unknown>;

interface Draft {
  readonly id: string;
  readonly row: number;
  readonly value: Fields & { parties: Fields[] };
  readonly partyRows: number[];
  readonly errors: FieldError[];
}

/** Fields come from our own list of columns, never from the file, so no key can be `__proto__`. */
function put(target: Fields, path: readonly string[], value: unknown): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  target[first] ??= {};
  put(target[first] as Fields, rest, value);
}

function fill(draft: Draft, target: Fields, prefix: readonly string[], column: TableColumn, cell: Cell): void {
  const reading = column.read(cell);
  if (reading === undefined) return;
  if (reading.value !== undefined) put(target, column.path, reading.value);
  if (reading.problem !== undefined) {
    draft.errors.push({ path: pointerOf([...prefix, ...column.path]), ...reading.problem });
  }
}

function placeOf(draft: Draft, columns: readonly (TableColumn | undefined)[]): FilingRead['place'] {
  const inColumn = (row: number, scope: TableColumn['scope'], path: readonly string[]): string => {
    const index = columns.findIndex(
      (column) =>
        column?.scope === scope && path.length > 0 && path.every((segment, at) => column.path[at] === segment),
    );
    return index < 0 ? `第${row}行` : `第${row}行 ${columns[index]?.header}(${columnLetter(index)}列)`;
  };
  return (pointer) => {
    const segments = segmentsOf(pointer);
    const [first = '', second = ''] = segments;
    if (first === 'parties') {
      const row = draft.partyRows[Number(second)];
      return row === undefined ? `第${draft.row}行` : inColumn(row, 'party', segments.slice(2, 3));
    }
    const nested = first === 'facts' || first === 'origin' || first === 'instrument';
    return inColumn(draft.row, 'filing', segments.slice(0, nested ? 2 : 1));
  };
}

/** A party's cell below a merged one shows what the merged one says; a filing's cell there is blank, as the layout wants it. */
function cellOf(row: TableRow, index: number, column: TableColumn): Cell {
  const cell = row.cells[index];
  return isBlank(cell) && column.scope === 'party' ? (row.covered?.get(index) ?? cell) : cell;
}

function refuseJunk(row: TableRow, columns: readonly (TableColumn | undefined)[]): void {
  const stray = row.cells.findIndex((cell, index) => columns[index] === undefined && !isBlank(cell));
  if (stray >= 0) {
    const message = `这个单元格「${quoted(row.cells[stray])}」不在任何有表头的列下,请删去,或者补上表头`;
    throw new InputFault({ line: row.number, column: stray + 1, code: 'STRAY_CELL', message });
  }
  const filled = row.cells.findIndex((cell) => !isBlank(cell));
  const only = row.cells.every((cell, index) => index === filled || isBlank(cell));
  if (only && columns[filled]?.path[0] === 'id') {
    const message = `这一行只有登记号「${quoted(row.cells[filled])}」,没有别的内容;如果是合计、签名或者备注,请删去这一行`;
    throw new InputFault({ line: row.number, column: filled + 1, code: 'JUNK_ROW', message });
  }
}

/**
 * Filings out of rows: the first row of a filing has its columns and its first party, rows with nothing but a party
 * (登记号 blank or the same) add further parties.
 *
 * @throws InputFault for a header or a row that belongs to no table of filings
 */
export function assembleFilings(rows: readonly TableRow[], vocabulary: TableVocabulary): FilingsRead {
  const filled = rows.filter((row) => !row.cells.every(isBlank));
  const [header, ...body] = filled;
  if (header === undefined) throw new InputFault({ code: 'EMPTY', message: '表里没有内容,请核对文件是否选错' });
  const columns = matchHeader(header, tableColumns(vocabulary));
  const idColumn = columns.findIndex((column) => column?.path[0] === 'id');
  const drafts: Draft[] = [];
  const remarks: string[] = [];
  for (const row of body) {
    refuseJunk(row, columns);
    const id = String(readText(row.cells[idColumn])?.value ?? '');
    const stated = columns.some(
      (column, index) => column?.scope === 'filing' && index !== idColumn && !isBlank(row.cells[index]),
    );
    let draft = drafts.at(-1);
    if (draft === undefined || stated || (id !== '' && id !== draft.id)) {
      if (draft !== undefined && id !== '' && id === draft.id) {
        remarks.push(
          `第${row.number}行与上一件的登记号「${quoted(id)}」相同而又填了收案各列,按另一件处理;` +
            '如果只是增加当事人,请把收案各列留空',
        );
      }
      draft = { id, row: row.number, value: { parties: [] }, partyRows: [], errors: [] };
      drafts.push(draft);
      for (const [index, column] of columns.entries()) {
        if (column?.scope === 'filing') fill(draft, draft.value, [], column, cellOf(row, index, column));
      }
    }
    addParty(draft, row, columns);
  }
  for (const draft of drafts) {
    if (draft.id.startsWith(EXAMPLE_ID)) remarks.push(`第${draft.row}行「${quoted(draft.id)}」是模板里的示例,请删去`);
  }
  if (drafts.length === 0) remarks.push('表里只有表头,没有收案');
  const filings = drafts.map(
    (draft): FilingRead => ({ value: draft.value, errors: draft.errors, place: placeOf(draft, columns) }),
  );
  return { filings, remarks };
}

function addParty(draft: Draft, row: TableRow, columns: readonly (TableColumn | undefined)[]): void {
  const own = columns.some((column, index) => column?.scope === 'party' && !isBlank(row.cells[index]));
  if (!own) return;
  const party: Fields = {};
  const prefix = ['parties', String(draft.partyRows.length)];
  for (const [index, column] of columns.entries()) {
    if (column?.scope === 'party') fill(draft, party, prefix, column, cellOf(row, index, column));
  }
  draft.value.parties.push(party);
  draft.partyRows.push(row.number);
}
