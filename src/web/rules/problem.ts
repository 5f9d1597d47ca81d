/** Something wrong with the rules, with its place; line and column count from 1. */
export interface RuleProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
  readonly rule?: string | undefined;
}
