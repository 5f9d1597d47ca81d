import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { causesQuery } from '../api/queries.js';
import type { Matter } from '../api/types.js';
import { Combobox } from '../parts/combobox.js';
import { Field } from '../parts/field.js';
import styles from './cause-field.module.css';

interface CauseFieldProps {
  readonly value: string;
  readonly matter: string;
  readonly error: string | undefined;
  readonly className?: string | undefined;
  readonly onChange: (cause: string) => void;
  readonly onBlur: () => void;
}

const TYPING_MS = 150;
const MATTERS: readonly string[] = ['civil', 'criminal', 'administrative', 'enforcement'] satisfies Matter[];

const isMatter = (matter: string): matter is Matter => MATTERS.includes(matter);

/** The cause, found by a part of its name or by pinyin; its place in the list stands beneath it. */
export function CauseField({ value, matter, error, className, onChange, onBlur }: CauseFieldProps) {
  const [asked, setAsked] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(value.trim()), TYPING_MS);
    return () => window.clearTimeout(timer);
  }, [value]);
  const { data = [] } = useQuery(causesQuery(asked, isMatter(matter) ? matter : undefined));
  const options = value.trim() === '' ? [] : data;
  const named = data.find(({ name }) => name === value.trim());
  const hint = named === undefined ? '输入汉字或者拼音，如 minjian、mjjd' : named.path.join(' › ');
  return (
    <Field label="案由" required hint={hint} error={error} className={className}>
      {(control) => (
        <Combobox
          {...control}
          text={value}
          onText={onChange}
          options={options}
          keyOf={({ list, path }) => `${list}${path.join('/')}`}
          onPick={({ name }) => onChange(name)}
          onBlur={onBlur}
          empty={asked === value.trim() ? '没有这样的案由，请换一个说法' : '正在查找…'}
        >
          {({ name, path }) => (
            <>
              <span>{name}</span>
              <small className={styles.path}>{path.slice(0, -1).join(' › ')}</small>
            </>
          )}
        </Combobox>
      )}
    </Field>
  );
}
