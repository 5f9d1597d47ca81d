import { api, unwrap } from '../api/client.js';
import type { DraftView } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { tellDone } from '../parts/notices.js';
import { RuleFault } from './rule-fault.js';
import { useRuleAct } from './use-rule-act.js';

interface DiscardDialogProps {
  readonly draft: DraftView;
  readonly onClose: () => void;
  readonly onDiscarded: () => void;
}

/** Puts a draft aside for good. */
export function DiscardDialog({ draft, onClose, onDiscarded }: DiscardDialogProps) {
  const act = useRuleAct(
    async (version: number, headers) =>
      unwrap(
        await api.POST('/api/v1/rules/drafts/{draft}/discard', {
          params: { path: { draft: draft.id } },
          headers,
          body: { version },
        }),
      ),
    () => {
      tellDone(`草稿“${draft.title}”已作废`);
      onClose();
      onDiscarded();
    },
  );
  return (
    <Dialog title="作废草稿" onClose={onClose}>
      <div className={styles.form}>
        <p>“{draft.title}”作废以后不能再改、不能再提出；保存过的内容仍然留存备查。</p>
        <RuleFault error={act.error} />
        <DialogFoot
          back="不作废"
          onBack={onClose}
          act="作废"
          isPending={act.isPending}
          danger
          onAct={() => act.run(draft.version)}
          focus="back"
        />
      </div>
    </Dialog>
  );
}
