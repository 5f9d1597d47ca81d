import { InputFault } from './input-error.js';
import { type Cell, isBlank } from './table-cell.js';
import type { TableRow } from './table-header.js';
import { MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_ROWS, type Table, tooManyColumns, tooManyRows } from './table-limits.js';
import { openWorkbook, type SheetPart, TextCollector, unescapeCell, type WorkbookParts } from './xlsx-parts.js';

/** The sheet that holds the filings. */
export const FILINGS_SHEET = '收案';

const DAY = 86_400_000;
const MAX_MERGE_STEPS = 2_000_000;

function chooseSheet(sheets: readonly SheetPart[]): { sheet: SheetPart; remarks: string[] } {
  const named = sheets.find((sheet) => sheet.name.normalize('NFKC').trim() === FILINGS_SHEET);
  if (named !== undefined) return { sheet: named, remarks: [] };
  const visible = sheets.filter((sheet) => !sheet.hidden);
  const [only] = visible;
  if (only !== undefined && visible.length === 1) {
    return { sheet: only, remarks: [`没有名为「${FILINGS_SHEET}」的工作表,读取了唯一的工作表「${only.name}」`] };
  }
  const names = visible.map((sheet) => `「${sheet.name}」`).join('、');
  const message = `没有名为「${FILINGS_SHEET}」的工作表(现有:${names}),请把收案所在的工作表改名为「${FILINGS_SHEET}」`;
  throw new InputFault({ code: 'NO_SHEET', message });
}

/** The day of a serial number, or undefined for a time of day and for what is no day at all. */
function dayOf(serial: number, date1904: boolean): string | undefined {
  if (!(serial >= 1 && serial < 2_958_466)) return undefined;
  // Spreadsheets count a 29 February 1900 that never was.
  const days = date1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  return new Date(Math.floor(days - 25_569) * DAY).toISOString().slice(0, 10);
}

/** Column from 0 and row from 1 of `BC12`. */
function addressOf(reference: string): { column: number; row: number } | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/u.exec(reference);
  if (match === null) return undefined;
  const column = [...(match[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { column, row: Number(match[2]) };
}

interface RawCell {
  column: number;
  type: string;
  style: number;
  formula: boolean;
  value: string | undefined;
}

function cellOf(raw: RawCell, inline: string, book: WorkbookParts): Cell {
  const { value } = raw;
  if (raw.type === 'inlineStr') return inline;
  if (value === undefined || (value === '' && raw.type !== 'str')) {
    return raw.formula ? { fault: 'FORMULA_EMPTY', text: '' } : undefined;
  }
  switch (raw.type) {
    case 's':
      return book.strings[Number(value)];
    case 'str':
      return unescapeCell(value);
    case 'b':
      return value.trim() === '1';
    case 'e':
      return { fault: 'FORMULA_ERROR', text: value };
    case 'd':
      return { date: value.slice(0, 10) };
  }
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  const date = book.dateStyles[raw.style] === true ? dayOf(number, book.date1904) : undefined;
  return date === undefined ? number : { date };
}

/** Gathers the rows and merged ranges of one sheet. */
class SheetReader {
  readonly rows: { number: number; cells: Cell[]; covered?: Map<number, Cell> }[] = [];
  readonly merges: string[] = [];
  private rowNumber = 0;
  private column = -1;
  private cells: Cell[] = [];
  private raw: RawCell | undefined;
  private inValue = false;
  private readonly inline = new TextCollector();

  constructor(private readonly book: WorkbookParts) {}

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (this.raw !== undefined) {
      this.inline.open(name);
      if (name === 'f') this.raw.formula = true;
      this.inValue = name === 'v';
      if (this.inValue) this.raw.value = '';
      return;
    }
    if (name === 'row') {
      // Both addresses may be left out: then a row or cell follows the one before.
      this.rowNumber = Number(attribute('r') ?? this.rowNumber + 1);
      this.column = -1;
      this.cells = [];
    } else if (name === 'c') {
      this.column = addressOf(attribute('r') ?? '')?.column ?? this.column + 1;
      const style = Number(attribute('s') ?? 0);
      this.raw = { column: this.column, type: attribute('t') ?? 'n', style, formula: false, value: undefined };
    } else if (name === 'mergeCell') {
      this.merges.push(attribute('ref') ?? '');
    }
  }

  text(text: string): void {
    if (this.raw === undefined) return;
    if (this.inValue) this.raw.value += text;
    else this.inline.add(text);
  }

  close(name: string): void {
    if (this.raw !== undefined) {
      this.inline.close(name);
      if (name === 'v') this.inValue = false;
      if (name === 'c') this.endCell(this.raw);
    } else if (name === 'row' && this.cells.some((cell) => !isBlank(cell))) {
      if (this.rows.length > MAX_ROWS) throw tooManyRows();
      this.rows.push({ number: this.rowNumber, cells: Array.from(this.cells) });
      this.cells = [];
    }
  }

  private endCell(raw: RawCell): void {
    this.raw = undefined;
    const cell = cellOf(raw, this.inline.take(), this.book);
    if (isBlank(cell)) return;
    if (raw.column >= MAX_COLUMNS) throw tooManyColumns(this.rowNumber);
    if (typeof cell === 'string' && cell.length > MAX_CELL_CHARACTERS) {
      const message = `单元格太长,上限是 ${MAX_CELL_CHARACTERS} 个字符,请删短`;
      throw new InputFault({ line: this.rowNumber, column: raw.column + 1, code: 'CELL_TOO_LONG', message });
    }
    this.cells[raw.column] = cell;
  }
}

/** Tells the cells below a merged one what it says; only within its own column, and only rows that hold something. */
function coverMerged(reader: SheetReader): void {
  const { rows } = reader;
  const index = new Map(rows.map((row, at) => [row.number, at]));
  let steps = 0;
  for (const reference of reader.merges) {
    const [from, to] = reference.split(':').map(addressOf);
    const at = from === undefined ? undefined : index.get(from.row);
    if (from === undefined || to === undefined || at === undefined) continue;
    const master = rows[at]?.cells[from.column];
    for (let below = at + 1; below < rows.length; below++) {
      const row = rows[below];
      if (row === undefined || row.number > to.row) break;
      if (++steps > MAX_MERGE_STEPS) {
        throw new InputFault({ code: 'TOO_MANY_MERGES', message: '合并单元格太多,请取消合并后重试' });
      }
      row.covered ??= new Map();
      row.covered.set(from.column, master);
    }
  }
}

/**
 * The rows of the sheet 收案 of an xlsx workbook, the blank ones left out.
 *
 * exceljs only writes here. Its streaming reader ignores merged cells and takes a reading aid (拼音) for the text; its other
 * reader holds every cell as an object, runs through a merged range or a validation cell by cell, and unpacks without bound.
 *
 * @throws InputFault
 */
export async function readXlsxTable(bytes: Buffer): Promise<Table> {
  const book = await openWorkbook(bytes);
  const { sheet, remarks } = chooseSheet(book.sheets);
  const reader = new SheetReader(book);
  await book.scan(sheet.path, reader);
  reader.rows.sort((a, b) => a.number - b.number);
  coverMerged(reader);
  const rows: readonly TableRow[] = reader.rows;
  return { rows, remarks };
}
