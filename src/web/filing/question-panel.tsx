import { useState } from 'react';
import { api, unwrap } from '../api/client.js';
import { Refusal } from '../api/problem.js';
import type { AnswerValue, FilingView } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { useWords } from '../words/words.js';
import { ActFault } from './act-fault.js';
import { ChoiceAnswer } from './choice-answer.js';
import { NumberAnswer } from './number-answer.js';
import { kindOf } from './question-kind.js';
import styles from './question-panel.module.css';
import { useFilingAct } from './use-filing-act.js';

interface QuestionPanelProps {
  readonly view: FilingView;
  /** After each answer; `finished` when nothing is left to ask here. */
  readonly onAnswered: (after: FilingView, before: FilingView | undefined, finished: boolean) => void;
}

interface Given {
  readonly fact: string;
  readonly value: AnswerValue;
}

/** The questions whose answers change the outcome, one after the other; each answer routes the filing again at once. */
export function QuestionPanel({ view, onAnswered }: QuestionPanelProps) {
  const { code } = useCourt();
  const words = useWords();
  const { row, decision } = view;
  const questions = decision?.questions ?? [];
  // 不知道 leaves a question open: it is not asked twice in one sitting.
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  const act = useFilingAct(
    code,
    row.id,
    async ({ fact, value }: Given) =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/filings/{id}/answers', {
          params: { path: { court: code, id: row.id } },
          body: { version: row.version, answers: { [fact]: value } },
        }),
      ),
    (after, before, { fact, value }) => {
      const passed = value === null ? [...unknown, fact] : unknown;
      setUnknown(passed);
      const left = after.decision?.questions.filter((each) => !passed.includes(each.fact)) ?? [];
      onAnswered(after, before, left.length === 0);
    },
  );
  const current = questions.find(({ fact }) => !unknown.includes(fact));
  if (questions.length === 0) return null;
  const refused = act.error instanceof Refusal ? act.error.errors[0]?.message : undefined;
  const may = view.may.includes('filing.answer');
  const kind = current && kindOf(current.fact, words);
  const note = words.vocabulary.answers.find(({ key }) => key === current?.fact)?.note;
  const answer = (value: AnswerValue): void => {
    if (current !== undefined) act.run({ fact: current.fact, value });
  };
  return (
    <section className={styles.panel} aria-labelledby="questions-title">
      <h3 id="questions-title">
        {current === undefined ? '下列问题都不知道，留待人工决定' : '回答以后立即重新分案'}
        <span>还有 {questions.length} 个问题会改变结果</span>
      </h3>
      {current !== undefined && (
        <>
          <p className={styles.question} aria-live="polite">
            {current.label}？{note !== undefined && <small>{note}</small>}
          </p>
          {may && kind?.kind === 'choice' && (
            <ChoiceAnswer
              // What was chosen for another state of the filing is not confirmed for this one.
              key={`${current.fact} ${row.version}`}
              choices={kind.choices}
              isPending={act.isPending}
              onAnswer={answer}
            />
          )}
          {may && (kind?.kind === 'integer' || kind?.kind === 'amount') && (
            <NumberAnswer key={current.fact} kind={kind.kind} error={refused} onAnswer={answer} />
          )}
          {!may && <p className={styles.rest}>您的角色不能回答，请由立案人员回答。</p>}
        </>
      )}
      {questions.length > 1 && (
        <p className={styles.rest}>
          接下来：
          {questions
            .filter(({ fact }) => fact !== current?.fact)
            .map(({ label, fact }) => (unknown.includes(fact) ? `${label}（不知道）` : label))
            .join('、')}
        </p>
      )}
      {refused === undefined && <ActFault act={act} />}
    </section>
  );
}
