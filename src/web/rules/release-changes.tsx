import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { releaseFileQuery } from '../api/rule-queries.js';
import type { ReleaseView } from '../api/types.js';
import { later } from '../parts/later.js';
import { NotYet } from '../parts/not-yet.js';
import styles from './release-panel.module.css';
import { CHANGE_WORDS } from './words.js';

const MergeEditor = later(async () => (await import('./merge-editor.js')).default);

type Change = ReleaseView['changes'][number];

/** The files that a release changes; one of them is opened beside what it was. */
export function ReleaseChanges({ view }: { readonly view: ReleaseView }) {
  const [open, setOpen] = useState<string>();
  if (view.base === null) return <p>第一次发布，全部文件都是它的。</p>;
  if (view.changes.length === 0) return <p>和它所依据的规则没有差别。</p>;
  return (
    <ul className={styles.changes}>
      {view.changes.map((change) => (
        <li key={change.path}>
          <button
            type="button"
            aria-expanded={open === change.path}
            onClick={() => setOpen(open === change.path ? undefined : change.path)}
          >
            {CHANGE_WORDS[change.change]} {change.path}
          </button>
          {open === change.path && <Texts view={view} change={change} />}
        </li>
      ))}
    </ul>
  );
}

function Texts({ view, change }: { readonly view: ReleaseView; readonly change: Change }) {
  const { path, change: kind } = change;
  const { number, base } = view;
  const before = useQuery({ ...releaseFileQuery(base ?? 0, path), enabled: base !== null && kind !== 'added' });
  const after = useQuery({ ...releaseFileQuery(number, path), enabled: kind !== 'removed' });
  const left = kind === 'added' ? '' : before.data;
  const right = kind === 'removed' ? '' : after.data;
  if (left === undefined || right === undefined) {
    const again = (): void => void (left === undefined ? before.refetch() : after.refetch());
    return <NotYet error={before.error ?? after.error} title="内容没有读出来" onAgain={again} />;
  }
  return (
    <div className={styles.texts}>
      <Suspense fallback={<p role="status">正在打开…</p>}>
        <MergeEditor
          left={{ label: `${path} 原来（第 ${base ?? ''} 号）`, text: left }}
          right={{ label: `${path} 现在（第 ${number} 号）`, text: right }}
        />
      </Suspense>
    </div>
  );
}
