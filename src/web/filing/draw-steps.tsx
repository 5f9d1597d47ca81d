import type { Decision, FilingView } from '../api/types.js';
import styles from './draw-steps.module.css';
import { judgeText } from './judge-names.js';
import { Section } from './section.js';

type Draw = NonNullable<Decision['draw']>;

interface Interval {
  readonly judge: string;
  readonly weight: number;
  /** The first ticket of this candidate, and the first of the next one. */
  readonly from: number;
  readonly to: number;
}

/** Candidates side by side in the order of the draw: a ticket falls in exactly one of them. */
function intervalsOf({ candidates }: Draw): Interval[] {
  let from = 0;
  return candidates.map(({ judge, weight }) => {
    const interval = { judge, weight, from, to: from + weight };
    from += weight;
    return interval;
  });
}

const count = (value: number): string => value.toLocaleString('zh-CN');

/** The draw, step by step, with every number that somebody needs to repeat it. */
export function DrawSteps({ draw, view }: { readonly draw: Draw; readonly view: FilingView }) {
  const intervals = intervalsOf(draw);
  return (
    <Section title="怎样抽的" note={`第 ${draw.number} 次抽签`}>
      <ol className={styles.steps}>
        <li>
          <strong>排候选人</strong>
          <p>
            {`${draw.candidates.length} 名候选人按编号排开，各占与权重一样长的一段，合计 ${count(draw.total)}。在办案件少、办案比例高的人权重大。`}
          </p>
        </li>
        <li>
          <strong>算随机数</strong>
          <p>
            {`以种子为钥，对规则摘要、候选人摘要、收案和抽签次数用 ${draw.algorithm} 计算，取第 ${draw.attempt + 1} 个随机数。谁来算都是同一个数。`}
          </p>
        </li>
        <li>
          <strong>落在谁的一段</strong>
          <p>
            抽得 <b>{count(draw.ticket)}</b>，落在<b>{judgeText(view.judges, draw.judge)}</b>的一段。
          </p>
          <table className={styles.intervals}>
            <thead>
              <tr>
                <th scope="col">候选人</th>
                <th scope="col">权重</th>
                <th scope="col">起</th>
                <th scope="col">止</th>
                <th scope="col">
                  <span className="visually-hidden">结果</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {intervals.map(({ judge, weight, from, to }) => (
                <tr key={judge} className={judge === draw.judge ? styles.drawn : undefined}>
                  <th scope="row">{judgeText(view.judges, judge)}</th>
                  <td>{count(weight)}</td>
                  <td>{count(from)}</td>
                  <td>{count(to - 1)}</td>
                  <td className={styles.mark}>{judge === draw.judge ? `抽得 ${count(draw.ticket)}` : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </li>
        <li>
          <strong>自己核对</strong>
          <dl className={styles.digests}>
            <dt>种子</dt>
            <dd>{draw.seed}</dd>
            <dt>规则摘要</dt>
            <dd>{draw.ruleDigest}</dd>
            <dt>候选人摘要</dt>
            <dd>{draw.poolDigest}</dd>
          </dl>
        </li>
      </ol>
    </Section>
  );
}
