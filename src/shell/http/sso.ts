import { createHmac, timingSafeEqual } from 'node:crypto';
import * as oidc from 'openid-client';
import { z } from 'zod';
import { Refusal } from '../../app/refusal.js';
import { SetupError } from '../setup-error.js';
import { isTrustworthy } from './trustworthy.js';

export const SSO_CALLBACK = '/api/v1/session/sso/callback';

/** How this installation hangs together with the court's own sign-on. */
export interface SsoSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where browsers reach this service. */
  readonly url: URL;
}

const NAMES = ['SHOUZE_OIDC_ISSUER', 'SHOUZE_OIDC_CLIENT_ID', 'SHOUZE_OIDC_CLIENT_SECRET', 'SHOUZE_URL'] as const;

/**
 * Reads the settings of the sign-on; none where no issuer is set.
 *
 * @throws SetupError which says what is missing or wrong, without its value
 */
export function ssoSettings(environment: Readonly<Record<string, string | undefined>>): SsoSettings | undefined {
  const [issuer, clientId, clientSecret, url] = NAMES.map((name) => environment[name] || undefined);
  if (issuer === undefined) return undefined;
  if (clientId === undefined || clientSecret === undefined || url === undefined) {
    const missing = NAMES.filter((name) => !environment[name]).join('、');
    throw new SetupError(`接入统一认证还缺少设置：${missing}；请补上，或者去掉 SHOUZE_OIDC_ISSUER 不接入`);
  }
  return { issuer: safeUrl('SHOUZE_OIDC_ISSUER', issuer), clientId, clientSecret, url: safeUrl('SHOUZE_URL', url) };
}

function safeUrl(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && isTrustworthy(url)) return url;
  throw new SetupError(`${name} 应当是 https 地址；只有本机（localhost）才可以用 http`);
}

/** What is remembered of a sign-on that was begun, in the browser that began it. */
const flowSchema = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string(), until: z.number() });
export type Flow = z.infer<typeof flowSchema>;

/** Time to find one's password or certificate. */
export const FLOW_MINUTES = 10;

/** A flow as a cookie's value, which only this service can make. */
export function sealFlow(key: Uint8Array, flow: Flow): string {
  const body = Buffer.from(JSON.stringify(flow)).toString('base64url');
  return `${body}.${Buffer.from(mac(key, body)).toString('base64url')}`;
}

/** The flow in a cookie's value; undefined where the service did not make it or it is too old. */
export function openFlow(key: Uint8Array, sealed: string | undefined, now: string): Flow | undefined {
  const [body = '', seal = ''] = (sealed ?? '').split('.');
  const given = Buffer.from(seal, 'base64url');
  const expected = mac(key, body);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const flow = flowSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  return Date.parse(now) < flow.until ? flow : undefined;
}

const mac = (key: Uint8Array, body: string): Uint8Array => createHmac('sha256', key).update(`sso\n${body}`).digest();

/** The court's own sign-on: OpenID Connect, authorization code with PKCE, state and nonce. */
export interface SignOn {
  /** Where to send the browser, and what to remember until it comes back. @throws Refusal SIGN_IN_FAILED */
  begin(now: string): Promise<{ readonly url: string; readonly flow: Flow }>;
  /** Who the sign-on vouches for. @param query of the callback @throws Refusal SIGN_IN_FAILED */
  finish(query: string, flow: Flow): Promise<string>;
}

/** What went wrong, for the log of the service: names and codes of errors alone. */
export type SsoTrouble = (trouble: { readonly step: 'begin' | 'finish'; readonly error: string }) => void;

const SECONDS_TO_WAIT = 10;

export function openIdSignOn(settings: SsoSettings, trouble: SsoTrouble): SignOn {
  const redirectUri = new URL(SSO_CALLBACK, settings.url).href;
  const configuration = discovered(settings);
  return {
    begin: (now) =>
      failing('begin', trouble, async () => {
        const verifier = oidc.randomPKCECodeVerifier();
        const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
        const url = oidc.buildAuthorizationUrl(await configuration(), {
          redirect_uri: redirectUri,
          scope: 'openid',
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
          nonce,
        });
        const until = Date.parse(now) + FLOW_MINUTES * 60_000;
        return { url: url.href, flow: { state, nonce, verifier, until } };
      }),
    finish: (query, { state, nonce, verifier }) =>
      failing('finish', trouble, async () => {
        const callback = new URL(redirectUri);
        callback.search = query;
        const tokens = await oidc.authorizationCodeGrant(await configuration(), callback, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        const subject = tokens.claims()?.sub;
        if (subject === undefined) throw new Error('no subject');
        return subject;
      }),
  };
}

/**
 * The provider's own description, read when it is first needed, and again after a failure: it may start later than this
 * service.
 */
function discovered({ issuer, clientId, clientSecret }: SsoSettings): () => Promise<oidc.Configuration> {
  let found: Promise<oidc.Configuration> | undefined;
  const discover = () =>
    oidc.discovery(issuer, clientId, undefined, clientSecretFor(clientSecret), {
      timeout: SECONDS_TO_WAIT,
      // Only localhost got past the settings without https.
      execute: issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
    });
  return () => {
    found ??= discover().catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

/** Sends the secret the way that the provider takes it: in the header unless it says otherwise. */
function clientSecretFor(secret: string): oidc.ClientAuth {
  const [inHeader, inBody] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? inHeader : inBody)(server, client, body, headers);
  };
}

async function failing<T>(step: 'begin' | 'finish', trouble: SsoTrouble, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    trouble({ step, error: nameOf(error) });
    throw new Refusal('SIGN_IN_FAILED', '统一认证没有成功：请再试一次，仍然不行时改用密码登录，并告诉系统管理员');
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return [error.name, code].filter((part) => part !== '').join(' ');
}
