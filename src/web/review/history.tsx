import type { ObjectionView } from '../api/types.js';
import styles from '../filing/history-tab.module.css';
import { Section } from '../filing/section.js';
import { timeText } from '../words/days.js';

/** Everything that has happened in it, newest first. */
export function History({ view }: { readonly view: ObjectionView }) {
  return (
    <Section title="经过" note={`${view.history.length} 步`}>
      <ol className={styles.history} reversed>
        {view.history
          .map((step, index) => ({ ...step, place: index }))
          .reverse()
          .map(({ place, actionWord, stateWord, madeAt, by, reason }) => (
            <li key={place}>
              <p>
                <strong>{actionWord}</strong>
                <span className="number">{timeText(madeAt)}</span>
                <span>{by?.name ?? '系统'}</span>
                <span>→ {stateWord}</span>
              </p>
              {reason !== '' && <p>理由：{reason}</p>}
            </li>
          ))}
      </ol>
    </Section>
  );
}
