import { Command, CommanderError } from 'commander';
import { type PlainDate, plainDate } from '../../core/kernel/plain-date.js';
import { addClocks } from './clocks.js';
import { addDeadline } from './deadline.js';
import { addExplain } from './explain.js';
import { CliFailure, EXIT } from './failure.js';
import { addExport, addImport } from './import.js';
import { addRelated } from './related.js';
import { addReplay } from './replay.js';
import { addRoute } from './route.js';
import { addRules } from './rules.js';
import { addRulings } from './rulings.js';
import { addScenario } from './scenario.js';
import { addServe } from './serve.js';
import { addTemplate } from './template.js';
import { addUser } from './user.js';
import { addWorker } from './worker.js';

/** The court's own day, wherever the machine stands. */
const today = (): PlainDate =>
  plainDate(new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date()));

function buildProgram(version: string): Command {
  const program = new Command('shouze')
    .description(
      '首责:法院分案与流程引擎。收案进,可核对的分案决定出。\nRules-as-code case assignment for Chinese courts: filings in, checkable decisions out.',
    )
    .version(version, '-V, --version', '版本 / version')
    .helpOption('-h, --help', '帮助 / help')
    .helpCommand('help [命令]', '某个命令的帮助 / help on a command')
    .showHelpAfterError('(用 --help 看用法 / see --help)')
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .configureOutput({ outputError: (text, write) => write(inChinese(text)) })
    .addHelpText(
      'after',
      `
退出码 / exit status: 0 全部已分案或者待人工;1 有收案有误(或者检查、比对不过);2 输入读不出来
例 / Examples:
  shouze template filings.xlsx                                        生成收案表模板
  shouze route filings.xlsx --docket docket.json --format table       分案,打印结果表
  shouze route filings.json --docket docket.json --out 决定.json      分案,写成可核对的决定
  shouze explain 决定.json 2026-0001                                  一件决定的中文说明
  shouze deadline --from 2026-03-09 --days 5                          算一个期间`,
    );
  addRoute(program);
  addRelated(program);
  addDeadline(program);
  addExplain(program);
  addReplay(program);
  addTemplate(program);
  addRules(program, today);
  addRulings(program);
  addScenario(program);
  addServe(program, version);
  addWorker(program, version);
  addImport(program);
  addExport(program);
  addUser(program);
  addClocks(program);
  for (const command of program.commands) settle(command);
  return program;
}

/** Subcommands made with `command()` inherit the exit override but not the help texts. */
function settle(command: Command): void {
  command.helpOption('-h, --help', '帮助 / help');
  for (const inner of command.commands) settle(inner);
}

const CHINESE: readonly (readonly [RegExp, string])[] = [
  [/error: required option '(.+?)' not specified/, '错误:缺少必填选项 $1'],
  [/error: missing required argument '(.+?)'/, '错误:缺少参数 $1'],
  [/error: unknown option '(.+?)'/, '错误:没有 $1 这个选项'],
  [/error: unknown command '(.+?)'/, '错误:没有 $1 这个命令'],
  [/error: too many arguments(?: for '(.+?)')?\..*/, '错误:参数太多;含空格的文件名要加引号'],
  [/error: option '(.+?)' argument missing/, '错误:选项 $1 后面要写值'],
  [
    /error: option '(.+?)' argument '(.+?)' is invalid\. Allowed choices are (.+?)\./,
    '错误:选项 $1 的值“$2”不对,可以是 $3',
  ],
  [/error: option '(.+?)' argument '(.+?)' is invalid\./, '错误:选项 $1 的值“$2”不对。'],
  [/error: option '(.+?)' cannot be used with option '(.+?)'/, '错误:$1 和 $2 只能用一个'],
  [/error: command-argument value '(.+?)' is invalid for argument '(.+?)'\./, '错误:参数 $2 的值“$1”不对。'],
  [/\(Did you mean (.+?)\?\)/, '(是不是 $1?)'],
];

const inChinese = (text: string): string =>
  CHINESE.reduce((result, [pattern, words]) => result.replace(pattern, words), text);

/** Runs the program. What cannot be read ends with status 2 and one message; a defect of ours shows its trace. */
export async function run(argv: readonly string[], version: string): Promise<void> {
  const program = buildProgram(version);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.ok);
    throw error;
  });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.unreadable;
    } else if (error instanceof CliFailure) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = EXIT.unreadable;
    } else throw error;
  }
}
