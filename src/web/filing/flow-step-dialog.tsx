import { useQuery, useQueryClient } from '@tanstack/react-query';
import Input from 'antd/es/input';
import { useState } from 'react';
import { useActKey } from '../api/act-key.js';
import { api, unwrap } from '../api/client.js';
import { Refusal } from '../api/problem.js';
import { benchQuery, filingQuery } from '../api/queries.js';
import type { FilingView, FlowActBody, FlowStep, FlowView } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { ChoiceList } from '../parts/choice-list.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';
import { tellDone } from '../parts/notices.js';
import { useWords } from '../words/words.js';
import { ActFault } from './act-fault.js';
import { JudgeCombobox, NO_JUDGE } from './judge-combobox.js';
import { useFilingAct } from './use-filing-act.js';

interface FlowStepDialogProps {
  readonly view: FilingView;
  readonly flow: FlowView;
  readonly step: FlowStep;
  /** Entered by the filing division in the name of a party. */
  readonly byProxy: boolean;
  readonly onClose: () => void;
}

/** An agent acts for a party and is none. */
const AGENT = 'agent';

/** The parties that may be applied for, each name once. */
function usePartiesOf({ filing }: FilingView): { readonly key: string; readonly word: string }[] {
  const { word } = useWords();
  const named = filing.parties.filter(({ role, name }) => role !== AGENT && name !== '');
  return [
    ...new Map(named.map(({ name, role }) => [name, { key: name, word: `${name}（${word('role', role)}）` }])),
  ].map(([, party]) => party);
}

/** Takes a step of a flow, asking for as much as the step needs. */
export function FlowStepDialog({ view, flow, step, byProxy, onClose }: FlowStepDialogProps) {
  const { code } = useCourt();
  const client = useQueryClient();
  const { row } = view;
  const all = usePartiesOf(view);
  // What goes on with an application is for whoever made it.
  const applicant = flow.runs.find(({ outcome }) => outcome === null)?.applicant;
  const parties = applicant === undefined ? all : all.filter(({ key }) => key === applicant);
  const [groundKey, setGroundKey] = useState(step.grounds.length === 1 ? (step.grounds[0]?.key ?? '') : '');
  const [party, setParty] = useState(applicant !== undefined && parties.length === 1 ? applicant : '');
  const [choice, setChoice] = useState(NO_JUDGE);
  const { text, judge } = choice;
  const [cited, setCited] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const ground = step.grounds.find(({ key }) => key === groundKey);
  const owner = ground?.claimedOwner ?? 'refused';
  const proof = ground?.evidence ?? 'refused';
  const evidence = cited
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const { data: bench = [] } = useQuery({ ...benchQuery(code), enabled: owner !== 'refused' });
  const actKey = useActKey();
  const act = useFilingAct(
    code,
    row.id,
    async (body: FlowActBody) => {
      unwrap(
        await api.POST('/api/v1/courts/{court}/filings/{id}/flows', {
          params: { path: { court: code, id: row.id } },
          headers: { 'idempotency-key': actKey.keyFor([row.id, body]) },
          body,
        }),
      );
      // The step is taken, whether or not the filing can be read again at once.
      return client.fetchQuery({ ...filingQuery(code, row.id), staleTime: 0 }).catch(() => view);
    },
    () => {
      actKey.done();
      tellDone(`${row.reference} 已${byProxy ? '登记' : '办理'}：${step.name}`);
      onClose();
    },
  );
  const refused = act.error instanceof Refusal ? act.error.errors : [];
  const errorAt = (path: string): string | undefined => refused.find((error) => error.path === path)?.message;
  const missing = {
    ground: step.grounds.length > 0 && ground === undefined,
    party: byProxy && party === '',
    owner: judge === undefined && (owner === 'required' || (owner === 'optional' && text.trim() !== '')),
    evidence: proof === 'required' && evidence.length === 0,
    reason: step.needsReason && reason.trim() === '',
  };
  const needed = (what: keyof typeof missing, message: string): string | undefined =>
    tried && missing[what] ? message : undefined;

  const submit = (): void => {
    setTried(true);
    if (Object.values(missing).some((each) => each)) return;
    act.run({
      version: row.version,
      flow: flow.key,
      action: step.action,
      ...(ground !== undefined && { ground: ground.key }),
      ...(owner !== 'refused' && judge !== undefined && { claimedOwner: judge.id }),
      ...(proof !== 'refused' && evidence.length > 0 && { evidence }),
      ...(reason.trim() !== '' && { reason: reason.trim() }),
      ...(byProxy && { onBehalfOf: party }),
    });
  };

  return (
    <Dialog title={`${step.name} ${row.reference}`} width={560} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className={styles.lead}>
          {flow.name}。{row.judge === null ? '现在还没有承办人。' : `现在由${row.judge.name}承办。`}
        </p>
        <ActFault act={act} />
        {byProxy && (
          <Field
            label="代哪一名当事人登记"
            required
            error={needed('party', '请选择提出申请的当事人') ?? errorAt('/onBehalfOf')}
          >
            {(control) => <ChoiceList {...control} value={party} options={parties} onChange={setParty} />}
          </Field>
        )}
        {step.grounds.length > 1 && (
          <fieldset aria-describedby="flow-ground-error">
            <legend>事由</legend>
            {step.grounds.map(({ key, name }) => (
              <label key={key} className={styles.choice}>
                <input type="radio" name="flow-ground" checked={groundKey === key} onChange={() => setGroundKey(key)} />
                {name}
              </label>
            ))}
            <p id="flow-ground-error" className={styles.error}>
              {needed('ground', '请选择一项事由') ?? errorAt('/ground')}
            </p>
          </fieldset>
        )}
        {step.grounds.length === 1 && <p className={styles.lead}>事由：{ground?.name}</p>}
        {owner !== 'refused' && (
          <Field
            label="被主张人"
            required={owner === 'required'}
            hint="认为应当由哪一名法官办理"
            error={needed('owner', '请从列表里选一名法官') ?? errorAt('/claimedOwner')}
          >
            {(control) => (
              <JudgeCombobox
                {...control}
                choice={choice}
                onChoice={setChoice}
                bench={bench}
                noteOf={({ division }) => division}
              />
            )}
          </Field>
        )}
        {proof !== 'refused' && (
          <Field
            label="证据"
            required={proof === 'required'}
            hint="有关案件的案号，一行一个"
            error={needed('evidence', '请写明有关案件的案号') ?? errorAt('/evidence')}
          >
            {(control) => (
              <Input.TextArea {...control} rows={2} value={cited} onChange={(event) => setCited(event.target.value)} />
            )}
          </Field>
        )}
        <Field label="理由" required={step.needsReason} error={needed('reason', '请写明理由') ?? errorAt('/reason')}>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={3}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <DialogFoot onBack={onClose} act={byProxy ? '登记' : '确定'} isPending={act.isPending} />
      </form>
    </Dialog>
  );
}
