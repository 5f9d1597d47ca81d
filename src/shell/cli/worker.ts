import { type Command, Option } from 'commander';
import { portArgument, rulesOption } from './arguments.js';
import type { RunWorkerOptions } from './service-options.js';

export function addWorker(program: Command, version: string): void {
  program
    .command('worker')
    .summary('启动后台进程（分案、期限）/ do the jobs beside the service')
    .description(
      '后台进程，只用于 PostgreSQL，几个都可以：分已经收到的案件，办理届满的期限，核对运行中的期限，清理过期的登录。\nDoes the jobs of an installation on PostgreSQL, beside any number of others; `shouze serve --no-jobs` then serves requests alone.',
    )
    .addOption(rulesOption())
    .addOption(new Option('--host <地址>', '/health 和 /metrics 监听的地址 / address').default('127.0.0.1'))
    .addOption(
      new Option('--port <端口>', '/health 和 /metrics 的端口，不写就不开 / port, none without').argParser(
        portArgument,
      ),
    )
    .addHelpText(
      'after',
      `
环境变量 / environment: DATABASE_URL 和 SHOUZE_KEY，与 shouze serve 用同样的值
例 / Example:
  DATABASE_URL=postgres://shouze@db/shouze SHOUZE_KEY=k1:… shouze worker --port 8090`,
    )
    .action(async (options: RunWorkerOptions) => {
      const { runWorker } = await import('./run-worker.js');
      await runWorker(options, version);
    });
}
