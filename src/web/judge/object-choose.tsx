import type { UseQueryResult } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import { messageOf } from '../api/problem.js';
import type { BenchJudge, Evidence, EvidenceCase, FlowStep } from '../api/types.js';
import { JudgeCombobox, NO_JUDGE } from '../filing/judge-combobox.js';
import { withNames } from '../filing/judge-names.js';
import { Alert } from '../parts/alert.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import dialogs from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';
import { CaseFacts } from '../review/sides.js';
import { useWords } from '../words/words.js';
import styles from './object.module.css';
import { citedIn, type Objection } from './objection-draft.js';

interface ObjectChooseProps {
  readonly step: FlowStep;
  readonly draft: Objection;
  readonly onDraft: (draft: Objection) => void;
  readonly evidence: UseQueryResult<Evidence, Error>;
  readonly bench: readonly BenchJudge[];
  readonly onNext: () => void;
  readonly onClose: () => void;
}

type Ground = FlowStep['grounds'][number];

/** One earlier case to tick, with what agrees, what does not, and whether its judge could take the matter. */
function Candidate({
  one,
  bench,
  isTicked,
  onTick,
}: {
  readonly one: EvidenceCase;
  readonly bench: readonly BenchJudge[];
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
}) {
  const { word } = useWords();
  const { links, unable, proposed } = one;
  const note = [proposed ? '建议' : undefined, ...links.map((kind) => word('linkKind', kind))];
  return (
    <li className={proposed ? styles.proposed : undefined}>
      <label>
        <input type="checkbox" checked={isTicked} onChange={(event) => onTick(event.target.checked)} />
        <span>
          <CaseFacts cited={one} note={note.filter((each) => each !== undefined).join('，') || undefined} />
          {unable !== null && <span className={styles.unable}>现在不能由其承办本件：{withNames(unable, bench)}</span>}
        </span>
      </label>
    </li>
  );
}

function Candidates({
  evidence,
  draft,
  bench,
  onTick,
}: Pick<ObjectChooseProps, 'evidence' | 'draft' | 'bench'> & {
  readonly onTick: (one: EvidenceCase, isTicked: boolean) => void;
}) {
  const { data, error, refetch } = evidence;
  if (data === undefined && error !== null) {
    return (
      <Alert tone="warn" title="前案没有查出来，不影响提出异议">
        <p>{messageOf(error)}</p>
        <Button size="small" onClick={() => void refetch()}>
          再查一次
        </Button>
      </Alert>
    );
  }
  if (data === undefined) return <p role="status">正在查找前案…</p>;
  if (data.items.length === 0) {
    return <p className={styles.none}>没有查到和本件有联系的前案。知道案号的，请写在下面。</p>;
  }
  return (
    <>
      <ul className={styles.candidates}>
        {data.items.map((one) => (
          <Candidate
            key={one.caseNo}
            one={one}
            bench={bench}
            isTicked={draft.ticked.includes(one.caseNo)}
            onTick={(isTicked) => onTick(one, isTicked)}
          />
        ))}
      </ul>
      {data.truncated && <p className={styles.none}>前案太多，没有查全；没有列出的请把案号写在下面。</p>}
    </>
  );
}

/** What is still missing before the second step, by field. */
function missingIn(draft: Objection, ground: Ground | undefined) {
  const needsOwner =
    ground?.claimedOwner === 'required' || (ground?.claimedOwner === 'optional' && draft.owner.text !== '');
  return {
    ground: ground === undefined,
    owner: needsOwner && draft.owner.judge === undefined,
    evidence: ground?.evidence === 'required' && citedIn(draft).length === 0,
  };
}

/** The first step: on which ground, whose it is said to be, and on which earlier cases that rests. */
export function ObjectChoose({ step, draft, onDraft, evidence, bench, onNext, onClose }: ObjectChooseProps) {
  const [tried, setTried] = useState(false);
  const ground = step.grounds.find(({ key }) => key === draft.ground);
  const missing = missingIn(draft, ground);
  const isMissing =
    missing.ground || missing.owner || missing.evidence || (step.needsReason && draft.reason.trim() === '');
  const change = (more: Partial<Objection>): void => onDraft({ ...draft, ...more });
  /** Ticking a case of somebody who could take the matter names them, unless somebody is named already. */
  const tick = ({ caseNo, judge, unable }: EvidenceCase, isTicked: boolean): void => {
    const ticked = isTicked ? [...draft.ticked, caseNo] : draft.ticked.filter((each) => each !== caseNo);
    const holder = bench.find(({ id }) => id === judge?.id);
    const isAsked = ground?.claimedOwner === 'required' && draft.owner.judge === undefined;
    const owner = isTicked && isAsked && unable === null && holder ? { text: holder.name, judge: holder } : draft.owner;
    change({ ticked, owner });
  };
  return (
    <form
      className={dialogs.form}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isMissing) onNext();
      }}
    >
      <fieldset aria-describedby="object-ground-error">
        <legend>事由</legend>
        {step.grounds.map(({ key, name }) => (
          <label key={key} className={dialogs.choice}>
            <input
              type="radio"
              name="object-ground"
              checked={draft.ground === key}
              onChange={() => change({ ground: key, ticked: [], owner: NO_JUDGE })}
            />
            {name}
          </label>
        ))}
        <p id="object-ground-error" className={dialogs.error}>
          {tried && missing.ground && '请选择一项事由'}
        </p>
      </fieldset>
      {ground !== undefined && ground.evidence !== 'refused' && (
        <fieldset aria-describedby="object-evidence-error">
          <legend>证据：系统查到的前案，勾选要提出的</legend>
          <Candidates evidence={evidence} draft={draft} bench={bench} onTick={tick} />
          <p id="object-evidence-error" className={dialogs.error}>
            {tried && missing.evidence && '请勾选或者写明有关案件'}
          </p>
        </fieldset>
      )}
      {ground !== undefined && ground.evidence !== 'refused' && (
        <Field label="其他案号" hint="没有列出的前案，一行一个">
          {(control) => (
            <Input.TextArea
              {...control}
              rows={2}
              value={draft.others}
              onChange={(event) => change({ others: event.target.value })}
            />
          )}
        </Field>
      )}
      {ground !== undefined && ground.claimedOwner !== 'refused' && (
        <Field
          label="被主张人"
          required={ground.claimedOwner === 'required'}
          hint="认为应当由哪一名法官办理；勾选前案时自动填上它的承办人"
          error={tried && missing.owner ? '请从列表里选一名法官' : undefined}
        >
          {(control) => (
            <JudgeCombobox
              {...control}
              choice={draft.owner}
              onChoice={(owner) => change({ owner })}
              bench={bench}
              noteOf={({ division }) => division}
            />
          )}
        </Field>
      )}
      <Field
        label="理由"
        required={step.needsReason}
        hint="复核的人会看到；请不要写当事人的证件号码"
        error={tried && step.needsReason && draft.reason.trim() === '' ? '请写明理由' : undefined}
      >
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            maxLength={500}
            value={draft.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
        )}
      </Field>
      <DialogFoot back="不提了" onBack={onClose} act="下一步：核对" />
    </form>
  );
}
