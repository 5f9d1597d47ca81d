import Input from 'antd/es/input';
import { useId } from 'react';
import type { AnswerValue } from '../api/types.js';
import { useWords } from '../words/words.js';
import { type AskedFact, askedOf } from './asked-facts.js';
import { errorAt } from './errors.js';
import styles from './fact-rows.module.css';
import type { FilingForm } from './use-filing-form.js';

const CHOICES: readonly { readonly word: string; readonly value: AnswerValue | undefined }[] = [
  { word: '是', value: true },
  { word: '否', value: false },
  { word: '不知道', value: null },
  { word: '未填', value: undefined },
];

interface FactRowProps {
  readonly fact: AskedFact;
  readonly value: AnswerValue | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: AnswerValue | undefined) => void;
}

function FactRow({ fact, value, error, onChange }: FactRowProps) {
  const id = useId();
  return (
    <fieldset className={styles.fact} aria-describedby={fact.note === undefined ? undefined : `${id}-note`}>
      <legend>{fact.word}</legend>
      <span className={styles.choices}>
        {CHOICES.map((choice) => (
          <label key={choice.word} className={choice.value === undefined ? styles.unset : undefined}>
            <input type="radio" name={id} checked={value === choice.value} onChange={() => onChange(choice.value)} />
            <span>{choice.word}</span>
          </label>
        ))}
      </span>
      {fact.note !== undefined && (
        <small id={`${id}-note`} className={styles.note}>
          {fact.note}
        </small>
      )}
      {error !== undefined && <small className={styles.error}>{error}</small>}
    </fieldset>
  );
}

function NumberRow({ fact, value, error, onChange }: FactRowProps) {
  const id = useId();
  return (
    <div className={styles.fact}>
      <label htmlFor={id}>{fact.word}</label>
      <span className={styles.choices}>
        <Input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          aria-invalid={error !== undefined || undefined}
          disabled={value === null}
          value={typeof value === 'number' || typeof value === 'string' ? String(value) : ''}
          onChange={(event) => {
            const text = event.target.value.trim();
            onChange(text === '' ? undefined : /^\d+$/.test(text) ? Number(text) : text);
          }}
        />
        <label>
          <input
            type="checkbox"
            checked={value === null}
            onChange={(event) => onChange(event.target.checked ? null : undefined)}
          />
          <span>不知道</span>
        </label>
      </span>
      {fact.note !== undefined && <small className={styles.note}>{fact.note}</small>}
      {error !== undefined && <small className={styles.error}>{error}</small>}
    </div>
  );
}

/** What the counter can say of the filing; 不知道 is an answer, 未填 is none. */
export function FactRows({ form }: { readonly form: FilingForm }) {
  const { vocabulary } = useWords();
  const { draft, set, errors } = form;
  const change = (key: string, value: AnswerValue | undefined): void => {
    const { [key]: _, ...rest } = draft.facts;
    set({ facts: value === undefined ? rest : { ...rest, [key]: value } });
  };
  return (
    <div className={styles.facts}>
      {askedOf(draft, vocabulary.answers).map((fact) => {
        const Row = fact.type === '整数' ? NumberRow : FactRow;
        return (
          <Row
            key={fact.key}
            fact={fact}
            value={draft.facts[fact.key]}
            error={errorAt(errors, `/facts/${fact.key}`)}
            onChange={(value) => change(fact.key, value)}
          />
        );
      })}
    </div>
  );
}
