import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell, ReportTable } from '../../../src/core/documents/report-table.js';
import { reportWorkbook } from '../../../src/shell/files/workbook.js';
import { identityNumber } from '../../support/court.js';

const tableOf = (rows: readonly (readonly Cell[])[]): ReportTable => ({
  name: '流程台账',
  caption: '示例县人民法院流程台账（2026-03-01 至 2026-03-31）',
  header: ['登记号', '理由'],
  widths: [18, 50],
  rows,
});

async function opened(tables: readonly ReportTable[]): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(await reportWorkbook(tables)).buffer);
  return workbook;
}

const sheetOf = async (rows: readonly (readonly Cell[])[]): Promise<ExcelJS.Worksheet> => {
  const sheet = (await opened([tableOf(rows)])).getWorksheet('流程台账');
  if (!sheet) throw new Error('no sheet');
  return sheet;
};

test('a sheet says whose it is and of which days, keeps its head in view and on every page, and filters by it', async () => {
  const sheet = await sheetOf([['F-1', '已办']]);
  expect(sheet.getCell('A1').value).toBe('示例县人民法院流程台账（2026-03-01 至 2026-03-31）');
  expect(sheet.getCell('B1').isMerged).toBe(true);
  expect(sheet.getRow(2).values).toEqual([undefined, '登记号', '理由']);
  expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 2 }]);
  expect(sheet.autoFilter).toBe('A2:B2');
  expect(sheet.pageSetup).toMatchObject({
    orientation: 'landscape',
    paperSize: 9,
    fitToPage: true,
    printTitlesRow: '1:2',
  });
});

test('whatever text looks like a formula is a text, and what looks like a number too', async () => {
  const looks = fc.constantFrom('=', '+', '-', '@', '\t=', '\r=', ' =', '＝', '');
  const text = fc.tuple(
    looks,
    fc.oneof(fc.constantFrom('1+1', 'HYPERLINK("http://x","y")', "cmd|' /C calc'!A0", '12'), fc.string()),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (all) => {
      const written = all.map(([look, rest]) => look + rest);
      const sheet = await sheetOf(written.map((each) => ['F-1', each]));
      for (const index of written.keys()) {
        const cell = sheet.getCell(index + 3, 2);
        expect(cell.formula).toBe(undefined);
        expect([ExcelJS.ValueType.String, ExcelJS.ValueType.Null]).toContain(cell.type);
        expect(cell.numFmt).toBe('@');
      }
    }),
    { numRuns: 40 },
  );
  const sheet = await sheetOf([['F-1', '=1+1']]);
  expect(sheet.getCell('B3').value).toBe('=1+1');
});

test('a count is a number, which can be summed', async () => {
  const sheet = await sheetOf([['F-1', 12]]);
  expect(sheet.getCell('B3')).toMatchObject({ value: 12, type: ExcelJS.ValueType.Number, numFmt: '0' });
  expect(sheet.getCell('A3').numFmt).toBe('@');
});

test('identity numbers are masked, equal tables are equal bytes', async () => {
  const rows = [['F-1', `证件号码${identityNumber(101)}`]];
  expect((await sheetOf(rows)).getCell('B3').value).not.toContain(identityNumber(101));
  expect((await reportWorkbook([tableOf(rows)])).equals(await reportWorkbook([tableOf(rows)]))).toBe(true);
});
