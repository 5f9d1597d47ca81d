import { once } from 'node:events';
import type { Decision } from '../../core/documents/decision.js';
import type { Vocabulary } from '../../core/rules/vocabulary.js';
import { labelOf } from '../../core/rules/vocabulary.js';
import type { TableOptions } from '../files/decision-rows.js';
import { InputFault, inputErrorOf } from '../files/input-error.js';
import { writeWhole } from '../files/write-file.js';
import { decisionsCsv, decisionsJson, decisionsText } from '../files/write-table.js';
import { CliFailure, failInput } from './failure.js';

export type Format = 'json' | 'table' | 'csv' | 'xlsx';

/** Writes decisions in a format to a file, or to stdout and nothing else there. */
export async function writeDecisions(
  decisions: readonly Decision[],
  format: Format,
  out: string | undefined,
  names: { readonly vocabulary: Vocabulary; readonly judge: (id: string) => string },
): Promise<void> {
  const options: TableOptions = {
    label: (enumeration, key) => labelOf(names.vocabulary, enumeration, key),
    judge: names.judge,
  };
  if (format === 'xlsx' && out === undefined)
    throw new CliFailure('xlsx 不能打印在屏幕上,请用 --out 指定文件,例如 --out 分案结果.xlsx');
  const content = async (): Promise<Uint8Array | Iterable<string>> => {
    switch (format) {
      case 'json':
        return decisionsJson(decisions);
      case 'csv':
        return decisionsCsv(decisions, options);
      case 'table':
        return decisionsText(decisions, { ...options, width: process.stdout.columns ?? 160 });
      case 'xlsx': {
        // Loading the writer takes a tenth of a second.
        const { decisionsWorkbook } = await import('../files/workbook.js');
        return decisionsWorkbook(decisions, options);
      }
    }
  };
  try {
    await deliver(await content(), out);
  } catch (failure) {
    if (failure instanceof InputFault) failInput(inputErrorOf(failure, out ?? '标准输出'));
    throw failure;
  }
}

/** Writes to a file, whole or not at all, or prints. @throws CliFailure where the file cannot be written */
export async function deliver(whole: Uint8Array | Iterable<string>, out: string | undefined): Promise<void> {
  if (out === undefined) return print(whole);
  const written = await writeWhole(out, whole);
  if (!written.ok) failInput(written.error);
}

/** Prints text piece by piece and waits while the reader is slow. A reader that has gone away ends it without noise. */
export async function print(whole: Uint8Array | Iterable<string>): Promise<void> {
  const pieces = whole instanceof Uint8Array ? [whole] : whole;
  for (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}
