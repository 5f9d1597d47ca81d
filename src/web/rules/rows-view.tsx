import type { ReadRow } from '../api/types.js';
import styles from './card-view.module.css';

interface RowsViewProps {
  readonly rows: readonly ReadRow[];
  /** The line that one stands in: the row there is shown in front. */
  readonly line: number;
  readonly onGo: (line: number) => void;
}

/** The rows of a table as a person reads them, the one that is being written first. */
export function RowsView({ rows, line, onGo }: RowsViewProps) {
  const row = rows.find((each) => each.line === line);
  return (
    <>
      {row === undefined ? <Unread line={line} /> : <Row row={row} />}
      <nav aria-label="这张表的各行" className={styles.others}>
        <h4>这张表读得出来的 {rows.length} 行</h4>
        <ul>
          {rows.map((each) => (
            <li key={each.line}>
              <button type="button" aria-current={each === row || undefined} onClick={() => onGo(each.line)}>
                {each.title}：<span className={each.isMissing ? styles.bad : undefined}>{each.says}</span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

const Unread = ({ line }: { readonly line: number }) => (
  <p className={styles.none}>
    {line <= 1 ? '到一行里去，这里就用大白话显示它。' : `第 ${line} 行还读不出来；改好以后在这里显示。`}
  </p>
);

function Row({ row: { title, says, isMissing, status, statusWord, lines } }: { readonly row: ReadRow }) {
  return (
    <article className={styles.card} aria-label={title}>
      <h4>{title}</h4>
      <p className={isMissing ? `${styles.conclusion} ${styles.bad}` : styles.conclusion}>{says}</p>
      {isMissing && <p>还没有查到这个数：用到它的规则写明“未查明”，案件转人工。</p>}
      <ul className={styles.lines}>
        {lines.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      {statusWord !== '' && (
        <p>
          <span className={`${styles.status} ${status === null ? '' : styles[status]}`}>{statusWord}</span>
        </p>
      )}
    </article>
  );
}
