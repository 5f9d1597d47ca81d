import { useQuery } from '@tanstack/react-query';
import Input from 'antd/es/input';
import { useState } from 'react';
import { useActKey } from '../api/act-key.js';
import { api, unwrap } from '../api/client.js';
import { Refusal } from '../api/problem.js';
import { benchQuery } from '../api/queries.js';
import type { BenchJudge, FilingView, HandoverBody } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { ActFault } from '../filing/act-fault.js';
import { JudgeCombobox, NO_JUDGE } from '../filing/judge-combobox.js';
import { useFilingAct } from '../filing/use-filing-act.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';
import { tellDone } from '../parts/notices.js';
import { HANDOVER_WORDS, useWords } from '../words/words.js';

interface HandoverDialogProps {
  readonly view: FilingView;
  readonly onClose: () => void;
}

/** What stands against a judge in this case, as the decision in force has it. */
function againstOf(view: FilingView, judge: string): string | undefined {
  const bar = view.decision?.barred.find((each) => each.judge === judge);
  if (bar !== undefined) return bar.text;
  const entry = view.decision?.pool.find((each) => each.judge === judge);
  return entry?.in === false ? entry.text : undefined;
}

const noteOn = (view: FilingView, { id, division, load }: BenchJudge): string =>
  againstOf(view, id) ?? `${division}，在办 ${Number(load.toFixed(1))}`;

/** Proposes who is to have a case, by one of the grounds that the rules allow; a second person decides. */
export function HandoverDialog({ view, onClose }: HandoverDialogProps) {
  const { code } = useCourt();
  const { vocabulary } = useWords();
  const { row } = view;
  const kind = row.state === 'assigned' ? 'reassign' : 'designate';
  const { data: bench = [] } = useQuery(benchQuery(code));
  const [byDraw, setByDraw] = useState(kind === 'reassign');
  const [choice, setChoice] = useState(NO_JUDGE);
  const { judge } = choice;
  const [ground, setGround] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const actKey = useActKey();
  const act = useFilingAct(
    code,
    row.id,
    async (body: HandoverBody) =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/filings/{id}/handovers', {
          params: { path: { court: code, id: row.id } },
          headers: { 'idempotency-key': actKey.keyFor([row.id, body]) },
          body,
        }),
      ),
    () => {
      actKey.done();
      tellDone(`已提出${HANDOVER_WORDS[kind]}，等待另一人审批`);
      onClose();
    },
  );
  const refused = act.error instanceof Refusal ? act.error.errors : [];
  const errorAt = (path: string): string | undefined => refused.find((error) => error.path === path)?.message;
  const needed = (missing: boolean, message: string): string | undefined => (tried && missing ? message : undefined);

  const submit = (): void => {
    setTried(true);
    if (ground === '' || note.trim() === '' || (!byDraw && judge === undefined)) return;
    act.run({
      version: row.version,
      kind,
      ground,
      note: note.trim(),
      ...(!byDraw && judge !== undefined && { judge: judge.id }),
    });
  };

  return (
    <Dialog title={`提出${HANDOVER_WORDS[kind]} ${row.reference}`} width={560} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className={styles.lead}>
          {row.judge === null ? '现在还没有承办人。' : `现在由${row.judge.name}承办。`}
          提出后由另一人审批，批准以后才生效。
        </p>
        {refused.length === 0 && <ActFault act={act} />}
        {kind === 'reassign' && (
          <fieldset>
            <legend>换成谁</legend>
            <label className={styles.choice}>
              <input type="radio" name="who" checked={byDraw} onChange={() => setByDraw(true)} />
              在其余人员中随机抽取
            </label>
            <label className={styles.choice}>
              <input type="radio" name="who" checked={!byDraw} onChange={() => setByDraw(false)} />
              指定一名法官
            </label>
          </fieldset>
        )}
        {!byDraw && (
          <Field
            label="由谁承办"
            required
            error={needed(judge === undefined, '请从列表里选一名法官') ?? errorAt('/judge')}
          >
            {(control) => (
              <JudgeCombobox
                {...control}
                choice={choice}
                onChoice={setChoice}
                bench={bench.filter(({ id }) => id !== row.judge?.id)}
                noteOf={(each) => noteOn(view, each)}
              />
            )}
          </Field>
        )}
        <fieldset aria-describedby="ground-error">
          <legend>事由</legend>
          {vocabulary.grounds[kind].map(({ key, word }) => (
            <label key={key} className={styles.choice}>
              <input type="radio" name="ground" checked={ground === key} onChange={() => setGround(key)} />
              {word}
            </label>
          ))}
          <p id="ground-error" className={styles.error}>
            {needed(ground === '', '请选择一项事由') ?? errorAt('/ground')}
          </p>
        </fieldset>
        <Field
          label="说明"
          required
          hint="写明具体情况，审批人和事后核查的人都看得到"
          error={needed(note.trim() === '', '请写明具体情况') ?? errorAt('/note')}
        >
          {(control) => (
            <Input.TextArea
              {...control}
              rows={3}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <DialogFoot onBack={onClose} act="提出" isPending={act.isPending} />
      </form>
    </Dialog>
  );
}
