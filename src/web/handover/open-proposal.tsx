import Button from 'antd/es/button';
import { api, unwrap } from '../api/client.js';
import type { FilingView, Handover } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { ActFault } from '../filing/act-fault.js';
import { useFilingAct } from '../filing/use-filing-act.js';
import { Alert } from '../parts/alert.js';
import { tellDone } from '../parts/notices.js';
import { timeText } from '../words/days.js';
import { HANDOVER_WORDS, OUTCOME_WORDS } from '../words/words.js';
import styles from './open-proposal.module.css';

type Outcome = NonNullable<Handover['outcome']>;

/** What is proposed for a filing, with the decision on it for those who may make it. */
export function OpenProposal({ view, proposal }: { readonly view: FilingView; readonly proposal: Handover }) {
  const { code } = useCourt();
  const { row, may } = view;
  const act = useFilingAct(
    code,
    row.id,
    async (outcome: Outcome) =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/filings/{id}/handovers/{handover}/decision', {
          params: { path: { court: code, id: row.id, handover: proposal.id } },
          body: { version: proposal.version, outcome },
        }),
      ),
    (after, _before, outcome) => {
      const now = outcome === 'approved' && after.row.judge !== null ? `，现由${after.row.judge.name}承办` : '';
      tellDone(`${row.reference} 的${HANDOVER_WORDS[proposal.kind]}${OUTCOME_WORDS[outcome]}${now}`);
    },
  );
  const to = proposal.judge?.name ?? '在其余人员中随机抽取';
  return (
    <Alert tone="calm" title={`${HANDOVER_WORDS[proposal.kind]}，待审批：${row.judge?.name ?? '未定'} → ${to}`}>
      <p>
        事由：{proposal.groundWord}。{proposal.note}
      </p>
      <p className={styles.who}>
        {proposal.proposedBy.name} {timeText(proposal.proposedAt)} 提出
      </p>
      <ActFault act={act} />
      <p className={styles.acts}>
        {may.includes('handover.decide') && (
          <>
            <Button type="primary" disabled={act.isPending} onClick={() => act.run('approved')}>
              批准
            </Button>
            <Button disabled={act.isPending} onClick={() => act.run('rejected')}>
              不批准
            </Button>
          </>
        )}
        {may.includes('handover.withdraw') && (
          <Button disabled={act.isPending} onClick={() => act.run('withdrawn')}>
            撤回
          </Button>
        )}
      </p>
    </Alert>
  );
}
