import type { ObjectionView } from '../api/types.js';
import { Alert } from '../parts/alert.js';

/** How it ended, in sight before anything else. */
export function Ended({ view }: { readonly view: ObjectionView }) {
  const { row, history } = view;
  if (row.outcome === null) return null;
  const last = history.at(-1);
  return (
    <Alert tone="calm" title={`已办结：${row.stateWord}`}>
      <p>
        {last?.on ?? row.decidedOn ?? ''} {last?.by?.name ?? '系统'} {last?.actionWord ?? ''}
        {last !== undefined && last.reason !== '' && `。理由：${last.reason}`}
      </p>
    </Alert>
  );
}
