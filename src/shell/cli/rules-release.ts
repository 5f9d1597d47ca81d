import { type Command, InvalidArgumentError, Option } from 'commander';
import { dateArgument } from './arguments.js';
import type { DecideOptions, ProposeOptions, RollBackOptions, ShowOptions } from './release-options.js';
import { type ServiceOptions, withService } from './service-options.js';

function releaseNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('应当是发布的编号，例如 3');
  return Number(text);
}

/** Here over the data, or by the service that has it open. */
const runnerOf = ({ server }: ServiceOptions) =>
  server ? import('./run-release-remote.js') : import('./run-release.js');

export function addRulesRelease(rules: Command): void {
  const release = rules
    .command('release')
    .summary('规则发布:提出、批准、排期、回退、列出 / releases of the rules')
    .description(
      '在系统里发布规则:一人提出,另一人批准,到施行日生效。办理的人用 --as 写明自己的登录名,密码从环境变量 SHOUZE_PASSWORD 读。内置数据库的服务正在运行时加 --server。',
    )
    .addHelpText(
      'after',
      `
例 / Examples:
  shouze rules release list
  shouze rules release show 3 --export 第3号规则
  SHOUZE_PASSWORD=… shouze rules release propose my-rules --as zhang --title 调整限额 --reason 按新的通知
  SHOUZE_PASSWORD=… shouze rules release approve 3 --as li --on 2026-05-01 --reason 同意
  SHOUZE_PASSWORD=… shouze rules release rollback 2 --as zhang --reason 恢复 --ground faulty_rule`,
    );
  const as = () => new Option('--as <登录名>', '谁办理 / who acts').makeOptionMandatory();
  const reason = () => new Option('--reason <理由>', '理由 / reason').makeOptionMandatory();
  const ground = () => new Option('--ground <事由>', '紧急发布的事由;不写就是普通发布 / ground of an emergency');
  const number = ['<编号>', '第几号发布 / number', releaseNumber] as const;
  withService(release.command('list'), { remote: true })
    .summary('列出 / list')
    .description('列出全部规则发布,新的在前。')
    .action(async (options: ServiceOptions) => (await runnerOf(options)).runReleaseList(options));
  withService(release.command('show').argument(...number), { remote: true })
    .summary('看一次发布,或者导出它的规则 / show, export its rules')
    .description(
      '看一次发布的经过和改动的文件;--export 把它的全部规则文件写到一个目录,用来重算当时的决定(replay --rules)。',
    )
    .option('--export <目录>', '写到这个目录(要是空的) / write its files')
    .action(async (found: number, options: ShowOptions) => (await runnerOf(options)).runReleaseShow(found, options));
  withService(release.command('propose').argument('<目录>', '改好的规则目录 / rules folder'), { remote: true })
    .summary('提出发布 / propose')
    .description('和最后一次发布比较,把目录里改动的文件提出发布。检查不通过的不能提出。')
    .addOption(as())
    .requiredOption('--title <标题>', '标题 / title')
    .addOption(reason())
    .addOption(ground())
    .action(async (folder: string, options: ProposeOptions) =>
      (await runnerOf(options)).runReleasePropose(folder, options),
    );
  withService(release.command('approve').argument(...number), { remote: true })
    .summary('批准 / approve')
    .description('批准,并用 --on 写明施行日(晚于今天);不写的,以后再排期。紧急发布批准当日施行。')
    .addOption(as())
    .addOption(reason())
    .option('--on <日期>', '施行日 / day of effect', dateArgument)
    .action(async (found: number, options: DecideOptions) =>
      (await runnerOf(options)).runReleaseDecide(found, 'approve', options),
    );
  withService(release.command('schedule').argument(...number), { remote: true })
    .summary('排期 / schedule')
    .description('给已批准的发布定施行日。')
    .addOption(as())
    .requiredOption('--on <日期>', '施行日 / day of effect', dateArgument)
    .action(async (found: number, options: DecideOptions) =>
      (await runnerOf(options)).runReleaseDecide(found, 'schedule', options),
    );
  for (const [name, words] of [
    ['reject', '退回 / reject'],
    ['withdraw', '撤回 / withdraw'],
    ['cancel', '取消排期 / cancel'],
  ] as const) {
    withService(release.command(name).argument(...number), { remote: true })
      .summary(words)
      .description(`${words}。`)
      .addOption(as())
      .addOption(reason())
      .action(async (found: number, options: DecideOptions) =>
        (await runnerOf(options)).runReleaseDecide(found, name, options),
      );
  }
  withService(release.command('rollback').argument(...number), { remote: true })
    .summary('回退到以前的一号 / roll back')
    .description('把曾经有效的一号发布的规则作为新的发布提出,由另一人批准。')
    .addOption(as())
    .addOption(reason())
    .addOption(ground())
    .action(async (found: number, options: RollBackOptions) =>
      (await runnerOf(options)).runReleaseRollBack(found, options),
    );
}
