import type { ObjectionView } from '../api/types.js';
import { CitedText } from '../filing/reason-list.js';
import { Section } from '../filing/section.js';
import styles from './rule-card.module.css';

/** The rule by which it is decided: the flow itself, what it rests on in its own words, and the text of the articles. */
export function RuleCard({ view }: { readonly view: ObjectionView }) {
  const { flow, articles } = view;
  return (
    <Section title="办理依据" note={`${flow.name} ${flow.id}`}>
      {flow.basis.length === 0 && <p className={styles.none}>本院没有写明采用这一流程的依据。</p>}
      <ul className={styles.bases}>
        {flow.basis.map((basis) => (
          <li key={`${basis.law}${basis.article ?? ''}${basis.quote ?? ''}`}>
            <CitedText basis={basis} articles={articles} />
            {basis.quote !== null && <blockquote>{basis.quote}</blockquote>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
