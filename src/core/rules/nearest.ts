import { editDistance } from '../kernel/edit-distance.js';

const SHOWN_MAX = 60;

/** What was written, as a message shows it. */
export const shorten = (written: string): string =>
  written.length > SHOWN_MAX ? `${written.slice(0, SHOWN_MAX)}……` : written;

/** The nearest of `candidates` to what was written, for a "did you mean"; undefined when nothing is near. */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  if (written.length > SHOWN_MAX) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(written.length / 2)) + 1;
  for (const candidate of candidates) {
    const distance =
      candidate.includes(written) || written.includes(candidate)
        ? Math.min(1, Math.abs(candidate.length - written.length))
        : editDistance(written, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** 「未知的X「…」,是不是「…」?」 */
export function unknownWord(what: string, written: string, candidates: Iterable<string>): string {
  const near = nearest(written, candidates);
  const shown = shorten(written);
  return near === undefined ? `词表里没有${what}「${shown}」` : `词表里没有${what}「${shown}」,是不是「${near}」?`;
}
