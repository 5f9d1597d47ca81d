import type { Clock, FilingRow } from '../api/types.js';
import { daysLeftText, daysUntil, urgencyOf } from '../words/days.js';
import { useWords } from '../words/words.js';
import styles from './clock-text.module.css';

type ShownClock = Pick<Clock, 'kind' | 'due' | 'daysLeft' | 'provisional'>;

/** How many days are left, of what, and whether the day may yet move. */
export function ClockText({ clock, short = false }: { readonly clock: ShownClock; readonly short?: boolean }) {
  const { word } = useWords();
  const { kind, due, daysLeft, provisional } = clock;
  return (
    <span className={styles.clock}>
      <strong className={styles[urgencyOf(daysLeft)]}>{daysLeftText(daysLeft)}</strong>
      {provisional && (
        <span className={styles.provisional} title="该年放假安排尚未公布，日期可能变动">
          暂定
        </span>
      )}
      {!short && (
        <span className={styles.what}>
          {word('deadlineKind', kind)} {due.slice(5)}
        </span>
      )}
    </span>
  );
}

/** The day that matters for a filing now: until when somebody has to see to it, or its first clock that still runs. */
export function RowClock({ row, inline = false }: { readonly row: FilingRow; readonly inline?: boolean }) {
  const { waiting, clock } = row;
  const style = inline ? `${styles.clock} ${styles.inline}` : styles.clock;
  if (waiting?.due != null) {
    const daysLeft = daysUntil(waiting.due);
    return (
      <span className={style}>
        <strong className={styles[urgencyOf(daysLeft)]}>{daysLeftText(daysLeft)}</strong>
        <span className={styles.what}>人工处理 {waiting.due.slice(5)}</span>
      </span>
    );
  }
  if (clock === null) return inline ? null : <span className={styles.what}>—</span>;
  return (
    <span className={style}>
      <ClockText clock={clock} />
    </span>
  );
}
