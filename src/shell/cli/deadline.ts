import { type Command, InvalidArgumentError, Option } from 'commander';
import { type PlainDate, parsePlainDate } from '../../core/kernel/plain-date.js';
import { buildCalendar } from '../../core/law/calendar.js';
import { countPeriod, LONGEST_PERIOD, type PeriodMatter, type PeriodUnit } from '../../core/law/period.js';
import { readRuleFiles } from '../files/rule-files.js';
import { CliFailure } from './failure.js';
import { rulesOption } from './library.js';

interface Options {
  from: PlainDate;
  days?: number;
  workingDays?: number;
  months?: number;
  matter: PeriodMatter;
  custody?: true;
  rules: string;
}

export function dateArgument(text: string): PlainDate {
  const date = parsePlainDate(text);
  if (date === undefined) throw new InvalidArgumentError(`“${text}”不是日期,请写成 2026-03-09 这样存在的一天`);
  return date;
}

const lengthArgument =
  (unit: PeriodUnit) =>
  (text: string): number => {
    const length = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
    if (length >= 1 && length <= LONGEST_PERIOD[unit]) return length;
    throw new InvalidArgumentError(`期间长度“${text}”应当是 1 到 ${LONGEST_PERIOD[unit]} 的整数`);
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
        .argParser(lengthArgument('day'))
        .conflicts(['workingDays', 'months']),
    )
    .addOption(
      new Option('--working-days <N>', '工作日 / working days')
        .argParser(lengthArgument('working_day'))
        .conflicts('months'),
    )
    .addOption(new Option('--months <N>', '月 / months').argParser(lengthArgument('month')))
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
    .action((options: Options) => {
      const given = [
        { unit: 'day' as const, length: options.days },
        { unit: 'working_day' as const, length: options.workingDays },
        { unit: 'month' as const, length: options.months },
      ].find((each) => each.length !== undefined);
      if (given?.length === undefined) throw new CliFailure('请用 --days、--working-days 或者 --months 指定期间长度');
      if (options.custody && options.matter !== 'criminal')
        throw new CliFailure('--custody 只用于刑事期间,请同时写 --matter criminal');
      const files = readRuleFiles(options.rules).filter((file) => file.path.startsWith('calendars/'));
      const calendar = buildCalendar(files.map(({ path, text }) => ({ file: path, text })));
      if (!calendar.ok) {
        throw new CliFailure(calendar.error.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'));
      }
      const { from, due, rolled, provisional } = countPeriod(
        {
          from: options.from,
          length: given.length,
          unit: given.unit,
          matter: options.matter,
          custody: options.custody ?? false,
          roll: true,
        },
        calendar.value,
      );
      process.stdout.write(`${JSON.stringify({ from, due, rolled, provisional, calendar: calendar.value.version })}\n`);
    });
}
