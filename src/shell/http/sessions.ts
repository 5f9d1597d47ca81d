import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { currentSession } from '../../app/accounts/current-session.js';
import { SESSION } from '../../app/accounts/limits.js';
import type { AccountPorts } from '../../app/accounts/ports.js';
import { OPERATOR, OPERATOR_ACTIONS, type Principal, subjectIn } from '../../app/accounts/principal.js';
import { couldEver } from '../../app/accounts/subject.js';
import { permit } from '../../app/permit.js';
import { Refusal } from '../../app/refusal.js';
import type { BrowserSession } from './route-config.js';
import { clearSessionCookie, sessionToken } from './session-cookie.js';
import { SessionWatch } from './session-watch.js';
import { isLocalAddress } from './trustworthy.js';

export interface SessionOptions {
  readonly ports: AccountPorts;
  /** Binds CSRF tokens to sessions. */
  readonly key: Uint8Array;
  /** Lets commands on this machine in. */
  readonly operatorToken?: string | undefined;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Absent: not a browser, or one too old to say. */
const OWN_PAGES = new Set([undefined, 'same-origin', 'none']);
const TOKEN = /^[\w-]{43}$/;
const BEARER = /^Bearer +(\S+)$/i;

/** What a page sends back in `x-csrf-token`: cannot be made without the key, and is of no use with another session. */
export const csrfTokenOf = (key: Uint8Array, token: string): string =>
  createHmac('sha256', key).update(`csrf\n${token}`).digest('base64url');

const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest();
const isSame = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected));

/**
 * Fastify plugin: says who asks, and refuses whoever cannot be told, on every route of the scope that it is registered
 * in but those with `config: { public: true }`. Requests that change something come from pages of this service and
 * carry its CSRF token.
 */
export const sessions = Object.assign(registerSessions, {
  // In the scope of whoever registers it, not in one of its own.
  [Symbol.for('skip-override')]: true,
});

async function registerSessions(app: FastifyInstance, options: SessionOptions): Promise<void> {
  const principals = new WeakMap<FastifyRequest, Principal>();
  const browsers = new WeakMap<FastifyRequest, BrowserSession>();
  await app.register(cookie);
  app.decorate('sessionWatch', new SessionWatch(options.ports));
  app.decorateRequest('principal', {
    getter(this: FastifyRequest): Principal {
      return principals.get(this) ?? refuse();
    },
  });
  app.decorateRequest('session', {
    getter(this: FastifyRequest): BrowserSession {
      return browsers.get(this) ?? refuse();
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return;
    reply.header('cache-control', 'no-store');
    refuseForeignPages(request);
    if (request.routeOptions.config.public) return;
    if (isOperator(request, options.operatorToken)) {
      principals.set(request, OPERATOR);
      return;
    }
    const session = await browserSession(request, reply, options);
    refuseForged(request, session);
    refuseHopeless(request, session.principal);
    principals.set(request, session.principal);
    browsers.set(request, session);
  });
}

function refuse(): never {
  const { idleMinutes, absoluteMinutes } = SESSION;
  const text = `没有登录，或者登录已经失效（闲置 ${idleMinutes} 分钟、登录满 ${absoluteMinutes / 60} 小时或者账号有变动），请重新登录`;
  throw new Refusal('SESSION_MISSING', text);
}

function refuseForeignPages(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (SAFE.has(request.method) || OWN_PAGES.has(site as string | undefined)) return;
  throw new Refusal('CSRF_FAILED', '这个请求来自别的网站，已经拒绝：请在本系统的页面上操作');
}

function refuseForged(request: FastifyRequest, { csrfToken }: BrowserSession): void {
  if (SAFE.has(request.method)) return;
  const given = request.headers['x-csrf-token'];
  if (typeof given === 'string' && isSame(given, csrfToken)) return;
  throw new Refusal('CSRF_FAILED', '请求没有带上本次登录的校验码，已经拒绝：请刷新页面后再试');
}

/**
 * Refuses whoever could do none of the route's acts, whatever it is asked for: before the body is read, so that nobody without the
 * role has the service take in 256 MB. The use case still asks about the very thing.
 */
function refuseHopeless(request: FastifyRequest, principal: Principal): void {
  const { action, alsoActions = [] } = request.routeOptions.config;
  const { court } = request.params as { readonly court?: string };
  if (action === undefined) return;
  // What is no court's own may be done by whoever has the role in any.
  const subjects = court === undefined ? [...principal.courts.values()] : [subjectIn(principal, court)];
  if (subjects.some((subject) => [action, ...alsoActions].some((each) => couldEver(subject, each)))) return;
  const [subject] = subjects;
  if (subject === undefined) throw new Refusal('FORBIDDEN', '您现在没有任何职务；请系统管理员授权');
  permit(subject, action);
}

/** Whether a command on this machine asks, and for what it may. @throws Refusal where it may not */
function isOperator(request: FastifyRequest, expected: string | undefined): boolean {
  const given = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (expected === undefined || given === undefined) return false;
  if (!isLocalAddress(request.ip) || !isSame(given, expected))
    throw new Refusal('SESSION_MISSING', '管理命令的令牌不对，或者命令不是在服务所在的机器上运行，请核对');
  const { action } = request.routeOptions.config;
  if (action === undefined || !OPERATOR_ACTIONS.includes(action))
    throw new Refusal('FORBIDDEN', '本机管理命令不能办这件事，请登录后用自己的账号办理');
  return true;
}

async function browserSession(
  request: FastifyRequest,
  reply: FastifyReply,
  { ports, key }: SessionOptions,
): Promise<BrowserSession> {
  const token = sessionToken(request);
  if (token === undefined) refuse();
  const { passive = false } = request.routeOptions.config;
  const current = TOKEN.test(token) ? await currentSession(ports, token, { passive }) : undefined;
  if (current === undefined) {
    clearSessionCookie(reply);
    refuse();
  }
  return { ...current, token, csrfToken: csrfTokenOf(key, token) };
}
