import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll } from 'vitest';
import { parse } from 'yaml';
import { answersSchema } from '../../../src/core/documents/filing.js';
import type { FilingRead, FilingsRead } from '../../../src/shell/files/assemble-filings.js';
import { type FilingDocument, filingRows } from '../../../src/shell/files/filing-rows.js';
import { readFilings } from '../../../src/shell/files/read-table.js';
import type { TableVocabulary } from '../../../src/shell/files/table-layout.js';

const folder = mkdtempSync(join(tmpdir(), 'shouze-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A path in the temporary folder; with content, the file is written. */
export function file(name: string, content?: string | Uint8Array): string {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content);
  return path;
}

interface Terms {
  枚举: { 词: string; 值: { 词: string; 键: string }[] }[];
}
interface Facts {
  事实: { 词: string; 键: string; 组: string; 类型: string; 释?: string }[];
}
const yaml = (name: string): unknown => parse(readFileSync(`rules/vocabulary/${name}.yaml`, 'utf8'));

export const vocabulary: TableVocabulary = {
  enumWords: new Map(
    (yaml('terms') as Terms).枚举.map((one) => [one.词, new Map(one.值.map((value) => [value.词, value.键]))]),
  ),
  answers: (yaml('facts') as Facts).事实
    .filter((fact) => fact.组 === '陈述' && Object.hasOwn(answersSchema.shape, fact.键))
    .map((fact) => ({
      key: fact.键,
      word: fact.词,
      type: fact.类型 === '整数' ? ('整数' as const) : ('是否' as const),
      ...(fact.释 === undefined ? {} : { note: fact.释 }),
    })),
};

export const label = (enumeration: string, key: string): string => {
  for (const [word, known] of vocabulary.enumWords.get(enumeration) ?? []) if (known === key) return word;
  return key;
};

/** A workbook whose sheet 收案 holds the rows. */
export async function workbook(
  rows: readonly (readonly ExcelJS.CellValue[])[],
  change?: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => unknown,
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('收案');
  for (const row of rows) sheet.addRow([...row]);
  change?.(sheet, book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

export async function read(path: string): Promise<FilingsRead> {
  const result = await readFilings(path, vocabulary);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export const values = (filings: readonly FilingRead[]): unknown[] => filings.map((filing) => filing.value);

export async function refusal(path: string) {
  const result = await readFilings(path, vocabulary);
  if (result.ok) throw new Error('was read');
  return result.error;
}

export const SAMPLE: readonly FilingDocument[] = [
  {
    id: '2026-0001',
    court: '川1527',
    matter: 'civil',
    stage: 'first_instance',
    receivedOn: '2026-03-09',
    cause: '民间借贷纠纷',
    amount: '86000.00',
    claims: ['判令被告归还借款；并支付利息', '诉讼费用由被告负担'],
    citedCases: ['（2025）川1527民初88号', '（2024）川1527民初12号'],
    parties: [
      { role: 'plaintiff', kind: 'person', name: '王建国', idNumber: '511527197506150015', formerNames: ['王小国'] },
      {
        role: 'defendant',
        kind: 'organization',
        name: '筠连青禾茶业有限公司',
        uscc: '91511527076543212B',
        whereabouts: null,
      },
      { role: 'agent', kind: 'person', name: '李志强', represents: '王建国', foreign: false },
    ],
    facts: { factsClear: true, rightsClear: false, disputeMinor: null },
  },
  {
    id: '2026-0002',
    court: '川1527',
    matter: 'enforcement',
    stage: 'enforcement',
    receivedOn: '2026-03-10',
    initialMeasuresReturnedOn: '2026-03-12',
    cause: '买卖合同纠纷',
    amount: null,
    parties: [
      { role: 'creditor', kind: 'person', name: '魏东', whereabouts: 'known', foreign: true },
      { role: 'debtor', kind: 'person', name: '何晓兰', whereabouts: 'missing', foreign: null },
    ],
    instrument: { caseNo: '（2025）川1527民初300号', kind: 'judgment', instalment: 2 },
    origin: { relation: 'enforcement_objection', caseNo: '（2025）川1527执300号' },
    facts: { maxSentenceMonths: 36, foreignRelated: true },
  },
];

export const rowsOf = (filings: readonly FilingDocument[] = SAMPLE): string[][] => filingRows(filings, vocabulary);

/** Rows of the sample under a few columns only, from header to cells. */
export function rows(cells: readonly Readonly<Record<string, ExcelJS.CellValue>>[]): ExcelJS.CellValue[][] {
  const headers = [...new Set(cells.flatMap((row) => Object.keys(row)))];
  return [headers, ...cells.map((row) => headers.map((header) => row[header] ?? null))];
}

export const FIRST = {
  登记号: '2026-0001',
  法院代字: '川1527',
  案件类别: '民事',
  审级: '一审',
  收案日期: '2026-03-09',
  案由: '民间借贷纠纷',
  诉讼地位: '原告',
  当事人类型: '自然人',
  姓名或名称: '王建国',
} as const;
