import { type Problem, Problems, type RuleFile } from './source.js';

/**
 * What was read of files that have not changed since. Whoever reads a book again and again with one file changed (an
 * editor, the mutation run) passes one cache and the same `RuleFile` objects for the rest.
 */
export class ReadCache {
  private readonly numbers = new WeakMap<RuleFile, number>();
  private readonly kept = new Map<string, { readonly value: unknown; readonly problems: readonly Problem[] }>();
  private count = 0;

  /** `read` of these files, or what it gave before; its problems are reported again each time. */
  read<T>(what: string, files: readonly RuleFile[], problems: Problems, read: (problems: Problems) => T): T {
    const key = `${what} ${files.map((file) => this.numberOf(file)).join(' ')}`;
    let kept = this.kept.get(key);
    if (!kept) {
      const own = new Problems();
      kept = { value: read(own), problems: own.list };
      this.kept.set(key, kept);
    }
    problems.list.push(...kept.problems);
    return kept.value as T;
  }

  /** Forgets what was read of one file. */
  forget(file: RuleFile): void {
    const number = this.numbers.get(file);
    if (number === undefined) return;
    for (const key of this.kept.keys()) if (key.split(' ').includes(String(number))) this.kept.delete(key);
  }

  private numberOf(file: RuleFile): number {
    let number = this.numbers.get(file);
    if (number === undefined) {
      number = ++this.count;
      this.numbers.set(file, number);
    }
    return number;
  }
}
