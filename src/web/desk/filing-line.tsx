import { memo } from 'react';
import type { FilingRow } from '../api/types.js';
import { withNames } from '../filing/judge-names.js';
import { useWords } from '../words/words.js';
import { RowClock } from './clock-text.js';
import styles from './filing-table.module.css';
import { rowButtonId } from './row-button.js';
import { StateTag } from './state-tag.js';

interface FilingLineProps {
  readonly row: FilingRow;
  readonly isActive: boolean;
  readonly isOpened: boolean;
  readonly withState: boolean;
  readonly withTaker: boolean;
  readonly onOpen: (id: string) => void;
  readonly onActive: (id: string) => void;
  readonly onTake: ((row: FilingRow) => void) | undefined;
}

const Dash = () => <span className={styles.none}>—</span>;

function Procedure({ row }: { readonly row: FilingRow }) {
  const { word } = useWords();
  if (row.procedure === null) return <Dash />;
  const below = [row.panel && word('panel', row.panel), row.track && word('track', row.track)].filter(Boolean);
  return (
    <>
      {word('procedure', row.procedure)}
      <span className={styles.below}>{below.join(' · ')}</span>
    </>
  );
}

function Owner({ row }: { readonly row: FilingRow }) {
  const { word } = useWords();
  const { judge, method, proposal } = row;
  return (
    <>
      {judge === null ? <Dash /> : judge.name}
      {method !== null && judge !== null && <span className={styles.below}>{word('method', method)}</span>}
      {proposal && <span className={styles.proposal}>有提议待审批</span>}
    </>
  );
}

function Why({ row }: { readonly row: FilingRow }) {
  const { word } = useWords();
  return (
    <>
      {row.waiting !== null && row.waiting.questions > 0 && (
        <span className={styles.questions}>{row.waiting.questions} 问</span>
      )}
      {row.judge === null ? row.why : withNames(row.why, [row.judge])}
      {row.links.length > 0 && (
        <span className={styles.below}>
          {row.links.map(({ kind, caseNo }) => `${word('linkKind', kind)} ${caseNo}`).join('；')}
        </span>
      )}
    </>
  );
}

function Taker({ row, onTake }: Pick<FilingLineProps, 'row' | 'onTake'>) {
  if (row.waiting === null) return <Dash />;
  if (row.waiting.for !== null) return row.waiting.for.name;
  if (onTake === undefined) return <span className={styles.none}>未认领</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.take}
      aria-label={`认领 ${row.reference}`}
      onClick={(event) => {
        event.stopPropagation();
        onTake(row);
      }}
    >
      认领
    </button>
  );
}

/** One filing in the list. The whole row can be clicked; the 登记号 is what keys and screen readers open it by. */
export const FilingLine = memo(function FilingLine(props: FilingLineProps) {
  const { row, isActive, isOpened, withState, withTaker, onOpen, onActive, onTake } = props;
  return (
    <tr
      className={isOpened ? styles.opened : isActive ? styles.active : undefined}
      onClick={() => {
        if (window.getSelection()?.isCollapsed !== false) onOpen(row.id);
      }}
    >
      <th scope="row" className={styles.reference}>
        <button
          type="button"
          id={rowButtonId(row.id)}
          tabIndex={isActive ? 0 : -1}
          aria-current={isOpened || undefined}
          onFocus={() => onActive(row.id)}
        >
          {row.reference}
        </button>
        <span className={styles.below}>{row.receivedOn ?? '收案日不明'}</span>
      </th>
      {withState && (
        <td className={styles.state}>
          <StateTag state={row.state} />
        </td>
      )}
      <td>
        {row.cause ?? <Dash />}
        <span className={styles.below}>{row.parties}</span>
      </td>
      <td className={styles.procedure}>
        <Procedure row={row} />
      </td>
      <td className={styles.judge}>
        <Owner row={row} />
      </td>
      <td className={styles.why}>
        <Why row={row} />
      </td>
      {withTaker && (
        <td className={styles.taker}>
          <Taker row={row} onTake={onTake} />
        </td>
      )}
      <td className={styles.clock}>
        <RowClock row={row} />
      </td>
    </tr>
  );
});
