import Button from 'antd/es/button';
import { messageOf } from '../api/problem.js';
import type { FilingRow } from '../api/types.js';
import { Alert } from '../parts/alert.js';
import { ChoiceList } from '../parts/choice-list.js';
import { FilingTable } from './filing-table.js';
import { IntakeZone } from './intake-zone.js';
import styles from './list.module.css';
import type { Rows } from './use-rows.js';

interface ListProps {
  readonly title: string;
  readonly rows: Rows;
  /** How many there are in all, where that is known. */
  readonly total: number | undefined;
  readonly isEverything: boolean;
  readonly searched: string;
  readonly due: number | undefined;
  readonly batchWord: string | undefined;
  readonly active: string | undefined;
  readonly opened: string | undefined;
  /** Something is open beside it: the list shows less, on a narrow screen only what names a filing. */
  readonly isBeside: boolean;
  readonly withState: boolean;
  readonly withTaker: boolean;
  readonly emptyText: string;
  readonly onClearSearch: () => void;
  readonly onClearBatch: () => void;
  readonly onDue: (days: number | undefined) => void;
  readonly onNew: (() => void) | undefined;
  readonly onExport: (() => void) | undefined;
  readonly onOpen: (id: string) => void;
  readonly onActive: (id: string) => void;
  readonly onMove: (step: 1 | -1) => void;
  readonly onTake: ((row: FilingRow) => void) | undefined;
}

const DUE_CHOICES = [
  { key: '0', word: '今日到期' },
  { key: '3', word: '三日内到期' },
  { key: '7', word: '七日内到期' },
];

function Toolbar(props: ListProps) {
  const { title, searched, due, batchWord, isBeside, onClearSearch, onClearBatch, onDue, onNew, onExport } = props;
  return (
    <header className={styles.toolbar}>
      <h2 id="list-title" tabIndex={-1}>
        {title}
      </h2>
      {searched !== '' && (
        <Button size="small" onClick={onClearSearch}>
          清除搜索
        </Button>
      )}
      {searched === '' && batchWord !== undefined && (
        <Button size="small" onClick={onClearBatch}>
          {batchWord} ×
        </Button>
      )}
      <span className={isBeside ? `${styles.right} ${styles.beside}` : styles.right}>
        {searched === '' && (
          <label className={styles.due} htmlFor="due-filter">
            期限
            <span>
              <ChoiceList
                id="due-filter"
                value={due === undefined ? '' : String(due)}
                none="不限"
                options={DUE_CHOICES}
                onChange={(key) => onDue(key === '' ? undefined : Number(key))}
              />
            </span>
          </label>
        )}
        {onExport !== undefined && (
          <Button onClick={onExport} aria-keyshortcuts="g e">
            导出 xlsx <kbd aria-hidden>g e</kbd>
          </Button>
        )}
        {onNew !== undefined && (
          <Button type="primary" onClick={onNew} aria-keyshortcuts="n">
            录入收案 <kbd aria-hidden>n</kbd>
          </Button>
        )}
      </span>
    </header>
  );
}

/** Which rows are shown, and the way to the others. */
export function Pager({
  rows,
  total,
}: {
  readonly rows: Pick<Rows<unknown>, 'rows' | 'from' | 'next' | 'previous'>;
  readonly total: number | undefined;
}) {
  const { rows: shown, from, next, previous } = rows;
  if (shown.length === 0) return null;
  const range = `第 ${from.toLocaleString('zh-CN')}–${(from + shown.length - 1).toLocaleString('zh-CN')} 件`;
  return (
    <footer className={styles.pager}>
      <span>
        {range}
        {total !== undefined && `，共 ${total.toLocaleString('zh-CN')} 件`}
      </span>
      <span>
        <Button size="small" disabled={previous === undefined} onClick={previous}>
          上一页
        </Button>
        <Button size="small" disabled={next === undefined} onClick={next}>
          下一页
        </Button>
      </span>
    </footer>
  );
}

function Body(props: ListProps) {
  const { rows, isEverything, searched, emptyText } = props;
  if (rows.error !== null && rows.rows.length === 0) {
    return (
      <div className={styles.state}>
        <Alert tone="wrong" title="列表没有读出来" urgent>
          <p>{messageOf(rows.error)}</p>
          <p>
            <Button size="small" onClick={rows.retry}>
              再读一次
            </Button>
          </p>
        </Alert>
      </div>
    );
  }
  if (rows.isLoading || (rows.isStale && rows.rows.length === 0)) {
    return (
      <p className={styles.loading} role="status">
        正在读取…
      </p>
    );
  }
  if (rows.rows.length === 0) {
    return (
      <div className={styles.state}>
        {isEverything && searched === '' && <IntakeZone large />}
        <p className={styles.empty}>{emptyText}</p>
      </div>
    );
  }
  return <FilingTable {...props} caption={props.title} rows={rows.rows} isStale={rows.isStale} />;
}

/** The list with its tools above and its pages below; only what is between them scrolls. */
export function List(props: ListProps) {
  return (
    <section className={styles.list} aria-labelledby="list-title">
      <Toolbar {...props} />
      <section className={styles.scroll} tabIndex={props.rows.rows.length > 0 ? -1 : 0} aria-label="列表内容">
        <Body {...props} />
      </section>
      <Pager rows={props.rows} total={props.total} />
    </section>
  );
}
