import { useQueryClient } from '@tanstack/react-query';
import Input from 'antd/es/input';
import InputNumber from 'antd/es/input-number';
import { useState } from 'react';
import { useActKey } from '../api/act-key.js';
import { api, unwrap } from '../api/client.js';
import { Refusal } from '../api/problem.js';
import { filingQuery } from '../api/queries.js';
import type { ClockActBody, ClockAdjustment, FilingClock, FilingView } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { ChoiceList } from '../parts/choice-list.js';
import { DayField } from '../parts/day-field.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';
import { tellDone } from '../parts/notices.js';
import { today } from '../words/days.js';
import { ActFault } from './act-fault.js';
import { UNITS } from './clock-words.js';
import { useFilingAct } from './use-filing-act.js';

/** What is to be done to a clock. */
export type ClockAct =
  | { readonly kind: 'adjust'; readonly clock: FilingClock }
  | { readonly kind: 'resume' | 'withdraw'; readonly clock: FilingClock; readonly adjustment: ClockAdjustment };

const TITLES = { adjust: '扣除或者延长', resume: '恢复计算', withdraw: '撤销登记' } as const;
const DONE = { adjust: '已登记', resume: '已恢复计算', withdraw: '已撤销' } as const;

/** Enters what is left out of a clock or added to it, brings it to its end, or takes an entry back. */
export function ClockDialog({
  view,
  act: { kind, clock, ...rest },
  onClose,
}: {
  readonly view: FilingView;
  readonly act: ClockAct;
  readonly onClose: () => void;
}) {
  const adjustment = 'adjustment' in rest ? rest.adjustment : undefined;
  const { code } = useCourt();
  const client = useQueryClient();
  const { row } = view;
  const offers = clock.offered.filter(({ refused }) => refused === null);
  const [rule, setRule] = useState(offers.length === 1 ? (offers[0]?.rule ?? '') : '');
  const offer = offers.find((each) => each.rule === rule);
  const [from, setFrom] = useState(today());
  const [to, setTo] = useState('');
  const [last, setLast] = useState(today());
  const [length, setLength] = useState<number | null>(1);
  const [appliedOn, setAppliedOn] = useState(today());
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const actKey = useActKey();
  const params = { path: { court: code, id: row.id } };
  const act = useFilingAct(
    code,
    row.id,
    async () => {
      const common = { version: row.version, reason: reason.trim() };
      const headersFor = (body: unknown) => ({
        'idempotency-key': actKey.keyFor([row.id, kind, adjustment?.id, body]),
      });
      if (adjustment === undefined) {
        const body: ClockActBody = {
          ...common,
          rule,
          ...(clock.deadline !== null && { deadline: clock.deadline }),
          ...(clock.flow !== null && { flow: clock.flow }),
          ...(offer?.operation === 'exclude'
            ? { from, ...(to !== '' && { to }) }
            : { length: length ?? 1, ...(offer?.needsAppliedOn && { appliedOn }) }),
        };
        unwrap(
          await api.POST('/api/v1/courts/{court}/filings/{id}/clocks', { params, headers: headersFor(body), body }),
        );
      } else {
        const path = { ...params.path, adjustment: adjustment.id };
        if (kind === 'resume') {
          const body = { ...common, last };
          unwrap(
            await api.POST('/api/v1/courts/{court}/filings/{id}/clocks/{adjustment}/end', {
              params: { path },
              headers: headersFor(body),
              body,
            }),
          );
        } else {
          unwrap(
            await api.POST('/api/v1/courts/{court}/filings/{id}/clocks/{adjustment}/withdrawal', {
              params: { path },
              headers: headersFor(common),
              body: common,
            }),
          );
        }
      }
      return client.fetchQuery({ ...filingQuery(code, row.id), staleTime: 0 }).catch(() => view);
    },
    () => {
      actKey.done();
      tellDone(`${row.reference} ${clock.word}：${DONE[kind]}`);
      onClose();
    },
  );
  const refused = act.error instanceof Refusal ? act.error.errors : [];
  const errorAt = (path: string): string | undefined => refused.find((error) => error.path === path)?.message;
  const submit = (): void => {
    setTried(true);
    if (reason.trim() !== '' && (adjustment !== undefined || offer !== undefined)) act.run(undefined);
  };
  return (
    <Dialog title={`${TITLES[kind]} ${clock.word} ${row.reference}`} width={520} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className={styles.lead}>
          {adjustment !== undefined
            ? adjustment.word
            : clock.due === null
              ? '现在停止计算。'
              : `现在 ${clock.due} 届满。扣除的期间重叠的只扣一次。`}
        </p>
        <ActFault act={act} />
        {kind === 'adjust' && (
          <Field
            label="事由"
            required
            hint={offer?.basis.join('；')}
            error={(tried && offer === undefined ? '请选择一项事由' : undefined) ?? errorAt('/rule')}
          >
            {(control) => (
              <ChoiceList
                {...control}
                value={rule}
                options={offers.map(({ rule: key, word }) => ({ key, word }))}
                onChange={setRule}
              />
            )}
          </Field>
        )}
        {offer?.operation === 'exclude' && (
          <>
            <Field label="第一天" required error={errorAt('/from')}>
              {(control) => <DayField {...control} value={from} onChange={setFrom} />}
            </Field>
            <Field label="最后一天" hint="还不知道的，空着；到时候再“恢复计算”" error={errorAt('/to')}>
              {(control) => <DayField {...control} value={to} onChange={setTo} />}
            </Field>
          </>
        )}
        {offer?.operation === 'extend' && (
          <>
            <Field label={`延长多少${UNITS[clock.unit]}（至多 ${offer.most}）`} required error={errorAt('/length')}>
              {(control) => (
                <InputNumber
                  {...control}
                  min={1}
                  max={offer.most ?? 1}
                  precision={0}
                  value={length}
                  onChange={setLength}
                />
              )}
            </Field>
            {offer.needsAppliedOn && (
              <Field label="哪一天申请的" required error={errorAt('/appliedOn')}>
                {(control) => <DayField {...control} value={appliedOn} onChange={setAppliedOn} />}
              </Field>
            )}
          </>
        )}
        {kind === 'resume' && (
          <Field label="扣除的最后一天" required error={errorAt('/last')}>
            {(control) => <DayField {...control} value={last} onChange={setLast} />}
          </Field>
        )}
        <Field
          label="理由"
          required
          error={(tried && reason.trim() === '' ? '请写明理由' : undefined) ?? errorAt('/reason')}
        >
          {(control) => (
            <Input.TextArea
              {...control}
              rows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <DialogFoot onBack={onClose} act="确定" isPending={act.isPending} />
      </form>
    </Dialog>
  );
}
