import { extname } from 'node:path';
import type ExcelJS from 'exceljs';
import { err, type Result } from '../../core/kernel/result.js';
import { EXAMPLE_ID } from './assemble-filings.js';
import { type FilingDocument, filingRows, rowsCsv } from './filing-rows.js';
import type { InputError } from './input-error.js';
import { FILINGS_SHEET } from './read-xlsx.js';
import { columnLetter, type TableColumn, type TableVocabulary, tableColumns } from './table-layout.js';
import { addSheet, newWorkbook, workbookBytes } from './workbook.js';
import { writeWhole } from './write-file.js';

const ROWS = 500;
/** A drop-down whose words stand in the file itself may be this long. */
const MAX_LIST = 255;

/** The filing that the template shows. The people are made up; the check digits are right. */
export const TEMPLATE_FILINGS: readonly FilingDocument[] = [
  {
    id: `${EXAMPLE_ID}-0001`,
    court: '川1527',
    matter: 'civil',
    stage: 'first_instance',
    receivedOn: '2026-03-09',
    cause: '民间借贷纠纷',
    amount: '20000.00',
    claims: ['判令被告归还借款本金 20000 元', '本案诉讼费用由被告负担'],
    citedCases: ['（2025）川1527民初88号'],
    parties: [
      { role: 'plaintiff', kind: 'person', name: '王建国', idNumber: '511527197506150015' },
      { role: 'defendant', kind: 'person', name: '李志强', idNumber: '511527197506150023', whereabouts: 'known' },
    ],
    facts: { factsClear: true, rightsClear: true, disputeMinor: true, appraisalNeeded: false, mediationAgreed: null },
  },
];

const GUIDE: readonly string[] = [
  `在「${FILINGS_SHEET}」工作表里填写,第一行表头不要改动,列的先后可以调整,不用的列可以删去(标「必填」的除外)。`,
  '一个当事人一行。一件收案的第一行填写收案各列和第一个当事人;其他当事人另起一行,只填当事人各列,登记号留空或者填相同的登记号。',
  '需要回答的各列填 是、否、不知道。没有问过的留空:留空按规则推定或者推导,「不知道」一律不推定,可能影响结果时会请人确认。',
  '身份证号、信用代码、案号、登记号各列须为文本格式(模板已设好)。粘贴时请选「只粘贴数值」,否则表格软件会丢掉后几位。',
  '诉讼请求、引用案号、曾用名可以填多项:单元格内换行(Alt+Enter),或者用；隔开。',
  '表里的两行是示例(一件收案,两个当事人),人名和号码都是虚构的,正式使用前请删去。',
];

const choices = (column: TableColumn): string[] => {
  if (column.kind === 'answer') return ['是', '否', '不知道'];
  const words = [...(column.words?.keys() ?? [])];
  return column.path.at(-1) === 'whereabouts' ? [...words, '不知道'] : words;
};

const noteText = (column: TableColumn): string =>
  [column.required ? '必填。' : '', column.note, choices(column).length > 0 ? `可填:${choices(column).join('、')}` : '']
    .filter((part) => part !== '')
    .join('\n');

const widthOf = (column: TableColumn): number => {
  if (column.kind === 'identity' || column.path.includes('caseNo')) return 24;
  if (column.kind === 'list') return 36;
  return Math.max(12, column.header.length * 2 + 4);
};

interface Validations {
  add(range: string, validation: ExcelJS.DataValidation): void;
}

function addChoices(sheet: ExcelJS.Worksheet, column: TableColumn, letter: string): void {
  const list = choices(column).join(',');
  if (list === '' || list.length > MAX_LIST) return;
  // The library's types leave this member out.
  const { dataValidations } = sheet as unknown as { dataValidations: Validations };
  dataValidations.add(`${letter}2:${letter}${ROWS + 1}`, {
    type: 'list',
    allowBlank: true,
    formulae: [`"${list}"`],
    showErrorMessage: true,
    errorTitle: column.header,
    error: `请从下拉列表中选择:${list}`.slice(0, 220),
  });
}

/** The template as a workbook: drop-downs, notes, a sheet that explains each column, one made-up filing. */
export async function templateWorkbook(vocabulary: TableVocabulary): Promise<Buffer> {
  const columns = tableColumns(vocabulary);
  const [header = [], ...examples] = filingRows(TEMPLATE_FILINGS, vocabulary);
  const workbook = newWorkbook();
  const sheet = addSheet(workbook, FILINGS_SHEET, header, columns.map(widthOf));
  sheet.views = [{ state: 'frozen', xSplit: 1, ySplit: 1 }];
  for (const row of examples) sheet.addRow(row.map((cell) => (cell === '' ? null : cell)));
  for (const [index, column] of columns.entries()) {
    const cell = sheet.getCell(1, index + 1);
    const note = noteText(column);
    if (note !== '') cell.note = note;
    cell.font = { bold: true, color: { argb: column.required ? 'FFC00000' : 'FF000000' } };
    addChoices(sheet, column, columnLetter(index));
  }
  const guide = addSheet(workbook, '填写说明', ['列', '必填', '说明', '可填'], [22, 8, 80, 60]);
  for (const column of columns) {
    guide.addRow([column.header, column.required ? '必填' : '', column.note, choices(column).join('、')]);
  }
  guide.addRow([]);
  for (const line of GUIDE) guide.addRow(['说明', '', line]);
  return workbookBytes(workbook);
}

/**
 * Writes the template of a table of filings, `.xlsx` or `.csv` by its name, with one made-up filing in it. A file that
 * already holds something is never overwritten: it may be a filled-in template.
 */
export async function writeTemplate(path: string, vocabulary: TableVocabulary): Promise<Result<void, InputError>> {
  switch (extname(path).toLowerCase()) {
    case '.xlsx':
      return writeWhole(path, await templateWorkbook(vocabulary), { keep: true });
    case '.csv':
      return writeWhole(path, [rowsCsv(filingRows(TEMPLATE_FILINGS, vocabulary))], { keep: true });
    default:
      return err({ file: path, code: 'UNKNOWN_FORMAT', message: '模板的文件名请以 .xlsx 或者 .csv 结尾' });
  }
}
