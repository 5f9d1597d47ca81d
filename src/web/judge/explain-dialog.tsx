import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { messageOf } from '../api/problem.js';
import { clockExplanationQuery } from '../api/queries.js';
import type { ClockLine } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { Citation } from '../filing/reason-list.js';
import { Alert } from '../parts/alert.js';
import { Dialog } from '../parts/dialog.js';
import { lengthOf } from '../words/days.js';
import { useWords } from '../words/words.js';
import { clockName } from './clock-name.js';
import styles from './clocks.module.css';

const WHY = { weekend: '周末', holiday: '法定休假日' } as const;

/** How a clock was counted, step by step, so that anybody can count after it. */
export function ExplainDialog({ line, onClose }: { readonly line: ClockLine; readonly onClose: () => void }) {
  const { code } = useCourt();
  const { filing, kind, flow } = line;
  const which = { filing, kind, ...(flow !== null && { flow: flow.key }) };
  const { data, error } = useQuery(clockExplanationQuery(code, which));
  return (
    <Dialog title={`${line.reference} ${clockName(line)}`} width={600} onClose={onClose}>
      {data === undefined && error === null && <p role="status">正在读取…</p>}
      {error !== null && data === undefined && (
        <Alert tone="wrong" urgent>
          <p>{messageOf(error)}</p>
        </Alert>
      )}
      {data !== undefined && <Explained data={data} />}
      <footer className={styles.close}>
        <Button onClick={onClose}>关闭</Button>
      </footer>
    </Dialog>
  );
}

type Explanation = NonNullable<Awaited<ReturnType<NonNullable<ReturnType<typeof clockExplanationQuery>['queryFn']>>>>;

function Explained({ data }: { readonly data: Explanation }) {
  const { word } = useWords();
  const { event, from, length, unit, extended, counted, excluded, adjustments, rest, restDays, rolls } = data;
  const { end, pausedSince, provisional, due, differs, basis, parameter } = data;
  return (
    <ol className={styles.steps}>
      <li>
        从 <b className="number">{from}</b>（{event}）起算，当日不计入。
      </li>
      <li>
        长度 {lengthOf({ length, unit })}
        {extended > 0 && `，延长 ${lengthOf({ length: extended, unit })}`}
        {parameter !== null &&
          `，出自“${parameter.word}”（${parameter.documentNo}，${word('basisStatus', parameter.status)}）`}
        ，不扣除、不顺延时到 <b className="number">{counted}</b>。
      </li>
      {adjustments.map((each) => (
        <li key={`${each.word}${each.from ?? ''}`}>
          {each.from === null
            ? `延长：${each.word}，${lengthOf({ length: each.length, unit })}。`
            : `扣除：${each.word}，${each.from} ${each.to === null ? '起，还没有恢复计算' : `至 ${each.to}`}。`}
        </li>
      ))}
      {excluded.map((each) => (
        <li key={each.from}>
          合并以后扣除 {each.from} 至 {each.to}，{each.days} 日。
        </li>
      ))}
      {restDays > 0 && (
        <li>
          {unit === 'working_day' ? '休息日不计' : '末日遇休息日，顺延'}：
          {rest.map(({ day, why }) => `${day}（${WHY[why]}）`).join('、')}
          {restDays > rest.length && `……共 ${restDays} 日`}。
        </li>
      )}
      {!rolls && unit !== 'working_day' && <li>这一期限末日遇休息日不顺延。</li>}
      <li>
        {pausedSince === null ? (
          <>
            <b className="number">{end}</b> 届满{provisional && '（暂定，该年放假安排尚未公布）'}。
          </>
        ) : (
          `自 ${pausedSince} 起停着，恢复以后接着算。`
        )}
      </li>
      {differs && <li>登记的届满日是 {due}：规则或者日历在登记以后有变动，以登记的为准。</li>}
      <li>
        依据：
        {basis.map((each) => (
          <Citation key={`${each.law}${each.article ?? ''}`} basis={each} />
        ))}
        {basis.length === 0 && '没有写明'}
      </li>
    </ol>
  );
}
