/**
 * Writes `docs/sample/docket.json` and `docs/sample/filings.xlsx`: `npx tsx test/generate/sample.ts`.
 * An invented court with three thousand past cases, and sixty filings of one day; the same bytes every time.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadLawbook } from '../../src/shell/cli/library.js';
import { filingRows } from '../../src/shell/files/filing-rows.js';
import { FILINGS_SHEET } from '../../src/shell/files/read-xlsx.js';
import type { TableVocabulary } from '../../src/shell/files/table-layout.js';
import { tableVocabulary } from '../../src/shell/files/table-vocabulary.js';
import { addSheet, newWorkbook, workbookBytes } from '../../src/shell/files/workbook.js';
import { Random } from './random.js';
import { fileCivilLinks, fileNewCivil, fileQuestions, fileRecusals, fileUnableOwners } from './sample/civil.js';
import { type DocketDocument, sampleCourt } from './sample/court.js';
import { type DayFiling, Desk } from './sample/desk.js';
import { fileFaulty } from './sample/faulty.js';
import { fileContinued, fileCriminalAndAdministrative, fileEnforcement } from './sample/other.js';
import { PastCases } from './sample/past.js';
import { Register } from './sample/register.js';

const CASES = 3000;
const SEED = 1599;

/** The sample: the docket and the filings of the day. */
export interface Sample {
  readonly docket: DocketDocument;
  readonly filings: readonly DayFiling[];
}

/** Makes the sample up. */
export function makeSample(): Sample {
  const register = new Register();
  const desk = new Desk(register);
  fileNewCivil(desk);
  fileCivilLinks(desk);
  fileUnableOwners(desk);
  fileRecusals(desk);
  fileQuestions(desk);
  fileContinued(desk);
  fileCriminalAndAdministrative(desk);
  fileEnforcement(desk);
  fileFaulty(desk);
  new PastCases(new Random(SEED), register).fill(CASES);
  register.close();
  return { docket: { ...sampleCourt(), cases: register.documents() }, filings: desk.filings() };
}

/** The docket as JSON, one case a line. */
export function docketText({ docket }: Sample): string {
  const { cases, judges, ...rest } = docket;
  const lines = (rows: readonly unknown[]): string => rows.map((row) => JSON.stringify(row)).join(',\n');
  const head = JSON.stringify(rest).slice(0, -1);
  return `${head},"judges":[\n${lines(judges)}\n],"cases":[\n${lines(cases)}\n]}\n`;
}

/** The filings as a workbook in the layout of the template. */
export async function filingsWorkbook({ filings }: Sample, vocabulary: TableVocabulary): Promise<Buffer> {
  const workbook = newWorkbook();
  const [header = []] = filingRows([], vocabulary);
  const widths = header.map((word) => (/号|名称|案由|代码/.test(word) ? 24 : Math.max(10, word.length * 2 + 2)));
  const sheet = addSheet(workbook, FILINGS_SHEET, header, widths);
  for (const [index, { document, id, cells = [] }] of filings.entries()) {
    const own = id ?? `2026-${String(index + 1).padStart(4, '0')}`;
    const [, ...rows] = filingRows([{ id: own, ...document }], vocabulary);
    for (const [party, row] of rows.entries()) {
      const patched = new Map(
        cells.filter((cell) => cell.party === party).map(({ header: word, value }) => [word, value]),
      );
      sheet.addRow(row.map((cell, at) => patched.get(header[at] ?? '') ?? (cell === '' ? null : cell)));
    }
  }
  return workbookBytes(workbook);
}

/** The words that the table is written in. */
export const sampleVocabulary = (): TableVocabulary =>
  tableVocabulary(loadLawbook(fileURLToPath(new URL('../../rules', import.meta.url))).book.vocabulary);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = fileURLToPath(new URL('../../docs/sample/', import.meta.url));
  const sample = makeSample();
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}docket.json`, docketText(sample));
  writeFileSync(`${folder}filings.xlsx`, await filingsWorkbook(sample, sampleVocabulary()));
  process.stdout.write(`${sample.docket.cases.length} cases, ${sample.filings.length} filings\n`);
}
