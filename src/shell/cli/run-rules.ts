import { flowCitations } from '../../core/flows/flows-of.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { parseArticles } from '../../core/routing/lawbook.js';
import { type CheckReport, checkRules } from '../../core/rules/check.js';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { Evaluator } from '../../core/rules/evaluate.js';
import { type Problem, Problems } from '../../core/rules/source.js';
import { checkRulings } from '../../core/rulings/check-rulings.js';
import { readArticles } from '../files/rule-files.js';
import { EXIT } from './failure.js';
import { buildFrom, formatProblem } from './library.js';

interface FolderReport {
  readonly problems: readonly Problem[];
  /** Rulings that the rules contradict as their files say. */
  readonly pending: readonly Problem[];
  /** Undefined where the rules could not be read. */
  readonly report?: Pick<CheckReport, 'examples'>;
  readonly counted: string;
}

async function checkFolder(folder: string, on: PlainDate): Promise<FolderReport> {
  const unread = new Problems();
  const lawbook = buildFrom(folder, unread);
  if (unread.list.length > 0 || !lawbook) return { problems: unread.list, pending: [], counted: '规则文件' };
  const articles = parseArticles(readArticles(folder));
  const report = await checkRules({ book: lawbook.book, articles, date: on, engine: jsonRulesEngine });
  const rulings = await checkRulings(lawbook, on, new Evaluator(jsonRulesEngine));
  const { flows, adjustments, ladders } = lawbook;
  const examples = [...report.examples, ...rulings.examples];
  const counts = [
    `${report.cards} 条规则`,
    `${report.examples.length} 个示例`,
    `${flows.length} 个流程`,
    `${adjustments.length} 项期限变更`,
    `${ladders.length} 个催办办法`,
    ...(rulings.examples.length > 0 ? [`${rulings.examples.length} 项复核认定`] : []),
  ];
  return {
    problems: [...report.problems, ...flowCitations(lawbook, articles), ...rulings.problems],
    pending: rulings.pending,
    report: { examples },
    counted: counts.join(','),
  };
}

/** Reports every problem of the rule files; rulings that the rules are known to contradict are told and do not fail it. */
export async function runRulesCheck(folder: string, on: PlainDate): Promise<void> {
  const { problems, pending, counted } = await checkFolder(folder, on);
  for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
  for (const remark of pending) process.stderr.write(`${formatProblem(remark)}\n`);
  process.stderr.write(problems.length === 0 ? `没有问题:${counted}\n` : `${counted}中有 ${problems.length} 处问题\n`);
  if (pending.length > 0) process.stderr.write(`另有 ${pending.length} 项复核认定与规则不一致,待处理\n`);
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
      `${passed ? '通过' : '不过'} ${card} ${name}${message === '' ? '' : ` —— ${message}`} (${place.file}:${place.line})\n`,
    );
  }
  process.stderr.write(
    `示例 ${report.examples.length} 个,通过 ${report.examples.length - failed.length},不过 ${failed.length}\n`,
  );
  process.exitCode = failed.length === 0 ? EXIT.ok : EXIT.invalid;
}
