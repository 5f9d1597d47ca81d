import type { Command } from 'commander';
import { rulesOption } from './arguments.js';
import type { ScenarioOptions } from './run-scenario.js';

export function addScenario(program: Command): void {
  const scenario = program
    .command('scenario')
    .summary('剧本:按日期演一遍分案、异议和期限 / dated scenarios')
    .description(
      '按日期演一遍收案、异议、复核、回避、结案和期限届满,不需要数据库。\nPlays a dated script against a court.',
    );
  scenario
    .command('run')
    .argument('<剧本>', 'yaml / the script')
    .summary('演一个剧本 / play a script')
    .description(
      '逐步演一个剧本,输出 {"events":[…],"cases":{…}}。被拒绝的一步写明代码和原因,什么都不改变,剧本继续。\nPlays a script step by step; a refused step changes nothing and the script goes on.',
    )
    .addOption(rulesOption())
    .option('--out <文件>', '写到文件 / write to a file')
    .addHelpText(
      'after',
      `
例 / Examples:
  shouze scenario run 未发现首审.yaml
  shouze scenario run 未发现首审.yaml --rules rules --out 结果.json

剧本的写法 / A script:
  docket: docket.json
  steps:
    - on: "2026-03-09"
      file: { id: F1, court: 川1599, … }
    - on: "2026-03-11"
      object: { filing: F1, by: $owner, ground: missed_first_trial, claimedOwner: M2, reason: 系判决后追偿 }
    - on: "2026-03-12"
      decide: { filing: F1, by: 立案庭, outcome: upheld, reason: 属实体审理后衍生案件 }
  expect:
    F1: { owner: M2, objection: upheld }

退出码:0 演完,expect 全部相符;1 有一项不符;2 剧本或者案卷读不出来`,
    )
    .action(async (path: string, options: ScenarioOptions) => {
      const { runScenario } = await import('./run-scenario.js');
      await runScenario(path, options);
    });
}
