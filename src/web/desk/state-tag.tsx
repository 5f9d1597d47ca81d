import type { FilingState } from '../api/types.js';
import { STATE_WORDS } from '../words/words.js';
import styles from './state-tag.module.css';

/** A filing's state as a small mark; the word says it, the colour only helps. */
export const StateTag = ({ state }: { readonly state: FilingState }) => (
  <span className={`${styles.tag} ${styles[state]}`}>{STATE_WORDS[state]}</span>
);
