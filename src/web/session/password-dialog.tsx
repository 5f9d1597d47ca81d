import { useMutation } from '@tanstack/react-query';
import Input from 'antd/es/input';
import { useState } from 'react';
import { api, done } from '../api/client.js';
import { messageOf, Refusal } from '../api/problem.js';
import { Alert } from '../parts/alert.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';
import { tellDone } from '../parts/notices.js';

const SHORTEST = 12;

/** Changes one's own password. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [tried, setTried] = useState(false);
  const change = useMutation({
    mutationFn: async () => done(await api.PUT('/api/v1/session/password', { body: { current, next } })),
    onSuccess: () => {
      tellDone('密码已修改');
      onClose();
    },
  });
  const refused = change.error instanceof Refusal ? change.error.errors : [];
  const errorAt = (path: string): string | undefined => refused.find((error) => error.path === path)?.message;
  const faults = {
    current: current === '' ? '请填写现在的密码' : undefined,
    next: next.length < SHORTEST ? `新密码至少 ${SHORTEST} 个字符` : undefined,
    repeated: repeated === next ? undefined : '两次填写的新密码不一样',
  };
  const shown = (fault: string | undefined): string | undefined => (tried ? fault : undefined);
  return (
    <Dialog title="修改密码" width={420} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (Object.values(faults).every((fault) => fault === undefined)) change.mutate();
        }}
      >
        {change.error !== null && refused.length === 0 && (
          <Alert tone="wrong" urgent>
            <p>{messageOf(change.error)}</p>
          </Alert>
        )}
        <Field label="现在的密码" error={shown(faults.current) ?? errorAt('/current')}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="current-password"
              autoFocus
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="新密码"
          hint={`至少 ${SHORTEST} 个字符，用几个互不相干的词最好记`}
          error={shown(faults.next) ?? errorAt('/next')}
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              value={next}
              onChange={(event) => setNext(event.target.value)}
            />
          )}
        </Field>
        <Field label="再填一次新密码" error={shown(faults.repeated)}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              value={repeated}
              onChange={(event) => setRepeated(event.target.value)}
            />
          )}
        </Field>
        <DialogFoot onBack={onClose} act="修改" isPending={change.isPending} />
      </form>
    </Dialog>
  );
}
