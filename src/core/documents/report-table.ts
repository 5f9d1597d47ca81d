/** A table of a register or a report: texts alone, so that whatever opens it takes nothing in it for a formula. */
export interface ReportTable {
  readonly name: string;
  readonly header: readonly string[];
  /** Of the columns, in characters. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly string[])[];
}
