import type { KeyboardEvent } from 'react';
import styles from './table-editor.module.css';

interface TableCellProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  /** What is wrong with it. */
  readonly fault: string | undefined;
  readonly readOnly: boolean;
  readonly onText: (text: string) => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** A cell to type into, with what is wrong told in it. */
export function TableCell({ id, label, text, fault, readOnly, onText, onFocus, onKeyDown }: TableCellProps) {
  const faultId = `${id}-fault`;
  return (
    <td className={fault === undefined ? undefined : styles.wrong}>
      <input
        id={id}
        aria-label={label}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={fault === undefined ? undefined : faultId}
        value={text}
        readOnly={readOnly}
        size={Math.max(6, Math.min(28, widthOf(text)))}
        onChange={(event) => onText(event.target.value)}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
      />
      {fault !== undefined && (
        <span id={faultId} className={styles.fault} title={fault}>
          {fault}
        </span>
      )}
    </td>
  );
}

/** Of a cell, in letters: a Chinese one is as wide as two. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0xff ? 2 : 1), 1);
