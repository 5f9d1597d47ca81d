import Input from 'antd/es/input';
import type { ReactNode } from 'react';
import { ChoiceList } from '../parts/choice-list.js';
import { DayField } from '../parts/day-field.js';
import { Field } from '../parts/field.js';
import { amountTyped } from '../words/amount.js';
import { useWords } from '../words/words.js';
import { CauseField } from './cause-field.js';
import { fieldsOf, stagesOf, withMatter } from './draft.js';
import { errorAt } from './errors.js';
import styles from './filing-form.module.css';
import type { FilingForm } from './use-filing-form.js';

interface BasicFieldsProps {
  readonly form: FilingForm;
  readonly court: string;
  /** The day of docketing, where it may be said. */
  readonly docketing?: ReactNode;
}

/** What every filing has. */
export function BasicFields({ form, court, docketing }: BasicFieldsProps) {
  const { terms } = useWords();
  const { draft, set, errors, touch } = form;
  const at = (pointer: string): string | undefined => errorAt(errors, pointer);
  const stages = stagesOf(draft.matter);
  return (
    <div className={styles.basic}>
      <Field label="登记号" required error={at('/id') ?? at('/court')}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={64}
            value={draft.id}
            onChange={(event) => set({ id: event.target.value })}
            onBlur={() => touch('/id')}
          />
        )}
      </Field>
      <Field label="收案日期" required error={at('/receivedOn')}>
        {(control) => (
          <DayField
            {...control}
            value={draft.receivedOn}
            onChange={(receivedOn) => set({ receivedOn })}
            onBlur={() => touch('/receivedOn')}
          />
        )}
      </Field>
      {docketing}
      <Field label="案件类别" required error={at('/matter')}>
        {(control) => (
          <ChoiceList
            {...control}
            value={draft.matter}
            options={terms('matter')}
            onChange={(matter) => set(withMatter(draft, matter))}
            onBlur={() => touch('/matter')}
          />
        )}
      </Field>
      <Field label="审级" required error={at('/stage')}>
        {(control) => (
          <ChoiceList
            {...control}
            value={draft.stage}
            options={terms('stage').filter(({ key }) => stages.includes(key))}
            onChange={(stage) => set({ stage })}
            onBlur={() => touch('/stage')}
          />
        )}
      </Field>
      <CauseField
        className={styles.wide}
        value={draft.cause}
        matter={draft.matter}
        error={at('/cause')}
        onChange={(cause) => set({ cause })}
        onBlur={() => touch('/cause')}
      />
      {fieldsOf(draft).amount && (
        <Field label="标的额（元）" error={at('/amount')} hint="没有或者还不知道就留空">
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              value={draft.amount}
              onChange={(event) => set({ amount: event.target.value })}
              onBlur={() => {
                set({ amount: amountTyped(draft.amount) });
                touch('/amount');
              }}
            />
          )}
        </Field>
      )}
      <Field label="法院" hint="收案只能登记到本院">
        {(control) => <Input {...control} readOnly value={court} />}
      </Field>
    </div>
  );
}
