import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useLiveUpdates } from '../api/live-updates.js';
import { myCasesQuery, notificationsQuery } from '../api/queries.js';
import { Bar } from '../desk/bar.js';
import { ConnectionBar } from '../desk/connection-bar.js';
import { useCourt } from '../desk/court.js';
import { rowButtonId } from '../desk/row-button.js';
import nav from '../desk/state-nav.module.css';
import { useKeys } from '../keys/keys.js';
import { FaultBoundary } from '../parts/fault-boundary.js';
import { fetchLater, later } from '../parts/later.js';
import { MINE_KEYS } from './keys.js';
import styles from './mine-desk.module.css';
import { MineMain } from './mine-main.js';
import { type MineSearch, type MineView, mineAddress } from './mine-search.js';

const FilingHeld = later(async () => (await import('./filing-held.js')).FilingHeld);
const ObjectPanel = later(async () => (await import('./object-panel.js')).ObjectPanel);
const RunPanel = later(async () => (await import('./run-panel.js')).RunPanel);
const KeyList = later(async () => (await import('../keys/key-list.js')).KeyList);
const PasswordDialog = later(async () => (await import('../session/password-dialog.js')).PasswordDialog);

/** After the lists are there. */
const FETCH_LATER_MS = 1500;

const SECTIONS: readonly { readonly view: MineView; readonly word: string }[] = [
  { view: 'new', word: '新收' },
  { view: 'held', word: '在办' },
  { view: 'objections', word: '异议和会商' },
  { view: 'clocks', word: '我的期限' },
  { view: 'absences', word: '请假' },
  { view: 'notices', word: '通知' },
];

const searchOf = (view: MineView): MineSearch => (view === 'new' ? {} : { view });

/** How many are new, and how many notifications were not seen; of more than a page that there are more. */
function useCounts(): Partial<Record<MineView, string>> {
  const { code } = useCourt();
  const { data: cases } = useQuery(myCasesQuery(code, 'new', undefined));
  const { data: unread = [] } = useQuery(notificationsQuery(code, 'unread'));
  const { items, next } = cases ?? { items: [], next: null };
  return {
    ...(items.length > 0 && { new: `${items.length}${next === null ? '' : '+'}` }),
    ...(unread.length > 0 && { notices: String(unread.length) }),
  };
}

function Sections({ current }: { readonly current: MineView }) {
  const { code } = useCourt();
  const counts = useCounts();
  return (
    <nav aria-label="我的工作" className={`${nav.nav} ${styles.sections}`}>
      <ul>
        {SECTIONS.map(({ view, word }, index) => (
          <li key={view}>
            <Link
              to="/mine/$court"
              params={{ court: code }}
              search={searchOf(view)}
              // The first of them has nothing in its address that the others do not have.
              activeOptions={{ exact: true }}
              className={view === current ? nav.current : undefined}
              aria-current={view === current ? 'page' : undefined}
              aria-keyshortcuts={String(index + 1)}
            >
              <kbd aria-hidden>{index + 1}</kbd>
              <span>{word}</span>
              {counts[view] !== undefined && (
                <b className={styles.count}>
                  {counts[view]}
                  <span className="visually-hidden"> 件</span>
                </b>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** 法官工作台: what is one's own on the left, what is open on the right; everything can be done by key. */
export function MineDesk() {
  const court = useCourt();
  const search = mineAddress.useSearch();
  const navigate = mineAddress.useNavigate();
  const [dialog, setDialog] = useState<'keys' | 'password'>();
  /** Where the focus goes once nothing is open any more. */
  const back = useRef<string>(undefined);
  useLiveUpdates(court.code);
  useEffect(() => {
    const timer = window.setTimeout(fetchLater, FETCH_LATER_MS);
    return () => window.clearTimeout(timer);
  }, []);

  const view: MineView = search.view ?? 'new';
  const word = SECTIONS.find((each) => each.view === view)?.word ?? '';
  const isOpen = search.filing !== undefined || search.run !== undefined;
  /** Changes the address; what is set to undefined goes out of it. */
  const go = (change: { readonly [Key in keyof MineSearch]: MineSearch[Key] | undefined }): void => {
    const wanted = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined);
    void navigate({ search: Object.fromEntries(wanted) as MineSearch });
  };
  const openFiling = (filing: string): void => go({ filing, object: undefined, run: undefined });
  const openRun = (run: string): void => go({ run, filing: undefined, object: undefined });
  const close = (): void => {
    back.current = search.filing ?? '';
    go({ filing: undefined, object: undefined, run: undefined });
  };
  // The focus goes back to the list when what covered it is gone, not before.
  useEffect(() => {
    if (isOpen || back.current === undefined) return;
    const row = document.getElementById(rowButtonId(back.current));
    back.current = undefined;
    (row ?? document.getElementById('list-title'))?.focus();
  });

  useKeys('desk', {
    '?': () => setDialog('keys'),
    ...Object.fromEntries(
      SECTIONS.map((each, index) => [String(index + 1), () => void navigate({ search: searchOf(each.view) })]),
    ),
  });
  useEffect(() => {
    document.title = `${word} · 法官工作台 · ${court.name} · 首责`;
  }, [word, court.name]);

  return (
    <div className={styles.desk}>
      <a href="#list-title" className="skip-link">
        跳到列表
      </a>
      <Bar title="法官工作台" onKeyList={() => setDialog('keys')} onPassword={() => setDialog('password')} />
      <ConnectionBar court={court.code} />
      <div className={styles.rail}>
        <Sections current={view} />
      </div>
      <main className={styles.main}>
        <MineMain
          view={view}
          word={word}
          search={search}
          isCovered={isOpen}
          onFiling={openFiling}
          onObject={(filing, object) => go({ filing, object, run: undefined })}
          onRun={openRun}
          onMonth={(month) => go({ month })}
        />
        {isOpen && (
          <div className={styles.panel}>
            <FaultBoundary key={`${search.filing ?? ''} ${search.object ?? ''} ${search.run ?? ''}`}>
              <Suspense fallback={<p className={styles.opening}>正在打开…</p>}>
                {search.run !== undefined && (
                  <RunPanel key={search.run} id={search.run} onClose={close} onFiling={openFiling} />
                )}
                {search.run === undefined && search.filing !== undefined && search.object !== undefined && (
                  <ObjectPanel
                    key={`${search.filing} ${search.object}`}
                    filing={search.filing}
                    flow={search.object}
                    onClose={close}
                    onMade={openRun}
                  />
                )}
                {search.run === undefined && search.filing !== undefined && search.object === undefined && (
                  <FilingHeld
                    key={search.filing}
                    id={search.filing}
                    onClose={close}
                    onOpen={openFiling}
                    onRun={openRun}
                  />
                )}
              </Suspense>
            </FaultBoundary>
          </div>
        )}
      </main>
      <Suspense>
        {dialog === 'keys' && <KeyList groups={MINE_KEYS} onClose={() => setDialog(undefined)} />}
        {dialog === 'password' && <PasswordDialog onClose={() => setDialog(undefined)} />}
      </Suspense>
    </div>
  );
}
