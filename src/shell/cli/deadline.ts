import { type Command, InvalidArgumentError, Option } from 'commander';
import { dateArgument, rulesOption } from './arguments.js';
import type { DeadlineOptions } from './run-deadline.js';

/** Longest period that is counted: a century of days or months. */
const LONGEST = { days: 36_500, months: 1_200 } as const;

const lengthArgument =
  (longest: number) =>
  (text: string): number => {
    const length = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
    if (length >= 1 && length <= longest) return length;
    throw new InvalidArgumentError(`期间长度“${text}”应当是 1 到 ${longest} 的整数`);
  };

export function addDeadline(program: Command): void {
  program
    .command('deadline')
    .summary('计算一个期间的届满日 / count one period')
    .description(
      '计算期间届满日:开始之日不计入,末日遇法定休假日顺延,调休上班日是工作日。\nCounts a period: the first day is not counted, a last day that is a rest day rolls on.',
    )
    .requiredOption('--from <日期>', '起算日(不计入)/ the day that is not counted', dateArgument)
    .addOption(
      new Option('--days <N>', '日 / calendar days')
        .argParser(lengthArgument(LONGEST.days))
        .conflicts(['workingDays', 'months']),
    )
    .addOption(
      new Option('--working-days <N>', '工作日 / working days')
        .argParser(lengthArgument(LONGEST.days))
        .conflicts('months'),
    )
    .addOption(new Option('--months <N>', '月 / months').argParser(lengthArgument(LONGEST.months)))
    .addOption(
      new Option('--matter <类别>', '案件类别 / matter')
        .choices(['civil', 'criminal', 'administrative'])
        .default('civil'),
    )
    .option('--custody', '羁押期限:不因节假日顺延 / custody limits never roll')
    .addOption(rulesOption('规则目录(取其中的 calendars)/ rules folder'))
    .addHelpText(
      'after',
      `
例 / Examples:
  shouze deadline --from 2026-03-09 --days 5                    → 2026-03-16(03-14 是星期六,顺延)
  shouze deadline --from 2026-02-28 --months 1 --matter criminal → 2026-03-31(刑事:月末起算到月末)
  shouze deadline --from 2026-12-30 --days 7                    → provisional: 2027 年放假安排尚未公布`,
    )
    .action(async (options: DeadlineOptions) => {
      const { runDeadline } = await import('./run-deadline.js');
      runDeadline(options);
    });
}
