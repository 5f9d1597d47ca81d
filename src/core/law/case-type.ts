import { invariant } from '../kernel/result.js';
import { type CsvRow, cell, cellOf } from './csv-row.js';
import { withoutSpaces } from './normal-text.js';

/** Kinds of business, as the interchange contract names them. */
export const MATTERS = ['civil', 'criminal', 'administrative', 'enforcement'] as const;
export type Matter = (typeof MATTERS)[number];

/** Stages of a case, as the interchange contract names them. */
export const STAGES = ['first_instance', 'second_instance', 'retrial', 'enforcement', 'enforcement_review'] as const;
export type Stage = (typeof STAGES)[number];

/** A 类型代字 (法〔2015〕137号 and later additions). Matter and stage only where the code itself settles them. */
export type CaseType = {
  readonly code: string;
  readonly matter?: Matter;
  readonly stage?: Stage;
  /** What the code stands for; '' where not known. */
  readonly meaning: string;
  /** `listed` in the 2015 standard, `added` by a later instrument, `unverified`: in use, no instrument found. */
  readonly status: 'listed' | 'added' | 'unverified';
};

/** 类型代字 by code. */
export type CaseTypeTable = ReadonlyMap<string, CaseType>;

/**
 * The table of `rules/reference/case-types.csv` (columns code, matter, stage, meaning, status).
 *
 * @throws InvariantError for a missing column, an unknown word, a stage without a matter or a code that stands twice
 */
export function parseCaseTypes(rows: readonly CsvRow[]): CaseTypeTable {
  const table = new Map<string, CaseType>();
  for (const row of rows) {
    const code = cell(row, 'code');
    const matter = cellOf(row, 'matter', ['', ...MATTERS]);
    const stage = cellOf(row, 'stage', ['', ...STAGES]);
    invariant(!table.has(code), `case type ${code} stands twice`);
    invariant(stage === '' || matter !== '', `case type ${code} has a stage but no matter`);
    table.set(code, {
      code,
      ...(matter === '' ? {} : { matter }),
      ...(stage === '' ? {} : { stage }),
      meaning: cell(row, 'meaning'),
      status: cellOf(row, 'status', ['listed', 'added', 'unverified']),
    });
  }
  return table;
}

/** The row of a 类型代字; undefined where the table lacks it, as for the words of the time before 2016. */
export const caseTypeOf = (table: CaseTypeTable, type: string): CaseType | undefined =>
  table.get(type) ?? table.get(withoutSpaces(type));
