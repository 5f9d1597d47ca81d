import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useState } from 'react';
import { useActKey } from '../api/act-key.js';
import { api, unwrap } from '../api/client.js';
import { messageOf, Refusal } from '../api/problem.js';
import { absencesQuery } from '../api/queries.js';
import type { Absence, AbsenceBody } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import dialogs from '../filing/dialogs.module.css';
import { Alert } from '../parts/alert.js';
import { ChoiceList } from '../parts/choice-list.js';
import { DayField } from '../parts/day-field.js';
import { Dialog } from '../parts/dialog.js';
import { Field } from '../parts/field.js';
import { tellDone } from '../parts/notices.js';
import { dayTyped, isDay, today } from '../words/days.js';
import { useWords } from '../words/words.js';
import styles from './absences.module.css';

type Reason = AbsenceBody['reason'];

const daysText = ({ from, to }: Pick<Absence, 'from' | 'to'>): string =>
  to === null ? `${from} 起，没有定回来的日子` : from === to ? from : `${from} 至 ${to}`;

/** One day to type, with what is wrong with it. */
function faultOf(text: string, isNeeded: boolean): string | undefined {
  if (text.trim() === '') return isNeeded ? '请写明日期' : undefined;
  return isDay(dayTyped(text)) ? undefined : '不是日期，请写成 20260309 这样存在的一天';
}

function Entry({ judge }: { readonly judge: string | undefined }) {
  const { code } = useCourt();
  const { terms } = useWords();
  const client = useQueryClient();
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const actKey = useActKey();
  const enter = useMutation({
    mutationFn: async (body: AbsenceBody) =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/absences', {
          params: { path: { court: code } },
          headers: { 'idempotency-key': actKey.keyFor(body) },
          body,
        }),
      ),
    onSuccess: () => {
      actKey.done();
      setTo('');
      setReason('');
      setTried(false);
      tellDone('已登记请假；这些天不参加分案');
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['court', code] }),
  });
  const refused = enter.error instanceof Refusal ? enter.error.errors : [];
  const errorAt = (path: string): string | undefined => refused.find((error) => error.path === path)?.message;
  const faults = {
    from: faultOf(from, true),
    to: faultOf(to, false),
    reason: reason === '' ? '请选择事由' : undefined,
  };
  const submit = (): void => {
    setTried(true);
    if (Object.values(faults).some((fault) => fault !== undefined)) return;
    enter.mutate({
      ...(judge !== undefined && { judge }),
      from: dayTyped(from),
      ...(to.trim() !== '' && { to: dayTyped(to) }),
      reason: reason as Reason,
    });
  };
  return (
    <form
      className={styles.entry}
      aria-label="登记请假"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label="从哪一天" required error={(tried ? faults.from : undefined) ?? errorAt('/from')}>
        {(control) => <DayField {...control} value={from} onChange={setFrom} />}
      </Field>
      <Field label="到哪一天" hint="不写：到撤回为止" error={(tried ? faults.to : undefined) ?? errorAt('/to')}>
        {(control) => <DayField {...control} value={to} onChange={setTo} />}
      </Field>
      <Field label="事由" required error={tried ? faults.reason : undefined}>
        {(control) => <ChoiceList {...control} value={reason} options={terms('absenceReason')} onChange={setReason} />}
      </Field>
      <Button type="primary" htmlType="submit" loading={enter.isPending}>
        登记
      </Button>
      {enter.error !== null && refused.length === 0 && (
        <Alert tone="wrong" urgent>
          <p>{messageOf(enter.error)}</p>
        </Alert>
      )}
    </form>
  );
}

function WithdrawDialog({ absence, onClose }: { readonly absence: Absence; readonly onClose: () => void }) {
  const { code } = useCourt();
  const client = useQueryClient();
  const actKey = useActKey();
  const withdraw = useMutation({
    mutationFn: async () =>
      unwrap(
        await api.DELETE('/api/v1/courts/{court}/absences/{id}', {
          params: { path: { court: code, id: absence.id } },
          headers: { 'idempotency-key': actKey.keyFor(absence.id) },
        }),
      ),
    onSuccess: () => {
      tellDone('已撤回请假；从现在起照常参加分案');
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['court', code] }),
  });
  return (
    <Dialog title="撤回请假" onClose={onClose}>
      <form
        className={dialogs.form}
        onSubmit={(event) => {
          event.preventDefault();
          withdraw.mutate();
        }}
      >
        <p className={dialogs.lead}>
          {absence.reasonWord}，{daysText(absence)}。撤回以后，从现在起照常参加分案；已经作出的分案决定不变。
        </p>
        {withdraw.error !== null && (
          <Alert tone="wrong" urgent>
            <p>{messageOf(withdraw.error)}</p>
          </Alert>
        )}
        <footer>
          <Button onClick={onClose}>不撤回</Button>
          <Button type="primary" htmlType="submit" loading={withdraw.isPending} autoFocus>
            撤回
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

const stateOf = ({ open, withdrawnAt }: Absence): string =>
  withdrawnAt === null ? (open ? '有效' : '已结束') : '已撤回';

/** 请假: entered here by the judge, and what was entered before. */
export function Absences() {
  const { code, judges } = useCourt();
  const { data, error, refetch } = useQuery(absencesQuery(code));
  const [withdrawn, setWithdrawn] = useState<Absence>();
  const own = data?.filter(({ judge }) => judges.includes(judge.id));
  return (
    <>
      <Entry judge={judges[0]} />
      {own === undefined && error === null && <p role="status">正在读取…</p>}
      {own === undefined && error !== null && (
        <Alert tone="wrong" title="请假没有读出来" urgent>
          <p>{messageOf(error)}</p>
          <Button size="small" onClick={() => void refetch()}>
            再读一次
          </Button>
        </Alert>
      )}
      {own?.length === 0 && <p className={styles.empty}>没有登记过请假。登记以后，那些天不参加分案。</p>}
      {own !== undefined && own.length > 0 && (
        <table className={styles.absences}>
          <caption className="visually-hidden">登记过的请假，最近登记的在前</caption>
          <thead>
            <tr>
              <th scope="col">哪些天</th>
              <th scope="col">事由</th>
              <th scope="col">现在</th>
              <th scope="col">
                <span className="visually-hidden">办理</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {own.map((absence) => (
              <tr key={absence.id}>
                <th scope="row" className="number">
                  {daysText(absence)}
                </th>
                <td>{absence.reasonWord}</td>
                <td>{stateOf(absence)}</td>
                <td>
                  {absence.open && (
                    <Button
                      size="small"
                      aria-label={`撤回 ${daysText(absence)} 的请假`}
                      onClick={() => setWithdrawn(absence)}
                    >
                      撤回
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {withdrawn !== undefined && <WithdrawDialog absence={withdrawn} onClose={() => setWithdrawn(undefined)} />}
    </>
  );
}
