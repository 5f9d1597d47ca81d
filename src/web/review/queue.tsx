import Button from 'antd/es/button';
import type { KeyboardEvent } from 'react';
import type { ObjectionRow } from '../api/types.js';
import { Pager } from '../desk/list.js';
import { rowButtonId } from '../desk/row-button.js';
import type { Rows } from '../desk/use-rows.js';
import { NotYet } from '../parts/not-yet.js';
import { ReportsButton } from '../reports/reports-button.js';
import { DueText } from './due-text.js';
import styles from './queue.module.css';
import { QueueFilters } from './queue-filters.js';
import type { ReviewSearch } from './review-search.js';
import { whoText } from './who-text.js';

interface QueueProps {
  readonly title: string;
  readonly rows: Rows<ObjectionRow>;
  readonly search: ReviewSearch;
  readonly active: string | undefined;
  readonly onSearch: (change: Partial<Record<keyof ReviewSearch, unknown>>) => void;
  readonly onOpen: (id: string) => void;
  readonly onActive: (id: string) => void;
  readonly onMove: (step: 1 | -1) => void;
}

function Line({
  row,
  isActive,
  isOpened,
  onOpen,
  onActive,
}: Pick<QueueProps, 'onOpen' | 'onActive'> & {
  readonly row: ObjectionRow;
  readonly isActive: boolean;
  readonly isOpened: boolean;
}) {
  return (
    <li className={isOpened ? styles.opened : undefined}>
      <button
        type="button"
        id={rowButtonId(row.id)}
        tabIndex={isActive ? 0 : -1}
        aria-current={isOpened || undefined}
        onFocus={() => onActive(row.id)}
        onClick={() => onOpen(row.id)}
      >
        <span className={styles.head}>
          <strong>{row.filing.reference}</strong>
          <DueText row={row} />
        </span>
        <span className={styles.flow}>
          {row.flowWord}
          {row.groundWord !== null && `：${row.groundWord}`}
        </span>
        <span className={styles.below}>{whoText(row)}</span>
        <span className={styles.below}>
          {row.stateWord}
          {row.waitsFor.length > 0 && `，等${row.waitsFor.map(({ word }) => word).join('或')}`}
          {row.mayAct && <em className={styles.mine}>您可以办理</em>}
        </span>
      </button>
    </li>
  );
}

const isFiltered = ({ flow, waits, mine, overdue }: ReviewSearch): boolean =>
  flow !== undefined || waits !== undefined || mine === true || overdue === true;

function Body(props: QueueProps) {
  const { rows, search, active, onSearch, onOpen, onActive, onMove } = props;
  if ((rows.error !== null && rows.rows.length === 0) || rows.isLoading) {
    return <NotYet error={rows.error} title="队列没有读出来" onAgain={rows.retry} />;
  }
  if (rows.rows.length === 0) {
    return (
      <div className={styles.empty}>
        <p>
          {isFiltered(search)
            ? '没有符合条件的。'
            : search.state === 'ended'
              ? '还没有办结的异议、会商和回避。'
              : '没有等着办理的异议、会商和回避。'}
        </p>
        {isFiltered(search) && (
          <Button
            size="small"
            onClick={() => onSearch({ flow: undefined, waits: undefined, mine: undefined, overdue: undefined })}
          >
            看全部
          </Button>
        )}
      </div>
    );
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    onMove(event.key === 'ArrowDown' ? 1 : -1);
  };
  return (
    <ul className={styles.rows} aria-busy={rows.isStale} onKeyDown={onKeyDown}>
      {rows.rows.map((row) => (
        <Line
          key={row.id}
          row={row}
          isActive={row.id === active}
          isOpened={row.id === search.run}
          onOpen={onOpen}
          onActive={onActive}
        />
      ))}
    </ul>
  );
}

/** What waits, by its clock: the most overdue in front. */
export function Queue(props: QueueProps) {
  const { title, rows, search, onSearch } = props;
  return (
    <section className={styles.queue} aria-labelledby="list-title">
      <header className={styles.toolbar}>
        <h2 id="list-title" tabIndex={-1}>
          {title}
        </h2>
        <QueueFilters search={search} onSearch={onSearch} />
        <ReportsButton />
      </header>
      <section className={styles.scroll} tabIndex={rows.rows.length > 0 ? -1 : 0} aria-label="队列内容">
        <Body {...props} />
      </section>
      <Pager rows={rows} total={undefined} />
    </section>
  );
}
