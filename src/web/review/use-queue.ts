import { useQuery } from '@tanstack/react-query';
import { objectionsQuery } from '../api/queries.js';
import type { ObjectionRow, ObjectionsFilter } from '../api/types.js';
import { pageOf, type Rows } from '../desk/use-rows.js';
import { useTrail } from '../desk/use-trail.js';

/** The rows of the queue, page by page. */
export function useQueue(court: string, filter: ObjectionsFilter): Rows<ObjectionRow> {
  const trail = useTrail(JSON.stringify(filter));
  return pageOf(trail, useQuery(objectionsQuery(court, filter, trail.place.after)));
}
