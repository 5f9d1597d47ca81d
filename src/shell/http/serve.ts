import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { accountPorts } from '../account-ports.js';
import { accountStore } from '../db/accounts.js';
import { Jobs } from '../jobs/jobs.js';
import type { OpenService } from '../open-service.js';
import { healthOf } from './health.js';
import { jobsLog, Metrics } from './metrics.js';
import { buildServer } from './server.js';
import { openIdSignOn, ssoSettings } from './sso.js';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  readonly logger: FastifyBaseLogger;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly trial: boolean;
  readonly operatorToken?: string | undefined;
  readonly proxies?: number;
  /** Whether it does the jobs too; without them a worker has to. */
  readonly withJobs?: boolean;
}

export interface Serving {
  readonly url: string;
  readonly app: FastifyInstance;
  /** Ends what is under way, then the service; what was received and not yet routed waits for the next start. */
  stop(): Promise<void>;
}

/** Beside the requests, which share the connections. */
const COURTS_AT_ONCE = 2;
const PAGES = fileURLToPath(new URL('../../web', import.meta.url));

/** A token that lets commands of this machine in; new at every start. */
export const newOperatorToken = (): string => randomBytes(32).toString('base64url');

/** Serves an open service, and does the jobs: goes on routing whatever was received before, lets clocks run out. */
export async function serve(open: OpenService, options: ServeOptions): Promise<Serving> {
  const { service, views, changes, db, keys } = open;
  const { host, port, version, logger, environment, trial, operatorToken, proxies, withJobs = true } = options;
  const metrics = new Metrics(open.rulesInUse.last);
  const jobs = withJobs ? new Jobs(open, jobsLog(metrics, logger), { atOnce: COURTS_AT_ONCE }) : undefined;
  const settings = ssoSettings(environment);
  const app = await buildServer({
    desk: { service, views, changes },
    accounts: accountPorts(accountStore(db, (act) => logger.info({ act }, 'account'))),
    sessionKey: keys.sessionKey,
    version,
    health: () => healthOf(open),
    metrics,
    trial,
    logger,
    ...(operatorToken !== undefined && { operatorToken }),
    ...(settings && { signOn: openIdSignOn(settings, (trouble) => logger.warn({ trouble }, 'single sign-on')) }),
    ...(existsSync(PAGES) && { pages: PAGES }),
    ...(proxies !== undefined && { proxies }),
  });
  const stop = async (): Promise<void> => {
    await app.close();
    await jobs?.stop();
  };
  try {
    const url = await app.listen({ host, port });
    await jobs?.start();
    return { url, app, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
