import type { Command } from 'commander';
import { type RulingsExportOptions, withService } from './service-options.js';

export function addRulings(program: Command): void {
  const rulings = program
    .command('rulings')
    .summary('复核认定 / what reviewers decided')
    .description('复核、会商的认定。\nWhat reviewers decided on objections.');
  withService(rulings.command('export'), { remote: true })
    .requiredOption('--court <代字>', '法院代字 / code of the court')
    .requiredOption(
      '--out <文件>',
      '写到规则目录里的文件，已有的只加新的 / file in the rules folder; what it holds stays',
    )
    .summary('把办结的异议写成规则的示例 / write decided objections as rule examples')
    .description(
      '把办结的首审异议、首执会商写成规则的示例：规则当时看得到的情形、认定的结论、规则是不是得出同样的结论。不写姓名、案号。文件已有的认定一字不动，只把新的加在最后。放在 rules/courts/<目录>/examples/rulings/ 下，shouze rules check 就会检查规则与它们是否一致。\nDecided objections as rule examples, without names; a file that exists keeps what it holds.',
    )
    .addHelpText(
      'after',
      `
例 / Examples:
  shouze rulings export --court 川1599 --out rules/courts/1599-sample/examples/rulings/2026.yaml
  shouze rulings export --court 川1599 --out 认定.yaml --server      服务正在运行时，由它代办`,
    )
    .action(async (options: RulingsExportOptions) => {
      const { runRulingsExport } = await import('./run-rulings.js');
      await runRulingsExport(options);
    });
}
