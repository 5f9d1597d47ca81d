import Button from 'antd/es/button';
import Input, { type InputRef } from 'antd/es/input';
import { useEffect, useRef, useState } from 'react';
import type { AnswerValue } from '../api/types.js';
import { Field } from '../parts/field.js';
import { amountTyped } from '../words/amount.js';
import styles from './question-panel.module.css';

interface NumberAnswerProps {
  readonly kind: 'integer' | 'amount';
  readonly error: string | undefined;
  readonly onAnswer: (value: AnswerValue) => void;
}

/** An answer that is typed; Enter gives it. */
export function NumberAnswer({ kind, error, onAnswer }: NumberAnswerProps) {
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
