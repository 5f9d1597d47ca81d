import type { KeyboardEvent } from 'react';
import type { FilingRow } from '../api/types.js';
import { FilingLine } from './filing-line.js';
import styles from './filing-table.module.css';

interface FilingTableProps {
  readonly caption: string;
  readonly rows: readonly FilingRow[];
  /** The row that keys act on; the only one that Tab stops at. */
  readonly active: string | undefined;
  readonly opened: string | undefined;
  readonly isStale: boolean;
  readonly isBeside: boolean;
  readonly withState: boolean;
  readonly withTaker: boolean;
  readonly onOpen: (id: string) => void;
  readonly onActive: (id: string) => void;
  readonly onMove: (step: 1 | -1) => void;
  readonly onTake: ((row: FilingRow) => void) | undefined;
}

/** Filings, one a row; up and down move between them. */
export function FilingTable(props: FilingTableProps) {
  const { caption, rows, active, opened, isStale, isBeside, withState, withTaker, onOpen, onActive, onMove, onTake } =
    props;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    onMove(event.key === 'ArrowDown' ? 1 : -1);
  };
  return (
    <table
      className={isBeside ? `${styles.table} ${styles.beside}` : styles.table}
      aria-busy={isStale}
      onKeyDown={onKeyDown}
    >
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles.reference}>
            登记号 / 收案日
          </th>
          {withState && (
            <th scope="col" className={styles.state}>
              状态
            </th>
          )}
          <th scope="col" className={styles.cause}>
            案由 / 当事人
          </th>
          <th scope="col" className={styles.procedure}>
            程序 / 组织
          </th>
          <th scope="col" className={styles.judge}>
            承办人 / 方式
          </th>
          <th scope="col" className={styles.why}>
            理由
          </th>
          {withTaker && (
            <th scope="col" className={styles.taker}>
              认领
            </th>
          )}
          <th scope="col" className={styles.clock}>
            期限
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <FilingLine
            key={row.id}
            row={row}
            isActive={row.id === active}
            isOpened={row.id === opened}
            withState={withState}
            withTaker={withTaker}
            onOpen={onOpen}
            onActive={onActive}
            onTake={onTake}
          />
        ))}
      </tbody>
    </table>
  );
}
