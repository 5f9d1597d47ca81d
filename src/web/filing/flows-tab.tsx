import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { Suspense, useState } from 'react';
import { benchQuery, flowsQuery } from '../api/queries.js';
import type { FilingView, FlowRun, FlowStep, FlowView } from '../api/types.js';
import { useCourt, useMay } from '../desk/court.js';
import { later } from '../parts/later.js';
import { NotYet } from '../parts/not-yet.js';
import { ClockSection } from './clock-section.js';
import styles from './flows-tab.module.css';
import history from './history-tab.module.css';
import { judgeText } from './judge-names.js';
import { Section } from './section.js';
import { UrgingList } from './urging-list.js';

const FlowStepDialog = later(async () => (await import('./flow-step-dialog.js')).FlowStepDialog);

/** What is being taken: kept as it was offered, so that a refetch does not close what is being filled in. */
interface Taken {
  readonly flow: FlowView;
  readonly step: FlowStep;
  readonly byProxy: boolean;
}

/** What parties do in a recusal: 申请回避, 申请复议. */
const BY_PROXY = new Set(['apply', 'reconsider']);

/** The outcome of a run that has no object any more; its state stays the one in which that happened. */
const LAPSED = 'lapsed';

function Run({ run, judges }: { readonly run: FlowRun; readonly judges: FilingView['judges'] }) {
  const { groundWord, claimedOwner, challenged, clock } = run;
  return (
    <li>
      <p>
        <strong>
          {run.stateWord}
          {run.outcome === LAPSED && '（已终止）'}
        </strong>
        {groundWord !== null && <span>事由：{groundWord}</span>}
        <span>申请人：{judgeText(judges, run.applicant)}</span>
        {challenged !== null && <span>被申请人：{judgeText(judges, challenged)}</span>}
        {claimedOwner !== null && <span>被主张人：{judgeText(judges, claimedOwner)}</span>}
      </p>
      {run.reason !== '' && <p>理由：{run.reason}</p>}
      {run.evidence.length > 0 && <p>证据：{run.evidence.join('、')}</p>}
      {run.decisionReason !== null && <p>决定理由：{run.decisionReason}</p>}
      {clock !== null && (
        <p>
          {clock.name}期限：{clock.due === null ? '没有设定' : `${clock.due} 到期`}
          {clock.provisional && '（暂定，该年放假安排尚未公布）'}
        </p>
      )}
      {run.urgings.length > 0 && <UrgingList urgings={run.urgings} />}
      <p className={history.who}>
        {run.openedOn} 提出{run.decidedOn !== null && `；${run.decidedOn} 决定`}
      </p>
      <details className={styles.past}>
        <summary>办理经过（{run.history.length} 步）</summary>
        <ol>
          {run.history.map((step) => (
            <li key={`${step.madeAt} ${step.actionWord}`}>
              {step.on} {step.actionWord}
              {step.by === null ? '（系统）' : `（${step.by.name}）`}：{step.stateWord}
            </li>
          ))}
        </ol>
      </details>
    </li>
  );
}

interface StepsProps {
  readonly flow: FlowView;
  readonly parties: FilingView['filing']['parties'];
  readonly onTake: (taken: Taken) => void;
}

function Steps({ flow, parties, onTake }: StepsProps) {
  const { roles } = useCourt();
  const applicant = flow.runs.find(({ outcome }) => outcome === null)?.applicant;
  // A party has no account: the filing division enters what it applies for.
  const isByProxy = ({ action }: FlowStep): boolean =>
    flow.key === 'recusal' &&
    BY_PROXY.has(action) &&
    roles.includes('filing_clerk') &&
    (applicant === undefined || parties.some(({ name }) => name === applicant));
  const isOpen = (step: FlowStep): boolean =>
    step.refused === null || (isByProxy(step) && step.refused.code === 'WRONG_PERSON');
  const open = flow.steps.filter(isOpen);
  const refused = flow.steps.filter((step) => !isOpen(step));
  return (
    <>
      {open.length > 0 && (
        <div className={styles.steps}>
          {open.map((step) => (
            <Button key={step.action} onClick={() => onTake({ flow, step, byProxy: isByProxy(step) })}>
              {isByProxy(step) && '代当事人登记：'}
              {step.name}
            </Button>
          ))}
        </div>
      )}
      {refused.length > 0 && (
        <ul className={styles.refused}>
          {refused.map(({ action, name, refused: why }) => (
            <li key={action}>
              {name}：{why?.message}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** 异议, 回避 and the other flows of a filing: how far each is, and what can be done next. */
export function FlowsTab({ view }: { readonly view: FilingView }) {
  const { code } = useCourt();
  const may = useMay();
  const { data: flows, error, refetch } = useQuery(flowsQuery(code, view.row.id));
  const { data: bench = [] } = useQuery({ ...benchQuery(code), enabled: may('bench.read') });
  const [taken, setTaken] = useState<Taken>();
  const judges = [...view.judges, ...bench];
  return (
    <>
      {flows === undefined && <NotYet error={error} title="异议和回避没有读出来" onAgain={() => void refetch()} />}
      {flows?.length === 0 && <p>本件没有可以办理的流程。</p>}
      {flows?.map((flow) => (
        <Section key={flow.key} title={flow.name} note={flow.runs.length === 0 ? '没有人提出' : undefined}>
          {flow.runs.length > 0 && (
            <ol className={history.history} reversed>
              {[...flow.runs].reverse().map((run) => (
                <Run key={run.number} run={run} judges={judges} />
              ))}
            </ol>
          )}
          <Steps flow={flow} parties={view.filing.parties} onTake={setTaken} />
        </Section>
      ))}
      <ClockSection view={view} />
      <Suspense>
        {taken !== undefined && <FlowStepDialog view={view} {...taken} onClose={() => setTaken(undefined)} />}
      </Suspense>
    </>
  );
}
