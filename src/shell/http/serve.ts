import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Fired } from '../../app/flows/fire-timer.js';
import { recountTimers } from '../../app/flows/recount-timers.js';
import { accountPorts } from '../account-ports.js';
import { accountStore } from '../db/accounts.js';
import { rows } from '../db/db.js';
import { errorForLog } from '../error-for-log.js';
import { clean } from '../jobs/cleaning.js';
import { Recurring } from '../jobs/recurring.js';
import { RoutingLoop } from '../jobs/routing-loop.js';
import { fireTimers } from '../jobs/timers.js';
import type { OpenService } from '../open-service.js';
import { CauseSearch } from './cause-search.js';
import { Metrics } from './metrics.js';
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
}

export interface Serving {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly routing: RoutingLoop;
  /** Ends what is under way, then the service; what was received and not yet routed waits for the next start. */
  stop(): Promise<void>;
}

const RETRY_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PAGES = fileURLToPath(new URL('../../web', import.meta.url));

/** A token that lets commands of this machine in; new at every start. */
export const newOperatorToken = (): string => randomBytes(32).toString('base64url');

/** Serves an open service, and goes on routing whatever was received before. */
export async function serve(open: OpenService, options: ServeOptions): Promise<Serving> {
  const { service, views, changes, db, keys, articles, recusal } = open;
  const { host, port, version, logger, environment, trial, operatorToken, proxies } = options;
  const metrics = new Metrics();
  const routing = new RoutingLoop(service, {
    routed: (_court, { state }) => metrics.routed.inc({ state }),
    failed: (_court, error) => {
      metrics.failures.inc();
      logger.error({ err: errorForLog(error) }, 'routing failed; it is tried again');
    },
  });
  const settings = ssoSettings(environment);
  const app = await buildServer({
    desk: { service, views, changes, causes: new CauseSearch(service.lawbook.causes), articles },
    accounts: accountPorts(accountStore(db, (act) => logger.info({ act }, 'account'))),
    sessionKey: keys.sessionKey,
    version,
    isHealthy: async () => {
      try {
        return (await rows(db, sql`select 1 as one`)).length === 1;
      } catch {
        return false;
      }
    },
    metrics,
    recusal,
    trial,
    logger,
    ...(operatorToken !== undefined && { operatorToken }),
    ...(settings && { signOn: openIdSignOn(settings, (trouble) => logger.warn({ trouble }, 'single sign-on')) }),
    ...(existsSync(PAGES) && { pages: PAGES }),
    ...(proxies !== undefined && { proxies }),
  });
  // Whichever instance received it: all hear of it from the database, this one too.
  const stopListening = changes.listen(
    (told) => {
      if (told.kind === 'batch' && told.received) routing.kick(told.court);
    },
    () => void kickAll(),
  );
  const cleaning = new Recurring(
    HOUR_MS,
    (signal) => clean(db, { now: service.now(), signal }),
    (error) => logger.error({ err: errorForLog(error) }, 'old sessions and answers not deleted; it is tried again'),
  );
  const recounted = new Set<string>();
  const clockLog = {
    fired: (_court: string, { kind, lateDays }: Fired) => metrics.fired.inc({ kind, late: String(lateDays > 1) }),
    failed: (_court: string, error: unknown) =>
      logger.error({ err: errorForLog(error) }, 'clocks of a court not looked at; it is tried again'),
  };
  // Days decide; once a minute is soon enough after midnight, and heals whatever was missed while nobody ran.
  const timers = new Recurring(
    MINUTE_MS,
    async (signal) => {
      const courts = await courtsOf(open);
      // A calendar comes with the rules, and those with the start.
      for (const court of courts.filter((each) => !recounted.has(each))) {
        await recountTimers(service, court).then(
          () => recounted.add(court),
          (error: unknown) => clockLog.failed(court, error),
        );
      }
      await fireTimers(service, courts, clockLog, signal);
    },
    (error) => logger.error({ err: errorForLog(error) }, 'clocks not looked at; it is tried again'),
  );
  let isStopping = false;
  let again: NodeJS.Timeout | undefined;
  const kickAll = async (): Promise<void> => {
    clearTimeout(again);
    try {
      for (const court of await courtsOf(open)) routing.kick(court);
    } catch (error) {
      if (isStopping) return;
      logger.error({ err: errorForLog(error) }, 'courts not read; it is tried again');
      again = setTimeout(() => void kickAll(), RETRY_MS);
    }
  };
  const stop = async (): Promise<void> => {
    isStopping = true;
    clearTimeout(again);
    stopListening();
    await app.close();
    await routing.stop();
    await cleaning.stop();
    await timers.stop();
  };
  try {
    const url = await app.listen({ host, port });
    await kickAll();
    cleaning.start();
    timers.start();
    return { url, app, routing, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function courtsOf({ db }: OpenService): Promise<string[]> {
  const found = await db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('role', 'shouze_gate', true)`);
    return rows<{ code: string }>(tx, sql`select code from courts order by code`);
  });
  return found.map(({ code }) => code);
}
