import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { absencesQuery, calendarQuery } from '../api/queries.js';
import type { ClockLine } from '../api/types.js';
import text from '../desk/clock-text.module.css';
import { useCourt } from '../desk/court.js';
import { today, urgencyOf } from '../words/days.js';
import styles from './clock-calendar.module.css';
import { clockKey, clockName } from './clock-name.js';
import { daysOfMonth, monthAfter } from './month.js';

interface ClockCalendarProps {
  readonly month: string;
  readonly lines: readonly ClockLine[];
  readonly onMonth: (month: string) => void;
  readonly onExplain: (line: ClockLine) => void;
}

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];
const SATURDAY = 5;

/** What a day is by the court's calendar, in a word that needs no colour; nothing for an ordinary working day. */
function markOf(
  day: string,
  weekday: number,
  calendar: { rest: readonly string[]; work: readonly string[] } | undefined,
) {
  const isWeekend = weekday >= SATURDAY;
  if (calendar?.rest.includes(day)) return '休';
  if (isWeekend) return calendar?.work.includes(day) ? '班' : '休';
  return '';
}

/** A month of clocks, with its rest days; what stands still is due on no day. */
export function ClockCalendar({ month, lines, onMonth, onExplain }: ClockCalendarProps) {
  const { code, judges } = useCourt();
  const { data: calendar } = useQuery(calendarQuery(month.slice(0, 4)));
  const { data: absences = [] } = useQuery(absencesQuery(code));
  const isAway = (day: string): boolean =>
    absences.some(
      ({ judge, from, to, withdrawnAt }) =>
        judges.includes(judge.id) && withdrawnAt === null && from <= day && day <= (to ?? day),
    );
  const weeks = daysOfMonth(month);
  const now = today();
  const dueOn = (day: string): readonly ClockLine[] => lines.filter(({ due }) => due === day);
  const inMonth = lines.filter(({ due }) => due?.startsWith(month));
  return (
    <>
      <div className={styles.months}>
        <Button onClick={() => onMonth(monthAfter(month, -1))}>上个月</Button>
        <h3 aria-live="polite">
          {Number(month.slice(0, 4))} 年 {Number(month.slice(5))} 月：{inMonth.length} 个期限届满
        </h3>
        <Button onClick={() => onMonth(monthAfter(month, 1))}>下个月</Button>
        <Button onClick={() => onMonth(now.slice(0, 7))}>本月</Button>
      </div>
      {calendar?.known === false && (
        <p className={styles.note}>{month.slice(0, 4)} 年的放假安排尚未公布，只标出周末；落在这一年的期限是暂定的。</p>
      )}
      <table className={styles.calendar}>
        <caption className="visually-hidden">
          {month} 的期限；“休”是休息日，“班”是调休上班，“请假”是您登记的请假
        </caption>
        <thead>
          <tr>
            {WEEKDAYS.map((weekday) => (
              <th key={weekday} scope="col">
                <span className="visually-hidden">星期</span>
                {weekday}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find((day) => day !== undefined)}>
              {week.map((day, weekday) => {
                if (day === undefined) return <td key={WEEKDAYS[weekday]} className={styles.outside} />;
                const mark = markOf(day, weekday, calendar);
                return (
                  <td
                    key={day}
                    className={mark === '休' ? styles.rest : undefined}
                    aria-current={day === now ? 'date' : undefined}
                  >
                    <span className={styles.day}>
                      <time dateTime={day}>{Number(day.slice(8))}</time>
                      {isAway(day) && <em>请假</em>}
                      {mark !== '' && <small>{mark}</small>}
                    </span>
                    {dueOn(day).length > 0 && (
                      <b className={styles.number}>
                        {dueOn(day).length}
                        <span className="visually-hidden"> 个期限届满</span>
                      </b>
                    )}
                    {dueOn(day).map((line) => (
                      <button key={clockKey(line)} type="button" onClick={() => onExplain(line)}>
                        <span className={text[urgencyOf(line.daysLeft ?? 0)]}>{clockName(line)}</span> {line.reference}
                      </button>
                    ))}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className={styles.inMonth}>
        {inMonth.map((line) => (
          <li key={clockKey(line)}>
            <button type="button" onClick={() => onExplain(line)}>
              <span className="number">{line.due?.slice(5)}</span>
              <span className={text[urgencyOf(line.daysLeft ?? 0)]}>{clockName(line)}</span>
              {line.reference}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
