import type { Clock, Decision, FilingView } from '../api/types.js';
import { ClockText } from '../desk/clock-text.js';
import { lengthOf } from '../words/days.js';
import { releaseText } from '../words/releases.js';
import { useWords } from '../words/words.js';
import styles from './decision-tab.module.css';
import { judgeText, withNames } from './judge-names.js';
import { ReasonList } from './reason-list.js';
import { Pairs, Section } from './section.js';

interface PartProps {
  readonly view: FilingView;
  readonly decision: Decision;
}

/** The parts of a decision's reasons, in the order in which they are read. */
const TOPICS: readonly { readonly title: string; readonly about: readonly string[] }[] = [
  { title: '为什么要人工处理', about: ['review'] },
  { title: '适用什么程序，为什么', about: ['procedure', 'panel', 'track'] },
  { title: '为什么不适用更简的程序', about: ['not_applied'] },
  { title: '为什么由他承办', about: ['owner', 'owner_unable', 'draw'] },
  { title: '关联的依据', about: ['link'] },
  { title: '期限说明', about: ['deadline'] },
];

const KNOWN = new Set(TOPICS.flatMap(({ about }) => about).concat('bar'));

function Outcome({ view, decision }: PartProps) {
  const { word } = useWords();
  const { owner } = decision;
  const linked = owner?.linkedCase === undefined ? '' : `：${word('linkKind', owner.link)}，${owner.linkedCase}`;
  return (
    <Section title="结论">
      <Pairs
        pairs={[
          ['程序', word('procedure', decision.procedure)],
          ['审判组织', word('panel', decision.panel)],
          ['承办人', <strong key="judge">{judgeText(view.judges, owner?.judge)}</strong>],
          ['承办方式', owner === null ? '未定' : `${word('method', owner.method)}${linked}`],
          ['繁简', decision.track === null ? '不分' : word('track', decision.track)],
          ...(decision.release === null ? [] : [['所用规则', releaseText(decision.release)] as const]),
        ]}
      />
    </Section>
  );
}

function Links({ decision }: PartProps) {
  const { word } = useWords();
  if (decision.links.length === 0) return null;
  return (
    <Section title="关联案件" note={`${decision.links.length} 件`}>
      <ul className={styles.links}>
        {decision.links.map(({ kind, caseNo, score, evidence }) => (
          <li key={`${kind}${caseNo}`}>
            <p>
              <strong>{caseNo}</strong>
              <span className={styles.kind}>{word('linkKind', kind)}</span>
              <span className={styles.score}>证据分 {score.toFixed(3)}</span>
            </p>
            <ul>
              {evidence.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Barred({ view, decision }: PartProps) {
  if (decision.barred.length === 0) return null;
  const bars = decision.reasons.filter(({ about }) => about === 'bar');
  return (
    <Section title="不得承办" note={`${new Set(decision.barred.map(({ judge }) => judge)).size} 人`}>
      <ul className={styles.barred}>
        {decision.barred.map(({ judge, rule, text }) => (
          <li key={`${judge}${rule}${text}`}>
            <strong>{judgeText(view.judges, judge)}</strong>
            <span>{withNames(text, view.judges)}</span>
            <code title="规则编号">{rule}</code>
          </li>
        ))}
      </ul>
      <ReasonList reasons={bars} view={view} />
    </Section>
  );
}

/** Every clock with the day it began, how long it is and what is left of it. */
export function Clocks({ clocks }: { readonly clocks: readonly Clock[] }) {
  const { word } = useWords();
  if (clocks.length === 0) return null;
  return (
    <Section title="期限">
      <table className={styles.clocks}>
        <thead>
          <tr>
            <th scope="col">期限</th>
            <th scope="col">起算</th>
            <th scope="col">长度</th>
            <th scope="col">届满</th>
            <th scope="col">还剩</th>
          </tr>
        </thead>
        <tbody>
          {clocks.map((clock) => (
            <tr key={`${clock.kind}${clock.from}`}>
              <th scope="row">{word('deadlineKind', clock.kind)}</th>
              <td className="number">{clock.from}</td>
              <td>{lengthOf(clock)}</td>
              <td className="number">{clock.due}</td>
              <td>
                <ClockText clock={clock} short />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {clocks.some(({ provisional }) => provisional) && (
        <p className={styles.note}>“暂定”：该年放假安排尚未公布，公布后日期可能顺延。</p>
      )}
    </Section>
  );
}

/** What was decided and why, link by link and article by article. */
export function DecisionTab({ view, decision }: PartProps) {
  const other = decision.reasons.filter(({ about }) => !KNOWN.has(about));
  return (
    <>
      <Outcome view={view} decision={decision} />
      {TOPICS.map(({ title, about }) => {
        const reasons = decision.reasons.filter((reason) => about.includes(reason.about));
        if (reasons.length === 0) return null;
        return (
          <Section key={title} title={title}>
            <ReasonList reasons={reasons} view={view} />
          </Section>
        );
      })}
      {other.length > 0 && (
        <Section title="其他说明">
          <ReasonList reasons={other} view={view} />
        </Section>
      )}
      <Links view={view} decision={decision} />
      <Barred view={view} decision={decision} />
      <Clocks clocks={view.clocks} />
    </>
  );
}
