import Input from 'antd/es/input';
import { useState } from 'react';
import { messageOf } from '../api/problem.js';
import type { DraftView } from '../api/types.js';
import { Alert } from '../parts/alert.js';
import { Dialog } from '../parts/dialog.js';
import { DialogFoot } from '../parts/dialog-foot.js';
import styles from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';
import { saveFile } from './save-file.js';
import { useRuleAct } from './use-rule-act.js';

interface NewFileDialogProps {
  readonly draft: DraftView;
  readonly known: readonly string[];
  readonly onClose: () => void;
  readonly onMade: (path: string) => void;
}

/** What a new rule file begins with: the check says what is still missing. */
const BEGINNING = '名称: \n层: \n规则:\n  - 编号: \n';
const PARAMETERS = '参数,适用,值,施行,失效,公布,文号,来源,效力,说明\n';

/** Adds a file to the draft. Whether its path may be one the service says. */
export function NewFileDialog({ draft, known, onClose, onMade }: NewFileDialogProps) {
  const [path, setPath] = useState('');
  const [tried, setTried] = useState(false);
  const act = useRuleAct(
    (text: string, headers) => saveFile(draft.id, path.trim(), { text, revision: 0, base: draft.base }, headers),
    () => {
      onMade(path.trim());
      onClose();
    },
  );
  const error = known.includes(path.trim())
    ? '已经有这个文件'
    : /^[a-z0-9/.-]+\.(yaml|csv)$/.test(path.trim())
      ? undefined
      : '写成 目录/文件名.yaml 或者 .csv，用小写英文字母、数字和短横线';
  return (
    <Dialog title="新建文件" onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (error === undefined) act.run(path.trim().endsWith('.csv') ? PARAMETERS : BEGINNING);
        }}
      >
        <Field
          label="路径"
          required
          hint="全国 national/，模块 modules/…/，省 provinces/…/，法院 courts/…/；例如 courts/1599-sample/panel.yaml"
          error={tried ? error : undefined}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              maxLength={200}
              value={path}
              onChange={(event) => setPath(event.target.value)}
            />
          )}
        </Field>
        {act.error !== null && (
          <Alert tone="wrong" urgent>
            <p>{messageOf(act.error)}</p>
          </Alert>
        )}
        <DialogFoot onBack={onClose} act="新建" isPending={act.isPending} />
      </form>
    </Dialog>
  );
}
