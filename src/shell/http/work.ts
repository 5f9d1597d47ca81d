import fastify, { type FastifyBaseLogger } from 'fastify';
import { Jobs } from '../jobs/jobs.js';
import type { OpenService } from '../open-service.js';
import { healthOf } from './health.js';
import { jobsLog, Metrics, serveMetrics } from './metrics.js';

export interface WorkOptions {
  readonly version: string;
  readonly logger: FastifyBaseLogger;
  /** Where `/health` and `/metrics` are answered; nowhere without. */
  readonly status?: { readonly host: string; readonly port: number };
  /** How often courts are looked at; once a minute where nothing is said. */
  readonly everyMs?: number;
}

export interface Working {
  /** The address of `/health` and `/metrics`. */
  readonly url: string | undefined;
  /** Ends after the acts that are under way. */
  stop(): Promise<void>;
}

/** Leaves two of the ten connections to whatever else goes on: routing, cleaning. */
const COURTS_AT_ONCE = 8;
/** Courts are looked at once a minute, and a look may take as long as one statement. */
const STUCK_MS = 5 * 60_000;

/** Does the jobs of an open service and nothing else, beside any number of others. */
export async function work(open: OpenService, { version, logger, status, everyMs }: WorkOptions): Promise<Working> {
  const metrics = new Metrics(open.rulesInUse.last);
  const jobs = new Jobs(open, jobsLog(metrics, logger), {
    atOnce: COURTS_AT_ONCE,
    ...(everyMs !== undefined && { everyMs }),
  });
  const app = fastify({ logger: false, forceCloseConnections: true });
  serveMetrics(app, metrics);
  app.get('/health', async (_request, reply) => {
    const { sinceLookMs = 0 } = jobs;
    const { ok: answers, rules } = await healthOf(open);
    const ok = sinceLookMs < STUCK_MS && answers;
    return reply.code(ok ? 200 : 503).send({ ok, version, ...(rules && { rules }) });
  });
  const stop = async (): Promise<void> => {
    await jobs.stop();
    await app.close();
  };
  try {
    const url = status && (await app.listen(status));
    await jobs.start();
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
