import { invariant } from '../kernel/result.js';

/** One record of a reference table: header → cell, as a CSV reader with a header row gives it. */
export type CsvRow = Readonly<Record<string, string>>;

/** The trimmed cell under `column`; '' for an empty one. @throws InvariantError when the table lacks the column. */
export function cell(row: CsvRow, column: string): string {
  const value = row[column];
  invariant(value !== undefined, `reference table lacks column ${column}`);
  return value.trim();
}

/** As `cell`, where the cell must be one of `allowed`. @throws InvariantError otherwise. */
export function cellOf<T extends string>(row: CsvRow, column: string, allowed: readonly T[]): T {
  const value = cell(row, column);
  const found = allowed.find((each) => each === value);
  invariant(found !== undefined, `reference table, column ${column}: ${value} is none of ${allowed.join(', ')}`);
  return found;
}
