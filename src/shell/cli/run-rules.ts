import { flowCitations } from '../../core/flows/flows-of.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { parseArticles } from '../../core/routing/lawbook.js';
import { type CheckReport, checkRules } from '../../core/rules/check.js';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { type Problem, Problems } from '../../core/rules/source.js';
import { readArticles } from '../files/rule-files.js';
import { EXIT } from './failure.js';
import { buildFrom, formatProblem } from './library.js';

async function checkFolder(
  folder: string,
  on: PlainDate,
): Promise<{ problems: readonly Problem[]; report?: CheckReport; counts?: { flows: number; adjustments: number } }> {
  const problems = new Problems();
  const lawbook = buildFrom(folder, problems);
  if (problems.list.length > 0 || !lawbook) return { problems: problems.list };
  const articles = parseArticles(readArticles(folder));
  const report = await checkRules({ book: lawbook.book, articles, date: on, engine: jsonRulesEngine });
  const problemsOfFlows = flowCitations(lawbook, articles);
  const { flows, adjustments } = lawbook;
  const counts = { flows: flows.length, adjustments: adjustments.length };
  return { problems: [...report.problems, ...problemsOfFlows], report, counts };
}

/** Reports every problem of the rule files. */
export async function runRulesCheck(folder: string, on: PlainDate): Promise<void> {
  const { problems, report, counts } = await checkFolder(folder, on);
  for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
  const counted = report
    ? `${report.cards} 条规则,${report.examples.length} 个示例,${counts?.flows} 个流程,${counts?.adjustments} 项期限变更`
    : '规则文件';
  process.stderr.write(problems.length === 0 ? `没有问题:${counted}\n` : `${counted}中有 ${problems.length} 处问题\n`);
  process.exitCode = problems.length === 0 ? EXIT.ok : EXIT.invalid;
}

/** Runs the examples that stand in the rule files. */
export async function runRulesTest(folder: string, on: PlainDate, verbose: boolean): Promise<void> {
  const { problems, report } = await checkFolder(folder, on);
  if (!report) {
    for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
    process.exitCode = EXIT.invalid;
    return;
  }
  const failed = report.examples.filter((example) => !example.passed);
  for (const example of verbose ? report.examples : failed) {
    const { place, card, name, passed, message } = example;
    process.stdout.write(
      `${passed ? '通过' : '不过'} ${card} ${name}${passed ? '' : ` —— ${message}`} (${place.file}:${place.line})\n`,
    );
  }
  process.stderr.write(
    `示例 ${report.examples.length} 个,通过 ${report.examples.length - failed.length},不过 ${failed.length}\n`,
  );
  process.exitCode = failed.length === 0 ? EXIT.ok : EXIT.invalid;
}
