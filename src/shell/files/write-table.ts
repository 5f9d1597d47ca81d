import { stringify } from 'csv-stringify/sync';
import { type DecisionView, RESULT_HEADER, resultRow, type TableOptions } from './decision-rows.js';
import { padWidth, textWidth, wrapWidth } from './text-width.js';

/** The decisions as a JSON array, one decision per line. */
export function* decisionsJson(decisions: Iterable<unknown>): Generator<string> {
  let separator = '[\n';
  for (const decision of decisions) {
    yield separator + JSON.stringify(decision);
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

/**
 * The table of results as CSV that spreadsheet programs open rightly: with byte order mark, and with an apostrophe before
 * what they would take for a formula.
 */
export function* decisionsCsv(decisions: Iterable<DecisionView>, options: TableOptions): Generator<string> {
  const line = (cells: readonly string[]): string =>
    stringify([[...cells]], { escape_formulas: true, record_delimiter: 'windows' });
  yield `\uFEFF${line(RESULT_HEADER)}`;
  for (const decision of decisions) yield line(resultRow(decision, options));
}

/** Columns may grow to this width before they wrap: 登记号 … 期限. The reason takes what is left. */
const MAX_WIDTHS = [24, 8, 20, 12, 16, 10, 34, 24];
const MIN_REASON = 24;
const GAP = '  ';

/** The table of results for a terminal of `width` columns: aligned for Chinese text, long cells wrapped. */
export function* decisionsText(
  decisions: readonly DecisionView[],
  options: TableOptions & { readonly width?: number },
): Generator<string> {
  const rows = decisions.map((decision) => resultRow(decision, options));
  const widths = MAX_WIDTHS.map((limit, column) => {
    const widest = rows.reduce((most, row) => Math.max(most, textWidth(row[column] ?? '')), 0);
    return Math.max(textWidth(RESULT_HEADER[column] ?? ''), Math.min(limit, widest));
  });
  const used = widths.reduce((sum, width) => sum + width + GAP.length, 0);
  widths.push(Math.max(MIN_REASON, (options.width ?? 120) - used));
  const layOut = function* (cells: readonly string[]): Generator<string> {
    const wrapped = cells.map((cell, column) => wrapWidth(cell, widths[column] ?? MIN_REASON));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    for (let line = 0; line < height; line++) {
      const parts = wrapped.map((lines, column) => padWidth(lines[line] ?? '', widths[column] ?? 0));
      yield `${parts.join(GAP).trimEnd()}\n`;
    }
  };
  yield* layOut(RESULT_HEADER);
  yield `${widths.map((width) => '-'.repeat(width)).join(GAP)}\n`;
  for (const row of rows) yield* layOut(row);
}
