/** What a cell holds: a text stays a text, so that whatever opens it takes nothing in it for a formula; a count can be summed. */
export type Cell = string | number;

/** A table of a register or a report. */
export interface ReportTable {
  readonly name: string;
  /** Above the header: whose it is and of which days. */
  readonly caption: string;
  readonly header: readonly string[];
  /** Of the columns, in characters. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly Cell[])[];
}
