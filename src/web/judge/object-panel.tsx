import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useRef, useState } from 'react';
import { useActKey } from '../api/act-key.js';
import { api, unwrap } from '../api/client.js';
import { benchQuery, evidenceQuery, filingQuery, flowsQuery, objectionQuery } from '../api/queries.js';
import type { FilingView, FlowStep, FlowView } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { NO_JUDGE } from '../filing/judge-combobox.js';
import { useFilingAct } from '../filing/use-filing-act.js';
import { Alert } from '../parts/alert.js';
import { NotYet } from '../parts/not-yet.js';
import { tellDone } from '../parts/notices.js';
import { ObjectChoose } from './object-choose.js';
import { ObjectPreview } from './object-preview.js';
import { citedIn, type Objection } from './objection-draft.js';
import { Panel } from './panel.js';

interface ObjectPanelProps {
  readonly filing: string;
  readonly flow: string;
  readonly onClose: () => void;
  /** Once it is made, its run is opened. */
  readonly onMade: (run: string) => void;
}

/** 提出异议, in two steps: what it rests on, then what it leads to. */
export function ObjectPanel({ filing, flow: key, onClose, onMade }: ObjectPanelProps) {
  const { code } = useCourt();
  const { data: view, error, refetch } = useQuery(filingQuery(code, filing));
  const { data: flows, error: noFlows } = useQuery(flowsQuery(code, filing));
  const flow = flows?.find((each) => each.key === key);
  const step = flow?.steps.find(({ grounds, refused }) => grounds.length > 0 && refused === null);
  const failed = error ?? noFlows;
  const reference = view?.row.reference ?? '';
  const title = `提出异议 ${reference}`;
  if (view === undefined || flows === undefined) {
    return (
      <Panel title={title} onClose={onClose}>
        <NotYet error={failed} title="这件收案没有读出来" onAgain={() => void refetch()} />
      </Panel>
    );
  }
  if (flow === undefined || step === undefined) {
    const why = flow?.steps.find(({ refused }) => refused !== null)?.refused?.message;
    return (
      <Panel title={title} onClose={onClose}>
        <Alert tone="warn" title="现在不能提出异议">
          <p>{why ?? '本件没有可以提出的异议，或者已经提出过。'}</p>
          <Button size="small" onClick={onClose}>
            关闭
          </Button>
        </Alert>
      </Panel>
    );
  }
  return <Steps view={view} flow={flow} step={step} onClose={onClose} onMade={onMade} />;
}

interface StepsProps {
  readonly view: FilingView;
  readonly flow: FlowView;
  readonly step: FlowStep;
  readonly onClose: () => void;
  readonly onMade: (run: string) => void;
}

/** The two steps of an objection that may be made; going back loses nothing. */
function Steps({ view, flow, step, onClose, onMade }: StepsProps) {
  const { code } = useCourt();
  const client = useQueryClient();
  const { row } = view;
  const [isPreview, setPreview] = useState(false);
  const [draft, setDraft] = useState<Objection>(() => ({
    ground: step.grounds.length === 1 ? (step.grounds[0]?.key ?? '') : '',
    owner: NO_JUDGE,
    ticked: [],
    others: '',
    reason: '',
  }));
  const ground = step.grounds.find((each) => each.key === draft.ground);
  const { data: bench = [] } = useQuery(benchQuery(code));
  const evidence = useQuery({ ...evidenceQuery(code, row.id, flow.key, draft.ground), enabled: ground !== undefined });
  const actKey = useActKey();
  const run = useRef('');
  const act = useFilingAct(
    code,
    row.id,
    async (body: Parameters<typeof bodyOf>[1]) => {
      const made = unwrap(
        await api.POST('/api/v1/courts/{court}/objections', {
          params: { path: { court: code } },
          headers: { 'idempotency-key': actKey.keyFor([row.id, body]) },
          body: bodyOf(view, body),
        }),
      );
      client.setQueryData(objectionQuery(code, made.row.id).queryKey, made);
      run.current = made.row.id;
      return client.fetchQuery({ ...filingQuery(code, row.id), staleTime: 0 }).catch(() => view);
    },
    () => {
      actKey.done();
      tellDone(`${row.reference} 已提出：${flow.name}`);
      onMade(run.current);
    },
  );
  return (
    <Panel
      title={`提出异议 ${row.reference}`}
      mark={isPreview ? '第二步：核对' : '第一步：事由和证据'}
      onClose={onClose}
    >
      <p>
        {flow.name}。{row.cause ?? '案由不明'}，{row.parties}。
      </p>
      {isPreview && ground !== undefined ? (
        <ObjectPreview
          draft={draft}
          ground={ground}
          evidence={evidence.data}
          isPending={act.isPending}
          fault={act}
          onBack={() => {
            act.settle();
            setPreview(false);
          }}
          onConfirm={() => act.run({ flow: flow.key, action: step.action, draft, ground })}
        />
      ) : (
        <ObjectChoose
          step={step}
          draft={draft}
          onDraft={setDraft}
          evidence={evidence}
          bench={bench}
          onNext={() => setPreview(true)}
          onClose={onClose}
        />
      )}
    </Panel>
  );
}

/** The request that an objection is made by. */
function bodyOf(
  { row }: FilingView,
  {
    flow,
    action,
    draft,
    ground,
  }: {
    readonly flow: string;
    readonly action: string;
    readonly draft: Objection;
    readonly ground: FlowStep['grounds'][number];
  },
) {
  const { owner, reason } = draft;
  const cited = citedIn(draft);
  return {
    filing: row.id,
    version: row.version,
    flow,
    action,
    ground: ground.key,
    ...(ground.claimedOwner !== 'refused' && owner.judge !== undefined && { claimedOwner: owner.judge.id }),
    ...(ground.evidence !== 'refused' && cited.length > 0 && { evidence: cited }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
  };
}
