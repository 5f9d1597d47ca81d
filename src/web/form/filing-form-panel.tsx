import { useBlocker } from '@tanstack/react-router';
import Button from 'antd/es/button';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { messageOf } from '../api/problem.js';
import { useCourt } from '../desk/court.js';
import { useKeys } from '../keys/keys.js';
import { Alert } from '../parts/alert.js';
import { Dialog } from '../parts/dialog.js';
import { Panel } from '../parts/panel.js';
import { BasicFields } from './basic-fields.js';
import { fieldsOf } from './draft.js';
import { errorsNowhere } from './errors.js';
import { FactRows } from './fact-rows.js';
import styles from './filing-form.module.css';
import { PartyRows } from './party-rows.js';
import { InstrumentFields, RelatedFields } from './related-fields.js';
import type { FilingForm } from './use-filing-form.js';

interface FilingFormPanelProps {
  readonly title: string;
  readonly form: FilingForm;
  readonly submitWord: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  /** What comes before the fields: a conflict, what is wrong. */
  readonly notice?: ReactNode;
  readonly docketing?: ReactNode;
  /** Checks what the form does not, and shows what is wrong at its field; true when nothing is. */
  readonly checkMore?: () => boolean;
  /** What stands beside the submit button. */
  readonly extra?: ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** Leaving is done and not given up: nothing is asked. */
  readonly isDone: boolean;
}

function LeaveDialog({ onStay, onLeave }: { readonly onStay: () => void; readonly onLeave: () => void }) {
  return (
    <Dialog title="填写的内容还没有提交" width={420} onClose={onStay}>
      <p>离开以后，刚才填写的内容就没有了。</p>
      <p className={styles.leave}>
        <Button type="primary" autoFocus onClick={onStay}>
          继续填写
        </Button>
        <Button danger onClick={onLeave}>
          不要了
        </Button>
      </p>
    </Dialog>
  );
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <fieldset className={styles.part}>
      <legend>
        {title}
        {note !== undefined && <small>{note}</small>}
      </legend>
      {children}
    </fieldset>
  );
}

/** The form of a filing: all that may be said of it, checked while it is typed. */
export function FilingFormPanel(props: FilingFormPanelProps) {
  const { title, form, submitWord, isPending, error, notice, docketing, extra, onSubmit, onClose, isDone } = props;
  const { checkMore = () => true } = props;
  const court = useCourt();
  const body = useRef<HTMLFormElement>(null);
  const [isChecking, setIsChecking] = useState(false);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      const leaves = JSON.stringify(current) !== JSON.stringify(next);
      return form.isDirty && !isDone && leaves;
    },
    enableBeforeUnload: form.isDirty && !isDone,
    withResolver: true,
  });
  // At the start, and again when what stood before the fields has been dealt with.
  const hasNotice = Boolean(notice);
  useEffect(() => {
    if (hasNotice) return;
    const form = body.current;
    const first = form?.querySelector<HTMLElement>('[aria-invalid=true]') ?? form?.querySelector<HTMLElement>('input');
    first?.focus();
  }, [hasNotice]);

  const submit = async (): Promise<void> => {
    if (isPending || isChecking) return;
    setIsChecking(true);
    // Where nothing can be checked, the submission itself says why.
    const isFormRight = await form.checkAll().catch(() => true);
    const isRight = checkMore() && isFormRight;
    setIsChecking(false);
    if (isRight) onSubmit();
    else window.requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  };
  useKeys('panel', { Escape: onClose, 'Ctrl+Enter': () => void submit() });
  const nowhere = errorsNowhere(form.errors);
  const fields = fieldsOf(form.draft);
  return (
    <Panel id="form-title" title={title} onClose={onClose}>
      <form
        ref={body}
        className={styles.body}
        id="filing-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {notice}
        {error !== null && (
          <Alert tone="wrong" title="没有提交成功" urgent>
            <p>{messageOf(error)}</p>
          </Alert>
        )}
        {nowhere.length > 0 && (
          <Alert tone="wrong" title="还有这些问题" urgent>
            <ul className={styles.list}>
              {nowhere.map(({ path, message }) => (
                <li key={`${path}${message}`}>{message}</li>
              ))}
            </ul>
          </Alert>
        )}
        <Part title="收案">
          <BasicFields form={form} court={`${court.name}（${court.code}）`} docketing={docketing} />
        </Part>
        <Part title="当事人" note="按诉状的次序">
          <PartyRows form={form} />
        </Part>
        {fields.instrument && (
          <Part title="执行依据">
            <InstrumentFields form={form} />
          </Part>
        )}
        <Part title="与其他案件的关系" note="据此查找先前承办人和应当回避的人">
          <RelatedFields form={form} />
        </Part>
        <Part title="陈述" note="没有把握就留“未填”，会改变结果时系统再问">
          <FactRows form={form} />
        </Part>
      </form>
      <footer className={styles.foot}>
        <span role="status" className={form.errors.length > 0 ? styles.wrong : undefined}>
          {form.errors.length > 0 && `还有 ${form.errors.length} 处需要改正`}
        </span>
        {extra}
        <Button onClick={onClose}>取消</Button>
        <Button
          type="primary"
          htmlType="submit"
          form="filing-form"
          loading={isPending || isChecking}
          aria-keyshortcuts="Control+Enter"
        >
          {submitWord} <kbd aria-hidden>Ctrl ↵</kbd>
        </Button>
      </footer>
      {blocker.status === 'blocked' && <LeaveDialog onStay={blocker.reset} onLeave={blocker.proceed} />}
    </Panel>
  );
}
