import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, unwrap } from '../api/client.js';
import type { FieldError } from '../api/problem.js';
import { checkable, type Draft, documentOf } from './draft.js';

const CHECK_AFTER_MS = 400;

const checkQuery = (court: string, filing: unknown) =>
  queryOptions({
    queryKey: ['check', court, JSON.stringify(filing)],
    queryFn: async ({ signal }) =>
      unwrap(await api.POST('/api/v1/courts/{court}/check', { params: { path: { court } }, body: { filing }, signal }))
        .errors,
    staleTime: Number.POSITIVE_INFINITY,
    // What was typed on the way is of no use to anybody.
    gcTime: 0,
  });

/** A filing that is being typed, checked while it is. */
export interface FilingForm {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  /** Goes on from something else: what is in it now counts as typed. */
  readonly replace: (draft: Draft) => void;
  /** Begins anew with an untouched form. */
  readonly restart: (draft: Draft) => void;
  /** What is wrong and may be shown: in fields that were left, or everywhere once it was submitted. */
  readonly errors: readonly FieldError[];
  readonly touch: (pointer: string) => void;
  readonly isDirty: boolean;
  /** Checks everything now and shows it all; true when nothing is wrong. */
  readonly checkAll: () => Promise<boolean>;
  /** Errors that only the service could find. */
  readonly refuse: (errors: readonly FieldError[]) => void;
}

/** Later errors at the same place say nothing new. */
function firstOfEach(errors: readonly FieldError[]): FieldError[] {
  const seen = new Set<string>();
  return errors.filter(({ path }) => !seen.has(path) && seen.add(path));
}

/** @param found errors that were known before anything was typed; they stand until their field is touched */
export function useFilingForm(court: string, initial: Draft, found: readonly FieldError[]): FilingForm {
  const client = useQueryClient();
  const [base, setBase] = useState(initial);
  const [draft, setDraft] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [known, setKnown] = useState(found);
  const [showsAll, setShowsAll] = useState(found.length > 0);
  const [settled, setSettled] = useState(initial);
  const form = useRef(draft);
  form.current = draft;

  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(draft), CHECK_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, [draft]);

  const isDirty = draft !== base;
  const { data: checked = [] } = useQuery({
    ...checkQuery(court, checkable(documentOf(settled, court))),
    enabled: isDirty || found.length > 0,
    placeholderData: (previous) => previous,
  });

  const change = (changes: Partial<Draft>): void => setDraft((now) => ({ ...now, ...changes }));
  const all = firstOfEach([...known, ...checked]);
  return {
    draft,
    set: change,
    replace: (next) => {
      setDraft(next);
      setKnown([]);
    },
    restart: (next) => {
      setBase(next);
      setDraft(next);
      setKnown([]);
      setTouched(new Set());
      setShowsAll(false);
    },
    errors: showsAll ? all : all.filter(({ path }) => touched.has(path)),
    touch: (pointer) => {
      setTouched((now) => new Set(now).add(pointer));
      setKnown((now) => now.filter(({ path }) => path !== pointer));
    },
    isDirty,
    checkAll: async () => {
      setShowsAll(true);
      setSettled(form.current);
      const query = checkQuery(court, checkable(documentOf(form.current, court)));
      const errors = await client.fetchQuery({ ...query, retry: false });
      return errors.length === 0;
    },
    refuse: (errors) => {
      setShowsAll(true);
      setKnown(errors);
    },
  };
}
