import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type ListFilter, listQuery, searchQuery } from '../api/queries.js';
import type { FilingRow } from '../api/types.js';
import { type Trail, useTrail } from './use-trail.js';

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

interface PageOf<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
}

type PageQuery<Row> = Pick<
  UseQueryResult<PageOf<Row>, Error>,
  'data' | 'error' | 'isPending' | 'isPlaceholderData' | 'refetch'
>;

/** The page of a list that was asked for at the trail's place. */
export function pageOf<Row>({ place, on, back }: Trail, query: PageQuery<Row>): Rows<Row> {
  const { data, error, isPending, isPlaceholderData, refetch } = query;
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

/** What waits for a person stands in the order in which it runs out, whatever the page's own order is. */
function inOrder(rows: readonly FilingRow[], filter: ListFilter): readonly FilingRow[] {
  if (filter.state !== 'needs_review') return rows;
  const due = ({ waiting, clock }: FilingRow): string => waiting?.due ?? clock?.due ?? '9999';
  return [...rows].sort((a, b) => (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : 0));
}

/** Rows of a list or, where something is searched for, of what was found. */
export function useRows(court: string, filter: ListFilter, searched: string): Rows {
  const trail = useTrail(JSON.stringify([filter, searched]));
  const isSearch = searched !== '';
  const list = useQuery({ ...listQuery(court, filter, trail.place.after), enabled: !isSearch });
  const found = useQuery({ ...searchQuery(court, searched, trail.place.after), enabled: isSearch });
  const page = pageOf(trail, isSearch ? found : list);
  return isSearch ? page : { ...page, rows: inOrder(page.rows, filter) };
}
