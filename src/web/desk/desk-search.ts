import { getRouteApi } from '@tanstack/react-router';
import type { FilingState } from '../api/types.js';
import { STATE_WORDS } from '../words/words.js';

/** What the desk's address says: which list, which filing is open, what is open beside it. Opaque ids, no names. */
export interface DeskSearch {
  readonly state?: FilingState;
  readonly batch?: string;
  /** Only clocks that run out within so many days. */
  readonly due?: number;
  readonly filing?: string;
  readonly panel?: 'new' | 'correct' | 'proposals';
}

const isState = (value: unknown): value is FilingState =>
  typeof value === 'string' && Object.hasOwn(STATE_WORDS, value);

/** Reads an address that somebody may have written by hand: what it does not know it leaves out. */
export function readDeskSearch(raw: Readonly<Record<string, unknown>>): DeskSearch {
  const { state, batch, due, filing, panel } = raw;
  return {
    ...(isState(state) && { state }),
    ...(typeof batch === 'string' && { batch }),
    ...(typeof due === 'number' && Number.isInteger(due) && due >= 0 && { due }),
    ...(typeof filing === 'string' && { filing }),
    ...((panel === 'new' || panel === 'correct' || panel === 'proposals') && { panel }),
  };
}

/** The address of the desk; reading and changing it is how lists and panels are opened. */
export const deskAddress = getRouteApi('/desk/$court');
