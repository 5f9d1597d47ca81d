import { type Command, Option } from 'commander';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { dateArgument, rulesArgument } from './arguments.js';
import { addRulesRelease } from './rules-release.js';
import { REPORT_FORMATS, type ReportFormat } from './rules-report.js';
import type { DiffOptions } from './run-rules-diff.js';
import { withService } from './service-options.js';

interface Options {
  on?: PlainDate;
}

export function addRules(program: Command, today: () => PlainDate): void {
  const rules = program
    .command('rules')
    .summary('检查规则文件、运行示例、比较版本、写成书 / check, test, compare, write a book')
    .description(
      '检查和试运行规则文件,写成可以翻阅的书。\nChecks rule files, runs the examples that stand in them, writes them as a book.',
    );
  rules
    .command('check')
    .addArgument(rulesArgument())
    .summary('报告规则文件的全部问题 / report every problem')
    .description('报告规则文件的全部问题:文件、行、列、规则、哪里不对、怎样才对。没有问题时退出码 0,有问题时 1。')
    .option('--on <日期>', '按哪一天有效的规则检查 / rules in force on this day', dateArgument)
    .addOption(
      new Option('--format <格式>', '文字、JSON 或者 SARIF 2.1.0(编辑器、代码平台用)')
        .choices(REPORT_FORMATS)
        .default('text'),
    )
    .option('--out <文件>', '写到文件,不打印 / write the report to a file')
    .addHelpText(
      'after',
      '\n例 / Examples:\n  shouze rules check\n  shouze rules check my-rules --on 2026-01-01\n  shouze rules check --format sarif --out 规则检查.sarif',
    )
    .action(async (folder: string, options: Options & { format: ReportFormat; out?: string }) => {
      const { runRulesCheck } = await import('./run-rules.js');
      await runRulesCheck(folder, options.on ?? today(), options);
    });
  rules
    .command('test')
    .addArgument(rulesArgument())
    .summary('运行规则文件里的示例 / run the examples in the rule files')
    .description(
      '用两个求值器运行规则文件里的全部示例,并算出条件覆盖(MC/DC):每一处条件,符合时、不符合时,各有没有一个示例显示结果由它决定。缺的列出可以加的示例;待确认的示例照样运行,不算数。全部通过、国家规则覆盖 100% 时退出码 0,否则 1。',
    )
    .option('--on <日期>', '按哪一天有效的规则运行 / rules in force on this day', dateArgument)
    .option('--verbose', '逐个列出 / list every example')
    .option(
      '--propose <规则文件>',
      '把缺的示例写进这个规则文件,标明「待确认」 / write proposed examples into a rule file',
    )
    .addHelpText(
      'after',
      '\n例 / Examples:\n  shouze rules test\n  shouze rules test --verbose\n  shouze rules test my-rules --propose my-rules/national/civil/procedure.yaml',
    )
    .action(async (folder: string, options: Options & { verbose?: true; propose?: string }) => {
      const { runRulesTest } = await import('./run-rules-test.js');
      await runRulesTest(folder, options.on ?? today(), options);
    });
  rules
    .command('schema')
    .addArgument(rulesArgument())
    .summary('规则文件的 JSON Schema,给编辑器用 / JSON Schema of rule files for editors')
    .description(
      '由词汇表写出规则文件的 JSON Schema(draft-07):键、事实、运算、取值都有提示和说明。\n在规则文件第一行写「# yaml-language-server: $schema=路径」,支持它的编辑器就会用。',
    )
    .option('--out <文件>', '写到文件,不打印 / write to a file')
    .addHelpText('after', '\n例 / Examples:\n  shouze rules schema --out rule-file.schema.json')
    .action(async (folder: string, { out }: { out?: string }) => {
      const { runRulesSchema } = await import('./run-rules-schema.js');
      await runRulesSchema(folder, out);
    });
  withService(rules.command('diff'), { remote: false })
    .argument('<旧版本>', '规则目录、git:版本、release:编号 / folder, git:revision, release:number')
    .argument('[新版本]', '同上;不写就是 --rules 的目录 / same; the rules folder if left out')
    .summary('两个版本之间,哪些案件的结论会变 / which cases a change touches')
    .description(
      '逐个法院、逐日、逐层比较两个版本:列出结论改变的全部案件的范围和一个例子,并证明范围以外没有一个案件改变;情形太多证明不了的,写明不知道。\n什么都没有改变时退出码 0,有改变或者有要人核对的文件时 1。',
    )
    .addOption(new Option('--format <格式>', '文字或者 JSON').choices(['text', 'json']).default('text'))
    .option('--out <文件>', '写到文件,不打印 / write to a file')
    .addHelpText(
      'after',
      '\n例 / Examples:\n  shouze rules diff git:HEAD\n  shouze rules diff rules my-rules\n  shouze rules diff release:1 release:2\n  shouze rules diff git:v1 git:v2 --rules rules --format json',
    )
    .action(async (before: string, after: string | undefined, options: DiffOptions) => {
      const { runRulesDiff } = await import('./run-rules-diff.js');
      await runRulesDiff(before, after, options);
    });
  rules
    .command('book')
    .addArgument(rulesArgument())
    .summary('把规则写成一本可以翻阅的书 / write the rules as a book')
    .description(
      '把规则写成 HTML 书:每条规则旁边是依据的条文全文,还有参数表、流程图、条文索引、示例和核实情况。\n用浏览器打开目录里的 index.html,可以打印。',
    )
    .requiredOption('--out <目录>', '写到哪个文件夹,没有就新建 / folder')
    .option('--court <代字>', '只写本院适用的规则 / rules of one court')
    .option('--on <日期>', '施行情况以哪一天为准 / as of this day', dateArgument)
    .option('--force', '文件夹里有别的文件也写入 / even where other files are')
    .addHelpText(
      'after',
      '\n例 / Examples:\n  shouze rules book --out 规则书\n  shouze rules book my-rules --out book --court 川1599 --on 2026-01-01',
    )
    .action(async (folder: string, options: Options & { out: string; court?: string; force?: true }) => {
      const { runRulesBook } = await import('./run-book.js');
      const { out, court, on = today(), force = false } = options;
      await runRulesBook(folder, { out, on, force, ...(court !== undefined && { court }) });
    });
  addRulesRelease(rules);
}
