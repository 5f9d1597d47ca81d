/** One deliberate mistake in one file of the rules folder. */
export interface Mutant {
  /** What sort of mistake: a line of the table. */
  readonly kind: string;
  /** The rule or row, and what was done to it; names the mutant in `survivors.md`. */
  readonly name: string;
  readonly path: string;
  /** The changed text; absent where the file is gone. */
  readonly text?: string;
}
