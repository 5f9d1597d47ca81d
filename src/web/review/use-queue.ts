import { useQuery } from '@tanstack/react-query';
import { objectionsQuery } from '../api/queries.js';
import type { ObjectionRow, ObjectionsFilter } from '../api/types.js';
import type { Rows } from '../desk/use-rows.js';
import { useTrail } from '../desk/use-trail.js';

/** The rows of the queue, page by page. */
export function useQueue(court: string, filter: ObjectionsFilter): Rows<ObjectionRow> {
  const { place, on, back } = useTrail(JSON.stringify(filter));
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(objectionsQuery(court, filter, place.after));
  const rows = data?.items ?? [];
  const next = data?.next ?? null;
  return {
    rows,
    isLoading: isPending,
    isStale: isPlaceholderData,
    error,
    retry: () => void refetch(),
    from: place.from,
    next: next === null || isPlaceholderData ? undefined : () => on(next, rows.length),
    previous: back,
  };
}
