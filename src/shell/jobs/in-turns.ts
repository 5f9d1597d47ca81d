/**
 * Gives each court its turn, so many at once, again and again until none has more to do: whoever has much waits behind those who have
 * little. A court has one turn at a time.
 *
 * @param turn does a little for a court and says whether there is more
 */
export async function inTurns(
  courts: readonly string[],
  atOnce: number,
  turn: (court: string) => Promise<boolean>,
  signal?: AbortSignal,
): Promise<void> {
  const waiting = [...courts];
  const lane = async (): Promise<void> => {
    while (!signal?.aborted) {
      const court = waiting.shift();
      if (court === undefined) return;
      if (await turn(court)) waiting.push(court);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, courts.length) }, lane));
}
