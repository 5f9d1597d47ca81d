import { Dialog } from '../parts/dialog.js';
import styles from './key-list.module.css';

type KeyLine = readonly [keys: readonly string[], what: string];

/** Keys that belong together. */
export interface KeyGroup {
  readonly title: string;
  readonly lines: readonly KeyLine[];
}

const FILING_KEYS: readonly KeyGroup[] = [
  {
    title: '列表',
    lines: [
      [['j', '↓'], '下一件'],
      [['k', '↑'], '上一件'],
      [['Enter'], '打开这一件'],
      [['1', '…', '6'], '全部、已分、待人工、有误、待分、已结'],
      [['/'], '搜索'],
      [['c'], '认领待人工的收案'],
      [['g e'], '导出现在的列表'],
      [['g p'], '待审批的提议'],
    ],
  },
  {
    title: '收案',
    lines: [
      [['n'], '录入收案'],
      [['u'], '上传收案表'],
      [['Ctrl Enter'], '提交正在填写的收案'],
    ],
  },
  {
    title: '打开的一件',
    lines: [
      [['1', '2', '3'], '选择问题的回答：是、否、不知道'],
      [['Enter'], '确认所选的回答；答完自动到下一件'],
      [['j', 'k'], '下一件、上一件'],
      [['e'], '更正'],
      [['h'], '指定分案或者变更承办人'],
      [['c'], '认领'],
      [['d'], '下载告知书'],
      [['Esc'], '收回所选的回答；没有选就关闭，回到列表'],
    ],
  },
  { title: '随时', lines: [[['?'], '打开这张表']] },
];

/** All keys of a desk in one place; those of the filing desk where none are given. */
export function KeyList({
  groups = FILING_KEYS,
  onClose,
}: {
  readonly groups?: readonly KeyGroup[];
  readonly onClose: () => void;
}) {
  return (
    <Dialog title="快捷键" width={640} onClose={onClose}>
      <div className={styles.groups}>
        {groups.map(({ title, lines }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {lines.map(([keys, what]) => (
                <div key={what}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.note}>在输入框里打字、用输入法选字的时候，这些键不起作用。</p>
    </Dialog>
  );
}
