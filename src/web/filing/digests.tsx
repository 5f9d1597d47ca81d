import { useMutation } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { api, unwrap } from '../api/client.js';
import { messageOf } from '../api/problem.js';
import type { FilingView, Replayed } from '../api/types.js';
import { useCourt, useMay } from '../desk/court.js';
import { Alert } from '../parts/alert.js';
import { releaseText } from '../words/releases.js';
import styles from './history-tab.module.css';
import { Section } from './section.js';

/** Of others the seed would tell beforehand who is drawn. */
const DECIDED: ReadonlySet<FilingView['row']['state']> = new Set(['assigned', 'closed']);

/** What makes the decision one that can be checked; whoever may have it decided again does so here. */
export function Digests({ view }: { readonly view: FilingView }) {
  const may = useMay();
  const { decision } = view;
  if (decision === null) return null;
  const { rules, digest, release } = decision;
  return (
    <Section title="可核对的摘要" note="凭这些数字可以重算这份决定">
      <dl className={styles.digests}>
        {release !== null && (
          <>
            <dt>规则发布</dt>
            <dd>
              {releaseText(release)} {release.title}
            </dd>
          </>
        )}
        <dt>规则版本</dt>
        <dd>{rules.version}</dd>
        <dt>规则</dt>
        <dd>{rules.digest}</dd>
        <dt>参数</dt>
        <dd>{rules.parameters}</dd>
        <dt>日历</dt>
        <dd>{rules.calendar}</dd>
        <dt>决定</dt>
        <dd>{digest}</dd>
      </dl>
      {release !== null && DECIDED.has(view.row.state) && may('decision.replay') && (
        <Again key={digest} filing={view.row.id} number={decision.number} release={release.number} />
      )}
    </Section>
  );
}

/** Decides it again by the release that decided it, and says whether the same came out. */
function Again({
  filing,
  number,
  release,
}: {
  readonly filing: string;
  readonly number: number;
  readonly release: number;
}) {
  const { code } = useCourt();
  const replay = useMutation({
    mutationFn: async () =>
      unwrap(
        await api.GET('/api/v1/courts/{court}/filings/{id}/decisions/{number}/replay', {
          params: { path: { court: code, id: filing, number } },
        }),
      ),
  });
  return (
    <div className={styles.again}>
      <Button size="small" loading={replay.isPending} onClick={() => replay.mutate()}>
        按第 {release} 号发布重算
      </Button>
      <div role="status">
        {replay.data !== undefined && <Outcome replayed={replay.data} />}
        {replay.error !== null && (
          <Alert tone="wrong" title="没有重算">
            <p>{messageOf(replay.error)}</p>
          </Alert>
        )}
      </div>
    </div>
  );
}

function Outcome({ replayed: { outcome, message, digest, again, release } }: { readonly replayed: Replayed }) {
  const isSame = outcome === 'same' || outcome === 'invalid_as_before';
  return (
    <Alert tone={isSame ? 'good' : 'wrong'} title={`按${releaseText(release)}重算：${message}`} urgent={!isSame}>
      <dl className={styles.digests}>
        <dt>当时的决定</dt>
        <dd>{digest}</dd>
        <dt>重算的结果</dt>
        <dd>{again}</dd>
      </dl>
      {!isSame && <p>请把这件收案的登记号告诉审计人员和系统管理员。</p>}
    </Alert>
  );
}
