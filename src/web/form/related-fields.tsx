import Input from 'antd/es/input';
import { ChoiceList } from '../parts/choice-list.js';
import { DayField } from '../parts/day-field.js';
import { Field } from '../parts/field.js';
import { useWords } from '../words/words.js';
import { fieldsOf } from './draft.js';
import { errorAt, errorsOfLines } from './errors.js';
import styles from './filing-form.module.css';
import type { FilingForm } from './use-filing-form.js';

/** 无 and 未载明 are words of the vocabulary for what is left empty here. */
const NO_RELATION = 'none';
const NO_KIND = 'unstated';

/** What an enforcement rests on. */
export function InstrumentFields({ form }: { readonly form: FilingForm }) {
  const { terms } = useWords();
  const { draft, set, errors, touch } = form;
  return (
    <div className={styles.basic}>
      <Field label="执行依据种类" error={errorAt(errors, '/instrument/kind')}>
        {(control) => (
          <ChoiceList
            {...control}
            value={draft.instrumentKind}
            none="未填"
            options={terms('instrumentKind').filter(({ key }) => key !== NO_KIND)}
            onChange={(instrumentKind) => set({ instrumentKind })}
          />
        )}
      </Field>
      <Field label="执行依据案号或文号" className={styles.wide} error={errorAt(errors, '/instrument/caseNo')}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={60}
            value={draft.instrumentCaseNo}
            onChange={(event) => set({ instrumentCaseNo: event.target.value })}
            onBlur={() => touch('/instrument/caseNo')}
          />
        )}
      </Field>
      <Field label="第几期" hint="分期履行的才填" error={errorAt(errors, '/instrument/instalment')}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            value={draft.instalment}
            onChange={(event) => set({ instalment: event.target.value })}
            onBlur={() => touch('/instrument/instalment')}
          />
        )}
      </Field>
      <Field label="初执移回日期" hint="移送执行实施以后才填" error={errorAt(errors, '/initialMeasuresReturnedOn')}>
        {(control) => (
          <DayField
            {...control}
            value={draft.initialMeasuresReturnedOn}
            onChange={(initialMeasuresReturnedOn) => set({ initialMeasuresReturnedOn })}
            onBlur={() => touch('/initialMeasuresReturnedOn')}
          />
        )}
      </Field>
    </div>
  );
}

/** Where the filing comes from and which cases it names; by these earlier cases are found. */
export function RelatedFields({ form }: { readonly form: FilingForm }) {
  const { terms } = useWords();
  const { draft, set, errors, touch } = form;
  return (
    <div className={styles.basic}>
      <Field label="来源关系" error={errorAt(errors, '/origin/relation')}>
        {(control) => (
          <ChoiceList
            {...control}
            value={draft.originRelation}
            none="无"
            options={terms('originRelation').filter(({ key }) => key !== NO_RELATION)}
            onChange={(originRelation) => set({ originRelation, ...(originRelation === '' && { originCaseNo: '' }) })}
          />
        )}
      </Field>
      <Field label="来源案件案号" className={styles.wide} error={errorAt(errors, '/origin/caseNo')}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={60}
            disabled={draft.originRelation === ''}
            value={draft.originCaseNo}
            onChange={(event) => set({ originCaseNo: event.target.value })}
            onBlur={() => touch('/origin/caseNo')}
          />
        )}
      </Field>
      <Field label="引用的案号" className={styles.half} hint="一行一个" error={errorsOfLines(errors, '/citedCases')}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={2}
            value={draft.citedCases}
            onChange={(event) => set({ citedCases: event.target.value })}
            onBlur={() => {
              const lines = draft.citedCases.split('\n').length;
              for (let line = 0; line < lines; line += 1) touch(`/citedCases/${line}`);
            }}
          />
        )}
      </Field>
      {fieldsOf(draft).claims && (
        <Field label="诉讼请求" className={styles.half} hint="一行一项" error={errorsOfLines(errors, '/claims')}>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={2}
              value={draft.claims}
              onChange={(event) => set({ claims: event.target.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
