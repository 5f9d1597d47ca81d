import Input from 'antd/es/input';
import { useState } from 'react';
import { api, unwrap } from '../api/client.js';
import type { ReleaseView } from '../api/types.js';
import { DayField } from '../parts/day-field.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';
import { tellDone } from '../parts/notices.js';
import { dayTyped, isDay, today } from '../words/days.js';
import { RuleFault } from './rule-fault.js';
import { REASON_MAX } from './terms-fields.js';
import { useRuleAct } from './use-rule-act.js';

export type ReleaseAct = 'approve' | 'reject' | 'schedule' | 'cancel' | 'withdraw' | 'review';

const TITLES = {
  approve: '批准发布',
  reject: '不批准发布',
  schedule: '定施行日',
  cancel: '取消排期',
  withdraw: '撤回发布',
  review: '事后复核',
} as const satisfies Record<ReleaseAct, string>;

const DONE = {
  approve: '已批准',
  reject: '已退回，草稿可以继续改',
  schedule: '施行日已定',
  cancel: '已取消排期',
  withdraw: '已撤回，草稿可以继续改',
  review: '复核已记下',
} as const satisfies Record<ReleaseAct, string>;

interface Sent {
  readonly reason: string;
  readonly day: string;
  readonly outcome: 'confirmed' | 'objected';
}

async function send(
  view: ReleaseView,
  act: ReleaseAct,
  { reason, day, outcome }: Sent,
  headers: { 'idempotency-key': string },
) {
  const { number, version } = view;
  const of = { params: { path: { number } }, headers };
  const reasons = { ...of, body: { version, reason } };
  switch (act) {
    case 'approve': {
      const body = { version, reason, ...(day !== '' && { effectiveOn: day }) };
      return unwrap(await api.POST('/api/v1/rules/releases/{number}/approval', { ...of, body }));
    }
    case 'reject':
      return unwrap(await api.POST('/api/v1/rules/releases/{number}/rejection', reasons));
    case 'schedule':
      return unwrap(
        await api.POST('/api/v1/rules/releases/{number}/schedule', { ...of, body: { version, effectiveOn: day } }),
      );
    case 'cancel':
      return unwrap(await api.POST('/api/v1/rules/releases/{number}/cancellation', reasons));
    case 'withdraw':
      return unwrap(await api.POST('/api/v1/rules/releases/{number}/withdrawal', reasons));
    case 'review':
      return unwrap(
        await api.POST('/api/v1/rules/releases/{number}/review', { ...of, body: { version, outcome, reason } }),
      );
  }
}

interface ReleaseActDialogProps {
  readonly view: ReleaseView;
  readonly act: ReleaseAct;
  readonly onClose: () => void;
}

/** One act on a release, with its reasons and its day. Who may not is told why by the service. */
export function ReleaseActDialog({ view, act, onClose }: ReleaseActDialogProps) {
  const [reason, setReason] = useState('');
  const [day, setDay] = useState('');
  const [outcome, setOutcome] = useState<Sent['outcome']>('confirmed');
  const [tried, setTried] = useState(false);
  const sent = useRuleAct(
    (input: Sent, headers) => send(view, act, input, headers),
    () => {
      tellDone(`第 ${view.number} 号发布：${DONE[act]}`);
      onClose();
    },
  );
  const asksDay = act === 'schedule' || (act === 'approve' && view.urgency === 'ordinary');
  const asksReason = act !== 'schedule';
  const reasonError = asksReason && reason.trim() === '' ? '请写明理由' : undefined;
  // Read as it is typed: an error that came and went as the field is left would move the button from under the pointer.
  const dayError =
    day === ''
      ? act === 'schedule'
        ? '请写明哪一天起施行'
        : undefined
      : isDay(dayTyped(day))
        ? undefined
        : '不是日期，例如 20260401';
  return (
    <Dialog title={`${TITLES[act]}：第 ${view.number} 号 ${view.title}`} onClose={onClose} width={560}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (reasonError === undefined && (!asksDay || dayError === undefined))
            sent.run({ reason: reason.trim(), day: asksDay ? dayTyped(day) : '', outcome });
        }}
      >
        {act === 'approve' && view.urgency === 'emergency' && (
          <p>紧急发布：批准后今天（{today()}）起施行，事后由第三个人复核。</p>
        )}
        {act === 'review' && (
          <fieldset>
            <legend>复核结论</legend>
            {(['confirmed', 'objected'] as const).map((each) => (
              <label key={each} className={styles.choice}>
                <input type="radio" name="outcome" checked={outcome === each} onChange={() => setOutcome(each)} />
                {each === 'confirmed' ? '同意：确有必要，内容正确' : '不同意：应当回退或者另行修改'}
              </label>
            ))}
          </fieldset>
        )}
        {asksDay && (
          <Field
            label="哪一天起施行"
            required={act === 'schedule'}
            hint={act === 'approve' ? '今天以后的一天；不写就先批准，以后再定' : '今天以后的一天'}
            error={tried ? dayError : undefined}
          >
            {(control) => <DayField {...control} value={day} onChange={setDay} />}
          </Field>
        )}
        {asksReason && (
          <Field
            label="理由"
            required
            hint="和发布一起长期保存；不要写证件号码"
            error={tried ? reasonError : undefined}
          >
            {(control) => (
              <Input.TextArea
                {...control}
                rows={3}
                maxLength={REASON_MAX}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        )}
        <RuleFault error={sent.error} />
        <DialogFoot
          onBack={onClose}
          act="确定"
          isPending={sent.isPending}
          danger={act === 'reject' || act === 'cancel'}
        />
      </form>
    </Dialog>
  );
}
