import { getRouteApi } from '@tanstack/react-router';
import type { ObjectionsFilter } from '../api/types.js';

/** What the address of the desk says: which part of the queue, and which run is open. Opaque ids, no names. */
export interface ReviewSearch {
  readonly state?: 'ended';
  readonly flow?: string;
  readonly waits?: NonNullable<ObjectionsFilter['waitsFor']>;
  readonly mine?: true;
  readonly overdue?: true;
  readonly run?: string;
}

/** Reads an address that somebody may have written by hand: what it does not know it leaves out. */
export function readReviewSearch(raw: Readonly<Record<string, unknown>>): ReviewSearch {
  const { state, flow, waits, mine, overdue, run } = raw;
  return {
    ...(state === 'ended' && { state }),
    ...(typeof flow === 'string' && { flow }),
    // A word that is no office of the flows the service refuses, and the queue says so.
    ...(typeof waits === 'string' && { waits: waits as NonNullable<ReviewSearch['waits']> }),
    ...(mine === true && { mine }),
    ...(overdue === true && { overdue }),
    ...(typeof run === 'string' && { run }),
  };
}

/** What the service is asked for. */
export const filterOf = ({ state, flow, waits, mine, overdue }: ReviewSearch): ObjectionsFilter => ({
  state: state ?? 'open',
  ...(flow !== undefined && { flow }),
  ...(waits !== undefined && { waitsFor: waits }),
  ...(mine && { mine: 'true' }),
  ...(overdue && { overdue: 'true' }),
});

/** The address of the desk of those who decide. */
export const reviewAddress = getRouteApi('/review/$court');
