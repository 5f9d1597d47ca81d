import Button from 'antd/es/button';
import { useEffect, useRef, useState } from 'react';
import type { AnswerValue } from '../api/types.js';
import { useKeys } from '../keys/keys.js';
import type { Choice } from './question-kind.js';
import styles from './question-panel.module.css';

interface ChoiceAnswerProps {
  readonly choices: readonly Choice[];
  readonly isPending: boolean;
  readonly onAnswer: (value: AnswerValue) => void;
}

/**
 * One of a few answers: first it is chosen, by its digit or by a click, then it is given. An answer may assign the case, and what is
 * assigned cannot be corrected; one that is only chosen is taken back with Esc. A click on 不知道 needs no second one: the question stays
 * open after it.
 */
export function ChoiceAnswer({ choices, isPending, onAnswer }: ChoiceAnswerProps) {
  const [chosen, setChosen] = useState<Choice>();
  const confirm = useRef<HTMLButtonElement>(null);
  /** Where the focus was before it went to the button that confirms. */
  const before = useRef<Element | null>(null);
  // On that button Enter gives the answer; anywhere else Enter does what it does there.
  useEffect(() => {
    if (chosen !== undefined) confirm.current?.focus();
  }, [chosen]);
  const choose = (choice: Choice): void => {
    if (isPending) return;
    if (chosen === undefined) before.current = document.activeElement;
    setChosen({ ...choice });
  };
  const takeBack = (): void => {
    setChosen(undefined);
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
  };
  const give = (): void => {
    if (chosen === undefined) return;
    takeBack();
    onAnswer(chosen.value);
  };
  useKeys('panel', Object.fromEntries(choices.map((choice, index) => [String(index + 1), () => choose(choice)])));
  useKeys('choice', { Escape: takeBack }, { active: chosen !== undefined });
  const digits = choices.map((_, index) => index + 1).join('、');
  return (
    <>
      <p className={styles.choices}>
        {choices.map((choice, index) => (
          <Button
            key={choice.word}
            aria-keyshortcuts={String(index + 1)}
            aria-pressed={chosen?.word === choice.word}
            type={chosen?.word === choice.word ? 'primary' : 'default'}
            disabled={isPending}
            onClick={() => (choice.value === null ? onAnswer(null) : choose(choice))}
          >
            <kbd aria-hidden>{index + 1}</kbd> {choice.word}
          </Button>
        ))}
      </p>
      <p className={styles.confirm}>
        <span role="status">
          {isPending
            ? '正在按回答重新分案…'
            : chosen === undefined
              ? `按 ${digits} 选择，再按 Enter 确认`
              : `已选“${chosen.word}”，还没有提交：按 Enter 确认，按 Esc 收回`}
        </span>
        {chosen !== undefined && (
          <>
            <Button ref={confirm} type="primary" aria-keyshortcuts="Enter" onClick={give}>
              确认 <kbd aria-hidden>↵</kbd>
            </Button>
            <Button aria-keyshortcuts="Escape" onClick={takeBack}>
              收回
            </Button>
          </>
        )}
      </p>
    </>
  );
}
