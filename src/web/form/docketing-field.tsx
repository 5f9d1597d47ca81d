import { DayField } from '../parts/day-field.js';
import { Field } from '../parts/field.js';

interface DocketingFieldProps {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  readonly onBlur: () => void;
}

/** The day on which the filing is docketed, where it is another one than that of its receipt. */
export function DocketingField({ value, error, onChange, onBlur }: DocketingFieldProps) {
  return (
    <Field label="立案日期" hint="留空就按收案日期立案" error={error}>
      {(control) => <DayField {...control} value={value} onChange={onChange} onBlur={onBlur} />}
    </Field>
  );
}
