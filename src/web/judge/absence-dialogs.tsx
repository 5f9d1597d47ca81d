import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useActKey } from '../api/act-key.js';
import { api, unwrap } from '../api/client.js';
import { messageOf } from '../api/problem.js';
import { absencePreviewQuery } from '../api/queries.js';
import type { Absence, AbsenceBody, AbsencePreview } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { Alert } from '../parts/alert.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import dialogs from '../parts/dialogs.module.css';
import { tellDone } from '../parts/notices.js';
import { daysUntil, today } from '../words/days.js';
import { useWords } from '../words/words.js';
import { absenceDays } from './absence-days.js';
import { clockKey, clockName } from './clock-name.js';

/** What an absence does, in the order in which it matters. */
function Preview({ preview }: { readonly preview: AbsencePreview }) {
  const { days, workingDays, longAfterDays, isLong, clocks, more } = preview;
  const worked =
    workingDays === null ? '（这些年份的放假安排没有都公布，工作日算不出）' : `，其中 ${workingDays} 个工作日`;
  return (
    <>
      <ul className={dialogs.follows}>
        <li>{days === null ? '从开始日到撤回为止，不参加分案。' : `共 ${days} 日${worked}，这些天不参加分案。`}</li>
        {isLong && <li>连续缺席超过 {longAfterDays} 天：应当随前案到您名下的案件，也改由别人承办。</li>}
        {!isLong && <li>前案引起的案件仍然可能随前案到您名下。</li>}
        <li>已经在您名下的案件不变，期限照算。</li>
      </ul>
      {clocks.length === 0 ? (
        <p className={dialogs.lead}>这些天没有期限届满。</p>
      ) : (
        <>
          <p className={dialogs.lead}>
            这些天有 {clocks.length} 个期限届满{more && '（没有列全）'}，请提前安排：
          </p>
          <ul className={dialogs.follows}>
            {clocks.map((line) => (
              <li key={clockKey(line)}>
                <b className="number">{line.due}</b> {line.reference} {clockName(line)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** What entering an absence leads to, before it is entered. */
export function EnterDialog({
  absence,
  onClose,
  onEntered,
}: {
  readonly absence: AbsenceBody;
  readonly onClose: () => void;
  readonly onEntered: () => void;
}) {
  const { code } = useCourt();
  const { word } = useWords();
  const client = useQueryClient();
  const { reason, ...days } = absence;
  const preview = useQuery(absencePreviewQuery(code, days));
  const actKey = useActKey();
  const enter = useMutation({
    mutationFn: async () =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/absences', {
          params: { path: { court: code } },
          headers: { 'idempotency-key': actKey.keyFor(absence) },
          body: absence,
        }),
      ),
    onSuccess: () => {
      actKey.done();
      tellDone(`已登记请假：${absenceDays(absence)}`);
      onEntered();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['court', code] }),
  });
  const isRefused = preview.data === undefined && preview.error !== null;
  const fault = enter.error ?? (preview.data === undefined ? preview.error : null);
  return (
    <Dialog title="核对请假" onClose={onClose}>
      <form
        className={dialogs.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (preview.data !== undefined) enter.mutate();
        }}
      >
        <p className={dialogs.lead}>
          <b>{word('absenceReason', reason)}</b>，{absenceDays(absence)}。
        </p>
        {preview.isPending && <p role="status">正在计算影响…</p>}
        {preview.data !== undefined && <Preview preview={preview.data} />}
        {fault !== null && (
          <Alert tone="wrong" title="不能这样登记" urgent>
            <p>{messageOf(fault)}</p>
          </Alert>
        )}
        <DialogFoot
          key={String(isRefused)}
          back="回去改"
          onBack={onClose}
          act={isRefused ? undefined : '确认登记'}
          isPending={preview.isPending || enter.isPending}
          focus={isRefused ? 'back' : 'act'}
        />
      </form>
    </Dialog>
  );
}

/** What taking an absence back leads to, before it is taken back. */
export function WithdrawDialog({ absence, onClose }: { readonly absence: Absence; readonly onClose: () => void }) {
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
  const isBegun = absence.from <= today();
  const left =
    absence.to === null ? '' : `还没有过的 ${daysUntil(absence.to) - (isBegun ? 0 : daysUntil(absence.from)) + 1} 日`;
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
          <b>{absence.reasonWord}</b>，{absenceDays(absence)}。
        </p>
        <ul className={dialogs.follows}>
          <li>撤回以后，{left === '' ? '从现在起' : left}照常参加分案。</li>
          {isBegun && <li>请假期间已经作出的分案决定不变。</li>}
        </ul>
        {withdraw.error !== null && (
          <Alert tone="wrong" title="没有撤回" urgent>
            <p>{messageOf(withdraw.error)}</p>
          </Alert>
        )}
        <DialogFoot back="不撤回" onBack={onClose} act="撤回" isPending={withdraw.isPending} focus="act" />
      </form>
    </Dialog>
  );
}
