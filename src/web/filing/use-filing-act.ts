import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isConflict, isVersionConflict } from '../api/problem.js';
import { filingQuery } from '../api/queries.js';
import type { FilingView } from '../api/types.js';

/** Somebody else was first: the filing as it was known here, and as it is now. */
export interface Conflict {
  readonly before: FilingView | undefined;
  readonly now: FilingView;
}

export interface FilingAct<Input> {
  readonly run: (input: Input) => void;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly conflict: Conflict | undefined;
  readonly settle: () => void;
}

/**
 * One act on one filing. What the service answers becomes what is shown; lists follow. Where somebody else was first,
 * the newest state is fetched and what was typed stays where it is.
 */
export function useFilingAct<Input>(
  court: string,
  id: string,
  act: (input: Input) => Promise<FilingView>,
  onDone?: (after: FilingView, before: FilingView | undefined, input: Input) => void,
): FilingAct<Input> {
  const client = useQueryClient();
  const [conflict, setConflict] = useState<Conflict>();
  const key = filingQuery(court, id).queryKey;
  const mutation = useMutation({
    mutationFn: act,
    onMutate: () => {
      setConflict(undefined);
      return client.getQueryData(key);
    },
    onSuccess: (after, input, before) => {
      client.setQueryData(key, after);
      void client.invalidateQueries({
        queryKey: ['court', court],
        predicate: ({ queryKey: [, , kind] }) => kind !== 'filing' && kind !== 'bench',
      });
      onDone?.(after, before, input);
    },
    onError: async (error, _input, before) => {
      if (!isConflict(error)) return;
      const now = await client.fetchQuery({ ...filingQuery(court, id), staleTime: 0 }).catch(() => undefined);
      if (now !== undefined && isVersionConflict(error)) setConflict({ before, now });
    },
  });
  return {
    run: (input) => {
      if (!mutation.isPending) mutation.mutate(input);
    },
    isPending: mutation.isPending,
    error: conflict === undefined ? mutation.error : null,
    conflict,
    settle: () => {
      setConflict(undefined);
      mutation.reset();
    },
  };
}
