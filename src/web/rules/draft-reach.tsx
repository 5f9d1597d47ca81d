import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { draftDiffQuery } from '../api/rule-queries.js';
import type { DraftView } from '../api/types.js';
import { NotYet } from '../parts/not-yet.js';
import { Reach } from './reach.js';
import styles from './reach.module.css';
import type { UnsavedTexts } from './unsaved.js';
import { useDebounced } from './use-debounced.js';

const PAUSE_MS = 1200;

/** Which cases the draft as it is written now decides otherwise; asked for while somebody looks at it. */
export function DraftReach({ draft, unsaved }: { readonly draft: DraftView; readonly unsaved: UnsavedTexts }) {
  const settled = useDebounced(unsaved, PAUSE_MS);
  const files = useMemo(() => [...settled].map(([path, { text }]) => ({ path, text })), [settled]);
  const { data, error, refetch } = useQuery(draftDiffQuery(draft.id, draft.revision, draft.base, files));
  if (data === undefined) return <NotYet error={error} title="影响没有算出来" onAgain={() => void refetch()} />;
  if (data.diff === null) return <p className={styles.none}>规则现在读不出来，改好问题以后再算影响。</p>;
  return <Reach diff={data.diff} />;
}
