import { useState } from 'react';
import { api, unwrap } from '../api/client.js';
import type { DraftView } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { tellDone } from '../parts/notices.js';
import { RuleFault } from './rule-fault.js';
import { missingIn, NO_TERMS, type Terms, TermsFields, termsBody } from './terms-fields.js';
import { useRuleAct } from './use-rule-act.js';
import { CHANGE_WORDS } from './words.js';

interface ProposeDialogProps {
  readonly draft: DraftView;
  readonly onClose: () => void;
  readonly onProposed: (number: number) => void;
}

/** Asks a second person: exactly what is saved now, and nothing that is written later. */
export function ProposeDialog({ draft, onClose, onProposed }: ProposeDialogProps) {
  const [terms, setTerms] = useState<Terms>(NO_TERMS);
  const [tried, setTried] = useState(false);
  const act = useRuleAct(
    async (body: ReturnType<typeof termsBody>, headers) =>
      unwrap(
        await api.POST('/api/v1/rules/drafts/{draft}/proposal', {
          params: { path: { draft: draft.id } },
          headers,
          body: { revision: draft.revision, ...body },
        }),
      ),
    ({ number }) => {
      tellDone(`已提出第 ${number} 号发布，等规则审批人批准`);
      onClose();
      onProposed(number);
    },
  );
  return (
    <Dialog title={`提出发布：${draft.title}`} onClose={onClose} width={600}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (Object.keys(missingIn(terms)).length === 0) act.run(termsBody(terms));
        }}
      >
        <ul aria-label="改的文件">
          {draft.files.map(({ path, change }) => (
            <li key={path}>
              {change === null ? '和原来一样' : CHANGE_WORDS[change]} {path}
            </li>
          ))}
        </ul>
        <TermsFields terms={terms} tried={tried} onTerms={setTerms} />
        <RuleFault error={act.error} />
        <DialogFoot onBack={onClose} act="提出" isPending={act.isPending} />
      </form>
    </Dialog>
  );
}
