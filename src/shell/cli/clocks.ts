import { type Command, InvalidArgumentError, Option } from 'commander';
import { dateArgument } from './arguments.js';
import { type ClockExplainOptions, type ClockListOptions, withService } from './service-options.js';

const WITHIN_MAX = 3650;

function daysArgument(text: string): number {
  const days = /^(?:0|[1-9]\d{0,3})$/.test(text) ? Number(text) : -1;
  if (days >= 0 && days <= WITHIN_MAX) return days;
  throw new InvalidArgumentError(`天数“${text}”应当是 0 到 ${WITHIN_MAX} 的整数`);
}

const court = (): Option => new Option('--court <代字>', '法院代字 / code of the court').makeOptionMandatory();
const format = (): Option =>
  new Option('--format <格式>', '输出格式 / format').choices(['table', 'json']).default('table');

export function addClocks(program: Command): void {
  const clocks = program
    .command('clocks')
    .summary('查看期限：列出、到期的、怎么算的 / clocks')
    .description(
      '查看一个法院正在计算的期限：分案决定的期限和流程（异议、会商、回避……）的期限。\nClocks that run in a court: deadlines of decisions, and of objections and other flows.',
    )
    .addHelpText(
      'after',
      `
退出码 / exit status: 0 办到了；1（只有 due）有已经逾期的；2 办不了，屏幕上写明怎么办
例 / Examples:
  shouze clocks list --court 川1599 --within 3            三日内到期的，连同已经逾期的
  shouze clocks list --court 川1599 --judge M1 --server   服务正在运行时，由它代办
  shouze clocks due --court 川1599                        今天到期和已经逾期的
  shouze clocks explain 2026-0001 objection --court 川1599`,
    );
  const listing = (command: Command): Command =>
    withService(command, { remote: true })
      .addOption(court())
      .option('--judge <编号>', '只看这名法官承办或者有份的 / of one judge')
      .option('--kind <种类>', '只看一种期限，例如 objection、trial_limit / of one kind')
      .option('--on <日期>', '以哪一天为今天 / as of which day', dateArgument)
      .addOption(format());
  listing(clocks.command('list'))
    .summary('列出期限 / list')
    .description('按届满日列出期限，最早的在前；停着的在最后。/ Lists clocks by the day they are due.')
    .option('--within <天数>', '只看几日内到期的，连同已经逾期的 / due within so many days', daysArgument)
    .action(async (options: ClockListOptions) => {
      const { runClocks } = await import('./run-clocks.js');
      await runClocks(options);
    });
  listing(clocks.command('due'))
    .summary('到期和逾期的 / due')
    .description(
      '列出当天到期和已经逾期的期限；有逾期的，退出码是 1。/ What is due or late; status 1 where any is late.',
    )
    .action(async (options: ClockListOptions) => {
      const { runClocksDue } = await import('./run-clocks.js');
      await runClocksDue(options);
    });
  withService(
    clocks
      .command('explain')
      .argument('<收案>', '登记号或者收案编号 / reference or id of the filing')
      .argument('<种类>', '期限种类，见 list / kind'),
    { remote: true },
  )
    .summary('说明一个期限怎么算的 / explain')
    .description(
      '从起算之日到届满之日，一步一步说明：长度、延长、扣除、顺延、依据。\nHow one clock was counted, step by step, and on what it rests.',
    )
    .addOption(court())
    .option('--flow <代号>', '流程的期限，写流程代号，见 list / of which flow')
    .addOption(format())
    .action(async (filing: string, kind: string, options: ClockExplainOptions) => {
      const { runClockExplain } = await import('./run-clocks.js');
      await runClockExplain(filing, kind, options);
    });
}
