import type { Command } from 'commander';
import { rulesOption } from './arguments.js';

export function addExplain(program: Command): void {
  program
    .command('explain')
    .argument('<决定文件>', 'shouze route --format json 的输出 / decisions as JSON')
    .argument('[登记号]', '只看这一件;不写就逐件列出 / one filing only')
    .summary('把决定写成看得懂的一页中文 / one decision as a page of Chinese text')
    .description(
      '把分案决定写成一页中文:程序、承办人、关联、不得承办的人、抽签、期限和依据。\nPrints decisions as readable pages.',
    )
    .addOption(rulesOption('规则目录(取词表)/ rules folder'))
    .addHelpText('after', '\n例 / Examples:\n  shouze explain 决定.json 2026-0001\n  shouze explain 决定.json | less')
    .action(async (path: string, filing: string | undefined, options: { rules: string }) => {
      const { runExplain } = await import('./run-explain.js');
      await runExplain(path, filing, options);
    });
}
