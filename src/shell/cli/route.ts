import { type Command, Option } from 'commander';
import { dateArgument, rulesOption, seedArgument } from './arguments.js';
import type { RouteOptions } from './run-route.js';

export function addRoute(program: Command): void {
  program
    .command('route')
    .argument('<收案文件>', 'json、csv(UTF-8 或 GB18030)、xlsx / the filings')
    .summary('分案:收案进,决定出 / route filings')
    .description(
      '对一批收案逐件作出分案决定:程序、审判组织、承办人、关联案件、不得承办的人、抽签、期限和依据。不需要数据库。\nRoutes a batch of filings without any database. JSON goes to stdout and nothing else does.',
    )
    .requiredOption('--docket <案卷>', '法院案卷 JSON / the court as it stands')
    .addOption(rulesOption())
    .option('--on <日期>', '立案和分案日;不写就是各件的收案日 / day of docketing and assignment', dateArgument)
    .option('--seed <十六进制>', '抽签种子;不写就随机生成并写进决定 / seed of the draw', seedArgument)
    .addOption(
      new Option('--format <格式>', '输出格式;不写时按 --out 的扩展名,再不然 json').choices([
        'json',
        'table',
        'csv',
        'xlsx',
      ]),
    )
    .option('--out <文件>', '写到文件 / write to a file')
    .addHelpText(
      'after',
      `
例 / Examples:
  shouze route filings.xlsx --docket docket.json --format table
  shouze route filings.csv --docket docket.json --out 分案结果.xlsx
  shouze route filings.json --docket docket.json --seed 00ff --out 决定.json
退出码:0 每件都已分案或者待人工;1 至少一件有误;2 文件读不出来`,
    )
    .action(async (path: string, options: RouteOptions) => {
      const { runRoute } = await import('./run-route.js');
      await runRoute(path, options);
    });
}
