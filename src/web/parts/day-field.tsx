import CalendarOutlined from '@ant-design/icons/es/icons/CalendarOutlined';
import Input from 'antd/es/input';
import { useRef } from 'react';
import { dayTyped } from '../words/days.js';
import styles from './day-field.module.css';
import type { ControlProps } from './field.js';

interface DayFieldProps extends ControlProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: (() => void) | undefined;
}

/** A day to type (20260309 is enough) or to pick; what is no day stays as it was typed, with its error. */
export function DayField({ value, onChange, onBlur, ...control }: DayFieldProps) {
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <span className={styles.day}>
      <Input
        {...control}
        status={control['aria-invalid'] ? 'error' : ''}
        value={value}
        placeholder="如 20260309"
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => {
          if (dayTyped(value) !== value) onChange(dayTyped(value));
          onBlur?.();
        }}
        suffix={
          <button type="button" tabIndex={-1} aria-label="从日历中选" onClick={() => calendar.current?.showPicker()}>
            <CalendarOutlined aria-hidden />
          </button>
        }
      />
      <input
        ref={calendar}
        type="date"
        tabIndex={-1}
        aria-hidden
        value={/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : ''}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}
