import { useMutation, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useActKey } from '../api/act-key.js';
import { api, unwrap } from '../api/client.js';
import { messageOf } from '../api/problem.js';
import type { BenchJudge, MyCase } from '../api/types.js';
import { ClockText } from '../desk/clock-text.js';
import clock from '../desk/clock-text.module.css';
import { useCourt } from '../desk/court.js';
import { rowButtonId } from '../desk/row-button.js';
import { withNames } from '../filing/judge-names.js';
import { Citation } from '../filing/reason-list.js';
import { tellDone, tellWrong } from '../parts/notices.js';
import { timeText } from '../words/days.js';
import { useWords } from '../words/words.js';
import styles from './case-card.module.css';
import { ObjectionLine } from './objection-line.js';

interface CaseCardProps {
  readonly one: MyCase;
  readonly isNew: boolean;
  readonly bench: readonly BenchJudge[];
  readonly isOpened: boolean;
  readonly onOpen: (filing: string) => void;
  readonly onObject: (filing: string, flow: string) => void;
  readonly onRun: (run: string) => void;
}

/** Marks a case as noted: it is new no more, and may still be objected to. */
function useNote({ id, version, reference }: MyCase): { readonly run: () => void; readonly isPending: boolean } {
  const { code } = useCourt();
  const client = useQueryClient();
  const actKey = useActKey();
  const note = useMutation({
    mutationFn: async () =>
      unwrap(
        await api.POST('/api/v1/courts/{court}/mine/cases/{id}/note', {
          params: { path: { court: code, id } },
          headers: { 'idempotency-key': actKey.keyFor([id, version]) },
          body: { version },
        }),
      ),
    onSuccess: () => tellDone(`${reference} 已阅；期限以内仍然可以提异议`),
    onError: (error) => tellWrong(messageOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['court', code, 'mine'] }),
  });
  return { run: () => note.mutate(), isPending: note.isPending };
}

/** 为什么是我: one sentence, with the rule and what it rests on. */
function Why({ why, bench }: Pick<CaseCardProps, 'bench'> & { readonly why: MyCase['why'] }) {
  if (why === null) return null;
  return (
    <p className={styles.why}>
      <span className={styles.label}>为什么是我</span>
      {withNames(why.text, bench)}
      <code title="规则编号">{why.rule}</code>
      {why.basis.map((basis) => (
        <Citation key={`${basis.law}${basis.article ?? ''}`} basis={basis} />
      ))}
    </p>
  );
}

/** One case of a judge's own: how long they can respond, why it is theirs, and what goes on about it. */
export function CaseCard({ one, isNew, bench, isOpened, onOpen, onObject, onRun }: CaseCardProps) {
  const { word } = useWords();
  const note = useNote(one);
  const { id, reference, cause, parties, procedure, method, since, respond, why, objections } = one;
  const open = objections.filter(({ outcome }) => outcome === null);
  const shown = open.length > 0 ? open : objections.slice(-1);
  return (
    <article className={styles.card} aria-label={reference}>
      <header>
        <button
          type="button"
          id={rowButtonId(id)}
          className={styles.reference}
          aria-current={isOpened || undefined}
          onClick={() => onOpen(id)}
        >
          {reference}
        </button>
        <strong>{cause ?? '案由不明'}</strong>
        <span className={styles.parties}>{parties}</span>
        {respond !== null && (
          <span className={`${styles.clock} ${clock.inline}`}>
            <ClockText clock={respond} />
          </span>
        )}
      </header>
      <p className={styles.facts}>
        {[
          procedure === null ? undefined : word('procedure', procedure),
          word('method', method),
          `${timeText(since)} 到我名下`,
        ]
          .filter((each) => each !== undefined)
          .join('，')}
      </p>
      <Why why={why} bench={bench} />
      {shown.map((row) => (
        <ObjectionLine key={row.id} row={row} onOpen={() => onRun(row.id)} />
      ))}
      <footer>
        {respond !== null && open.length === 0 && (
          <Button type={isNew ? 'primary' : 'default'} onClick={() => onObject(id, respond.flow)}>
            提出异议
          </Button>
        )}
        {isNew && (
          <Button onClick={note.run} loading={note.isPending}>
            已阅，继续办理
          </Button>
        )}
        <Button type="text" onClick={() => onOpen(id)}>
          全部理由
        </Button>
      </footer>
    </article>
  );
}
