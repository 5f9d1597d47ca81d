import type { Command } from 'commander';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { parseArticles } from '../../core/routing/lawbook.js';
import { type CheckReport, checkRules } from '../../core/rules/check.js';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { type Problem, Problems } from '../../core/rules/source.js';
import { readArticles } from '../files/rule-files.js';
import { dateArgument } from './deadline.js';
import { EXIT } from './failure.js';
import { buildFrom, formatProblem, rulesArgument } from './library.js';

interface Options {
  on?: PlainDate;
}

async function checkFolder(
  folder: string,
  on: PlainDate,
): Promise<{ problems: readonly Problem[]; report?: CheckReport }> {
  const problems = new Problems();
  const lawbook = buildFrom(folder, problems);
  if (problems.list.length > 0 || !lawbook) return { problems: problems.list };
  const articles = parseArticles(readArticles(folder));
  const report = await checkRules({ book: lawbook.book, articles, date: on, engine: jsonRulesEngine });
  return { problems: report.problems, report };
}

export function addRules(program: Command, today: () => PlainDate): void {
  const rules = program
    .command('rules')
    .summary('检查规则文件、运行规则示例 / check rule files, run their examples')
    .description('检查和试运行规则文件。\nChecks rule files and runs the examples that stand in them.');
  rules
    .command('check')
    .addArgument(rulesArgument())
    .summary('报告规则文件的全部问题 / report every problem')
    .description('报告规则文件的全部问题:文件、行、列、规则、哪里不对、怎样才对。没有问题时退出码 0,有问题时 1。')
    .option('--on <日期>', '按哪一天有效的规则检查 / rules in force on this day', dateArgument)
    .addHelpText('after', '\n例 / Examples:\n  shouze rules check\n  shouze rules check my-rules --on 2026-01-01')
    .action(async (folder: string, options: Options) => {
      const { problems, report } = await checkFolder(folder, options.on ?? today());
      for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
      const counted = report ? `${report.cards} 条规则,${report.examples.length} 个示例` : '规则文件';
      process.stderr.write(
        problems.length === 0 ? `没有问题:${counted}\n` : `${counted}中有 ${problems.length} 处问题\n`,
      );
      process.exitCode = problems.length === 0 ? EXIT.ok : EXIT.invalid;
    });
  rules
    .command('test')
    .addArgument(rulesArgument())
    .summary('运行规则文件里的示例 / run the examples in the rule files')
    .description('用两个求值器运行规则文件里的全部示例。全部通过时退出码 0,有一个不通过时 1。')
    .option('--on <日期>', '按哪一天有效的规则运行 / rules in force on this day', dateArgument)
    .option('--verbose', '逐个列出 / list every example')
    .addHelpText('after', '\n例 / Examples:\n  shouze rules test\n  shouze rules test --verbose')
    .action(async (folder: string, options: Options & { verbose?: true }) => {
      const { problems, report } = await checkFolder(folder, options.on ?? today());
      if (!report) {
        for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
        process.exitCode = EXIT.invalid;
        return;
      }
      const failed = report.examples.filter((example) => !example.passed);
      for (const example of options.verbose ? report.examples : failed) {
        const { place, card, name, passed, message } = example;
        process.stdout.write(
          `${passed ? '通过' : '不过'} ${card} ${name}${passed ? '' : ` —— ${message}`} (${place.file}:${place.line})\n`,
        );
      }
      process.stderr.write(
        `示例 ${report.examples.length} 个,通过 ${report.examples.length - failed.length},不过 ${failed.length}\n`,
      );
      process.exitCode = failed.length === 0 ? EXIT.ok : EXIT.invalid;
    });
}
