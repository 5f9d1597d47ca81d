import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { draftCheckQuery, draftQuery, draftsQuery } from '../api/rule-queries.js';
import type { DraftCheck, DraftView } from '../api/types.js';
import type { RuleProblem } from './problem.js';
import type { UnsavedTexts } from './unsaved.js';
import { useDebounced } from './use-debounced.js';

const PAUSE_MS = 700;

/** What is known of a draft's soundness now. */
export interface LiveCheck {
  readonly report: DraftCheck | undefined;
  /** A newer text is being checked, or will be. */
  readonly isUnderWay: boolean;
  readonly error: Error | null;
  readonly again: () => void;
  readonly problemsOf: (path: string) => readonly RuleProblem[];
  /** How many there are, by file. */
  readonly counts: ReadonlyMap<string, number>;
}

const NONE: readonly RuleProblem[] = [];

/** Checks a draft with what is typed and not saved, a moment after the last key. */
export function useDraftCheck({ id, revision, base, state }: DraftView, unsaved: UnsavedTexts): LiveCheck {
  const client = useQueryClient();
  const settled = useDebounced(unsaved, PAUSE_MS);
  const files = useMemo(() => [...settled].map(([path, { text }]) => ({ path, text })), [settled]);
  const query = useQuery({ ...draftCheckQuery(id, revision, base, files), retry: 1 });
  const { data: report } = query;
  const isNewlyChecked = report?.isChecked === true && report.revision === revision && state === 'draft';
  useEffect(() => {
    if (!isNewlyChecked) return;
    void client.invalidateQueries({ queryKey: draftQuery(id).queryKey });
    void client.invalidateQueries({ queryKey: draftsQuery.queryKey });
  }, [isNewlyChecked, client, id]);
  const byFile = useMemo(() => {
    const found = new Map<string, RuleProblem[]>();
    for (const problem of report?.problems ?? []) {
      const known = found.get(problem.file);
      if (known) known.push(problem);
      else found.set(problem.file, [problem]);
    }
    return found;
  }, [report]);
  return {
    report,
    isUnderWay: settled !== unsaved || query.isPlaceholderData || query.isFetching,
    error: query.error,
    again: () => void query.refetch(),
    problemsOf: (path) => byFile.get(path) ?? NONE,
    counts: useMemo(() => new Map([...byFile].map(([path, list]) => [path, list.length])), [byFile]),
  };
}
