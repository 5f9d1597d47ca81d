import { useMutation, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useRef, useState } from 'react';
import { useActKey } from '../api/act-key.js';
import { api, unwrap } from '../api/client.js';
import { isConflict, messageOf } from '../api/problem.js';
import { objectionQuery } from '../api/queries.js';
import type { ObjectionAction, ObjectionView } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { useKeys } from '../keys/keys.js';
import { Alert } from '../parts/alert.js';
import { Field } from '../parts/field.js';
import { tellDone } from '../parts/notices.js';
import { ConfirmDecision } from './confirm-decision.js';
import styles from './decide-form.module.css';

/** What somebody has chosen and written, and not submitted. */
export interface Draft {
  readonly action: string;
  readonly reason: string;
}

const NOTHING: Draft = { action: '', reason: '' };

interface DecideFormProps {
  readonly view: ObjectionView;
  readonly drafts: Map<string, Draft>;
}

/** Why the one who looks may not decide, each reason once. */
function Refused({ actions }: Pick<ObjectionView, 'actions'>) {
  const why = new Map(
    actions.filter(({ decides }) => decides).map(({ refused }) => [refused?.code ?? '', refused?.message ?? '']),
  );
  if (why.size === 0) {
    return <p className={styles.none}>这一步不在这里办理：由等着的人在收案里办理，办好以后这里自动更新。</p>;
  }
  return (
    <Alert tone="warn" title="您不能决定这一件">
      {[...why].map(([code, message]) => (
        <p key={code}>{message}。</p>
      ))}
    </Alert>
  );
}

/** What was written while somebody else decided: it is not submitted, and not lost either. */
function Unsent({
  view,
  reason,
  onDrop,
}: {
  readonly view: ObjectionView;
  readonly reason: string;
  readonly onDrop: () => void;
}) {
  const last = view.history.at(-1);
  const who = last?.by?.name ?? '系统';
  return (
    <div className={styles.form}>
      <Alert tone="warn" title="这一件已经由别人办理，您的决定没有提交" urgent>
        <p>
          {last?.on ?? ''} {who} {last?.actionWord ?? ''}：{view.row.stateWord}。您写的理由还在下面，需要时请复制。
        </p>
      </Alert>
      <Field label="您写的理由（没有提交）">
        {(control) => <Input.TextArea {...control} rows={3} value={reason} readOnly />}
      </Field>
      <footer>
        <Button onClick={onDrop}>不要了</Button>
      </footer>
    </div>
  );
}

function Choice({
  action,
  digit,
  checked,
  onChoose,
}: {
  readonly action: ObjectionAction;
  readonly digit: number;
  readonly checked: boolean;
  readonly onChoose: () => void;
}) {
  const { name, leadsTo, consequence } = action;
  const isImpossible = consequence?.kind === 'nobody';
  return (
    <label className={checked ? `${styles.choice} ${styles.chosen}` : styles.choice}>
      <input type="radio" name="decision" checked={checked} disabled={isImpossible} onChange={onChoose} />
      <span>
        <strong>{name}</strong>
        <kbd aria-hidden>{digit}</kbd>
        <span className={isImpossible ? styles.impossible : styles.then}>
          {consequence?.text ?? (leadsTo === null ? '' : `到“${leadsTo}”`)}
        </span>
      </span>
    </label>
  );
}

/** The decision with its reasons: what each outcome leads to is said before, and nothing that was typed is lost. */
export function DecideForm({ view, drafts }: DecideFormProps) {
  const { code } = useCourt();
  const client = useQueryClient();
  const { row } = view;
  const [draft, setDraft] = useState(() => drafts.get(row.id) ?? NOTHING);
  const [tried, setTried] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const actKey = useActKey();
  const form = useRef<HTMLFormElement>(null);
  const focusOn = (what: 'choice' | 'reason'): void => {
    const wanted = what === 'reason' ? 'textarea' : 'input:not(:disabled)';
    const field = form.current?.querySelector<HTMLElement>(wanted);
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  };
  const change = (next: Draft): void => {
    setDraft(next);
    if (next === NOTHING) drafts.delete(row.id);
    else drafts.set(row.id, next);
  };
  const open = view.actions.filter(({ refused }) => refused === null);
  const [only] = open;
  const chosen = open.find(({ action }) => action === draft.action) ?? (open.length === 1 ? only : undefined);
  const reason = draft.reason.trim();
  const query = objectionQuery(code, row.id);

  const act = useMutation({
    mutationFn: async (taken: ObjectionAction): Promise<ObjectionView> => {
      const headers = { 'idempotency-key': actKey.keyFor([row.id, row.version, taken.action, reason]) };
      if (taken.decides) {
        return unwrap(
          await api.POST('/api/v1/courts/{court}/objections/{id}/decide', {
            params: { path: { court: code, id: row.id } },
            headers,
            body: { version: row.version, outcome: taken.action, reason },
          }),
        );
      }
      unwrap(
        await api.POST('/api/v1/courts/{court}/filings/{id}/flows', {
          params: { path: { court: code, id: row.filing.id } },
          headers,
          body: {
            version: row.filing.version,
            flow: row.flow,
            action: taken.action,
            ...(reason !== '' && { reason }),
          },
        }),
      );
      // The step is taken, whether or not it can be read again at once.
      return client.fetchQuery({ ...query, staleTime: 0 }).catch(() => view);
    },
    onSuccess: (after, taken) => {
      actKey.done();
      setConfirming(false);
      setTried(false);
      change(NOTHING);
      client.setQueryData(query.queryKey, after);
      void client.invalidateQueries({
        queryKey: ['court', code],
        predicate: ({ queryKey: [, , kind] }) => kind !== 'objection' && kind !== 'bench',
      });
      tellDone(`${row.filing.reference} 已办理：${taken.name}`);
    },
    onError: (error) => {
      setConfirming(false);
      // Whoever is refused is told at once: reading again may be tried for long.
      if (isConflict(error)) void client.invalidateQueries({ queryKey: query.queryKey });
    },
  });

  const needsReason = chosen?.needsReason === true && reason === '';
  const submit = (): void => {
    setTried(true);
    if (chosen === undefined) focusOn('choice');
    else if (needsReason) focusOn('reason');
    else setConfirming(true);
  };
  useKeys(
    'panel',
    {
      d: () => focusOn('choice'),
      'Ctrl+Enter': submit,
      ...Object.fromEntries(
        open.map((action, index) => [
          String(index + 1),
          () => {
            if (action.consequence?.kind !== 'nobody') change({ ...draft, action: action.action });
            focusOn('reason');
          },
        ]),
      ),
    },
    { active: open.length > 0 },
  );

  if (open.length === 0) {
    if (reason !== '') return <Unsent view={view} reason={draft.reason} onDrop={() => change(NOTHING)} />;
    return row.outcome === null ? <Refused actions={view.actions} /> : <p className={styles.none}>已经办结。</p>;
  }
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset aria-describedby="decision-error">
        <legend>决定</legend>
        {open.map((action, index) => (
          <Choice
            key={action.action}
            action={action}
            digit={index + 1}
            checked={chosen?.action === action.action}
            onChoose={() => change({ ...draft, action: action.action })}
          />
        ))}
        <p id="decision-error" className={styles.error}>
          {tried && chosen === undefined && '请选择一项决定'}
        </p>
      </fieldset>
      <Field
        label="理由"
        required={chosen?.needsReason ?? true}
        hint="双方都会看到，并作为以后同类决定的参考；请不要写当事人的姓名和证件号码"
        error={tried && needsReason ? '请写明理由' : undefined}
      >
        {(control) => (
          <Input.TextArea
            {...control}
            rows={4}
            maxLength={500}
            value={draft.reason}
            onChange={(event) => change({ ...draft, reason: event.target.value })}
          />
        )}
      </Field>
      {act.error !== null && (
        <Alert tone="wrong" title="没有提交，您写的理由还在" urgent>
          <p>{messageOf(act.error)}</p>
        </Alert>
      )}
      <footer>
        <Button type="primary" htmlType="submit" aria-keyshortcuts="Control+Enter">
          提交决定 <kbd aria-hidden>Ctrl Enter</kbd>
        </Button>
      </footer>
      {confirming && chosen !== undefined && (
        <ConfirmDecision
          action={chosen}
          reason={reason}
          isPending={act.isPending}
          onConfirm={() => {
            if (!act.isPending) act.mutate(chosen);
          }}
          onClose={() => setConfirming(false)}
        />
      )}
    </form>
  );
}
