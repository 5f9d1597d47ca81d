import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useActKey } from '../api/act-key.js';
import { isConflict } from '../api/problem.js';

export interface RuleAct<Input> {
  readonly run: (input: Input) => void;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly reset: () => void;
}

/** One act on a draft or a release; everything about rules is read again after it, and where somebody else was first. */
export function useRuleAct<Input, Output>(
  act: (input: Input, headers: { readonly 'idempotency-key': string }) => Promise<Output>,
  onDone?: (output: Output, input: Input) => void,
): RuleAct<Input> {
  const client = useQueryClient();
  const actKey = useActKey();
  const mutation = useMutation({
    mutationFn: (input: Input) => act(input, { 'idempotency-key': actKey.keyFor(input) }),
    onSuccess: (output, input) => {
      actKey.done();
      void client.invalidateQueries({ queryKey: ['rules'] });
      onDone?.(output, input);
    },
    onError: (error) => {
      if (isConflict(error)) void client.invalidateQueries({ queryKey: ['rules'] });
    },
  });
  return {
    run: (input) => {
      if (!mutation.isPending) mutation.mutate(input);
    },
    isPending: mutation.isPending,
    error: mutation.error,
    reset: mutation.reset,
  };
}
