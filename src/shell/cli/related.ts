import type { Command } from 'commander';
import { rulesOption } from './arguments.js';
import type { RelatedOptions } from './run-related.js';

export function addRelated(program: Command): void {
  program
    .command('related')
    .argument('<收案文件>', '一件收案(json、csv、xlsx)/ one filing')
    .summary('一件收案的关联案件 / related cases of one filing')
    .description(
      '打印一件收案的全部关联案件,每个都带证据和分数,不分案。\nPrints the links found for one filing, each with evidence and score.',
    )
    .requiredOption('--docket <案卷>', '法院案卷 JSON / the court as it stands')
    .addOption(rulesOption())
    .option('--graph', '连同关系图 / with the ego graph')
    .addHelpText(
      'after',
      '\n例 / Examples:\n  shouze related filing.json --docket docket.json\n  shouze related filing.json --docket docket.json --graph',
    )
    .action(async (path: string, options: RelatedOptions) => {
      const { runRelated } = await import('./run-related.js');
      await runRelated(path, options);
    });
}
