import { type Working, work } from '../http/work.js';
import { CliFailure } from './failure.js';
import { processLogger } from './process-logger.js';
import type { RunWorkerOptions } from './service-options.js';
import { asListenFailure, openInstallation } from './service-session.js';
import { stopOnSignal } from './stop-on-signal.js';

/** Does the jobs of an installation until it is told to stop. @throws CliFailure where the database is the embedded one */
export async function runWorker({ rules, host, port }: RunWorkerOptions, version: string): Promise<void> {
  if (!process.env.DATABASE_URL) {
    throw new CliFailure(
      '没有设置 DATABASE_URL：内置数据库只能由一个进程使用，分案和期限由 shouze serve 自己办理，不用另外启动 worker。使用 PostgreSQL 的，请设置 DATABASE_URL 和 SHOUZE_KEY 再启动',
    );
  }
  const open = await openInstallation({ data: '', rules });
  let working: Working;
  try {
    working = await work(open, {
      version,
      logger: processLogger(),
      ...(port !== undefined && { status: { host, port } }),
    });
  } catch (error) {
    await open.close();
    throw asListenFailure(error, port);
  }
  const lines = [
    ...open.notes,
    `首责后台已启动${working.url === undefined ? '' : `：${working.url}/health`}    停止：Ctrl+C`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  stopOnSignal(async () => {
    await working.stop();
    await open.close();
  });
}
