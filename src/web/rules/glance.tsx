import Button from 'antd/es/button';
import type { ReactNode } from 'react';
import { messageOf } from '../api/problem.js';
import type { DraftView, RuleDiff } from '../api/types.js';
import styles from './glance.module.css';
import type { UnsavedTexts } from './unsaved.js';
import type { LiveCheck } from './use-draft-check.js';
import { useDraftDiff } from './use-draft-diff.js';

interface GlanceProps {
  readonly draft: DraftView;
  readonly check: LiveCheck;
  readonly unsaved: UnsavedTexts;
  readonly onProblem: () => void;
  /** The act that comes next, and why it cannot be done yet. */
  readonly children: ReactNode;
}

function Cell({
  title,
  tone,
  children,
}: {
  readonly title: string;
  readonly tone: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div className={tone === undefined ? styles.cell : `${styles.cell} ${tone}`}>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Wrong({ check, onProblem }: Pick<GlanceProps, 'check' | 'onProblem'>) {
  const { report, isUnderWay, error, again } = check;
  if (error !== null && !isUnderWay) {
    return (
      <>
        没有查成：{messageOf(error)}{' '}
        <Button size="small" onClick={again}>
          再查一次
        </Button>
      </>
    );
  }
  if (report === undefined) return <>正在检查…</>;
  const { problems, failedExamples, counts } = report;
  const after = isUnderWay ? '（正在检查新的内容…）' : '';
  if (problems.length > 0) {
    return (
      <>
        <Button size="small" danger onClick={onProblem} aria-keyshortcuts="p">
          {problems.length} 处问题 <kbd aria-hidden>p</kbd>
        </Button>
        {failedExamples > 0 && ` 示例 ${failedExamples} 个不过`}
        {after}
        <span className={styles.first}>{problems[0]?.message}</span>
      </>
    );
  }
  return (
    <>
      没有问题
      {counts !== null && `：${counts.cards} 条规则，示例 ${counts.examples} 个全部通过`}
      {after}
    </>
  );
}

function Changed({ draft, unsaved }: Pick<GlanceProps, 'draft' | 'unsaved'>) {
  const count = (change: string): number => draft.files.filter((file) => file.change === change).length;
  const parts = [
    [count('changed'), '改动'],
    [count('added'), '新增'],
    [count('removed'), '删除'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, word]) => `${word} ${number} 个文件`);
  const isChanged = told.length > 0 || unsaved.size > 0;
  const diff = useDraftDiff(draft, unsaved, isChanged).data?.diff;
  return (
    <>
      {told.join('，') || (unsaved.size === 0 && '还没有改动')}
      {unsaved.size > 0 && <em className={styles.unsaved}>{unsaved.size} 个文件没有保存</em>}
      {isChanged && diff && <span className={styles.first}>{reachText(diff)}</span>}
    </>
  );
}

/** 1 类案件结果会变：简易程序 → 小额诉讼程序. */
function reachText({ changes, unknown, files }: NonNullable<RuleDiff>): string {
  const [first] = changes;
  const more =
    unknown.length > 0 ? '，还有情形没有算出来' : files.every(({ isProved }) => isProved) ? '' : '，有的要由人看';
  if (first === undefined) return `按规则卡算，没有案件结果会变${more}`;
  const others = changes.length > 1 ? '等' : '';
  return `${changes.length} 类案件结果会变：${first.before} → ${first.after}${others}${more}`;
}

/** In one glance: what is wrong, what it changes, who must agree. */
export function Glance({ draft, check, unsaved, onProblem, children }: GlanceProps) {
  const { report, error } = check;
  const isWrong = error !== null || (report !== undefined && !report.isSound);
  return (
    <dl className={styles.glance} aria-label="一眼看清">
      <Cell title="哪里不对" tone={isWrong ? styles.wrong : report === undefined ? undefined : styles.good}>
        <span role="status">
          <Wrong check={check} onProblem={onProblem} />
        </span>
      </Cell>
      <Cell title="改了什么" tone={undefined}>
        <Changed draft={draft} unsaved={unsaved} />
      </Cell>
      <Cell title="谁来同意" tone={undefined}>
        {children}
      </Cell>
    </dl>
  );
}
