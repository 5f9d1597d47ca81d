/** One page of a list, and what asks for the one after it. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Asks for the next page; null on the last. */
  readonly next: string | null;
}
