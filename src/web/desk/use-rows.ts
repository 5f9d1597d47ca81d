import { useQuery } from '@tanstack/react-query';
import { type ListFilter, listQuery, searchQuery } from '../api/queries.js';
import type { FilingRow } from '../api/types.js';
import { useTrail } from './use-trail.js';

/** The rows that the list shows now, and the way through its pages. */
export interface Rows<Row = FilingRow> {
  readonly rows: readonly Row[];
  readonly isLoading: boolean;
  readonly isStale: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Place of the first row in the whole list, from 1. */
  readonly from: number;
  readonly next: (() => void) | undefined;
  readonly previous: (() => void) | undefined;
}

/** What waits for a person stands in the order in which it runs out, whatever the page's own order is. */
function inOrder(rows: readonly FilingRow[], filter: ListFilter): readonly FilingRow[] {
  if (filter.state !== 'needs_review') return rows;
  const due = ({ waiting, clock }: FilingRow): string => waiting?.due ?? clock?.due ?? '9999';
  return [...rows].sort((a, b) => (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : 0));
}

/** Rows of a list or, where something is searched for, of what was found. */
export function useRows(court: string, filter: ListFilter, searched: string): Rows {
  const { place, on, back } = useTrail(JSON.stringify([filter, searched]));
  const isSearch = searched !== '';
  const list = useQuery({ ...listQuery(court, filter, place.after), enabled: !isSearch });
  const found = useQuery({ ...searchQuery(court, searched, place.after), enabled: isSearch });
  const query = isSearch ? found : list;
  const page = query.data;
  const rows = page === undefined ? [] : isSearch ? page.items : inOrder(page.items, filter);
  const { next } = page ?? { next: null };
  return {
    rows,
    isLoading: query.isPending,
    isStale: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
    from: place.from,
    next: next === null || query.isPlaceholderData ? undefined : () => on(next, rows.length),
    previous: back,
  };
}
