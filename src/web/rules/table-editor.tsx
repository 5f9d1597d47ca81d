import Button from 'antd/es/button';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { Alert } from '../parts/alert.js';
import type { Target } from './code-editor.js';
import {
  type CsvTable,
  cellAt,
  linesOf,
  readTable,
  withCell,
  withoutRow,
  withRowAfter,
  writeTable,
} from './csv-text.js';
import type { RuleProblem } from './problem.js';
import { TableCell } from './table-cell.js';
import styles from './table-editor.module.css';
import { type Cell, stepped, type TableSteps, withStep } from './table-steps.js';

interface TableEditorProps {
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  readonly problems: readonly RuleProblem[];
  readonly target: Target | undefined;
  /** What was done to it, for 撤销. */
  readonly steps: TableSteps;
  readonly onSteps: (steps: TableSteps) => void;
  readonly onText: (text: string) => void;
  /** The line of the text whose row one stands in, from 1. */
  readonly onLine: (line: number) => void;
}

/** A CSV as a table: cells to type into, rows to add and take out. The text stays what is saved. */
export function TableEditor(props: TableEditorProps) {
  const table = readTable(props.text);
  if (table !== undefined) return <Rows {...props} table={table} />;
  return (
    <Alert tone="warn" title="这个文件现在不能按表格显示">
      有引号没有合上，或者还没有表头；请切换到“文字”改好。
    </Alert>
  );
}

function Rows({
  table,
  text,
  label,
  readOnly,
  problems,
  target,
  steps,
  onSteps,
  onText,
  onLine,
}: TableEditorProps & { readonly table: CsvTable }) {
  const id = useId();
  const wanted = useRef<Cell>(undefined);
  const shown = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => {
    if (shown.current !== null) holdInSight(shown.current);
  });
  const head = table.rows.findIndex(({ isRemark }) => !isRemark);
  const columns = table.rows[head]?.cells ?? [];
  const lines = linesOf(table);
  const rows = table.rows.flatMap((row, at) => (at > head && !row.isRemark ? [{ ...row, at }] : []));
  const cellId = ({ row, column }: Cell): string => `${id}-${row}-${column}`;
  const focus = (cell: Cell): void => document.getElementById(cellId(cell))?.focus();

  // A row that was just added is there only once it is drawn.
  useEffect(() => {
    if (wanted.current === undefined) return;
    document.getElementById(`${id}-${wanted.current.row}-${wanted.current.column}`)?.focus();
    wanted.current = undefined;
  });
  const first = rows[0]?.at ?? head;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it goes where it is asked to go once, and not again as the text changes
  useEffect(() => {
    if (target === undefined) return;
    const { line, column = 1 } = target;
    const cell = line === undefined ? undefined : cellAt(table, { line, column });
    document.getElementById(`${id}-${cell?.row ?? first}-${cell?.column ?? 0}`)?.focus();
  }, [target]);

  const change = (next: CsvTable, cell: Cell, isTyping: boolean): void => {
    const after = writeTable(next);
    if (after === text) return;
    onSteps(withStep(steps, { before: text, after, cell, isTyping, at: Date.now() }));
    onText(after);
  };
  const add = (row: number): void => {
    wanted.current = { row: row + 1, column: 0 };
    change(withRowAfter(table, row), { row, column: 0 }, false);
  };
  const remove = (row: number, column: number): void => {
    const order = rows.findIndex(({ at }) => at === row);
    // What came after it moves up into its place.
    wanted.current = { row: order < rows.length - 1 ? row : (rows[order - 1]?.at ?? head), column };
    change(withoutRow(table, row), { row, column }, false);
  };
  const step = (way: 'back' | 'again'): void => {
    const made = stepped(steps, text, way);
    if (made === undefined) return;
    wanted.current = made.cell;
    onSteps(made.steps);
    onText(made.text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>, order: number, column: number): void => {
    if (event.nativeEvent.isComposing) return;
    const row = rows[order];
    if (row === undefined) return;
    const act = actOf(event, readOnly);
    const to = neighbour(event, { order, column, width: columns.length });
    const next = to && rows[to.order];
    if (act === undefined && next === undefined) return;
    event.preventDefault();
    if (act === 'add') add(row.at);
    else if (act === 'remove') remove(row.at, column);
    else if (act !== undefined) step(act);
    else if (to && next) focus({ row: next.at, column: to.column });
  };
  const faultIn = (row: number, column: number): string | undefined => {
    const span = lines[row];
    const isHere = (each: RuleProblem): boolean =>
      span !== undefined && each.line >= span.first && each.line <= span.last && each.column === column + 1;
    return problems.find(isHere)?.message;
  };

  return (
    <section className={styles.scroll} aria-label={label}>
      <table ref={shown} className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              行
            </th>
            {columns.map((name, column) => {
              const fault = faultIn(head, column);
              return (
                <th key={name} scope="col" className={fault === undefined ? undefined : styles.wrong}>
                  {name}
                  {fault !== undefined && <span className={styles.fault}>{fault}；请切换到“文字”改表头</span>}
                </th>
              );
            })}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ cells, at }, order) => {
            const line = lines[at]?.first ?? 0;
            return (
              <tr key={at}>
                <th scope="row" className={styles.corner}>
                  {line}
                </th>
                {columns.map((name, column) => (
                  <TableCell
                    key={name}
                    id={cellId({ row: at, column })}
                    label={`第 ${line} 行 ${name}`}
                    text={cells[column] ?? ''}
                    fault={faultIn(at, column)}
                    readOnly={readOnly}
                    onText={(typed) => change(withCell(table, at, column, typed), { row: at, column }, true)}
                    onFocus={() => onLine(line)}
                    onKeyDown={(event) => onKeyDown(event, order, column)}
                  />
                ))}
                <td className={styles.acts}>
                  {!readOnly && (
                    <>
                      <Button size="small" type="text" aria-label={`在第 ${line} 行后面加一行`} onClick={() => add(at)}>
                        加一行
                      </Button>
                      <Button
                        size="small"
                        type="text"
                        danger
                        aria-label={`删去第 ${line} 行`}
                        onClick={() => remove(at, 0)}
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
          <Button size="small" onClick={() => add(table.rows.length - 1)}>
            在最后加一行
          </Button>
          <Button size="small" disabled={stepped(steps, text, 'back') === undefined} onClick={() => step('back')}>
            撤销
          </Button>
          <Button size="small" disabled={stepped(steps, text, 'again') === undefined} onClick={() => step('again')}>
            重做
          </Button>
        </p>
      )}
    </section>
  );
}

type TableAct = 'add' | 'remove' | 'back' | 'again';

/** What a key does to the table. */
function actOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent, readOnly: boolean): TableAct | undefined {
  if (readOnly || !(ctrlKey || metaKey)) return undefined;
  switch (key.toLowerCase()) {
    case 'enter':
      return 'add';
    case 'delete':
      return 'remove';
    case 'z':
      return shiftKey ? 'again' : 'back';
    case 'y':
      return 'again';
    default:
      return undefined;
  }
}

interface Standing {
  /** Among the rows that can be written in. */
  readonly order: number;
  readonly column: number;
}

/** Where an arrow leads from a cell; within its text it is the text's. */
function neighbour(
  { key, ctrlKey, metaKey, shiftKey, currentTarget }: KeyboardEvent<HTMLInputElement>,
  { order, column, width }: Standing & { readonly width: number },
): Standing | undefined {
  if (ctrlKey || metaKey || shiftKey) return undefined;
  const { selectionStart, selectionEnd, value } = currentTarget;
  const isAt = (place: number): boolean => selectionStart === place && selectionEnd === place;
  if (key === 'ArrowDown' || key === 'Enter') return { order: order + 1, column };
  if (key === 'ArrowUp') return { order: order - 1, column };
  if (key === 'ArrowRight' && isAt(value.length) && column + 1 < width) return { order, column: column + 1 };
  if (key === 'ArrowLeft' && isAt(0) && column > 0) return { order, column: column - 1 };
  return undefined;
}

const HELD = 3;

/** The line and the two columns after it say what a row is about, however far the table is moved: each stands where the one before it ends. */
function holdInSight(table: HTMLTableElement): void {
  let left = 0;
  for (const [order, head] of [...table.querySelectorAll<HTMLElement>('thead th')].slice(0, HELD).entries()) {
    table.style.setProperty(`--left-${order}`, `${left}px`);
    left += head.offsetWidth;
  }
  // A cell that gets the focus comes to lie beside them, not beneath.
  table.parentElement?.style.setProperty('scroll-padding-left', `${left}px`);
}
