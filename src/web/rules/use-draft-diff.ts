import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { draftDiffQuery } from '../api/rule-queries.js';
import type { DraftDiff, DraftView } from '../api/types.js';
import type { UnsavedTexts } from './unsaved.js';
import { useDebounced } from './use-debounced.js';

const PAUSE_MS = 1200;

/** Which cases the draft as it is written now decides otherwise. */
export function useDraftDiff(
  { id, revision, base }: DraftView,
  unsaved: UnsavedTexts,
  enabled = true,
): UseQueryResult<DraftDiff> {
  const settled = useDebounced(unsaved, PAUSE_MS);
  const files = useMemo(() => [...settled].map(([path, { text }]) => ({ path, text })), [settled]);
  return useQuery({ ...draftDiffQuery(id, revision, base, files), enabled });
}
