import { useMutation } from '@tanstack/react-query';
import Input from 'antd/es/input';
import { useState } from 'react';
import { api, unwrap } from '../api/client.js';
import { messageOf } from '../api/problem.js';
import { useCourt } from '../desk/court.js';
import { Alert } from '../parts/alert.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';

interface UnmaskDialogProps {
  readonly filing: string;
  readonly party: number;
  readonly name: string;
  readonly onClose: () => void;
  readonly onRevealed: (number: string) => void;
}

/** Asks what a full identity number is needed for before it is shown. */
export function UnmaskDialog({ filing, party, name, onClose, onRevealed }: UnmaskDialogProps) {
  const { code } = useCourt();
  const [purpose, setPurpose] = useState('');
  const [tried, setTried] = useState(false);
  const unmask = useMutation({
    mutationFn: async () =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/filings/{id}/unmask', {
          params: { path: { court: code, id: filing } },
          body: { party, purpose: purpose.trim() },
        }),
      ),
    onSuccess: ({ idNumber }) => {
      onRevealed(idNumber ?? '未填');
      onClose();
    },
  });
  return (
    <Dialog title={`查看 ${name} 的完整证件号码`} width={460} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (purpose.trim() !== '') unmask.mutate();
        }}
      >
        {unmask.error !== null && (
          <Alert tone="wrong" urgent>
            <p>{messageOf(unmask.error)}</p>
          </Alert>
        )}
        <Field
          label="用途"
          required
          hint="谁在什么时候、为什么看的，会记入审计日志"
          error={tried && purpose.trim() === '' ? '请写明为什么要看' : undefined}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={500}
              value={purpose}
              onChange={(event) => setPurpose(event.target.value)}
            />
          )}
        </Field>
        <DialogFoot onBack={onClose} act="查看" isPending={unmask.isPending} />
      </form>
    </Dialog>
  );
}
