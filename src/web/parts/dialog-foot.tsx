import Button from 'antd/es/button';
import styles from './dialog-foot.module.css';

interface DialogFootProps {
  /** The way out without doing it. */
  readonly back?: string;
  readonly onBack: () => void;
  /** What the dialog is for; absent where it cannot be done. */
  readonly act?: string | undefined;
  readonly isPending?: boolean;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** Absent: it sends the form that it stands in. */
  readonly onAct?: () => void;
  /** Which of the two has the focus from the start. */
  readonly focus?: 'back' | 'act';
}

/** The foot of every dialog and form: the way back, and the act. */
export function DialogFoot({
  back = '取消',
  onBack,
  act,
  isPending = false,
  disabled = false,
  danger = false,
  onAct,
  focus,
}: DialogFootProps) {
  return (
    <footer className={styles.foot}>
      <Button autoFocus={focus === 'back'} onClick={onBack}>
        {back}
      </Button>
      {act !== undefined && (
        <Button
          type="primary"
          danger={danger}
          htmlType={onAct === undefined ? 'submit' : 'button'}
          loading={isPending}
          disabled={disabled}
          autoFocus={focus === 'act'}
          {...(onAct !== undefined && { onClick: onAct })}
        >
          {act}
        </Button>
      )}
    </footer>
  );
}
