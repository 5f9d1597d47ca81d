import ExcelJS from 'exceljs';
import type { ReportTable } from '../../core/documents/report-table.js';
import { withoutNumbers } from '../../core/law/number-masking.js';
import { type DecisionView, detailTables, type TableOptions } from './decision-rows.js';
import { InputFault, plainText } from './input-error.js';
import { MAX_CELL_CHARACTERS } from './table-limits.js';
import { withoutTimes } from './zip.js';

const HEADER_FILL = 'FFD9E2F3';
/** The writer holds every cell in memory, with its style more than a kilobyte each. */
const MAX_CELLS = 1_000_000;
/** No clock: the same decisions are the same bytes. */
const NO_DATE = new Date('2026-01-01T00:00:00Z');

/** An empty workbook without a time in it. */
export function newWorkbook(): ExcelJS.Workbook {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'shouze';
  workbook.lastModifiedBy = 'shouze';
  workbook.created = NO_DATE;
  workbook.modified = NO_DATE;
  return workbook;
}

/** The bytes of a workbook; equal workbooks are equal bytes. */
export async function workbookBytes(workbook: ExcelJS.Workbook): Promise<Buffer> {
  return withoutTimes(Buffer.from(await workbook.xlsx.writeBuffer()));
}

/** A sheet with a header row that stays in view, below its caption where it has one, and columns that hold text. */
export function addSheet(
  workbook: ExcelJS.Workbook,
  name: string,
  header: readonly string[],
  widths: readonly number[],
  caption?: string,
): ExcelJS.Worksheet {
  const headed = caption === undefined ? 1 : 2;
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: headed }] });
  sheet.columns = widths.map((width) => ({
    width,
    style: { numFmt: '@', alignment: { vertical: 'top', wrapText: true } },
  }));
  if (caption !== undefined) addCaption(sheet, caption, header.length);
  const row = sheet.addRow([...header]);
  row.font = { bold: true };
  row.eachCell((cell) => {
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: HEADER_FILL } };
  });
  return sheet;
}

function addCaption(sheet: ExcelJS.Worksheet, caption: string, columns: number): void {
  const row = sheet.addRow([cellText(caption)]);
  row.font = { bold: true, size: 14 };
  row.height = 24;
  row.alignment = { vertical: 'middle' };
  sheet.mergeCells(1, 1, 1, columns);
}

/** Masked before it is cut, which could leave half a number that nothing recognises. */
function cellText(text: string): string {
  const shown = plainText(withoutNumbers(text));
  return shown.length > MAX_CELL_CHARACTERS ? `${shown.slice(0, MAX_CELL_CHARACTERS - 1)}…` : shown;
}

/**
 * The decisions as an xlsx workbook: 分案结果, 理由, 期限, 待人工与有误.
 *
 * @throws InputFault when there are too many of them for a workbook
 */
export async function decisionsWorkbook(decisions: Iterable<DecisionView>, options: TableOptions): Promise<Buffer> {
  const workbook = newWorkbook();
  const tables = detailTables(options).map((table) => ({
    ...table,
    sheet: addSheet(workbook, table.name, table.header, table.widths),
  }));
  let cells = 0;
  for (const decision of decisions) {
    for (const { rows, sheet, header } of tables) {
      for (const row of rows(decision)) {
        sheet.addRow(row.map(cellText));
        cells += header.length;
      }
    }
    if (cells > MAX_CELLS) {
      const message = '决定太多,放不进一个工作簿;请用 --format csv 或者 json,或者把收案分批';
      throw new InputFault({ code: 'TOO_MANY_ROWS', message });
    }
  }
  for (const { sheet, header } of tables) filterBy(sheet, header, 1);
  return workbookBytes(workbook);
}

/** Registers and reports as an xlsx workbook, a sheet for each table, to print on A4 across; a text is a text, whatever it looks like. */
export async function reportWorkbook(tables: readonly ReportTable[]): Promise<Buffer> {
  const workbook = newWorkbook();
  for (const { name, caption, header, widths, rows } of tables) {
    const sheet = addSheet(workbook, name, header, widths, caption);
    for (const row of rows) {
      const cells = sheet.addRow(row.map((cell) => (typeof cell === 'number' ? cell : cellText(cell))));
      cells.eachCell((cell) => {
        if (typeof cell.value === 'number') Object.assign(cell, COUNT);
      });
    }
    filterBy(sheet, header, 2);
    const { pageSetup } = sheet;
    Object.assign(pageSetup, ACROSS, { printTitlesRow: '1:2' });
  }
  return workbookBytes(workbook);
}

const COUNT = { numFmt: '0', alignment: { vertical: 'top', horizontal: 'right' } } as const;

/** Paper size 9 is A4. */
const ACROSS = { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;

function filterBy(sheet: ExcelJS.Worksheet, header: readonly string[], row: number): void {
  sheet.autoFilter = { from: { row, column: 1 }, to: { row, column: header.length } };
}
