import styles from './change-lines.module.css';
import type { Change } from './changes.js';

/** What is other than before, line by line. */
export function ChangeLines({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0) return null;
  return (
    <dl className={styles.changes}>
      {changes.map(({ label, from, to }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <del>{from}</del>
            <span aria-hidden>→</span>
            <ins>{to}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
