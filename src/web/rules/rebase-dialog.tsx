import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../api/client.js';
import { Refusal } from '../api/problem.js';
import { draftFileQuery, releaseFileQuery, releasesQuery } from '../api/rule-queries.js';
import type { DraftView } from '../api/types.js';
import { Alert } from '../parts/alert.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { tellDone } from '../parts/notices.js';
import { RuleFault } from './rule-fault.js';
import { useRuleAct } from './use-rule-act.js';

interface RebaseDialogProps {
  readonly draft: DraftView;
  readonly onClose: () => void;
}

type Side = 'draft' | 'rules';

/** Brings a draft onto the latest rules. Of a file that both sides changed somebody says which text goes on; what the draft says can be written in again. */
export function RebaseDialog({ draft, onClose }: RebaseDialogProps) {
  const client = useQueryClient();
  const { data: releases = [] } = useQuery(releasesQuery);
  const [sides, setSides] = useState<Readonly<Record<string, Side>>>({});
  const act = useRuleAct(
    async (files: readonly { path: string; text: string | null }[], headers) =>
      unwrap(
        await api.POST('/api/v1/rules/drafts/{draft}/rebase', {
          params: { path: { draft: draft.id } },
          headers,
          body: { version: draft.version, ...(files.length > 0 && { files: [...files] }) },
        }),
      ),
    ({ base }) => {
      tellDone(`草稿已并到第 ${base} 号规则上`);
      onClose();
    },
  );
  const both = act.error instanceof Refusal && act.error.code === 'MERGE_CONFLICT' ? act.error.errors : [];
  const latest = releases
    .filter(({ standing }) => standing === 'scheduled' || standing === 'in_force')
    .reduce((found, { number }) => Math.max(found, number), 0);
  const isOpen = both.some(({ path }) => sides[path] === undefined);
  const submit = async (): Promise<void> => {
    const files = await Promise.all(
      both.map(async ({ path }) => {
        if (sides[path] === 'draft')
          return { path, text: (await client.fetchQuery(draftFileQuery(draft.id, path))).text };
        const text = await client.fetchQuery(releaseFileQuery(latest, path)).catch(() => null);
        return { path, text };
      }),
    );
    act.run(files);
  };
  return (
    <Dialog title="并到最新的规则" onClose={onClose} width={600}>
      <div className={styles.form}>
        <p>这份草稿改自第 {draft.base} 号规则，之后又批准了别的发布。并过去以后，只有一边改过的文件自动合在一起。</p>
        {both.length > 0 ? (
          <Alert tone="warn" title={`有 ${both.length} 个文件两边都改过，请逐个选`} urgent>
            {both.map(({ path }) => (
              <fieldset key={path}>
                <legend>{path}</legend>
                {(['draft', 'rules'] as const).map((side) => (
                  <label key={side} className={styles.choice}>
                    <input
                      type="radio"
                      name={path}
                      checked={sides[path] === side}
                      onChange={() => setSides({ ...sides, [path]: side })}
                    />
                    {side === 'draft'
                      ? '先用草稿里的，再对照新规则补'
                      : '先用新规则里的，再把草稿的改动写进去（草稿的内容在“历史”里）'}
                  </label>
                ))}
              </fieldset>
            ))}
          </Alert>
        ) : (
          <RuleFault error={act.error} />
        )}
        <DialogFoot
          onBack={onClose}
          act="并过去"
          isPending={act.isPending}
          disabled={isOpen}
          onAct={() => void submit()}
        />
      </div>
    </Dialog>
  );
}
