import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RulesInUse } from '../db/stored-editions.js';
import { errorForLog } from '../error-for-log.js';
import type { JobsLog } from '../jobs/jobs.js';
import { isLocalAddress } from './trustworthy.js';
import './route-config.js';

/** What the service counts of itself. No label names a person, a case or a court's filing. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'shouze_http_request_seconds',
    help: 'HTTP requests by route, method and status',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  readonly routed = new Counter({
    name: 'shouze_filings_routed_total',
    help: 'Filings routed, by what became of them',
    labelNames: ['state'] as const,
    registers: [this.registry],
  });
  readonly failures = new Counter({
    name: 'shouze_routing_failures_total',
    help: 'Attempts to route a filing that failed and are tried again',
    registers: [this.registry],
  });
  readonly jobFailures = new Counter({
    name: 'shouze_job_failures_total',
    help: 'Attempts at anything else that goes on without being asked, clocks above all, that failed and are tried again',
    registers: [this.registry],
  });
  readonly fired = new Counter({
    name: 'shouze_clocks_fired_total',
    help: 'Clocks of flows that ran out, by kind, and whether later than the day after',
    labelNames: ['kind', 'late'] as const,
    registers: [this.registry],
  });
  readonly healed = new Counter({
    name: 'shouze_clocks_healed_total',
    help: 'Clocks of flows that were not as their runs say and were put right, by what was done',
    labelNames: ['what'] as const,
    registers: [this.registry],
  });

  /** @param rulesInUse as the last act or read found them: whoever measures asks the database nothing */
  constructor(rulesInUse: () => RulesInUse | undefined = () => undefined) {
    collectDefaultMetrics({ register: this.registry });
    const gauge = (name: string, help: string, value: (rules: RulesInUse) => number): Gauge =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          const rules = rulesInUse();
          if (rules) this.set(value(rules));
        },
      });
    gauge(
      'shouze_rules_release',
      'Number of the release of rules by which this process decides',
      ({ release }) => release,
    );
    gauge(
      'shouze_rules_refused',
      'Number of the release of rules that should decide and cannot be used; 0 where there is none',
      ({ refused }) => refused ?? 0,
    );
  }
}

/** `/metrics`, for whoever measures on this machine; a proxy that passes it on does so knowingly. */
export function serveMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.requests.observe({ route, method: request.method, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  app.get('/metrics', { config: { public: true }, schema: { hide: true } }, async (request, reply) => {
    if (!isLocalAddress(request.ip)) return reply.code(404).send();
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

/** Counts what the jobs do, and logs what fails. */
export function jobsLog(metrics: Metrics, logger: FastifyBaseLogger): JobsLog {
  const log = (what: string, error: unknown, court?: string): void =>
    logger.error({ err: errorForLog(error), ...(court !== undefined && { court }) }, `${what}; it is tried again`);
  return {
    routed: (_court, { state }) => metrics.routed.inc({ state }),
    fired: (_court, { kind, lateDays }) => metrics.fired.inc({ kind, late: String(lateDays > 1) }),
    healed: (court, { what }) => {
      metrics.healed.inc({ what });
      // That a day moved because a calendar was published is in order; all else should not have come to pass.
      logger[what === 'recounted' ? 'info' : 'warn']({ court, what }, 'a clock was not as its run says; it is now');
    },
    routingFailed: (court, error) => {
      metrics.failures.inc();
      log('routing failed', error, court);
    },
    failed: (what, error, court) => {
      metrics.jobFailures.inc();
      log(what, error, court);
    },
  };
}
