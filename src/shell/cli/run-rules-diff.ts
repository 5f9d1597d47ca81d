import { existsSync } from 'node:fs';
import { diffRuleFiles, isSettled } from '../../core/checking/diff-lawbooks.js';
import type { RuleFile } from '../../core/rules/source.js';
import { RuleFilesError } from '../files/rule-files.js';
import { readRulesAtRevision } from '../files/rules-at-revision.js';
import { CliFailure, EXIT, firstOf } from './failure.js';
import { formatProblem } from './library.js';
import { deliver } from './output.js';
import { readRuleFolder } from './rule-folder.js';
import { filesOfRelease } from './run-release.js';
import type { ServiceOptions } from './service-options.js';
import { showDiff } from './show-diff.js';

export interface DiffOptions extends ServiceOptions {
  readonly format: 'text' | 'json';
  readonly out?: string;
}

const REVISION = /^git:(.+)$/;
const RELEASE = /^release:([1-9]\d{0,8})$/;

/** The files of a version: a folder, `git:` and a revision of the rules folder, or `release:` and the number of a release. */
async function readVersion(version: string, options: DiffOptions): Promise<readonly RuleFile[]> {
  const { rules } = options;
  const release = RELEASE.exec(version)?.[1];
  if (release !== undefined) return filesOfRelease(Number(release), options);
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
    throw new CliFailure(
      `没有「${version}」这个目录；git 版本写成 git:版本，例如 git:HEAD；发布写成 release:编号，例如 release:3`,
    );
  }
  return readRuleFolder(version);
}

/** Tells which cases come out otherwise under the second version, and proves that no others do. */
export async function runRulesDiff(before: string, after: string | undefined, options: DiffOptions): Promise<void> {
  const { rules, format, out } = options;
  const older = await readVersion(before, options);
  const newer = after === undefined ? readRuleFolder(rules) : await readVersion(after, options);
  const diff = diffRuleFiles(older, newer);
  if ('problems' in diff) {
    const which = diff.side === 'before' ? before : (after ?? rules);
    const head = `「${which}」有 ${diff.problems.length} 处不能用，改正后才能比较：`;
    throw new CliFailure([head, ...firstOf(diff.problems.map(formatProblem))].join('\n'));
  }
  await deliver([format === 'json' ? `${JSON.stringify(diff, undefined, 2)}\n` : showDiff(diff)], out);
  process.exitCode = isSettled(diff) ? EXIT.ok : EXIT.invalid;
}
