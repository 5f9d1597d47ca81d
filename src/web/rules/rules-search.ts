import { getRouteApi } from '@tanstack/react-router';

/** What the address of the desk says: which draft and file of it, or which release, is open. */
export interface RulesSearch {
  readonly draft?: string;
  readonly file?: string;
  readonly release?: number;
}

/** Reads an address that somebody may have written by hand: what it does not know it leaves out. */
export function readRulesSearch(raw: Readonly<Record<string, unknown>>): RulesSearch {
  const { draft, file, release } = raw;
  return {
    ...(typeof draft === 'string' && { draft }),
    ...(typeof draft === 'string' && typeof file === 'string' && { file }),
    ...(typeof draft !== 'string' && typeof release === 'number' && Number.isInteger(release) && { release }),
  };
}

/** The address of the desk of those who write and approve rules. */
export const rulesAddress = getRouteApi('/rules/$court');
