import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type StepAction, URGENCIES } from '../../app/release-ports.js';
import type { ReleaseDetail, ReleaseRow } from '../../app/releases/release-views.js';
import type { FileChange } from '../../core/releases/draft-files.js';
import type { Standing } from '../../core/releases/line.js';
import type { RuleFile } from '../../core/rules/source.js';
import { CliFailure } from './failure.js';

const WORDS: Readonly<Record<Standing, string>> = {
  proposed: '已提出',
  approved: '已批准',
  scheduled: '已排期',
  in_force: '有效',
  superseded: '已被取代',
  rejected: '已退回',
  withdrawn: '已撤回',
  cancelled: '已取消',
};
const STEPS: Readonly<Record<StepAction, string>> = {
  registered: '登记规则目录',
  proposed: '提出',
  approved: '批准',
  scheduled: '排期',
  rejected: '退回',
  withdrawn: '撤回',
  cancelled: '取消',
  reviewed: '事后复核',
};
const CHANGES: Readonly<Record<FileChange, string>> = { added: '新增', changed: '改动', removed: '删去' };
const MINUTE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
const courtTime = (instant: string): string => MINUTE.format(new Date(instant));

/** A release as lists of it are printed, from the installation or from the running service. */
export type Listed = Pick<
  ReleaseRow,
  'number' | 'standing' | 'effectiveOn' | 'title' | 'proposedBy' | 'approvedBy' | 'digest'
>;
export type Shown = Listed & Pick<ReleaseDetail, 'note' | 'steps' | 'changes'>;

/** One line for each release, the latest first. */
export const releaseList = (items: readonly Listed[]): string =>
  items
    .map(({ number, standing, effectiveOn, title, proposedBy, approvedBy, digest }) => {
      const who = [proposedBy?.name ?? '规则目录', approvedBy?.name].filter(Boolean).join('、');
      return `${number}\t${WORDS[standing]}\t${effectiveOn ?? '-'}\t${title}\t${who}\t${digest.slice(0, 12)}\n`;
    })
    .join('');

/** A release with its steps and the files that it changes. */
export const releasePage = ({ number, title, standing, effectiveOn, note, digest, steps, changes }: Shown): string =>
  [
    `第 ${number} 号  ${title}  ${WORDS[standing]}  施行 ${effectiveOn ?? '未定'}`,
    note,
    `摘要 ${digest}`,
    ...steps.map(
      ({ action, by, at, reason }) => `${courtTime(at)}\t${STEPS[action]}\t${by?.name ?? '系统'}\t${reason}`,
    ),
    ...changes.map(({ path, change }) => `${CHANGES[change]}\t${path}`),
    '',
  ].join('\n');

/** How it stands once somebody has acted. */
export const releaseNow = ({
  number,
  standing,
  effectiveOn,
}: Pick<Listed, 'number' | 'standing' | 'effectiveOn'>): string =>
  `第 ${number} 号发布现在是“${WORDS[standing]}”${effectiveOn ? `，施行 ${effectiveOn}` : ''}\n`;

/** Writes the files of a release. @throws CliFailure where the folder holds anything */
export function writeRelease(folder: string, files: readonly RuleFile[]): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new CliFailure(`目录 ${folder} 不是空的；请换一个`);
  for (const { path, text } of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  process.stderr.write(`已把 ${files.length} 个规则文件写到 ${folder}\n`);
}

/** @throws CliFailure where whoever acts has not given it */
export function ownPassword(): string {
  const password = process.env.SHOUZE_PASSWORD;
  if (password === undefined || password === '')
    throw new CliFailure('请把本人的密码放在环境变量 SHOUZE_PASSWORD 里；规则发布由本人办理，不能代签');
  return password;
}

/** A ground makes it an emergency. */
export const termsOf = ({ ground, reason }: { readonly ground?: string; readonly reason: string }) => ({
  urgency: URGENCIES[ground === undefined ? 0 : 1],
  reason,
  ...(ground !== undefined && { ground }),
});

export const proposedText = (number: number, files: number): string =>
  `已提出第 ${number} 号发布，改动 ${files} 个文件；请另一名规则审批人批准\n`;

export const rolledBackText = (next: number, number: number): string =>
  `已提出第 ${next} 号发布：回退到第 ${number} 号；请另一名规则审批人批准\n`;
