import Button from 'antd/es/button';
import { Suspense, useState } from 'react';
import type { SavedMeanwhile } from '../api/problem.js';
import { Alert } from '../parts/alert.js';
import { later } from '../parts/later.js';
import { timeText } from '../words/days.js';
import styles from './conflict-pane.module.css';

const MergeEditor = later(async () => (await import('./merge-editor.js')).default);

interface ConflictPaneProps {
  readonly theirs: SavedMeanwhile;
  readonly mine: string;
  readonly isPending: boolean;
  /** Saves this text over what the other one saved, which was read. */
  readonly onSettle: (text: string) => void;
  /** Takes what the other one saved. */
  readonly onTheirs: () => void;
  readonly onClose: (text: string) => void;
}

/** Two people saved one file: both texts side by side, and nothing lost whichever is taken. */
export function ConflictPane({ theirs, mine, isPending, onSettle, onTheirs, onClose }: ConflictPaneProps) {
  const [text, setText] = useState(mine);
  const who = theirs.by?.name ?? '规则';
  const when = theirs.at === null ? '' : `（${timeText(theirs.at)}）`;
  return (
    <section className={styles.conflict} aria-labelledby="conflict-title">
      <Alert tone="warn" urgent>
        <h3 id="conflict-title">
          {theirs.by === null ? '草稿下面的规则变了' : `${who}先保存了这个文件${when}`}，您的内容还没有保存
        </h3>
        <p>
          左边是{theirs.by === null ? '现在的规则' : `${who}保存的`}
          {theirs.text === null && '：已经删去这个文件'}，右边是您的，可以直接改；用“→”把左边的一处换到右边。
        </p>
      </Alert>
      <div className={styles.texts}>
        <Suspense fallback={<p role="status">正在打开…</p>}>
          <MergeEditor
            left={{ label: `${who}的内容`, text: theirs.text ?? '' }}
            right={{ label: '您的内容', text: mine }}
            onRight={setText}
          />
        </Suspense>
      </div>
      <footer>
        <Button onClick={() => onClose(text)}>先不保存，回到编辑</Button>
        <Button onClick={onTheirs}>用{who}的，我的不要</Button>
        <Button type="primary" loading={isPending} onClick={() => onSettle(text)}>
          保存右边的内容
        </Button>
      </footer>
    </section>
  );
}
