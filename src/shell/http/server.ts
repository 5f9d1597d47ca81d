import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { zhCN } from 'zod/locales';
import type { AccountPorts } from '../../app/accounts/ports.js';
import { maskedViews } from '../../app/masked-views.js';
import { serveBook } from './book.js';
import type { Desk } from './desk.js';
import type { Health } from './health.js';
import { readJsonBodies } from './json-bodies.js';
import { type Metrics, serveMetrics } from './metrics.js';
import { openApi } from './openapi.js';
import { servePages } from './pages.js';
import { answerFailure, answerProblems } from './problems.js';
import { absenceRoutes } from './routes/absences.js';
import { batchRoutes } from './routes/batches.js';
import { clockAdjustmentRoutes } from './routes/clock-adjustments.js';
import { clockRoutes } from './routes/clocks.js';
import { courtRoutes } from './routes/court.js';
import { decisionRoutes } from './routes/decisions.js';
import { downloadRoutes } from './routes/downloads.js';
import { draftRoutes } from './routes/drafts.js';
import { eventRoutes } from './routes/events.js';
import { filingRoutes } from './routes/filings.js';
import { flowRoutes } from './routes/flows.js';
import { mineRoutes } from './routes/mine.js';
import { objectionRoutes } from './routes/objections.js';
import { releaseRoutes } from './routes/releases.js';
import { reportRoutes } from './routes/reports.js';
import { ruleWordRoutes } from './routes/rule-words.js';
import { rulingRoutes } from './routes/rulings.js';
import { sessionRoutes } from './routes/session.js';
import { urgingRoutes } from './routes/urgings.js';
import { userRoutes } from './routes/users.js';
import { sessions } from './sessions.js';
import type { SignOn } from './sso.js';
import { refuseUnknownQueries } from './strict-queries.js';

export interface ServerOptions {
  readonly desk: Desk;
  readonly accounts: AccountPorts;
  /** Binds CSRF tokens to sessions. */
  readonly sessionKey: Uint8Array;
  readonly version: string;
  /** Whether the database answers. */
  readonly health: () => Promise<Health>;
  readonly metrics: Metrics;
  readonly trial: boolean;
  readonly operatorToken?: string;
  readonly signOn?: SignOn;
  /** The folder of the built pages. */
  readonly pages?: string;
  /** How many proxies stand before the service; their word on the caller's address is taken, nobody else's. */
  readonly proxies?: number;
  readonly logger?: FastifyBaseLogger;
}

const BODY_BYTES = 1024 * 1024;
const REQUEST_MS = 60_000;
const CONNECTION_MS = 75_000;

/** The HTTP service, ready to listen. Strict in what it takes: no coercion of bodies, no unknown field, a bound on everything. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  z.config(zhCN());
  const { accounts, sessionKey, logger } = options;
  // Whatever goes out over HTTP was read through these.
  const desk = { ...options.desk, views: maskedViews(options.desk.views) };
  const { proxies = 0 } = options;
  const app = fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    connectionTimeout: CONNECTION_MS,
    keepAliveTimeout: CONNECTION_MS,
    genReqId: () => randomUUID(),
    // Requests are measured, not logged: a line a request would tell who looked at which case.
    logController: new fastify.LogController({ requestIdLogLabel: 'correlation', disableRequestLogging: true }),
    trustProxy: (_address, hop) => hop < proxies,
    forceCloseConnections: true,
    frameworkErrors: answerFailure,
    // Codes of courts are Chinese; anything longer is no code of ours.
    routerOptions: { maxParamLength: 120 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app as unknown as FastifyInstance);
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-correlation-id', request.id);
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    // Browsers take it over https alone; on a trial machine without it nothing is pinned.
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
  });
  serveMetrics(app as unknown as FastifyInstance, options.metrics);
  await app.register(swagger, openApi(options.version));
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, uiConfig: { docExpansion: 'none' } });
  app.get('/health', { config: { public: true }, schema: { hide: true } }, async (_request, reply) => {
    const { ok, rules } = await options.health();
    return reply.code(ok ? 200 : 503).send({ ok, version: options.version, ...(rules && { rules }) });
  });
  app.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, async () => app.swagger());
  await app.register(async (scope) => {
    readJsonBodies(scope);
    refuseUnknownQueries(scope);
    await scope.register(sessions, { ports: accounts, key: sessionKey, operatorToken: options.operatorToken });
    await scope.register(sessionRoutes, {
      ports: accounts,
      key: sessionKey,
      ways: { password: true, trial: options.trial },
      signOn: options.signOn,
      refusedPage: '/sign-in',
    });
    await scope.register(userRoutes, { ports: accounts });
    await scope.register(courtRoutes, { desk });
    await scope.register(batchRoutes, { desk });
    await scope.register(absenceRoutes, { desk });
    await scope.register(flowRoutes, { desk });
    await scope.register(clockRoutes, { desk });
    await scope.register(mineRoutes, { desk });
    await scope.register(clockAdjustmentRoutes, { desk });
    await scope.register(objectionRoutes, { desk });
    await scope.register(rulingRoutes, { desk });
    await scope.register(ruleWordRoutes, { desk });
    await scope.register(urgingRoutes, { desk });
    await scope.register(reportRoutes, { desk });
    await scope.register(filingRoutes, { desk });
    await scope.register(releaseRoutes, { desk });
    await scope.register(draftRoutes, { desk });
    await scope.register(decisionRoutes, { desk });
    await scope.register(eventRoutes, { desk });
    serveBook(scope as unknown as FastifyInstance, desk);
    await scope.register(downloadRoutes, { desk });
  });
  if (options.pages !== undefined) await servePages(app as unknown as FastifyInstance, options.pages);
  return app as unknown as FastifyInstance;
}
