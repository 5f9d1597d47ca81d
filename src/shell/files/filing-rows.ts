import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { filingSchema } from '../../core/documents/filing.js';
import type { TableColumn, TableVocabulary } from './table-layout.js';
import { tableColumns } from './table-layout.js';

/** A filing as it is written down, before it is validated. */
export type FilingDocument = z.input<typeof filingSchema>;

const UNKNOWN = '不知道';

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const segment of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, segment)) return undefined;
    at = (at as Record<string, unknown>)[segment];
  }
  return at;
}

/** The cell that `column.read` reads back as `value`. */
function cellText(column: TableColumn, value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return UNKNOWN;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) {
    const lines = value.map(String);
    // One item that has `；` in it would be taken for two, unless the cell has a line end.
    return lines.length === 1 && /[；;]/u.test(lines[0] ?? '') ? `${lines[0]}\n` : lines.join('\n');
  }
  const text = String(value);
  for (const [word, key] of column.words ?? []) if (key === text) return word;
  return text;
}

/** Filings as rows of the table: the header, then one row per party. */
export function filingRows(filings: readonly FilingDocument[], vocabulary: TableVocabulary): string[][] {
  const columns = tableColumns(vocabulary);
  const rows = [columns.map((column) => column.header)];
  for (const filing of filings) {
    for (const [index, party] of filing.parties.entries()) {
      rows.push(
        columns.map((column) => {
          if (column.scope === 'party') return cellText(column, valueAt(party, column.path));
          return index === 0 || column.path[0] === 'id' ? cellText(column, valueAt(filing, column.path)) : '';
        }),
      );
    }
  }
  return rows;
}

/** Rows as CSV with byte order mark, as spreadsheet programs want it. */
export const rowsCsv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => [...row]),
    { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n;\t]/u },
  );
