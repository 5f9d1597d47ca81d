import Input from 'antd/es/input';
import { useState } from 'react';
import type { Decision, FilingView } from '../api/types.js';
import { DrawSteps } from './draw-steps.js';
import { judgeText, withNames } from './judge-names.js';
import styles from './pool-tab.module.css';
import { ReasonList } from './reason-list.js';
import { Section } from './section.js';

interface PoolTabProps {
  readonly view: FilingView;
  readonly decision: Decision;
}

interface Entry {
  readonly judge: string;
  readonly name: string;
  readonly division: string;
  readonly verdict: string;
  readonly rule: string | undefined;
  readonly tone: 'owner' | 'in' | 'out' | 'barred';
}

/** What is to be said of every judge: holds it, could have had it, could not and why. */
function entriesOf({ view, decision }: PoolTabProps): Entry[] {
  const { pool, barred, draw, owner } = decision;
  const ids = new Set([...pool.map(({ judge }) => judge), ...barred.map(({ judge }) => judge)]);
  if (owner?.judge) ids.add(owner.judge);
  const entries = [...ids].map((judge): Entry => {
    const known = view.judges.find(({ id }) => id === judge);
    const of = { judge, name: known?.name ?? judge, division: known?.division ?? '' };
    const bar = barred.find((each) => each.judge === judge);
    const entry = pool.find((each) => each.judge === judge);
    const weight = draw?.candidates.find((each) => each.judge === judge)?.weight;
    const share =
      weight === undefined || !draw ? '' : `，权重 ${weight}，占 ${((100 * weight) / draw.total).toFixed(1)}%`;
    if (judge === owner?.judge) {
      const how = draw?.judge === judge ? `抽中${share}` : '承办本案';
      return { ...of, verdict: how, rule: undefined, tone: 'owner' };
    }
    if (bar !== undefined) return { ...of, verdict: withNames(bar.text, view.judges), rule: bar.rule, tone: 'barred' };
    if (entry?.in) return { ...of, verdict: `可以参加随机分案${share}`, rule: undefined, tone: 'in' };
    return { ...of, verdict: entry?.text ?? '不参加', rule: entry?.rule, tone: 'out' };
  });
  const rank: Readonly<Record<Entry['tone'], number>> = { owner: 0, in: 1, barred: 2, out: 3 };
  return entries.sort((a, b) => rank[a.tone] - rank[b.tone]);
}

/** Why each judge has the case or not, to look up by name; and how the draw was made. */
export function PoolTab({ view, decision }: PoolTabProps) {
  const [text, setText] = useState('');
  const entries = entriesOf({ view, decision });
  const wanted = text.trim();
  const shown = entries.filter(({ judge, name, division }) => `${judge} ${name} ${division}`.includes(wanted));
  const owned = decision.reasons.filter(
    ({ about }) => about === 'owner' || about === 'owner_unable' || about === 'draw',
  );
  const inPool = entries.filter(({ tone }) => tone === 'in' || tone === 'owner').length;
  return (
    <>
      <Section title="承办人怎样确定的">
        <p className={styles.holder}>
          {decision.owner?.judge ? judgeText(view.judges, decision.owner.judge) : '还没有确定承办人'}
        </p>
        <ReasonList reasons={owned} view={view} />
      </Section>
      {decision.draw !== null && <DrawSteps draw={decision.draw} view={view} />}
      <Section title="为什么是他，为什么不是他" note={`${entries.length} 名法官，可以承办的 ${inPool} 名`}>
        <Input
          aria-label="按姓名、编号或者部门查找法官"
          placeholder="输入姓名、编号或者部门"
          allowClear
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <ul className={styles.pool}>
          {shown.map(({ judge, name, division, verdict, rule, tone }) => (
            <li key={judge} className={styles[tone]}>
              <span className={styles.name}>
                {name}
                <small>
                  {judge} {division}
                </small>
              </span>
              <span>{verdict}</span>
              {rule !== undefined && <code title="规则编号">{rule}</code>}
            </li>
          ))}
        </ul>
        {shown.length === 0 && (
          <p className={styles.nobody}>
            {entries.length === 0 ? '这份决定还没有走到选人这一步。' : `没有找到“${wanted}”，请换一个写法。`}
          </p>
        )}
      </Section>
    </>
  );
}
