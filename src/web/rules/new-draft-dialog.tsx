import Input from 'antd/es/input';
import { useState } from 'react';
import { api, unwrap } from '../api/client.js';
import { messageOf } from '../api/problem.js';
import { Alert } from '../parts/alert.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';
import { tellDone } from '../parts/notices.js';
import { useRuleAct } from './use-rule-act.js';

const TITLE_MAX = 100;
const NOTE_MAX = 500;

/** Begins a draft over the rules that come into force last. */
export function NewDraftDialog({
  onClose,
  onMade,
}: {
  readonly onClose: () => void;
  readonly onMade: (id: string) => void;
}) {
  const [title, setTitle] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const act = useRuleAct(
    async (body: { title: string; note?: string }, headers) =>
      unwrap(await api.POST('/api/v1/rules/drafts', { headers, body })),
    ({ id }, body) => {
      tellDone(`草稿“${body.title}”已建好`);
      onMade(id);
    },
  );
  const isMissing = title.trim() === '';
  return (
    <Dialog title="新建草稿" onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!isMissing) act.run({ title: title.trim(), ...(note.trim() !== '' && { note: note.trim() }) });
        }}
      >
        <Field
          label="改什么"
          required
          hint="审批人先看到这一句，例如“2026 年度小额诉讼限额”"
          error={tried && isMissing ? '请写明改什么' : undefined}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={TITLE_MAX}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Field label="为什么改" hint="文号、会议、反映的问题">
          {(control) => (
            <Input.TextArea
              {...control}
              rows={3}
              maxLength={NOTE_MAX}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        {act.error !== null && (
          <Alert tone="wrong" urgent>
            <p>{messageOf(act.error)}</p>
          </Alert>
        )}
        <DialogFoot onBack={onClose} act="新建" isPending={act.isPending} />
      </form>
    </Dialog>
  );
}
