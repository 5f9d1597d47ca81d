import { useState } from 'react';
import { api, unwrap } from '../api/client.js';
import type { ReleaseView } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { tellDone } from '../parts/notices.js';
import { RuleFault } from './rule-fault.js';
import { missingIn, NO_TERMS, type Terms, TermsFields, termsBody } from './terms-fields.js';
import { useRuleAct } from './use-rule-act.js';

interface RollBackDialogProps {
  readonly view: ReleaseView;
  readonly onClose: () => void;
  readonly onProposed: (number: number) => void;
}

/** Proposes the rules of an earlier release anew; that too needs a second person. */
export function RollBackDialog({ view, onClose, onProposed }: RollBackDialogProps) {
  const [terms, setTerms] = useState<Terms>(NO_TERMS);
  const [tried, setTried] = useState(false);
  const act = useRuleAct(
    async (body: ReturnType<typeof termsBody>, headers) =>
      unwrap(
        await api.POST('/api/v1/rules/releases/{number}/rollback', {
          params: { path: { number: view.number } },
          headers,
          body,
        }),
      ),
    ({ number }) => {
      tellDone(`已提出第 ${number} 号发布：回退到第 ${view.number} 号`);
      onClose();
      onProposed(number);
    },
  );
  return (
    <Dialog title={`回退到第 ${view.number} 号：${view.title}`} onClose={onClose} width={600}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (Object.keys(missingIn(terms)).length === 0) act.run(termsBody(terms));
        }}
      >
        <p>提出一次新的发布，内容就是第 {view.number} 号的规则；照样要由另一个人批准。已经作出的决定不变。</p>
        <TermsFields terms={terms} tried={tried} onTerms={setTerms} />
        <RuleFault error={act.error} />
        <DialogFoot onBack={onClose} act="提出回退" isPending={act.isPending} />
      </form>
    </Dialog>
  );
}
