import styles from './choice-list.module.css';
import type { ControlProps } from './field.js';

interface ChoiceListProps extends ControlProps {
  readonly value: string;
  readonly options: readonly { readonly key: string; readonly word: string }[];
  /** What stands for no choice; without it one must be chosen. */
  readonly none?: string | undefined;
  readonly onChange: (key: string) => void;
  readonly onBlur?: (() => void) | undefined;
  readonly disabled?: boolean;
}

/** A closed list as the browser's own control: letters, arrows and screen readers work as everywhere. */
export function ChoiceList({ value, options, none, onChange, onBlur, disabled, ...control }: ChoiceListProps) {
  const strange = value !== '' && !options.some(({ key }) => key === value);
  return (
    <select
      {...control}
      className={styles.list}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
    >
      {(none !== undefined || value === '') && <option value="">{none ?? '请选择'}</option>}
      {strange && <option value={value}>{value}（不能识别）</option>}
      {options.map(({ key, word }) => (
        <option key={key} value={key}>
          {word}
        </option>
      ))}
    </select>
  );
}
