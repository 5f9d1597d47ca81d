import type { DraftView } from '../api/types.js';
import { NotYet } from '../parts/not-yet.js';
import { Reach } from './reach.js';
import styles from './reach.module.css';
import type { UnsavedTexts } from './unsaved.js';
import { useDraftDiff } from './use-draft-diff.js';

/** Which cases the draft as it is written now decides otherwise. */
export function DraftReach({ draft, unsaved }: { readonly draft: DraftView; readonly unsaved: UnsavedTexts }) {
  const { data, error, refetch } = useDraftDiff(draft, unsaved);
  if (data === undefined) return <NotYet error={error} title="影响没有算出来" onAgain={() => void refetch()} />;
  if (data.diff === null) return <p className={styles.none}>规则现在读不出来，改好问题以后再算影响。</p>;
  return <Reach diff={data.diff} />;
}
