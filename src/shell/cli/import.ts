import type { Command } from 'commander';
import { type ExportOptions, type ServiceOptions, withService } from './service-options.js';

export function addImport(program: Command): void {
  withService(program.command('import'), { remote: true })
    .argument('<案卷>', '法院案卷 JSON / a docket')
    .summary('把案卷导入数据库 / import a docket')
    .description(
      '把一个法院的案卷（法院、部门、法官、参数、案件）导入数据库：新的案件加入，变了的更新，没有提到的保留。同一份再导入一次，什么都不变。\nImports a docket; the same one again changes nothing.',
    )
    .addHelpText(
      'after',
      `
例 / Examples:
  shouze import docs/sample/docket.json
  shouze import docket.json --server                  服务正在运行时，由它代办
  DATABASE_URL=postgres://… SHOUZE_KEY=k1:… shouze import docket.json`,
    )
    .action(async (path: string, options: ServiceOptions) => {
      const { runImport } = await import('./run-import.js');
      await runImport(path, options);
    });
}

export function addExport(program: Command): void {
  withService(program.command('export'), { remote: true })
    .requiredOption('--court <代字>', '法院代字 / code of the court')
    .requiredOption('--out <文件>', '写到文件 / file to write')
    .option('--with-numbers', '连同完整的证件号码（只能直接办理，记入审计）/ with whole identity numbers')
    .summary('把案卷导出成 JSON / export a docket')
    .description(
      '把一个法院的案卷连同已分的收案导出成 JSON。证件号码默认隐去中间几位，这样的文件不能再导入；--with-numbers 导出完整号码。\nExports a docket with its assigned filings.',
    )
    .addHelpText(
      'after',
      `
例 / Examples:
  shouze export --court 川1599 --out 案卷.json
  shouze export --court 川1599 --out 案卷.json --with-numbers`,
    )
    .action(async (options: ExportOptions) => {
      const { runExport } = await import('./run-import.js');
      await runExport(options);
    });
}
