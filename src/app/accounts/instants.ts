/** The instant `minutes` after another, ISO 8601 in UTC. */
export const minutesAfter = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();

/** Seconds from one instant to another. */
export const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** Whether the first instant is before the second. */
export const isBefore = (a: string, b: string): boolean => Date.parse(a) < Date.parse(b);
