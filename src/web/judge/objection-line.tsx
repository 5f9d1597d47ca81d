import type { ObjectionRow } from '../api/types.js';
import { DueText } from '../review/due-text.js';
import { whoText } from '../review/who-text.js';
import styles from './objection-line.module.css';

interface ObjectionLineProps {
  readonly row: ObjectionRow;
  /** Names the filing too, where the line stands by itself. */
  readonly withReference?: boolean;
  readonly isOpened?: boolean;
  readonly onOpen: () => void;
}

/** One objection, consultation or recusal in a line: how far it is, whose turn it is, and until when. */
export function ObjectionLine({ row, withReference = false, isOpened = false, onOpen }: ObjectionLineProps) {
  const { filing, flowWord, groundWord, stateWord, outcome, waitsFor, mayAct } = row;
  const turn = waitsFor.length === 0 ? '' : `，等${waitsFor.map(({ word }) => word).join('或')}`;
  return (
    <div className={withReference ? `${styles.line} ${styles.alone}` : styles.line}>
      <p>
        <button type="button" aria-current={isOpened || undefined} onClick={onOpen}>
          {withReference && `${filing.reference} `}
          {flowWord}
          {groundWord !== null && `：${groundWord}`}
        </button>
        <strong className={outcome === null ? styles.open : styles.ended}>
          {stateWord}
          {turn}
        </strong>
        {mayAct && <em>您可以办理</em>}
        <DueText row={row} inline />
      </p>
      <p className={styles.below}>
        {withReference && `${filing.cause ?? '案由不明'}，现由${filing.judge?.name ?? '（未定）'}承办。`}
        {whoText(row)}
      </p>
    </div>
  );
}
