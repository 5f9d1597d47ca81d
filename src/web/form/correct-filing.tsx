import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, unwrap } from '../api/client.js';
import { Refusal } from '../api/problem.js';
import { filingQuery } from '../api/queries.js';
import type { FilingView } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { useFilingAct } from '../filing/use-filing-act.js';
import { tellDone } from '../parts/notices.js';
import { STATE_WORDS } from '../words/words.js';
import { ConflictNotice } from './conflict-notice.js';
import { type Draft, documentOf, draftOf } from './draft.js';
import { FilingFormPanel } from './filing-form-panel.js';
import { differences, rebased } from './rebase.js';
import { useFilingForm } from './use-filing-form.js';

interface CorrectFilingProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** Opens a stored filing in the form, once it is there. */
export function CorrectFiling({ id, onClose }: CorrectFilingProps) {
  const { code } = useCourt();
  const { data: view } = useQuery(filingQuery(code, id));
  if (view === undefined) return null;
  return <Correction key={id} latest={view} onClose={onClose} />;
}

interface Base {
  readonly view: FilingView;
  readonly draft: Draft;
}

function Correction({ latest, onClose }: { readonly latest: FilingView; readonly onClose: () => void }) {
  const { code } = useCourt();
  // What the typing began from; it moves on only when the person at the desk says so.
  const [base, setBase] = useState<Base>(() => ({ view: latest, draft: draftOf(latest) }));
  const [isDone, setIsDone] = useState(false);
  const form = useFilingForm(code, base.draft, latest.errors);
  const { id, reference } = base.view.row;
  const act = useFilingAct(
    code,
    id,
    async (filing: ReturnType<typeof documentOf>) =>
      unwrap(
        await api.PUT('/api/v1/courts/{court}/filings/{id}', {
          params: { path: { court: code, id } },
          body: { version: base.view.row.version, filing },
        }),
      ),
    (after) => {
      setIsDone(true);
      tellDone(`${after.row.reference} 已更正，${STATE_WORDS[after.row.state]}`);
    },
  );
  const refused = act.error instanceof Refusal ? act.error.errors : [];
  const { refuse } = form;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is shown once
  useEffect(() => {
    if (refused.length > 0) refuse(refused);
  }, [act.error]);
  useEffect(() => {
    if (isDone) onClose();
  }, [isDone, onClose]);

  const theirs = latest.row.version !== base.view.row.version && !isDone && !act.isPending ? latest : undefined;
  const isSame = theirs !== undefined && differences(base.draft, draftOf(theirs), base.draft).length === 0;
  // Somebody took it over or made a proposal: what is typed over is as it was.
  const isQuiet = isSame && act.conflict === undefined;
  useEffect(() => {
    if (isQuiet && theirs !== undefined) setBase((now) => ({ ...now, view: theirs }));
  }, [isQuiet, theirs]);
  const goOnFrom = (latestView: FilingView, draft: Draft): void => {
    setBase({ view: latestView, draft: draftOf(latestView) });
    act.settle();
    form.replace(draft);
  };
  return (
    <FilingFormPanel
      title={`更正 ${reference}`}
      form={form}
      submitWord="更正并重新分案"
      isPending={act.isPending}
      error={refused.length > 0 ? null : act.error}
      notice={
        theirs !== undefined &&
        !isQuiet && (
          <ConflictNotice
            base={base}
            theirs={theirs}
            mine={form.draft}
            onKeep={() => goOnFrom(theirs, rebased(base.draft, draftOf(theirs), form.draft))}
            onDrop={() => goOnFrom(theirs, draftOf(theirs))}
          />
        )
      }
      onSubmit={() => act.run(documentOf(form.draft, code))}
      onClose={onClose}
      isDone={isDone}
    />
  );
}
