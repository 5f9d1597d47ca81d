import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { Suspense, useState } from 'react';
import { clocksQuery } from '../api/queries.js';
import type { ClockLine } from '../api/types.js';
import text from '../desk/clock-text.module.css';
import { useCourt } from '../desk/court.js';
import { later } from '../parts/later.js';
import { NotYet } from '../parts/not-yet.js';
import { daysLeftText, today, urgencyOf } from '../words/days.js';
import { ClockCalendar } from './clock-calendar.js';
import { clockKey, clockName } from './clock-name.js';
import styles from './clocks.module.css';

const ExplainDialog = later(async () => (await import('./explain-dialog.js')).ExplainDialog);

interface ClocksProps {
  /** The month of the calendar; undefined: the list is shown. */
  readonly month: string | undefined;
  readonly onMonth: (month: string | undefined) => void;
  readonly onOpen: (filing: string) => void;
}

function Due({ line }: { readonly line: ClockLine }) {
  const { daysLeft, provisional } = line;
  if (daysLeft === null) return <span className={text.what}>停着，恢复以后接着算</span>;
  return (
    <>
      <strong className={text[urgencyOf(daysLeft)]}>{daysLeftText(daysLeft)}</strong>
      {provisional && (
        <span className={text.provisional} title="该年放假安排尚未公布，日期可能变动">
          暂定
        </span>
      )}
    </>
  );
}

function ClockTable({
  lines,
  isMine,
  onOpen,
  onExplain,
}: {
  readonly lines: readonly ClockLine[];
  readonly isMine: (line: ClockLine) => boolean;
  readonly onOpen: (filing: string) => void;
  readonly onExplain: (line: ClockLine) => void;
}) {
  return (
    <table className={styles.clocks}>
      <caption className="visually-hidden">我的期限，最早届满的在前</caption>
      <thead>
        <tr>
          <th scope="col">届满</th>
          <th scope="col">还剩</th>
          <th scope="col">期限</th>
          <th scope="col">收案</th>
          <th scope="col">等谁</th>
          <th scope="col">
            <span className="visually-hidden">说明</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={clockKey(line)}>
            <td className="number">{line.due ?? '—'}</td>
            <td className={styles.left}>
              <Due line={line} />
            </td>
            <th scope="row" className={styles.what}>
              {clockName(line)}
            </th>
            <td>
              {isMine(line) ? (
                <button type="button" className={styles.open} onClick={() => onOpen(line.filing)}>
                  {line.reference}
                </button>
              ) : (
                line.reference
              )}
            </td>
            <td className={styles.whose}>{isMine(line) && line.flow === null ? '您' : line.waitsFor.join('、')}</td>
            <td>
              <Button
                size="small"
                onClick={() => onExplain(line)}
                aria-label={`${line.reference} ${clockName(line)}怎么算的`}
              >
                怎么算的
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** 我的期限: as a list, the first due in front, or by month. */
export function Clocks({ month, onMonth, onOpen }: ClocksProps) {
  const { code, judges } = useCourt();
  const [explained, setExplained] = useState<ClockLine>();
  // Whoever is a judge besides other roles sees the clocks of the judge here, not the court's.
  const [only] = judges;
  const { data, error, refetch } = useQuery(clocksQuery(code, judges.length === 1 ? only : undefined));
  const isMine = ({ judge }: ClockLine): boolean => judge !== null && judges.includes(judge.id);
  return (
    <>
      <fieldset className={styles.switch}>
        <legend className="visually-hidden">怎样显示期限</legend>
        <label>
          <input type="radio" name="clocks-as" checked={month === undefined} onChange={() => onMonth(undefined)} />
          列表
        </label>
        <label>
          <input
            type="radio"
            name="clocks-as"
            checked={month !== undefined}
            onChange={() => onMonth(today().slice(0, 7))}
          />
          月历
        </label>
      </fieldset>
      {data === undefined && <NotYet error={error} title="期限没有读出来" onAgain={() => void refetch()} />}
      {data !== undefined && month === undefined && data.items.length === 0 && (
        <p className={styles.empty}>没有正在计算的期限。</p>
      )}
      {data !== undefined && month === undefined && data.items.length > 0 && (
        <ClockTable lines={data.items} isMine={isMine} onOpen={onOpen} onExplain={setExplained} />
      )}
      {data !== undefined && month !== undefined && (
        <ClockCalendar month={month} lines={data.items} onMonth={onMonth} onExplain={setExplained} />
      )}
      {data?.whole === false && <p className={styles.empty}>期限太多，只列出最早届满的 {data.items.length} 个。</p>}
      <Suspense>
        {explained !== undefined && <ExplainDialog line={explained} onClose={() => setExplained(undefined)} />}
      </Suspense>
    </>
  );
}
