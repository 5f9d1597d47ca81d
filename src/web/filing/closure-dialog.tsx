import { useState } from 'react';
import { api, unwrap } from '../api/client.js';
import { Refusal } from '../api/problem.js';
import type { ClosureBody, FilingView } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { ChoiceList } from '../parts/choice-list.js';
import { DayField } from '../parts/day-field.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';
import { tellDone } from '../parts/notices.js';
import { today } from '../words/days.js';
import { useWords } from '../words/words.js';
import { ActFault } from './act-fault.js';
import { useFilingAct } from './use-filing-act.js';

/** 未结 is a word of the list and no way to close a case. */
const NOT_CLOSED = 'open';

/** Closes a case: how and on which day. */
export function ClosureDialog({ view, onClose }: { readonly view: FilingView; readonly onClose: () => void }) {
  const { code } = useCourt();
  const { terms } = useWords();
  const { row } = view;
  const [closure, setClosure] = useState('');
  const [closedOn, setClosedOn] = useState(today());
  const [tried, setTried] = useState(false);
  const ways = terms('closure').filter(({ key }) => key !== NOT_CLOSED);
  const act = useFilingAct(
    code,
    row.id,
    async (body: ClosureBody) =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/filings/{id}/closure', {
          params: { path: { court: code, id: row.id } },
          body,
        }),
      ),
    () => {
      tellDone(`${row.reference} 已结案`);
      onClose();
    },
  );
  const refused = act.error instanceof Refusal ? act.error.errors : [];
  const errorAt = (path: string): string | undefined => refused.find((error) => error.path === path)?.message;
  return (
    <Dialog title={`结案 ${row.reference}`} width={420} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (closure !== '') act.run({ version: row.version, closure: closure as ClosureBody['closure'], closedOn });
        }}
      >
        {refused.length === 0 && <ActFault act={act} />}
        <Field
          label="结案方式"
          required
          error={(tried && closure === '' ? '请选择结案方式' : undefined) ?? errorAt('/closure')}
        >
          {(control) => <ChoiceList {...control} value={closure} options={ways} onChange={setClosure} />}
        </Field>
        <Field label="结案日期" required error={errorAt('/closedOn')}>
          {(control) => <DayField {...control} value={closedOn} onChange={setClosedOn} />}
        </Field>
        <DialogFoot onBack={onClose} act="结案" isPending={act.isPending} />
      </form>
    </Dialog>
  );
}
