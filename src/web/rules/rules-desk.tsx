import { Suspense, useEffect, useState } from 'react';
import { Bar } from '../desk/bar.js';
import { useCourt, useMay } from '../desk/court.js';
import { useKeys } from '../keys/keys.js';
import { FaultBoundary } from '../parts/fault-boundary.js';
import { fetchLater, later } from '../parts/later.js';
import { DraftPanel } from './draft-panel.js';
import { RULES_KEYS } from './keys.js';
import { ReleasePanel } from './release-panel.js';
import styles from './rules-desk.module.css';
import { RulesNav } from './rules-nav.js';
import { type RulesSearch, rulesAddress } from './rules-search.js';

const KeyList = later(async () => (await import('../keys/key-list.js')).KeyList);
const PasswordDialog = later(async () => (await import('../session/password-dialog.js')).PasswordDialog);
const NewDraftDialog = later(async () => (await import('./new-draft-dialog.js')).NewDraftDialog);

/** After the lists are there. */
const FETCH_LATER_MS = 1500;
const TITLE = '规则工作台';

/** 规则工作台: drafts and releases on the left, what is open on the right. */
export function RulesDesk() {
  const court = useCourt();
  const may = useMay();
  const search = rulesAddress.useSearch();
  const navigate = rulesAddress.useNavigate();
  const [dialog, setDialog] = useState<'keys' | 'password' | 'new'>();
  useEffect(() => {
    const timer = window.setTimeout(fetchLater, FETCH_LATER_MS);
    return () => window.clearTimeout(timer);
  }, []);
  useEffect(() => {
    document.title = `${TITLE} · ${court.name} · 首责`;
  }, [court.name]);
  useKeys('desk', { '?': () => setDialog('keys') });
  const go = (to: RulesSearch): void => void navigate({ search: to });
  const { draft, file, release } = search;
  return (
    // Whoever writes needs the room; the way back to the lists is the panel's own.
    <div className={file === undefined ? styles.desk : `${styles.desk} ${styles.writing}`}>
      <a href="#rules-title" className="skip-link">
        跳到正文
      </a>
      <Bar title={TITLE} onKeyList={() => setDialog('keys')} onPassword={() => setDialog('password')} />
      <div className={styles.nav}>
        <RulesNav
          search={search}
          onDraft={(id) => go({ draft: id })}
          onRelease={(number) => go({ release: number })}
          onNew={may('release.draft') ? () => setDialog('new') : undefined}
        />
      </div>
      <main className={styles.main}>
        <FaultBoundary key={draft ?? release}>
          {draft !== undefined ? (
            <DraftPanel
              key={draft}
              id={draft}
              file={file}
              onFile={(path) => go({ draft, file: path })}
              onRelease={(number) => go({ release: number })}
              onClose={() => go(file === undefined ? {} : { draft })}
            />
          ) : release !== undefined ? (
            <ReleasePanel
              key={release}
              number={release}
              onDraft={(id) => go({ draft: id })}
              onRelease={(number) => go({ release: number })}
              onClose={() => go({})}
            />
          ) : (
            <Nothing mayDraft={may('release.draft')} />
          )}
        </FaultBoundary>
      </main>
      <Suspense>
        {dialog === 'keys' && <KeyList groups={RULES_KEYS} onClose={() => setDialog(undefined)} />}
        {dialog === 'password' && <PasswordDialog onClose={() => setDialog(undefined)} />}
        {dialog === 'new' && (
          <NewDraftDialog
            onClose={() => setDialog(undefined)}
            onMade={(id) => {
              setDialog(undefined);
              go({ draft: id });
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

const Nothing = ({ mayDraft }: { readonly mayDraft: boolean }) => (
  <div className={styles.nothing}>
    <p id="rules-title" tabIndex={-1}>
      从左边选一份草稿或者一次发布。
    </p>
    <ol>
      <li>{mayDraft ? '新建草稿，改规则文件；边写边检查。' : '规则编辑起草，边写边检查。'}</li>
      <li>检查通过以后提出发布，由没有写过它的规则审批人批准，定哪一天起施行。</li>
      <li>到了那一天，新收的案件按新规则分；以前的决定仍按当时的规则重算。</li>
    </ol>
  </div>
);
