import Button from 'antd/es/button';
import Input, { type InputRef } from 'antd/es/input';
import { useEffect, useRef, useState } from 'react';
import { api, unwrap } from '../api/client.js';
import { Refusal } from '../api/problem.js';
import type { AnswerValue, FilingView } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { useKeys } from '../keys/keys.js';
import { Field } from '../parts/field.js';
import { amountTyped } from '../words/amount.js';
import { useWords } from '../words/words.js';
import { ActFault } from './act-fault.js';
import { type Choice, kindOf } from './question-kind.js';
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

function NumberAnswer({ kind, error, onAnswer }: NumberAnswerProps) {
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const input = useRef<InputRef>(null);
  useEffect(() => input.current?.focus(), []);
  const typed = kind === 'amount' ? amountTyped(text) : text.trim();
  const valid = kind === 'amount' ? /^\d+(\.\d{1,2})?$/.test(typed) : /^\d{1,9}$/.test(typed);
  const fault = kind === 'amount' ? '请写元为单位的数字，最多两位小数，例如 86000.00' : '请写整数';
  return (
    <form
      className={styles.number}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (valid) onAnswer(kind === 'amount' ? typed : Number(typed));
      }}
    >
      <Field label={kind === 'amount' ? '金额（元）' : '数字'} error={error ?? (tried && !valid ? fault : undefined)}>
        {(control) => (
          <Input
            {...control}
            ref={input}
            inputMode="decimal"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Button type="primary" htmlType="submit">
        回答
      </Button>
      <Button onClick={() => onAnswer(null)}>不知道</Button>
    </form>
  );
}

interface NumberAnswerProps {
  readonly kind: 'integer' | 'amount';
  readonly error: string | undefined;
  readonly onAnswer: (value: AnswerValue) => void;
}

function Choices({ choices, onAnswer }: ChoicesProps) {
  const [first, second, third] = choices;
  const keyed = { '1': first, '2': second, '3': third };
  useKeys(
    'panel',
    Object.fromEntries(
      Object.entries(keyed).flatMap(([key, choice]) =>
        choice === undefined ? [] : [[key, () => onAnswer(choice.value)] as const],
      ),
    ),
  );
  return (
    <p className={styles.choices}>
      {choices.map(({ word, value }, index) => (
        <Button key={word} aria-keyshortcuts={String(index + 1)} onClick={() => onAnswer(value)}>
          <kbd aria-hidden>{index + 1}</kbd> {word}
        </Button>
      ))}
    </p>
  );
}

interface ChoicesProps {
  readonly choices: readonly Choice[];
  readonly onAnswer: (value: AnswerValue) => void;
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
          {may && kind?.kind === 'choice' && <Choices choices={kind.choices} onAnswer={answer} />}
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
