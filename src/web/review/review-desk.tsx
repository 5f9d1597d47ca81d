import { Suspense, useEffect, useRef, useState } from 'react';
import { useLiveUpdates } from '../api/live-updates.js';
import { Bar } from '../desk/bar.js';
import { ConnectionBar } from '../desk/connection-bar.js';
import { useCourt } from '../desk/court.js';
import { reviewWord } from '../desk/desks.js';
import { useActiveRow } from '../desk/use-active-row.js';
import { useKeys } from '../keys/keys.js';
import { FaultBoundary } from '../parts/fault-boundary.js';
import { fetchLater, later } from '../parts/later.js';
import type { Draft } from './decide-form.js';
import { REVIEW_KEYS } from './keys.js';
import { Queue } from './queue.js';
import styles from './review-desk.module.css';
import { filterOf, type ReviewSearch, reviewAddress } from './review-search.js';
import { useQueue } from './use-queue.js';

const ObjectionPanel = later(async () => (await import('./objection-panel.js')).ObjectionPanel);
const KeyList = later(async () => (await import('../keys/key-list.js')).KeyList);
const PasswordDialog = later(async () => (await import('../session/password-dialog.js')).PasswordDialog);

/** After the queue is there. */
const FETCH_LATER_MS = 1500;

/** 复核台, 执行指挥中心: the queue on the left, what is open on the right; everything can be done by key. */
export function ReviewDesk() {
  const court = useCourt();
  const search = reviewAddress.useSearch();
  const navigate = reviewAddress.useNavigate();
  const [dialog, setDialog] = useState<'keys' | 'password'>();
  /** What somebody has begun to write, by run: looking at another one loses none of it. */
  const drafts = useRef(new Map<string, Draft>());
  useLiveUpdates(court.code);
  useEffect(() => {
    const timer = window.setTimeout(fetchLater, FETCH_LATER_MS);
    return () => window.clearTimeout(timer);
  }, []);

  const filter = filterOf(search);
  const rows = useQueue(court.code, filter);
  const { active, setActive, move, focus } = useActiveRow(rows, JSON.stringify(filter));

  /** Changes the address; what is set to undefined goes out of it. */
  const go = (change: Partial<Record<keyof ReviewSearch, unknown>>): void => {
    const wanted = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined);
    void navigate({ search: Object.fromEntries(wanted) as ReviewSearch });
  };
  const open = (run: string): void => {
    setActive(run);
    go({ run });
  };
  const close = (): void => {
    const was = search.run ?? active;
    go({ run: undefined });
    focus(was);
  };
  const step = (by: 1 | -1): void => {
    const to = move(by, search.run);
    if (to === undefined) return;
    if (search.run === undefined) focus(to);
    else open(to);
  };

  useKeys('desk', {
    j: () => step(1),
    k: () => step(-1),
    '?': () => setDialog('keys'),
    ...(active !== undefined && search.run === undefined && { o: () => open(active) }),
    ...(search.run !== undefined && { Escape: close }),
  });

  const title = reviewWord(court);
  useEffect(() => {
    document.title = `${title} · ${court.name} · 首责`;
  }, [title, court.name]);

  return (
    <div className={styles.desk}>
      <a href="#list-title" className="skip-link">
        跳到队列
      </a>
      <Bar title={title} onKeyList={() => setDialog('keys')} onPassword={() => setDialog('password')} />
      <ConnectionBar court={court.code} />
      <div className={styles.queue}>
        <Queue
          title={search.state === 'ended' ? '已办结' : '待办理'}
          rows={rows}
          search={search}
          active={active}
          onSearch={go}
          onOpen={open}
          onActive={setActive}
          onMove={step}
        />
      </div>
      <main className={styles.main}>
        {search.run === undefined ? (
          <p className={styles.nothing}>从左边选一件；按 j、k 上下移动，按 Enter 打开。</p>
        ) : (
          <FaultBoundary key={search.run}>
            <Suspense>
              <ObjectionPanel key={search.run} id={search.run} drafts={drafts.current} onClose={close} onOpen={open} />
            </Suspense>
          </FaultBoundary>
        )}
      </main>
      <Suspense>
        {dialog === 'keys' && <KeyList groups={REVIEW_KEYS} onClose={() => setDialog(undefined)} />}
        {dialog === 'password' && <PasswordDialog onClose={() => setDialog(undefined)} />}
      </Suspense>
    </div>
  );
}
