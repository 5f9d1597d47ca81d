import type { ObjectionAction } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';

interface ConfirmDecisionProps {
  readonly action: ObjectionAction;
  readonly reason: string;
  readonly isPending: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** The last look at a decision before it is made. */
export function ConfirmDecision({ action, reason, isPending, onConfirm, onClose }: ConfirmDecisionProps) {
  const { name, decides, consequence } = action;
  return (
    <Dialog title={`确认：${name}`} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          onConfirm();
        }}
      >
        {consequence !== null && (
          <p className={styles.lead}>
            后果：<strong>{consequence.text}</strong>
          </p>
        )}
        {reason !== '' && <p className={styles.lead}>理由：{reason}</p>}
        <p className={styles.lead}>{decides ? '提交以后，双方立即看到，不能收回。' : '提交以后，有关的人立即看到。'}</p>
        <DialogFoot back="再看看" onBack={onClose} act="确认提交" isPending={isPending} focus="act" />
      </form>
    </Dialog>
  );
}
