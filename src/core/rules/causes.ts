/** The official names that rules may cite; built from the cause tree of `core/law`. */
export interface CauseNames {
  has(name: string): boolean;
  /** Names near a misspelt one, for a "did you mean". */
  near(name: string): readonly string[];
  /** Names from level 1 down to the cause itself; undefined when unknown. */
  pathOf(name: string): readonly string[] | undefined;
}
