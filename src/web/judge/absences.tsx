import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { Suspense, useState } from 'react';
import { absencesQuery } from '../api/queries.js';
import type { Absence, AbsenceBody } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { ChoiceList } from '../parts/choice-list.js';
import { DayField } from '../parts/day-field.js';
import { Field } from '../parts/field.js';
import { later } from '../parts/later.js';
import { NotYet } from '../parts/not-yet.js';
import { dayTyped, isDay, today } from '../words/days.js';
import { useWords } from '../words/words.js';
import { absenceDays } from './absence-days.js';
import styles from './absences.module.css';

const EnterDialog = later(async () => (await import('./absence-dialogs.js')).EnterDialog);
const WithdrawDialog = later(async () => (await import('./absence-dialogs.js')).WithdrawDialog);

/** What is wrong with one day that was typed. */
function faultOf(text: string, isNeeded: boolean): string | undefined {
  if (text.trim() === '') return isNeeded ? '请写明日期' : undefined;
  return isDay(dayTyped(text)) ? undefined : '不是日期，请写成 20260309 这样存在的一天';
}

/** What is wrong with the days and the reason of an absence, by field. */
function faultsIn(from: string, to: string, reason: string) {
  const [first, last] = [faultOf(from, true), faultOf(to, false)];
  const isBackward = first === undefined && last === undefined && to.trim() !== '' && dayTyped(to) < dayTyped(from);
  return {
    from:
      first ?? (isDay(dayTyped(from)) && dayTyped(from) < today() ? '这一天已经过去，请从今天或者以后起' : undefined),
    to: isBackward ? '早于开始的那一天' : last,
    reason: reason === '' ? '请选择事由' : undefined,
  };
}

function Entry({ judge }: { readonly judge: string | undefined }) {
  const { terms } = useWords();
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [entered, setEntered] = useState<AbsenceBody>();
  const faults = faultsIn(from, to, reason);
  const shown = tried ? faults : undefined;
  const submit = (): void => {
    setTried(true);
    if (Object.values(faults).some((fault) => fault !== undefined)) return;
    setEntered({
      ...(judge !== undefined && { judge }),
      from: dayTyped(from),
      ...(to.trim() !== '' && { to: dayTyped(to) }),
      reason: reason as AbsenceBody['reason'],
    });
  };
  return (
    <>
      <form
        className={styles.entry}
        aria-label="登记请假"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label="从哪一天" required error={shown?.from}>
          {(control) => <DayField {...control} value={from} onChange={setFrom} />}
        </Field>
        <Field label="到哪一天" hint="不写：到撤回为止" error={shown?.to}>
          {(control) => <DayField {...control} value={to} onChange={setTo} />}
        </Field>
        <Field label="事由" required error={shown?.reason}>
          {(control) => (
            <ChoiceList {...control} value={reason} options={terms('absenceReason')} onChange={setReason} />
          )}
        </Field>
        <Button type="primary" htmlType="submit">
          登记：先看影响
        </Button>
      </form>
      <Suspense>
        {entered !== undefined && (
          <EnterDialog
            absence={entered}
            onClose={() => setEntered(undefined)}
            onEntered={() => {
              setEntered(undefined);
              setTo('');
              setReason('');
              setTried(false);
            }}
          />
        )}
      </Suspense>
    </>
  );
}

const stateOf = ({ open, withdrawnAt }: Absence): string =>
  withdrawnAt === null ? (open ? '有效' : '已结束') : '已撤回';

function Entered({
  absences,
  onWithdraw,
}: {
  readonly absences: readonly Absence[];
  readonly onWithdraw: (absence: Absence) => void;
}) {
  return (
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
        {absences.map((absence) => (
          <tr key={absence.id}>
            <th scope="row">{absenceDays(absence)}</th>
            <td>{absence.reasonWord}</td>
            <td>{stateOf(absence)}</td>
            <td>
              {absence.open && (
                <Button
                  size="small"
                  aria-label={`撤回 ${absenceDays(absence)} 的请假`}
                  onClick={() => onWithdraw(absence)}
                >
                  撤回
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** 请假: entered here by the judge, and what was entered before. */
export function Absences() {
  const { code, judges } = useCourt();
  const { data, error, refetch } = useQuery(absencesQuery(code));
  const [withdrawn, setWithdrawn] = useState<Absence>();
  const own = data?.filter(({ judge }) => judges.includes(judge.id));
  return (
    <>
      <Entry judge={judges[0]} />
      {own === undefined && <NotYet error={error} title="请假没有读出来" onAgain={() => void refetch()} />}
      {own?.length === 0 && <p className={styles.empty}>没有登记过请假。</p>}
      {own !== undefined && own.length > 0 && <Entered absences={own} onWithdraw={setWithdrawn} />}
      <Suspense>
        {withdrawn !== undefined && <WithdrawDialog absence={withdrawn} onClose={() => setWithdrawn(undefined)} />}
      </Suspense>
    </>
  );
}
