import type { FilingView } from '../api/types.js';
import { timeText } from '../words/days.js';
import { HANDOVER_WORDS, OCCASION_WORDS, OUTCOME_WORDS, useWords } from '../words/words.js';
import { Digests } from './digests.js';
import styles from './history-tab.module.css';
import { Section } from './section.js';

function Decisions({ view }: { readonly view: FilingView }) {
  const { word } = useWords();
  return (
    <Section title="历次决定" note={`${view.history.length} 份`}>
      <ol className={styles.history} reversed>
        {[...view.history].reverse().map((each) => (
          <li key={each.number}>
            <p>
              <strong>第 {each.number} 号</strong>
              <span className="number">{timeText(each.madeAt)}</span>
              <span>{OCCASION_WORDS[each.occasion] ?? each.occasion}</span>
              <span>{each.madeBy?.name ?? '系统'}</span>
              {each.release !== null && <span>按第 {each.release} 号规则发布</span>}
            </p>
            <p>
              {word('status', each.status)}
              {each.judge !== null && `，${each.judge.name}`}
              {each.judge !== null && each.method !== null && `（${word('method', each.method)}）`}
            </p>
            <code title="决定摘要">{each.digest}</code>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Owners({ view }: { readonly view: FilingView }) {
  const { word } = useWords();
  if (view.owners.length === 0) return null;
  return (
    <Section title="历任承办人">
      <table className={styles.owners}>
        <thead>
          <tr>
            <th scope="col">承办人</th>
            <th scope="col">方式</th>
            <th scope="col">事由</th>
            <th scope="col">自</th>
            <th scope="col">至</th>
          </tr>
        </thead>
        <tbody>
          {[...view.owners].reverse().map(({ judge, method, ground, since, until }) => (
            <tr key={since}>
              <th scope="row">{judge.name}</th>
              <td>{word('method', method)}</td>
              <td>{ground ?? '—'}</td>
              <td className="number">{timeText(since)}</td>
              <td className="number">{until === null ? '现在' : timeText(until)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Handovers({ view }: { readonly view: FilingView }) {
  if (view.handovers.length === 0) return null;
  return (
    <Section title="指定分案和变更承办人">
      <ul className={styles.history}>
        {[...view.handovers].reverse().map((each) => (
          <li key={each.id}>
            <p>
              <strong>{HANDOVER_WORDS[each.kind]}</strong>
              <span>{each.judge?.name ?? '在其余人员中抽取'}</span>
              <span>事由：{each.groundWord}</span>
              <span>{each.outcome === null ? '待审批' : OUTCOME_WORDS[each.outcome]}</span>
            </p>
            <p>{each.note}</p>
            <p className={styles.who}>
              {each.proposedBy.name} {timeText(each.proposedAt)} 提出
              {each.decidedBy !== null && each.decidedAt !== null && (
                <>
                  ；{each.decidedBy.name} {timeText(each.decidedAt)} {each.outcome && OUTCOME_WORDS[each.outcome]}
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** How the filing came to be where it is: every decision, owner and proposal, newest first. */
export function HistoryTab({ view }: { readonly view: FilingView }) {
  return (
    <>
      <Decisions view={view} />
      <Owners view={view} />
      <Handovers view={view} />
      <Digests view={view} />
    </>
  );
}
