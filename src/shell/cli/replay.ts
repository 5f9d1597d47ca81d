import type { Command } from 'commander';
import { rulesOption } from './arguments.js';

export function addReplay(program: Command): void {
  program
    .command('replay')
    .argument('<决定文件>', 'shouze route --format json 的输出 / decisions as JSON')
    .summary('重算已有的决定并比对摘要 / decide again and compare digests')
    .description(
      '只凭决定自带的卷宗记录、规则目录和种子重新计算每一件,逐字节比对。全部相同时退出码 0,否则 1。\nDecides each case again from its own record and compares digests.',
    )
    .addOption(rulesOption('作出决定时的规则目录 / the rules of that time'))
    .addHelpText(
      'after',
      '\n例 / Examples:\n  shouze replay 决定.json\n  shouze replay 决定.json --rules rules-2026-03',
    )
    .action(async (path: string, options: { rules: string }) => {
      const { runReplay } = await import('./run-replay.js');
      await runReplay(path, options);
    });
}
