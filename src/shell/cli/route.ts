import { randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Decision } from '../../core/documents/decision.js';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { routeBatch } from '../../core/routing/batch.js';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { Evaluator } from '../../core/rules/evaluate.js';
import type { FilingRead } from '../files/assemble-filings.js';
import { readFilings } from '../files/read-table.js';
import { dateArgument } from './deadline.js';
import { loadDocket } from './docket.js';
import { EXIT, failInput } from './failure.js';
import { loadLawbook, rulesOption, tableVocabulary } from './library.js';
import { type Format, writeDecisions } from './output.js';
import { progressBar } from './progress.js';

interface Options {
  docket: string;
  rules: string;
  on?: PlainDate;
  seed?: string;
  format?: Format;
  out?: string;
}

function seedArgument(text: string): string {
  if (/^([0-9a-fA-F]{2}){1,64}$/.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('种子是十六进制字符,偶数个,最多 128 个,例如 00ff');
}

const formatOf = (options: Options): Format => {
  if (options.format) return options.format;
  const ending = /\.(json|csv|xlsx)$/i.exec(options.out ?? '')?.[1]?.toLowerCase();
  return (ending as Format | undefined) ?? 'json';
};

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
    .action(async (path: string, options: Options) => {
      const format = formatOf(options);
      const lawbook = loadLawbook(options.rules);
      const { vocabulary } = lawbook.book;
      const read = await readFilings(path, tableVocabulary(vocabulary));
      if (!read.ok) return failInput(read.error);
      const { filings, remarks } = read.value;
      for (const remark of remarks) process.stderr.write(`${path}: ${remark}\n`);
      const docket = await loadDocket(options.docket, lawbook);
      if (!lawbook.book.courts.has(docket.docket.court.code)) {
        process.stderr.write(
          `规则目录里没有“${docket.docket.court.code}”的法院目录,按默认配置采用首责模块;新建 rules/courts/<代字>-<拼音>/court.yaml 后即按该院的规则\n`,
        );
      }
      const seed = options.seed ?? randomBytes(32).toString('hex');
      const decisions = new Array<Decision>(filings.length);
      const bar = progressBar('分案', filings.length);
      let done = 0;
      const evaluator = new Evaluator(jsonRulesEngine);
      for await (const { index, decision } of routeBatch({
        filings,
        docket,
        lawbook,
        evaluator,
        seed,
        ...(options.on && { on: options.on }),
      })) {
        decisions[index] = decision;
        bar.step(++done);
      }
      bar.end();
      reportInvalid(path, filings, decisions);
      const names = new Map(docket.docket.judges.map((judge) => [judge.id, judge.name]));
      const judge = (id: string): string => (names.has(id) ? `${names.get(id)}(${id})` : id);
      await writeDecisions(decisions, format, options.out, { vocabulary, judge });
      summarise(decisions);
      process.exitCode = decisions.some(({ status }) => status === 'invalid') ? EXIT.invalid : EXIT.ok;
    });
}

/** Every error of a filing with its place in the file, on stderr. */
function reportInvalid(path: string, filings: readonly FilingRead[], decisions: readonly Decision[]): void {
  for (const [index, decision] of decisions.entries()) {
    for (const error of decision.errors ?? []) {
      const place = filings[index]?.place(error.path);
      process.stderr.write(
        `${path} ${place ?? `第${index + 1}件`} ${decision.filing} ${error.path}: ${error.message}\n`,
      );
    }
  }
}

function summarise(decisions: readonly Decision[]): void {
  const count = (status: Decision['status']): number => decisions.filter((each) => each.status === status).length;
  process.stderr.write(
    `共 ${decisions.length} 件:已分案 ${count('assigned')},待人工 ${count('needs_review')},有误 ${count('invalid')}\n`,
  );
}
