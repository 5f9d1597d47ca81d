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
  const row = rows.find((each) => each.line === line) ?? rows[0];
  if (row === undefined) return null;
  const { title, says, isMissing, status, statusWord, lines } = row;
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
      <nav aria-label="这张表的各行" className={styles.others}>
        <h5>这张表的 {rows.length} 行</h5>
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
    </article>
  );
}
