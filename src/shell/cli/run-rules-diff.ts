import { existsSync } from 'node:fs';
import { diffRuleFiles, isSettled, type LawbookDiff } from '../../core/checking/diff-lawbooks.js';
import type { RuleFile } from '../../core/rules/source.js';
import { RuleFilesError } from '../files/rule-files.js';
import { readRulesAtRevision } from '../files/rules-at-revision.js';
import { CliFailure, EXIT, firstOf } from './failure.js';
import { formatProblem } from './library.js';
import { deliver } from './output.js';
import { readRuleFolder } from './rule-folder.js';

export interface DiffOptions {
  readonly rules: string;
  readonly format: 'text' | 'json';
  readonly out?: string;
}

const REVISION = /^git:(.+)$/;

/** The files of a version: a folder, or `git:` and a revision of the rules folder. */
function readVersion(version: string, rules: string): RuleFile[] {
  const revision = REVISION.exec(version)?.[1];
  if (revision !== undefined) {
    try {
      return readRulesAtRevision(rules, revision);
    } catch (error) {
      if (error instanceof RuleFilesError) throw new CliFailure(error.message);
      throw error;
    }
  }
  if (!existsSync(version)) {
    throw new CliFailure(`没有「${version}」这个目录；git 版本写成 git:版本，例如 git:HEAD`);
  }
  return readRuleFolder(version);
}

/** Tells which cases come out otherwise under the second version, and proves that no others do. */
export async function runRulesDiff(before: string, after: string | undefined, options: DiffOptions): Promise<void> {
  const { rules, format, out } = options;
  const diff = diffRuleFiles(
    readVersion(before, rules),
    after === undefined ? readRuleFolder(rules) : readVersion(after, rules),
  );
  if ('problems' in diff) {
    const which = diff.side === 'before' ? before : (after ?? rules);
    const head = `「${which}」有 ${diff.problems.length} 处不能用，改正后才能比较：`;
    throw new CliFailure([head, ...firstOf(diff.problems.map(formatProblem))].join('\n'));
  }
  await deliver([format === 'json' ? `${JSON.stringify(diff, undefined, 2)}\n` : showDiff(diff)], out);
  process.exitCode = isSettled(diff) ? EXIT.ok : EXIT.invalid;
}

function showDiff({ changes, unknown, proofs, files }: LawbookDiff): string {
  const lines: string[] = [];
  if (changes.length > 0) lines.push(`结论改变的案件，${changes.length} 处：`);
  for (const [index, change] of changes.entries()) {
    lines.push(`${index + 1}. 「${change.layer}」${change.kind}：${change.before} → ${change.after}`);
    for (const where of change.where) lines.push(`   ${where}`);
    for (const box of change.region) lines.push(`   · ${box}`);
    if (change.isCut) lines.push('   · ……还有，情形太多，没有全部列出');
    lines.push(`   例如：${change.example}`);
    if (change.filing !== undefined) lines.push(`   收案：${change.filing}`);
  }
  for (const each of unknown) lines.push(`不知道有没有改变（情形太多）：${each}`);
  const rest = changes.length === 0 ? '没有一个案件的结论改变' : '除此以外，没有一个案件的结论改变';
  lines.push(unknown.length === 0 ? `${rest}（比较了 ${proofs} 项，已证明）。` : `其余的 ${proofs} 项已经比较。`);
  if (files.length > 0) lines.push(`改动的文件，${files.length} 个：`);
  for (const { file, kind, what, isProved } of files) {
    const word = { added: '新增', removed: '删去', changed: '改动' }[kind];
    lines.push(`  ${word} ${file}${isProved ? '' : '（不在逐案证明的范围里，请核对）'}`);
    for (const each of what) lines.push(`    ${each}`);
  }
  return `${lines.join('\n')}\n`;
}
