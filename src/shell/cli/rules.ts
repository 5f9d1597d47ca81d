import type { Command } from 'commander';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { dateArgument, rulesArgument } from './arguments.js';

interface Options {
  on?: PlainDate;
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
      const { runRulesCheck } = await import('./run-rules.js');
      await runRulesCheck(folder, options.on ?? today());
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
      const { runRulesTest } = await import('./run-rules.js');
      await runRulesTest(folder, options.on ?? today(), options.verbose === true);
    });
}
