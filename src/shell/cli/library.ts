import { buildLawbook, type Lawbook } from '../../core/routing/lawbook.js';
import { type Problem, Problems } from '../../core/rules/source.js';
import { CliFailure, firstOf } from './failure.js';
import { readRuleFolder } from './rule-folder.js';

export const formatProblem = (problem: Problem): string => {
  const rule = problem.rule === undefined ? '' : ` ${problem.rule}`;
  const filing = problem.filing === undefined ? '' : `\n  收案: ${problem.filing}`;
  return `${problem.file}:${problem.line}:${problem.column}${rule}: ${problem.message} [${problem.code}]${filing}`;
};

/** Reads and builds the rules of a folder. @throws CliFailure naming every refused place (the first 20). */
export function loadLawbook(folder: string): Lawbook {
  const problems = new Problems();
  const lawbook = buildFrom(folder, problems);
  if (problems.list.length === 0 && lawbook) return lawbook;
  const head = `规则目录 ${folder} 有 ${problems.list.length} 处不能用,请改正后再试:`;
  throw new CliFailure([head, ...firstOf(problems.list.map(formatProblem))].join('\n'));
}

/** As `loadLawbook`, once however often it is asked for: only tables of filings need the rules before the docket does. */
export function lawbookOnce(folder: string): () => Lawbook {
  let loaded: Lawbook | undefined;
  return () => {
    loaded ??= loadLawbook(folder);
    return loaded;
  };
}

export const buildFrom = (folder: string, problems: Problems): Lawbook | undefined =>
  buildLawbook(readRuleFolder(folder), problems);
