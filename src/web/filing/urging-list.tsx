import { useMutation } from '@tanstack/react-query';
import Button from 'antd/es/button';
import { download, fileAddress } from '../api/download.js';
import { messageOf } from '../api/problem.js';
import type { FlowRun } from '../api/types.js';
import { useCourt } from '../desk/court.js';
import { tellDone, tellWrong } from '../parts/notices.js';
import styles from './flows-tab.module.css';

type Urging = FlowRun['urgings'][number];

/** 工作提示单, 催办单 and 督办单 of a run: to whom, and each on paper. */
export function UrgingList({ urgings }: { readonly urgings: readonly Urging[] }) {
  const { code } = useCourt();
  const print = useMutation({
    mutationFn: ({ urging, kind }: { readonly urging: Urging; readonly kind: 'docx' | 'pdf' }) => {
      const path = `/api/v1/courts/{court}/urgings/{id}/notice.${kind}` as const;
      return download(fileAddress(path, { court: code, id: urging.id }), `${urging.reference}.${kind}`);
    },
    onSuccess: (name) => tellDone(`已下载 ${name}`),
    onError: (error) => tellWrong(messageOf(error)),
  });
  return (
    <ul className={styles.urgings} aria-label="提示、催办和督办">
      {urgings.map((urging) => (
        <li key={urging.id}>
          <span>
            {urging.madeOn} <strong>{urging.levelWord}</strong> {urging.reference}，送{urging.to.join('、')}
            {urging.copies.length > 0 && `，抄送${urging.copies.join('、')}`}
          </span>
          {(['docx', 'pdf'] as const).map((kind) => (
            <Button
              key={kind}
              size="small"
              aria-label={`下载 ${urging.reference} ${kind}`}
              loading={print.isPending && print.variables.urging.id === urging.id && print.variables.kind === kind}
              onClick={() => print.mutate({ urging, kind })}
            >
              {kind}
            </Button>
          ))}
        </li>
      ))}
    </ul>
  );
}
