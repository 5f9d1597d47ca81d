import Button from 'antd/es/button';
import type { ReactNode } from 'react';
import type { Rows } from '../desk/use-rows.js';
import { NotYet } from '../parts/not-yet.js';
import styles from './pages.module.css';

interface PagesProps<Row> {
  readonly rows: Rows<Row>;
  /** What there is to say where nothing is. */
  readonly empty: string;
  readonly children: (row: Row) => ReactNode;
}

/** A list that comes page by page: what is being read, what went wrong, that nothing is there, or its rows. */
export function Pages<Row extends { readonly id: string }>({ rows, empty, children }: PagesProps<Row>) {
  const { rows: shown, error, isLoading, isStale, retry, next, previous } = rows;
  if ((error !== null && shown.length === 0) || isLoading) {
    return <NotYet error={error} title="列表没有读出来" onAgain={retry} />;
  }
  if (shown.length === 0) return <p className={styles.empty}>{empty}</p>;
  return (
    <>
      <ul className={styles.rows} aria-busy={isStale}>
        {shown.map((row) => (
          <li key={row.id}>{children(row)}</li>
        ))}
      </ul>
      {(previous !== undefined || next !== undefined) && (
        <p className={styles.pager}>
          <Button size="small" disabled={previous === undefined} onClick={previous}>
            上一页
          </Button>
          <Button size="small" disabled={next === undefined} onClick={next}>
            下一页
          </Button>
        </p>
      )}
    </>
  );
}
