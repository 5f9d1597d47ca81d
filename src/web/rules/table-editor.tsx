import Button from 'antd/es/button';
import { type KeyboardEvent, useId, useRef } from 'react';
import { Alert } from '../parts/alert.js';
import { readTable, withCell, withoutRow, withRowAfter, writeTable } from './csv-text.js';
import type { RuleProblem } from './problem.js';
import styles from './table-editor.module.css';

interface TableEditorProps {
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  readonly problems: readonly RuleProblem[];
  readonly onText: (text: string) => void;
}

/** A CSV as a table: cells to type into, rows to add and take out. The text stays what is saved. */
export function TableEditor({ text, label, readOnly, problems, onText }: TableEditorProps) {
  const id = useId();
  const body = useRef<HTMLTableSectionElement>(null);
  const table = readTable(text);
  if (table === undefined) {
    return (
      <Alert tone="warn" title="这个文件现在不能按表格显示">
        有引号没有合上，或者还没有表头；请切换到“文字”改好。
      </Alert>
    );
  }
  const head = table.rows.findIndex(({ isRemark }) => !isRemark);
  const columns = table.rows[head]?.cells ?? [];
  const cellId = (row: number, column: number): string => `${id}-${row}-${column}`;
  const focus = (row: number, column: number): void => document.getElementById(cellId(row, column))?.focus();
  const rows = table.rows.flatMap((row, at) => (at > head && !row.isRemark ? [{ ...row, at }] : []));
  const onKeyDown = (event: KeyboardEvent, order: number, column: number): void => {
    if (event.nativeEvent.isComposing) return;
    const to =
      event.key === 'ArrowDown' || event.key === 'Enter' ? order + 1 : event.key === 'ArrowUp' ? order - 1 : undefined;
    const row = to === undefined ? undefined : rows[to];
    if (row === undefined) return;
    event.preventDefault();
    focus(row.at, column);
  };
  const wrong = (line: number, column: number): string | undefined =>
    problems.find((each) => each.line === line && each.column === column)?.message;
  // Cells of more than one line are rare: the line of a row is then the one on which it begins.
  const lineOf = (at: number): number =>
    table.rows.slice(0, at).reduce((sum, { raw, cells }) => sum + (raw ?? cells.join(',')).split('\n').length, 1);
  return (
    <section className={styles.scroll} aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              行
            </th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map(({ cells, at }, order) => {
            const line = lineOf(at);
            return (
              <tr key={at}>
                <th scope="row" className={styles.corner}>
                  {line}
                </th>
                {columns.map((name, column) => {
                  const fault = wrong(line, column + 1);
                  return (
                    <td key={name} className={fault === undefined ? undefined : styles.wrong}>
                      <input
                        id={cellId(at, column)}
                        aria-label={`第 ${line} 行 ${name}${fault === undefined ? '' : `：${fault}`}`}
                        aria-invalid={fault === undefined ? undefined : true}
                        title={fault}
                        value={cells[column] ?? ''}
                        readOnly={readOnly}
                        size={Math.max(6, Math.min(28, widthOf(cells[column] ?? '')))}
                        onChange={(event) => onText(writeTable(withCell(table, at, column, event.target.value)))}
                        onKeyDown={(event) => onKeyDown(event, order, column)}
                      />
                    </td>
                  );
                })}
                <td className={styles.acts}>
                  {!readOnly && (
                    <>
                      <Button
                        size="small"
                        type="text"
                        aria-label={`在第 ${line} 行后面加一行`}
                        onClick={() => onText(writeTable(withRowAfter(table, at)))}
                      >
                        加一行
                      </Button>
                      <Button
                        size="small"
                        type="text"
                        danger
                        aria-label={`删去第 ${line} 行`}
                        onClick={() => onText(writeTable(withoutRow(table, at)))}
                      >
                        删去
                      </Button>
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {!readOnly && (
        <p className={styles.foot}>
          <Button size="small" onClick={() => onText(writeTable(withRowAfter(table, table.rows.length - 1)))}>
            在最后加一行
          </Button>
        </p>
      )}
    </section>
  );
}

/** Of a cell, in letters: a Chinese one is as wide as two. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0xff ? 2 : 1), 1);
