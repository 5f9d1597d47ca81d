import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { Suspense, useRef, useState } from 'react';
import { api, unwrap } from '../api/client.js';
import { download, fileAddress } from '../api/download.js';
import { messageOf } from '../api/problem.js';
import { filingQuery, waitingQuery } from '../api/queries.js';
import type { FilingView } from '../api/types.js';
import { RowClock } from '../desk/clock-text.js';
import { useCourt } from '../desk/court.js';
import { StateTag } from '../desk/state-tag.js';
import { OpenProposal } from '../handover/open-proposal.js';
import { useKeys } from '../keys/keys.js';
import { Alert } from '../parts/alert.js';
import { later } from '../parts/later.js';
import { NotYet } from '../parts/not-yet.js';
import { announce, tellDone, tellWrong } from '../parts/notices.js';
import { Panel, PanelBody } from '../parts/panel.js';
import { useWords } from '../words/words.js';
import { ActFault } from './act-fault.js';
import { ChangeLines } from './change-lines.js';
import { type Change, changesBetween } from './changes.js';
import { ContentTab } from './content-tab.js';
import { DecisionTab } from './decision-tab.js';
import styles from './filing-panel.module.css';
import { FlowsTab } from './flows-tab.js';
import { HistoryTab } from './history-tab.js';
import { nextWaiting } from './next-waiting.js';
import { PoolTab } from './pool-tab.js';
import { QuestionPanel } from './question-panel.js';
import { Tabs } from './tabs.js';
import { useFilingAct } from './use-filing-act.js';

const ClosureDialog = later(async () => (await import('./closure-dialog.js')).ClosureDialog);
const HandoverDialog = later(async () => (await import('../handover/handover-dialog.js')).HandoverDialog);

interface FilingPanelProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onCorrect: () => void;
  readonly onOpen: (id: string) => void;
  readonly onMove: (step: 1 | -1) => void;
}

/** What the last answer did, kept in sight while the next filing is already open. */
interface Told {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly changes: readonly Change[];
  /** Which filing was opened after it. */
  readonly next: string | undefined;
}

function WhatChanged({ told, open, onOpen }: { told: Told; open: string; onOpen: (id: string) => void }) {
  return (
    <Alert tone="good" title={told.title}>
      <ChangeLines changes={told.changes} />
      {told.changes.length === 0 && <p>结果没有变化。</p>}
      {told.id !== open && (
        <p>
          <Button size="small" onClick={() => onOpen(told.id)}>
            回到 {told.reference}
          </Button>
        </p>
      )}
    </Alert>
  );
}

/** Everything about one filing, beside the list. */
export function FilingPanel({ id, onClose, onCorrect, onOpen, onMove }: FilingPanelProps) {
  const { code } = useCourt();
  const words = useWords();
  const client = useQueryClient();
  const { data: view, error, refetch } = useQuery(filingQuery(code, id));
  const [told, setTold] = useState<Told>();
  const passed = useRef(new Set<string>());

  const onAnswered = async (after: FilingView, before: FilingView | undefined, finished: boolean): Promise<void> => {
    const changes = before === undefined ? [] : changesBetween(before, after, words);
    const { id: answered, reference, state } = after.row;
    const title = state === 'assigned' ? `${reference} 已分案` : `${reference} 已按回答重新审查，仍待人工`;
    const told = { id: answered, reference, title, changes };
    setTold({ ...told, next: undefined });
    const said = changes.map(({ label, to }) => `${label} ${to}`).join('，');
    announce(`${title}。${said}`);
    if (!finished) return;
    passed.current.add(answered);
    const rows = await client.fetchQuery({ ...waitingQuery(code), staleTime: 0 }).catch(() => []);
    const next = nextWaiting(rows, passed.current);
    if (next === undefined) tellDone('待回答的收案都办完了');
    else {
      setTold({ ...told, next: next.id });
      onOpen(next.id);
    }
  };

  useKeys('panel', {
    Escape: onClose,
    j: () => onMove(1),
    k: () => onMove(-1),
  });

  return (
    <Panel
      id="filing-title"
      title={view === undefined ? '收案' : view.row.reference}
      shown={view && id}
      beside={
        view && (
          <>
            <StateTag state={view.row.state} />
            <RowClock row={view.row} inline />
          </>
        )
      }
      onClose={onClose}
    >
      {view !== undefined && <Acts key={`acts ${id}`} view={view} onCorrect={onCorrect} />}
      <PanelBody label="收案详情" className={styles.body}>
        {view === undefined ? (
          <NotYet error={error} title="这件收案没有读出来" onAgain={() => void refetch()} />
        ) : (
          <>
            {told !== undefined && (told.id === id || told.next === id) && (
              <WhatChanged told={told} open={id} onOpen={onOpen} />
            )}
            <Body
              key={id}
              view={view}
              onCorrect={onCorrect}
              onAnswered={(after, before, finished) => void onAnswered(after, before, finished)}
            />
          </>
        )}
      </PanelBody>
    </Panel>
  );
}

interface BodyProps {
  readonly view: FilingView;
  readonly onCorrect: () => void;
  readonly onAnswered: (after: FilingView, before: FilingView | undefined, finished: boolean) => void;
}

function Faults({ view, onCorrect }: Pick<BodyProps, 'view' | 'onCorrect'>) {
  if (view.errors.length === 0) return null;
  return (
    <Alert tone="wrong" title={`有 ${view.errors.length} 处需要更正，更正后立即分案`}>
      <ul className={styles.errors}>
        {view.errors.map(({ path, message }) => (
          <li key={`${path}${message}`}>{message}</li>
        ))}
      </ul>
      {view.may.includes('filing.correct') && (
        <Button type="primary" onClick={onCorrect} aria-keyshortcuts="e">
          更正 <kbd aria-hidden>e</kbd>
        </Button>
      )}
    </Alert>
  );
}

function Body({ view, onCorrect, onAnswered }: BodyProps) {
  const { row, decision } = view;
  const proposal = view.handovers.find(({ outcome }) => outcome === null);
  return (
    <>
      <p className={styles.lead}>
        <strong>{row.cause ?? '案由不明'}</strong>
        <span>{row.parties}</span>
      </p>
      {proposal !== undefined && <OpenProposal key={proposal.id} view={view} proposal={proposal} />}
      <QuestionPanel view={view} onAnswered={onAnswered} />
      <Faults view={view} onCorrect={onCorrect} />
      {row.state === 'received' && (
        <Alert tone="calm">
          <p>正在分案，办好以后这里会自动更新。</p>
        </Alert>
      )}
      <Tabs
        label="收案详情"
        tabs={[
          ...(decision !== null && row.state !== 'invalid'
            ? [
                { key: 'decision', word: '决定和理由', content: <DecisionTab view={view} decision={decision} /> },
                { key: 'pool', word: '为什么是他', content: <PoolTab view={view} decision={decision} /> },
                { key: 'flows', word: '异议、回避', content: <FlowsTab view={view} /> },
              ]
            : []),
          { key: 'content', word: '收案内容', content: <ContentTab view={view} /> },
          { key: 'history', word: '经过', content: <HistoryTab view={view} /> },
        ]}
      />
    </>
  );
}

/** What may be done with the filing now, with the keys that do it. */
function Acts({ view, onCorrect }: { readonly view: FilingView; readonly onCorrect: () => void }) {
  const { code } = useCourt();
  const [dialog, setDialog] = useState<'handover' | 'closure'>();
  const { row } = view;
  const may = (action: string): boolean => view.may.includes(action);
  const take = useFilingAct(
    code,
    row.id,
    async (version: number) =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/filings/{id}/take', {
          params: { path: { court: code, id: row.id } },
          body: { version },
        }),
      ),
    () => tellDone(`已认领 ${row.reference}`),
  );
  const notice = useMutation({
    mutationFn: (kind: 'docx' | 'pdf') => {
      const path = `/api/v1/courts/{court}/filings/{id}/notice.${kind}` as const;
      return download(fileAddress(path, { court: code, id: row.id }), `告知书-${row.reference}.${kind}`);
    },
    onSuccess: (name) => tellDone(`已下载 ${name}`),
    onError: (error) => tellWrong(messageOf(error)),
  });
  const acts = {
    c: may('filing.take') && row.waiting?.for == null ? () => take.run(row.version) : undefined,
    e: may('filing.correct') ? onCorrect : undefined,
    h: may('handover.propose') ? () => setDialog('handover') : undefined,
    d: may('filing.notice') ? () => notice.mutate('docx') : undefined,
  };
  useKeys(
    'panel',
    Object.fromEntries(Object.entries(acts).flatMap(([key, act]) => (act === undefined ? [] : [[key, act] as const]))),
  );
  const hasButton = row.state !== 'invalid' && Object.values(acts).some((act) => act !== undefined);
  if (!hasButton && !may('filing.close')) return null;
  return (
    <div className={styles.acts}>
      {acts.c !== undefined && (
        <Button onClick={acts.c} loading={take.isPending} aria-keyshortcuts="c">
          认领 <kbd aria-hidden>c</kbd>
        </Button>
      )}
      {row.waiting?.for != null && <span className={styles.taker}>{row.waiting.for.name} 已认领</span>}
      {acts.e !== undefined && row.state !== 'invalid' && (
        <Button onClick={acts.e} aria-keyshortcuts="e">
          更正 <kbd aria-hidden>e</kbd>
        </Button>
      )}
      {acts.h !== undefined && (
        <Button onClick={acts.h} aria-keyshortcuts="h">
          {row.state === 'assigned' ? '变更承办人' : '指定分案'} <kbd aria-hidden>h</kbd>
        </Button>
      )}
      {may('filing.close') && <Button onClick={() => setDialog('closure')}>结案</Button>}
      {acts.d !== undefined && (
        <>
          <Button onClick={acts.d} aria-keyshortcuts="d">
            告知书 docx <kbd aria-hidden>d</kbd>
          </Button>
          <Button onClick={() => notice.mutate('pdf')}>告知书 pdf</Button>
        </>
      )}
      <ActFault act={take} />
      <Suspense>
        {dialog === 'handover' && <HandoverDialog view={view} onClose={() => setDialog(undefined)} />}
        {dialog === 'closure' && <ClosureDialog view={view} onClose={() => setDialog(undefined)} />}
      </Suspense>
    </div>
  );
}
