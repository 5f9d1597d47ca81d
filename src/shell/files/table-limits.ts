import { InputFault } from './input-error.js';
import type { TableRow } from './table-header.js';

/** A CSV or xlsx file may be this large. */
export const MAX_TABLE_BYTES = 32 * 1024 * 1024;
/** Rows below the header. */
export const MAX_ROWS = 100_000;
export const MAX_COLUMNS = 200;
/** What a spreadsheet program itself allows in a cell. */
export const MAX_CELL_CHARACTERS = 32_767;

/** The rows of one sheet, blank ones included or left out, by their number in the file. */
export interface Table {
  readonly rows: readonly TableRow[];
  readonly remarks: readonly string[];
}

export const tooManyRows = (): InputFault =>
  new InputFault({ code: 'TOO_MANY_ROWS', message: `行数超过 ${MAX_ROWS},请拆成几个文件分别处理` });

export const tooManyColumns = (line: number): InputFault =>
  new InputFault({ line, code: 'TOO_MANY_COLUMNS', message: `列数超过 ${MAX_COLUMNS},请删去多余的列` });
