import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { countsQuery } from '../api/queries.js';
import type { FilingState } from '../api/types.js';
import { STATE_WORDS } from '../words/words.js';
import { useCourt } from './court.js';
import type { DeskSearch } from './desk-search.js';
import styles from './state-nav.module.css';

const STATES = ['assigned', 'needs_review', 'invalid', 'received', 'closed'] as const satisfies FilingState[];

/** The tabs in their order; the number keys follow it. What was replaced by a corrected filing is in none. */
export const TABS: readonly { readonly state: FilingState | undefined; readonly word: string }[] = [
  { state: undefined, word: '全部' },
  ...STATES.map((state) => ({ state, word: STATE_WORDS[state] })),
];

/** How many filings there are in a state; in all tabs together where none is named. */
export const countOf = (counts: Readonly<Record<string, number>>, state: FilingState | undefined): number =>
  (state === undefined ? STATES : [state]).reduce((sum, each) => sum + (counts[each] ?? 0), 0);

/** What waits for a person or is wrong stands out as long as there is any. */
function Count({ state, count }: { readonly state: FilingState | undefined; readonly count: number | undefined }) {
  const stands = count !== undefined && count > 0 && state !== undefined ? styles[state] : undefined;
  return <span className={`${styles.count} ${stands ?? ''}`}>{count?.toLocaleString('zh-CN')}</span>;
}

/** Filings by state, with how many there are. */
export function StateNav({ search, isSearching }: { readonly search: DeskSearch; readonly isSearching: boolean }) {
  const court = useCourt();
  const { data: counts } = useQuery(countsQuery(court.code));
  const { state: _, filing: __, panel: ___, ...rest } = search;
  return (
    <nav aria-label="按状态查看" className={styles.nav}>
      <ul>
        {TABS.map(({ state, word }, index) => {
          const current = !isSearching && state === search.state && search.panel !== 'proposals';
          return (
            <li key={word}>
              <Link
                to="/desk/$court"
                params={{ court: court.code }}
                search={{ ...rest, ...(state !== undefined && { state }) }}
                className={current ? styles.current : undefined}
                aria-current={current ? 'page' : undefined}
                aria-keyshortcuts={String(index + 1)}
              >
                <kbd aria-hidden>{index + 1}</kbd>
                <span>{word}</span>
                <Count state={state} count={counts && countOf(counts, state)} />
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
