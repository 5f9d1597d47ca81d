import rateLimit from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changePassword } from '../../../app/accounts/change-password.js';
import type { CurrentSession } from '../../../app/accounts/current-session.js';
import { SESSION, SIGN_IN_RATE } from '../../../app/accounts/limits.js';
import type { AccountPorts } from '../../../app/accounts/ports.js';
import { signIn } from '../../../app/accounts/sign-in.js';
import { signInBySubject } from '../../../app/accounts/sign-in-by-subject.js';
import { signOut } from '../../../app/accounts/sign-out.js';
import type { StartedSession } from '../../../app/accounts/start-session.js';
import { offers } from '../../../app/accounts/subject.js';
import { Refusal } from '../../../app/refusal.js';
import { sha256Hex } from '../../../core/kernel/digest.js';
import { passwordBody, sessionView, signInBody, signInWaysView } from '../contract/accounts.js';
import { clearSessionCookie, sessionToken, setSessionCookie } from '../session-cookie.js';
import { csrfTokenOf } from '../sessions.js';
import { FLOW_MINUTES, openFlow, type SignOn, SSO_CALLBACK, sealFlow } from '../sso.js';
import { demandTrustworthy } from '../trustworthy.js';
import '../route-config.js';

export interface SessionRoutesOptions {
  readonly ports: AccountPorts;
  /** The same key as the sessions'. */
  readonly key: Uint8Array;
  readonly ways: { readonly password: boolean; readonly trial: boolean };
  /** The court's own sign-on, where it is connected. */
  readonly signOn?: SignOn | undefined;
  /** The page after the sign-on. */
  readonly home?: string;
  /**
   * The page that a failed sign-on goes to, with `?refused=` and the code; without one, the problem itself is the
   * answer.
   */
  readonly refusedPage?: string;
}

const nothing = z.null().describe('没有内容');
const elsewhere = z.null().describe('转到另一个页面');
/** The sign-on may add to its answer what it likes; what there is of it is checked by the protocol. */
const whateverItSays = z.looseObject({});
/** Lax: the browser comes back from the sign-on's own site. */
const FLOW_COOKIE = '__Host-shouze-sso';
const FLOW_ATTRIBUTES = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const;

const tooMany = () => new Refusal('TOO_MANY', '登录请求太多，请一分钟后再试');
const perAddress = { rateLimit: { max: SIGN_IN_RATE.perAddress, timeWindow: 60_000, errorResponseBuilder: tooMany } };

/** Signing in and out, and one's own session. */
export const sessionRoutes: FastifyPluginAsyncZod<SessionRoutesOptions> = async (app, options) => {
  const { ports, key, ways, signOn } = options;
  await app.register(rateLimit, { global: false });
  const perLogin = app.createRateLimit({
    max: SIGN_IN_RATE.perLogin,
    timeWindow: 60_000,
    keyGenerator: ({ body }) => sha256Hex(signInBody.parse(body).login.toLowerCase()),
  });

  app.get(
    '/api/v1/session/ways',
    { config: { public: true }, schema: { response: { 200: signInWaysView } } },
    async () => ({ ...ways, sso: signOn !== undefined }),
  );

  app.get(
    '/api/v1/session',
    { config: { signedIn: true }, schema: { response: { 200: sessionView } } },
    async ({ session }) => viewOf(session, session.csrfToken),
  );

  app.post(
    '/api/v1/session',
    {
      config: { public: true, ...perAddress },
      schema: { body: signInBody, response: { 200: sessionView } },
      preHandler: async (request) => {
        const rate = await perLogin(request);
        if (!rate.isAllowed && rate.isExceeded) throw tooMany();
      },
    },
    async (request, reply) => {
      if (!ways.password) throw new Refusal('FORBIDDEN', '这里不用密码登录，请用统一认证登录');
      demandTrustworthy(request.headers.origin);
      const started = await signIn(ports, { ...request.body, address: request.ip });
      return begin(ports, key, started, request, reply);
    },
  );

  app.delete(
    '/api/v1/session',
    { config: { signedIn: true }, schema: { response: { 204: nothing } } },
    async (request, reply) => {
      const { token } = request.session;
      await signOut(ports, { token, address: request.ip });
      app.sessionWatch.lookAgain((session) => session.token === token);
      return clearSessionCookie(reply).code(204).send(null);
    },
  );

  app.put(
    '/api/v1/session/password',
    { config: { signedIn: true }, schema: { body: passwordBody, response: { 204: nothing } } },
    async (request, reply) => {
      const { user } = request.principal;
      await changePassword(ports, { ...request.body, session: request.session, address: request.ip });
      app.sessionWatch.lookAgain(({ principal }) => principal.user === user);
      return reply.code(204).send(null);
    },
  );

  await app.register(signOnRoutes, options);
};

/**
 * The court's own sign-on. The callback begins a session on a GET, as the protocol has it: its state takes the CSRF
 * token's place.
 */
const signOnRoutes: FastifyPluginAsyncZod<SessionRoutesOptions> = async (app, options) => {
  const { ports, key, signOn, home = '/', refusedPage } = options;

  app.get(
    '/api/v1/session/sso',
    { config: { public: true, ...perAddress }, schema: { response: { 303: elsewhere } } },
    async (_request, reply) =>
      orRefusedPage(reply, refusedPage, async () => {
        const now = ports.clock.now();
        const { url, flow } = await connected(signOn).begin(now);
        const sealed = sealFlow(key, flow);
        return reply
          .setCookie(FLOW_COOKIE, sealed, { ...FLOW_ATTRIBUTES, maxAge: FLOW_MINUTES * 60 })
          .redirect(url, 303);
      }),
  );

  app.get(
    SSO_CALLBACK,
    { config: { public: true, ...perAddress }, schema: { querystring: whateverItSays, response: { 303: elsewhere } } },
    async (request, reply) =>
      orRefusedPage(reply, refusedPage, async () => {
        const flow = openFlow(key, request.cookies[FLOW_COOKIE], ports.clock.now());
        reply.clearCookie(FLOW_COOKIE, FLOW_ATTRIBUTES);
        if (flow === undefined)
          throw new Refusal('SIGN_IN_FAILED', '统一认证不是从这个浏览器开始的，或者已经超时：请重新登录');
        const subject = await connected(signOn).finish(request.url.split('?')[1] ?? '', flow);
        const started = await signInBySubject(ports, { subject, address: request.ip });
        await begin(ports, key, started, request, reply);
        return reply.redirect(home, 303);
      }),
  );
};

function connected(signOn: SignOn | undefined): SignOn {
  if (signOn !== undefined) return signOn;
  throw new Refusal('NOT_FOUND', '这里没有接入统一认证，请用密码登录');
}

/** Browsers, not programs, come here: where there is a page for it, they get that and not a problem in JSON. */
async function orRefusedPage(reply: FastifyReply, page: string | undefined, work: () => Promise<FastifyReply>) {
  try {
    return await work();
  } catch (error) {
    if (page === undefined || !(error instanceof Refusal)) throw error;
    return reply.redirect(`${page}?refused=${error.code}`, 303);
  }
}

/** Hands a session that began to the browser, and ends the one that the browser still held. */
async function begin(
  ports: AccountPorts,
  key: Uint8Array,
  { token, current }: StartedSession,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const before = sessionToken(request);
  if (before !== undefined) {
    await signOut(ports, { token: before, address: request.ip });
    request.server.sessionWatch.lookAgain((session) => session.token === before);
  }
  setSessionCookie(reply, token);
  return viewOf(current, csrfTokenOf(key, token));
}

const viewOf = (
  { principal, courtNames, expiresAt }: CurrentSession,
  csrfToken: string,
): z.output<typeof sessionView> => ({
  user: { id: principal.user, login: principal.login, name: principal.name },
  courts: [...principal.courts.values()].map((subject) => ({
    code: subject.court,
    name: courtNames.get(subject.court) ?? subject.court,
    roles: [...subject.roles],
    judges: [...subject.judges],
    may: offers(subject),
  })),
  csrfToken,
  expiresAt,
  idleMinutes: SESSION.idleMinutes,
});
