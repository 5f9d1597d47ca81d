import { useEffect, useRef } from 'react';
import type { Evidence, FlowStep } from '../api/types.js';
import { ActFault } from '../filing/act-fault.js';
import { Pairs, Section } from '../filing/section.js';
import type { FilingAct } from '../filing/use-filing-act.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import dialogs from '../parts/dialogs.module.css';
import { citedIn, type Objection } from './objection-draft.js';

interface ObjectPreviewProps {
  readonly draft: Objection;
  readonly ground: FlowStep['grounds'][number];
  readonly evidence: Evidence | undefined;
  readonly isPending: boolean;
  readonly fault: Pick<FilingAct<never>, 'error' | 'conflict'>;
  readonly onBack: () => void;
  readonly onConfirm: () => void;
}

/** What follows once it is made, in the order in which it follows. */
function followsOf({ follows }: Evidence, claimed: string | undefined): string[] {
  const { stateWord, waitsFor, decideBy, provisional, once, outcomes, urged } = follows;
  const by =
    decideBy === null ? '' : `，最迟 ${decideBy} 作出决定${provisional ? '（暂定，该年放假安排尚未公布）' : ''}`;
  const whom = claimed === undefined ? '' : `（${claimed}）`;
  const ruled = outcomes.map(({ word, effectWord }) =>
    `${word}的，${effectWord}`.replace('被主张人', `被主张人${whom}`),
  );
  return [
    `状态变为“${stateWord}”，等${waitsFor.join('或')}办理${by}${urged ? '；逾期由系统催办，不会因此改变承办人' : ''}。`,
    '决定以前，本件仍由您承办，期限照算。',
    ...(ruled.length > 0 ? [`可能的结果：${ruled.join('；')}。`] : []),
    ...(once ? ['这一事由在本件里只能提出一次，撤回以后也不能再提。'] : []),
  ];
}

/** The second step: everything once more, what it leads to, and by when. */
export function ObjectPreview({ draft, ground, evidence, isPending, fault, onBack, onConfirm }: ObjectPreviewProps) {
  const cited = citedIn(draft);
  const heading = useRef<HTMLFormElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <form
      ref={heading}
      tabIndex={-1}
      aria-label="核对异议"
      className={dialogs.form}
      onSubmit={(event) => {
        event.preventDefault();
        onConfirm();
      }}
    >
      <Section title="您要提出的">
        <Pairs
          pairs={[
            ['事由', <strong key="ground">{ground.name}</strong>],
            ...(ground.claimedOwner === 'refused' ? [] : [['被主张人', draft.owner.judge?.name ?? '不写'] as const]),
            ...(ground.evidence === 'refused' ? [] : [['证据', cited.join('、') || '不写'] as const]),
            ['理由', draft.reason.trim() || '不写'],
          ]}
        />
      </Section>
      <Section title="提出以后">
        <ul className={dialogs.follows}>
          {(evidence === undefined ? ['正在计算…'] : followsOf(evidence, draft.owner.judge?.name)).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Section>
      <ActFault act={fault} />
      <DialogFoot back="上一步" onBack={onBack} act="确认提出" isPending={isPending} />
    </form>
  );
}
