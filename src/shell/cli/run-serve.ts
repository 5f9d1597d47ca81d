import { createServer } from 'node:net';
import pino from 'pino';
import { newOperatorToken, type Serving, serve } from '../http/serve.js';
import type { OpenService } from '../open-service.js';
import { CliFailure } from './failure.js';
import { loadSample } from './sample-court.js';
import type { RunServeOptions } from './service-options.js';
import { asFailure, openInstallation } from './service-session.js';

/** Serves until it is told to stop. Prints one address, and one line for each account of the sample court. */
export async function runServe(options: RunServeOptions, version: string): Promise<void> {
  const { host, sample, proxies } = options;
  const port = options.port === 0 ? await freePort(host) : options.port;
  const token = newOperatorToken();
  const open = await openInstallation(options, { url: `http://127.0.0.1:${port}`, token });
  let serving: Serving;
  try {
    const accounts = sample ? await loadSample(open, options.data) : undefined;
    serving = await serve(open, {
      host,
      port,
      version,
      logger: pino(
        { base: null, timestamp: pino.stdTimeFunctions.isoTime },
        pino.destination({ dest: 2, sync: false }),
      ),
      environment: process.env,
      trial: sample,
      // Whoever may read the folder may run commands on it.
      operatorToken: open.isEmbedded ? token : undefined,
      ...(proxies !== undefined && { proxies }),
    });
    announce(open, port, accounts);
  } catch (error) {
    await open.close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new CliFailure(`端口 ${port} 已被占用；请用 --port 换一个，例如 --port ${port + 1}`);
    }
    throw asFailure(error);
  }
  stopOnSignal(serving, open);
}

function announce(open: OpenService, port: number, accounts: readonly string[] | undefined): void {
  const lines = [...open.notes, ''];
  lines.push(`首责已启动：http://localhost:${port}    接口文档：http://localhost:${port}/docs    停止：Ctrl+C`);
  if (accounts !== undefined) lines.push('', ...accounts);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The first signal ends what is under way; the second does not wait. */
function stopOnSignal(serving: Serving, open: OpenService): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(130);
    isStopping = true;
    await serving.stop();
    await open.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stop().catch((error: unknown) => {
        process.stderr.write(`停止时出错：${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
      });
    });
  }
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
