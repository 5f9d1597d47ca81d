import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useActKey } from '../api/act-key.js';
import { api, unwrap } from '../api/client.js';
import type { FilingRow } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { tellDone } from '../parts/notices.js';
import { dayTyped, today } from '../words/days.js';
import { STATE_WORDS } from '../words/words.js';
import { docketingFault } from './docketing.js';
import { DocketingField } from './docketing-field.js';
import { documentOf, emptyDraft, nextReference } from './draft.js';
import styles from './filing-form.module.css';
import { FilingFormPanel } from './filing-form-panel.js';
import { useFilingForm } from './use-filing-form.js';

interface NewFilingProps {
  readonly onClose: () => void;
  readonly onFiled: (id: string) => void;
}

const ASK_AGAIN_MS = 300;
const ASK_AT_MOST = 30;

/** The filing of a batch of one, as soon as it is routed; as it stands when that takes long. */
async function routedFiling(court: string, batch: string): Promise<FilingRow | undefined> {
  let row: FilingRow | undefined;
  for (let asked = 0; asked < ASK_AT_MOST; asked += 1) {
    const query = { batch, limit: 1 };
    const page = unwrap(await api.GET('/api/v1/courts/{court}/filings', { params: { path: { court }, query } }));
    row = page.items[0];
    if (row !== undefined && row.state !== 'received') break;
    await new Promise((resolve) => window.setTimeout(resolve, ASK_AGAIN_MS));
  }
  return row;
}

function outcomeText(row: FilingRow | undefined, reference: string): string {
  if (row === undefined || row.state === 'received') return `${reference} 已登记，正在分案`;
  if (row.state === 'assigned' && row.judge !== null) return `${reference} 已分给${row.judge.name}`;
  return `${reference} ${STATE_WORDS[row.state]}：${row.why}`;
}

/** Types in one filing, or one after the other. */
export function NewFiling({ onClose, onFiled }: NewFilingProps) {
  const { code } = useCourt();
  const client = useQueryClient();
  const actKey = useActKey();
  const [goesOn, setGoesOn] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const form = useFilingForm(code, useRef(emptyDraft(today())).current, []);
  const [docketedOn, setDocketedOn] = useState('');
  const [wasDocketingLeft, setWasDocketingLeft] = useState(false);
  const docketingError = docketingFault(docketedOn, form.draft.receivedOn);
  const file = useMutation({
    mutationFn: async (filing: ReturnType<typeof documentOf>) => {
      const body = { filings: [filing], ...(docketedOn.trim() !== '' && { docketedOn: dayTyped(docketedOn) }) };
      const batch = unwrap(
        await api.POST('/api/v1/courts/{court}/batches', {
          params: {
            path: { court: code },
            // One filing is routed in a moment: the answer may wait for it.
            header: { 'Idempotency-Key': actKey.keyFor(body), Prefer: 'wait=10' },
          },
          body,
        }),
      );
      actKey.done();
      return routedFiling(code, batch.id).catch(() => undefined);
    },
    onSuccess: (row) => {
      const { id, matter, stage, receivedOn } = form.draft;
      tellDone(outcomeText(row, id));
      void client.invalidateQueries({ queryKey: ['court', code] });
      if (goesOn) {
        form.restart({ ...emptyDraft(receivedOn, matter, stage), id: nextReference(id) });
        return;
      }
      setIsDone(true);
      // The page may only be left once this form knows that nothing in it is lost.
      window.setTimeout(() => (row === undefined ? onClose() : onFiled(row.id)));
    },
  });
  return (
    <FilingFormPanel
      title="录入收案"
      form={form}
      submitWord="提交分案"
      isPending={file.isPending}
      error={file.error}
      onSubmit={() => file.mutate(documentOf(form.draft, code))}
      onClose={onClose}
      isDone={isDone}
      checkMore={() => {
        setWasDocketingLeft(true);
        return docketingError === undefined;
      }}
      docketing={
        <DocketingField
          value={docketedOn}
          error={wasDocketingLeft ? docketingError : undefined}
          onChange={setDocketedOn}
          onBlur={() => setWasDocketingLeft(true)}
        />
      }
      extra={
        <label className={styles.again}>
          <input type="checkbox" checked={goesOn} onChange={(event) => setGoesOn(event.target.checked)} />
          提交后接着录下一件
        </label>
      }
    />
  );
}
