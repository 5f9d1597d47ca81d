import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { Refusal } from '../api/problem.js';
import { filingQuery, myObjectionsQuery } from '../api/queries.js';
import { useCourt } from '../desk/court.js';
import { FilingPanel } from '../filing/filing-panel.js';
import { Alert } from '../parts/alert.js';
import { Panel } from './panel.js';

interface FilingHeldProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onOpen: (filing: string) => void;
  readonly onRun: (run: string) => void;
}

/** A filing as long as it is one's own; once it is not, that it has gone, and by what. */
export function FilingHeld({ id, onClose, onOpen, onRun }: FilingHeldProps) {
  const { code } = useCourt();
  const { error, data: view } = useQuery(filingQuery(code, id));
  const isGone = error instanceof Refusal && error.status === 403;
  const { data: ended } = useQuery({ ...myObjectionsQuery(code, 'ended', undefined), enabled: isGone });
  if (!isGone) {
    return <FilingPanel id={id} onClose={onClose} onCorrect={onClose} onOpen={onOpen} onMove={() => undefined} />;
  }
  const ruling = ended?.items.find(({ filing }) => filing.id === id);
  return (
    <Panel title={view?.row.reference ?? '收案'} onClose={onClose}>
      <Alert tone="calm" title="本件现在不由您承办">
        <p>
          {ruling === undefined
            ? '本件已经改由他人承办，或者不是您的案件。'
            : `${ruling.flowWord}：${ruling.stateWord}，现由${ruling.filing.judge?.name ?? '他人'}承办。`}
        </p>
        {ruling !== undefined && (
          <Button size="small" onClick={() => onRun(ruling.id)}>
            看结论和理由
          </Button>
        )}
      </Alert>
    </Panel>
  );
}
