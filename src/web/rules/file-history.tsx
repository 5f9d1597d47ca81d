import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { useState } from 'react';
import { messageOf } from '../api/problem.js';
import { draftHistoryQuery, draftSaveQuery } from '../api/rule-queries.js';
import type { DraftView } from '../api/types.js';
import { Alert } from '../parts/alert.js';
import { NotYet } from '../parts/not-yet.js';
import { timeText } from '../words/days.js';
import styles from './file-history.module.css';

interface FileHistoryProps {
  readonly draft: DraftView;
  readonly path: string;
  /** Puts an earlier text into the editor, unsaved. */
  readonly onTake: ((text: string) => void) | undefined;
}

/** Every save of a file in this draft; an earlier one can be taken into the editor again. */
export function FileHistory({ draft, path, onTake }: FileHistoryProps) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(draftHistoryQuery(draft.id, path, draft.revision));
  const [fault, setFault] = useState<Error>();
  if (data === undefined) return <NotYet error={error} title="历史没有读出来" onAgain={() => void refetch()} />;
  if (data.length === 0) return <p className={styles.none}>这份草稿还没有保存过这个文件。</p>;
  const take = async (revision: number): Promise<void> => {
    setFault(undefined);
    try {
      const { text } = await client.fetchQuery(draftSaveQuery(draft.id, revision));
      onTake?.(text ?? '');
    } catch (caught) {
      setFault(caught as Error);
    }
  };
  return (
    <>
      {fault !== undefined && (
        <Alert tone="wrong" urgent>
          <p>{messageOf(fault)}</p>
        </Alert>
      )}
      <ol className={styles.saves} aria-label="保存记录">
        {data.map(({ revision, savedBy, savedAt, isRemoval }) => (
          <li key={revision}>
            <span>
              {savedBy?.name ?? '系统'} {timeText(savedAt)}
              {isRemoval && ' 删去了这个文件'}
            </span>
            {onTake !== undefined && !isRemoval && (
              <Button size="small" onClick={() => void take(revision)}>
                取回到编辑器
              </Button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
