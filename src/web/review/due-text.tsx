import type { ObjectionRow } from '../api/types.js';
import clock from '../desk/clock-text.module.css';
import { daysLeftText, urgencyOf } from '../words/days.js';

/** How long there still is to decide, in words that need no colour. */
export function DueText({ row, inline = false }: { readonly row: ObjectionRow; readonly inline?: boolean }) {
  if (row.outcome !== null)
    return <span className={clock.what}>{row.decidedOn ?? row.changedAt.slice(0, 10)} 办结</span>;
  if (row.clock === null) return <span className={clock.what}>没有期限</span>;
  const { name, due, daysLeft, provisional, paused, urged } = row.clock;
  if (due === null || daysLeft === null)
    return <span className={clock.what}>{paused ? `${name}期限暂停` : `${name}期限没有设定`}</span>;
  return (
    <span className={inline ? `${clock.clock} ${clock.inline}` : clock.clock}>
      <strong className={clock[urgencyOf(daysLeft)]}>{daysLeftText(daysLeft)}</strong>
      {provisional && (
        <span className={clock.provisional} title="该年放假安排尚未公布，日期可能变动">
          暂定
        </span>
      )}
      <span className={clock.what}>
        {name} {due.slice(5)} 到期{urged > 0 && `，已催办 ${urged} 次`}
      </span>
    </span>
  );
}
