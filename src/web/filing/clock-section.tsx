import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { Suspense, useState } from 'react';
import { filingClocksQuery } from '../api/queries.js';
import type { ClockAdjustment, FilingClock, FilingView } from '../api/types.js';
import { useCourt, useMay } from '../desk/court.js';
import { later } from '../parts/later.js';
import type { ClockAct } from './clock-dialog.js';
import { UNITS } from './clock-words.js';
import styles from './flows-tab.module.css';
import history from './history-tab.module.css';
import { Section } from './section.js';

const ClockDialog = later(async () => (await import('./clock-dialog.js')).ClockDialog);

function adjustmentText({ operation, from, to, length }: ClockAdjustment, unit: FilingClock['unit']): string {
  if (operation === 'extend') return `延长 ${length} ${UNITS[unit]}`;
  return to === null ? `自 ${from} 起扣除，尚未恢复` : `扣除 ${from} 至 ${to}`;
}

/** 扣除 and 延长: the clocks of a filing that may be changed, what was done to them, and the ways to do more. */
export function ClockSection({ view }: { readonly view: FilingView }) {
  const { code } = useCourt();
  const may = useMay();
  const { data: clocks = [] } = useQuery(filingClocksQuery(code, view.row.id));
  const [act, setAct] = useState<ClockAct>();
  const shown = clocks.filter(({ offered, adjustments }) => offered.length > 0 || adjustments.length > 0);
  if (shown.length === 0) return null;
  const isOwner = view.row.judge !== null;
  const mayAdjust = may('clock.adjust') || isOwner;
  return (
    <Section title="期限的扣除和延长">
      <ul className={history.history}>
        {shown.map((clock) => (
          <li key={clock.deadline ?? clock.flow}>
            <p>
              <strong>{clock.word}</strong>
              <span>{clock.due === null ? `停止计算，自 ${clock.pausedSince} 起` : `${clock.due} 届满`}</span>
              {clock.provisional && <span>暂定，该年放假安排尚未公布</span>}
            </p>
            {clock.adjustments.map((each) => (
              <p key={each.id}>
                {each.word}：{adjustmentText(each, clock.unit)}
                {each.isWithdrawn && '（已撤销，不算）'}
                {each.reason !== '' && `。理由：${each.reason}`}
                {mayAdjust && !each.isWithdrawn && (
                  <>
                    {each.from !== null && each.to === null && (
                      <Button
                        size="small"
                        type="link"
                        onClick={() => setAct({ kind: 'resume', clock, adjustment: each })}
                      >
                        恢复计算
                      </Button>
                    )}
                    <Button
                      size="small"
                      type="link"
                      onClick={() => setAct({ kind: 'withdraw', clock, adjustment: each })}
                    >
                      撤销
                    </Button>
                  </>
                )}
              </p>
            ))}
            {clock.offered.some(({ refused }) => refused === null) && (
              <div className={styles.steps}>
                <Button size="small" onClick={() => setAct({ kind: 'adjust', clock })}>
                  扣除或者延长
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <Suspense>
        {act !== undefined && <ClockDialog view={view} act={act} onClose={() => setAct(undefined)} />}
      </Suspense>
    </Section>
  );
}
