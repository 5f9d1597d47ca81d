import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { Suspense, useState } from 'react';
import { releaseQuery } from '../api/rule-queries.js';
import type { ReleaseView } from '../api/types.js';
import { useMay } from '../desk/court.js';
import { Pairs, Section } from '../filing/section.js';
import { useKeys } from '../keys/keys.js';
import { Alert } from '../parts/alert.js';
import { later } from '../parts/later.js';
import { NotYet } from '../parts/not-yet.js';
import { Panel, PanelBody } from '../parts/panel.js';
import { timeText } from '../words/days.js';
import { EarlierDecisions } from './earlier-decisions.js';
import { Reach } from './reach.js';
import { type ReleaseAct, ReleaseActDialog } from './release-act-dialog.js';
import { ReleaseChanges } from './release-changes.js';
import styles from './release-panel.module.css';
import { CHANGE_WORDS, STANDING_WORDS, STEP_WORDS } from './words.js';

const RollBackDialog = later(async () => (await import('./roll-back-dialog.js')).RollBackDialog);

interface ReleasePanelProps {
  readonly number: number;
  readonly onDraft: (id: string) => void;
  readonly onRelease: (number: number) => void;
  readonly onClose: () => void;
}

/** A release: what it changes, who wrote it and what was checked; and whoever may decides on it. */
export function ReleasePanel({ number, onDraft, onRelease, onClose }: ReleasePanelProps) {
  const { data: view, error, refetch } = useQuery(releaseQuery(number));
  useKeys('panel', { Escape: onClose });
  return (
    <Panel
      id="rules-title"
      title={`第 ${number} 号发布${view === undefined ? '' : `：${view.title}`}`}
      shown={view && String(number)}
      mark={view && STANDING_WORDS[view.standing]}
      onClose={onClose}
    >
      <PanelBody label="发布详情">
        {view === undefined ? (
          <NotYet error={error} title="这次发布没有读出来" onAgain={() => void refetch()} />
        ) : (
          <Shown view={view} onDraft={onDraft} onRelease={onRelease} />
        )}
      </PanelBody>
    </Panel>
  );
}

const ORIGINS = { folder: '规则目录', draft: '草稿', rollback: '回退' } as const satisfies Record<
  ReleaseView['origin'],
  string
>;

/** What was checked, as far as the bundle says so. */
function checkedText({ reports: { check } }: ReleaseView): string {
  if (typeof check !== 'object' || check === null || !('counts' in check) || !('on' in check)) return '没有检查记录';
  const { cards, examples } = check.counts as { readonly cards?: number; readonly examples?: number };
  return `${String(check.on)} 检查通过：${cards ?? 0} 条规则，示例 ${examples ?? 0} 个全部通过`;
}

function approvalText({ approvedBy, approvedAt, origin }: ReleaseView): string {
  if (approvedBy !== null) return `${approvedBy.name} ${timeText(approvedAt ?? '')}`;
  return origin === 'folder' ? '不用：随程序安装的规则' : '还没有';
}

function Shown({
  view,
  onDraft,
  onRelease,
}: { readonly view: ReleaseView } & Pick<ReleasePanelProps, 'onDraft' | 'onRelease'>) {
  const may = useMay();
  const [asked, setAsked] = useState<ReleaseAct | 'roll_back'>();
  const { draft, base, rollsBack, review } = view;
  const close = (): void => setAsked(undefined);
  const acts = (['approve', 'reject', 'schedule', 'cancel', 'withdraw', 'review'] as const).filter((act) =>
    view.may.includes(act),
  );
  return (
    <>
      <Pairs
        pairs={[
          ['提出', view.proposedBy === null ? '系统' : `${view.proposedBy.name} ${timeText(view.proposedAt)}`],
          ['批准', approvalText(view)],
          ['施行日', view.effectiveOn ?? '还没有定'],
          ['怎样发布', view.urgency === 'emergency' ? `紧急：${view.groundWord ?? ''}` : '按期'],
          [
            '来自',
            <span key="from">
              {ORIGINS[view.origin]}
              {rollsBack !== null && `，回到第 ${rollsBack} 号`}
              {base !== null && (
                <>
                  ，改自
                  <button type="button" className={styles.link} onClick={() => onRelease(base)}>
                    第 {base} 号
                  </button>
                </>
              )}
            </span>,
          ],
          ['检查', checkedText(view)],
        ]}
      />
      {view.note !== '' && <p className={styles.note}>{view.note}</p>}
      {review !== null && (
        <Alert tone={review.outcome === null ? 'warn' : 'calm'}>
          <p>
            {review.outcome === null
              ? `紧急发布要在 ${review.due} 以前由第三个人复核`
              : `${review.by?.name ?? ''}复核：${review.outcome === 'confirmed' ? '同意' : '不同意'}`}
          </p>
        </Alert>
      )}
      {(acts.length > 0 || view.may.includes('roll_back')) && (
        <div className={styles.acts}>
          {acts.map((act) => (
            <Button
              key={act}
              type={act === 'approve' ? 'primary' : 'default'}
              danger={act === 'reject'}
              onClick={() => setAsked(act)}
            >
              {ACT_WORDS[act]}
            </Button>
          ))}
          {view.may.includes('roll_back') && <Button onClick={() => setAsked('roll_back')}>回退到这一号</Button>}
        </div>
      )}
      {view.standing === 'proposed' && !view.may.includes('approve') && (
        <Alert tone={may('release.decide') ? 'warn' : 'calm'}>
          <p>
            {may('release.decide')
              ? `这一次是您提出的，不能由您自己批准；请另一名没有改过它的规则审批人登录，在左边“发布”里打开第 ${view.number} 号批准。`
              : '等规则审批人批准；由没有写过它的人批。'}
          </p>
        </Alert>
      )}
      <Section title="对案件的影响">
        {base === null ? <p>第一次发布，没有以前的规则可以比。</p> : <Reach diff={view.reports.diff} />}
      </Section>
      {base !== null && (
        <Section title="对以前收的案件">
          <EarlierDecisions number={view.number} />
        </Section>
      )}
      <Section
        title="改了什么"
        note={
          view.changes.map(({ change }) => CHANGE_WORDS[change]).length > 0
            ? `${view.changes.length} 个文件`
            : undefined
        }
      >
        <ReleaseChanges view={view} />
        {draft !== null && may('release.draft') && (
          <p>
            <Button size="small" onClick={() => onDraft(draft)}>
              打开草稿
            </Button>
          </p>
        )}
      </Section>
      <Section title="经过">
        <ol className={styles.steps} aria-label="经过">
          {view.steps.map((step) => (
            <li key={step.number}>
              <strong>{STEP_WORDS[step.action]}</strong> {step.by?.name ?? '系统'} {timeText(step.at)}
              {step.effectiveOn !== null && ` ${step.effectiveOn} 起施行`}
              {step.reason !== '' && <p>{step.reason}</p>}
            </li>
          ))}
        </ol>
      </Section>
      {asked !== undefined && asked !== 'roll_back' && <ReleaseActDialog view={view} act={asked} onClose={close} />}
      <Suspense>
        {asked === 'roll_back' && <RollBackDialog view={view} onClose={close} onProposed={onRelease} />}
      </Suspense>
    </>
  );
}

const ACT_WORDS = {
  approve: '批准',
  reject: '不批准',
  schedule: '定施行日',
  cancel: '取消排期',
  withdraw: '撤回',
  review: '事后复核',
} as const satisfies Record<ReleaseAct, string>;
