import type { ObjectionView } from '../api/types.js';
import { Section } from '../filing/section.js';
import styles from './rulings.module.css';

/** What was ruled on the same ground in cases alike, without anybody's name. */
export function Rulings({ view, onOpen }: { readonly view: ObjectionView; readonly onOpen: (id: string) => void }) {
  const { rulings, row } = view;
  return (
    <Section title="以前的同类决定" note={row.groundWord === null ? row.flowWord : `同一事由：${row.groundWord}`}>
      {rulings.length === 0 && <p className={styles.none}>还没有相像的决定。</p>}
      <ul className={styles.rulings}>
        {rulings.map(({ id, decidedOn, stateWord, cause, agrees, reason }) => (
          <li key={id}>
            <p>
              <button type="button" onClick={() => onOpen(id)}>
                {decidedOn} {stateWord}
              </button>
              <span>{cause ?? '案由不明'}</span>
              {agrees.map((each) => (
                <span key={each} className={styles.agrees}>
                  {each}
                </span>
              ))}
            </p>
            <p>{reason === '' ? '没有写明理由。' : `理由：${reason}`}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
