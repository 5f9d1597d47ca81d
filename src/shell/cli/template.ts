import type { Command } from 'commander';
import { rulesOption } from './arguments.js';

export function addTemplate(program: Command): void {
  program
    .command('template')
    .argument('<文件>', 'xlsx 或者 csv / .xlsx or .csv')
    .summary('生成收案表模板 / write the filing template')
    .description(
      '生成一份收案表模板(带填写说明、下拉选项和两件示例收案)。\nWrites a template for filings with drop-downs and two examples.',
    )
    .addOption(rulesOption())
    .addHelpText('after', '\n例 / Examples:\n  shouze template filings.xlsx\n  shouze template 收案.csv')
    .action(async (path: string, options: { rules: string }) => {
      const { runTemplate } = await import('./run-template.js');
      await runTemplate(path, options);
    });
}
