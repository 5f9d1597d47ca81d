import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { objectionQuery } from '../api/queries.js';
import { useCourt } from '../desk/court.js';
import { Alert } from '../parts/alert.js';
import { NotYet } from '../parts/not-yet.js';
import { DueText } from '../review/due-text.js';
import { Ended } from '../review/ended.js';
import { History } from '../review/history.js';
import { RuleCard } from '../review/rule-card.js';
import { Sides } from '../review/sides.js';
import { Panel } from './panel.js';

interface RunPanelProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onFiling: (filing: string) => void;
}

/** One objection as the judge whom it concerns sees it: how far it is, both sides, the rule, and all that happened. */
export function RunPanel({ id, onClose, onFiling }: RunPanelProps) {
  const { code, judges } = useCourt();
  const { data: view, error, refetch } = useQuery(objectionQuery(code, id));
  const row = view?.row;
  const isMine = row !== undefined && row.filing.judge !== null && judges.includes(row.filing.judge.id);
  const turn = row?.waitsFor.map(({ word }) => word).join('或') ?? '';
  return (
    <Panel
      title={row === undefined ? '异议' : `${row.filing.reference} ${row.flowWord}`}
      mark={row?.stateWord}
      clock={row === undefined ? undefined : <DueText row={row} inline />}
      onClose={onClose}
    >
      {view === undefined && <NotYet error={error} title="这一件没有读出来" onAgain={() => void refetch()} />}
      {view !== undefined && row !== undefined && (
        <>
          {row.outcome === null && (
            <Alert tone="calm" title={turn === '' ? '正在办理' : `等${turn}办理`}>
              <p>有了结论，这里会自动更新，不用刷新页面。</p>
            </Alert>
          )}
          <Ended view={view} />
          <p>
            {row.filing.cause ?? '案由不明'}，现由{row.filing.judge?.name ?? '（未定）'}承办。
            {isMine && (
              <Button type="link" size="small" onClick={() => onFiling(row.filing.id)}>
                打开收案
              </Button>
            )}
          </p>
          <Sides view={view} />
          <RuleCard view={view} />
          <History view={view} />
        </>
      )}
    </Panel>
  );
}
