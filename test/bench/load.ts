/** A line of figures. */
export const print = (line: string): void => void process.stdout.write(`${line}\n`);
/** @param sorted ascending */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** How fast so many acts were; milliseconds. */
export interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Runs `count` acts from so many clients, each of which waits for its answer before it asks again.
 *
 * @param act may answer with how long it took by itself, where it does something before
 */
export async function load(
  clients: number,
  count: number,
  act: (at: number, client: number) => Promise<unknown>,
): Promise<Load> {
  const took: number[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let at = next++; at < count; at = next++) {
        const from = performance.now();
        const own = await act(at, client);
        took.push(typeof own === 'number' ? own : performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  took.sort((a, b) => a - b);
  return { perSecond: count / seconds, p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
}
