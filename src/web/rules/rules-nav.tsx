import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { draftsQuery, releasesQuery } from '../api/rule-queries.js';
import type { DraftRow, ReleaseRow } from '../api/types.js';
import { NotYet } from '../parts/not-yet.js';
import { timeText } from '../words/days.js';
import styles from './rules-nav.module.css';
import type { RulesSearch } from './rules-search.js';
import { DRAFT_WORDS, STANDING_WORDS } from './words.js';

interface RulesNavProps {
  readonly search: RulesSearch;
  readonly onDraft: (id: string) => void;
  readonly onRelease: (number: number) => void;
  readonly onNew: (() => void) | undefined;
}

function DraftLine({
  row,
  isOpen,
  onOpen,
}: {
  readonly row: DraftRow;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  return (
    <li className={isOpen ? styles.opened : undefined}>
      <button type="button" aria-current={isOpen || undefined} onClick={onOpen}>
        <span className={styles.head}>
          <strong>{row.title}</strong>
          <span className={`${styles.mark} ${styles[row.state]}`}>{DRAFT_WORDS[row.state]}</span>
        </span>
        <span className={styles.below}>
          {row.authors.map(({ name }) => name).join('、')} · {timeText(row.createdAt)}
          {row.isBehind && <em className={styles.behind}>落后于最新规则</em>}
        </span>
      </button>
    </li>
  );
}

function ReleaseLine({
  row,
  isOpen,
  onOpen,
}: {
  readonly row: ReleaseRow;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const who = row.proposedBy?.name ?? '系统';
  return (
    <li className={isOpen ? styles.opened : undefined}>
      <button type="button" aria-current={isOpen || undefined} onClick={onOpen}>
        <span className={styles.head}>
          <strong>
            第 {row.number} 号 {row.title}
          </strong>
          <span className={`${styles.mark} ${styles[row.standing]}`}>{STANDING_WORDS[row.standing]}</span>
        </span>
        <span className={styles.below}>
          {who} · {row.effectiveOn === null ? timeText(row.proposedAt) : `${row.effectiveOn} 起施行`}
          {row.urgency === 'emergency' && <em className={styles.behind}>紧急</em>}
          {row.may.includes('approve') && <em className={styles.mine}>等您审批</em>}
        </span>
      </button>
    </li>
  );
}

/** What is being drafted, and what was released: the latest in front. */
export function RulesNav({ search, onDraft, onRelease, onNew }: RulesNavProps) {
  const drafts = useQuery(draftsQuery);
  const releases = useQuery(releasesQuery);
  return (
    <section className={styles.nav} aria-labelledby="list-title" tabIndex={-1}>
      <header className={styles.toolbar}>
        <h2 id="list-title" tabIndex={-1}>
          草稿
        </h2>
        {onNew !== undefined && (
          <Button size="small" type="primary" onClick={onNew}>
            新建草稿
          </Button>
        )}
      </header>
      {drafts.data === undefined ? (
        <NotYet error={drafts.error} title="草稿没有读出来" onAgain={() => void drafts.refetch()} />
      ) : drafts.data.length === 0 ? (
        <p className={styles.empty}>没有正在起草的。{onNew !== undefined && '要改规则，先新建一份草稿。'}</p>
      ) : (
        <ul className={styles.rows} aria-label="草稿">
          {drafts.data.map((row) => (
            <DraftLine key={row.id} row={row} isOpen={row.id === search.draft} onOpen={() => onDraft(row.id)} />
          ))}
        </ul>
      )}
      <header className={styles.toolbar}>
        <h2>发布</h2>
        <a href="/book" target="_blank" rel="noreferrer">
          规则书
        </a>
      </header>
      {releases.data === undefined ? (
        <NotYet error={releases.error} title="发布没有读出来" onAgain={() => void releases.refetch()} />
      ) : (
        <ul className={styles.rows} aria-label="发布">
          {releases.data.map((row) => (
            <ReleaseLine
              key={row.number}
              row={row}
              isOpen={row.number === search.release}
              onOpen={() => onRelease(row.number)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
