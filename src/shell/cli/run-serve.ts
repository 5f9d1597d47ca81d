import { createServer } from 'node:net';
import { newOperatorToken, type Serving, serve } from '../http/serve.js';
import type { OpenService } from '../open-service.js';
import { CliFailure } from './failure.js';
import { processLogger } from './process-logger.js';
import { loadSample } from './sample-court.js';
import type { RunServeOptions } from './service-options.js';
import { asListenFailure, openInstallation } from './service-session.js';
import { stopOnSignal } from './stop-on-signal.js';

/** Serves until it is told to stop. Prints one address, and one line for each account of the sample court. */
export async function runServe(options: RunServeOptions, version: string): Promise<void> {
  const { host, sample, proxies, jobs } = options;
  if (!jobs && !process.env.DATABASE_URL) {
    throw new CliFailure(
      '内置数据库只能由一个进程使用，不能用 --no-jobs：分案和期限要由它自己办理。请去掉 --no-jobs，或者设置 DATABASE_URL 使用 PostgreSQL',
    );
  }
  const port = options.port === 0 ? await freePort(host) : options.port;
  const token = newOperatorToken();
  const open = await openInstallation(options, {
    holder: { url: `http://127.0.0.1:${port}`, token },
    takesFolder: true,
  });
  let serving: Serving;
  try {
    const accounts = sample ? await loadSample(open, options.data) : undefined;
    serving = await serve(open, {
      host,
      port,
      version,
      logger: processLogger(),
      environment: process.env,
      trial: sample,
      withJobs: jobs,
      // Whoever may read the folder may run commands on it.
      operatorToken: open.isEmbedded ? token : undefined,
      ...(proxies !== undefined && { proxies }),
    });
    announce(open, port, accounts);
  } catch (error) {
    await open.close();
    throw asListenFailure(error, port);
  }
  stopOnSignal(async () => {
    await serving.stop();
    await open.close();
  });
}

function announce(open: OpenService, port: number, accounts: readonly string[] | undefined): void {
  const lines = [...open.notes, ''];
  lines.push(`首责已启动：http://localhost:${port}    接口文档：http://localhost:${port}/docs    停止：Ctrl+C`);
  if (accounts !== undefined) lines.push('', ...accounts);
  process.stdout.write(`${lines.join('\n')}\n`);
}

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
