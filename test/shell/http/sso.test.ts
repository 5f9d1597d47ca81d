import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeUser } from '../../../src/app/accounts/change-user.js';
import { OPERATOR } from '../../../src/app/accounts/principal.js';
import { openFlow, openIdSignOn, SSO_CALLBACK, sealFlow, ssoSettings } from '../../../src/shell/http/sso.js';
import { COURT } from '../../support/accounts.js';
import { type AccountApp, accountApp, accountDatabase, KEY } from '../../support/session-app.js';

const CLIENT = { id: 'shouze', secret: 'a secret of the tests' };
const CLERK = [{ role: 'filing_clerk', from: '2026-01-01' }] as const;

let pglite: PGlite;
let provider: Server;
let service: AccountApp;
let home: string;
const troubles: string[] = [];

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = await listening(createServer(), 0);
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
const listening = (server: Server, port: number): Promise<Server> =>
  new Promise((done) => server.listen(port, '127.0.0.1', () => done(server)));

beforeAll(async () => {
  const [own, theirs] = [await freePort(), await freePort()];
  home = `http://127.0.0.1:${own}`;
  const issuer = `http://127.0.0.1:${theirs}`;
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${home}${SSO_CALLBACK}`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['a key of the tests'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
  });
  provider = await listening(createServer(oidc.callback()), theirs);
  const settings = ssoSettings({
    SHOUZE_OIDC_ISSUER: issuer,
    SHOUZE_OIDC_CLIENT_ID: CLIENT.id,
    SHOUZE_OIDC_CLIENT_SECRET: CLIENT.secret,
    SHOUZE_URL: home,
  });
  if (settings === undefined) throw new Error('the settings are complete');
  const signOn = openIdSignOn(settings, ({ step, error }) => troubles.push(`${step} ${error}`));
  const database = await accountDatabase();
  pglite = database.pglite;
  service = await accountApp(database.db, { signOn });
  await service.app.listen({ host: '127.0.0.1', port: own });
});

afterAll(async () => {
  await service.app.close();
  provider.closeAllConnections();
  await new Promise((done) => provider.close(done));
  await pglite.close();
});

/** A browser that follows redirects by hand and keeps cookies by host and port. */
class Walker {
  readonly #jar = new Map<string, Map<string, string>>();

  cookies(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.#jar.get(origin) ?? new Map<string, string>();
    this.#jar.set(origin, jar);
    return jar;
  }

  async go(url: string, init: RequestInit = {}): Promise<Response> {
    const jar = this.cookies(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01 Jan 1970|max-age=0(;|$)/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Follows redirects until one leads back to the service, or a page comes. */
  async follow(response: Response, from: string): Promise<{ url: string; response: Response }> {
    let [at, last] = [from, response];
    for (;;) {
      const location = last.headers.get('location');
      if (location === null) return { url: at, response: last };
      at = new URL(location, at).href;
      if (at.startsWith(home)) return { url: at, response: last };
      last = await this.go(at);
    }
  }

  submit(action: string, fields: Record<string, string>): Promise<Response> {
    return this.go(action, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
  }
}

/** Signs in at the provider and agrees; returns the way back to the service. */
async function comeBack(walker: Walker, subject: string): Promise<string> {
  const start = `${home}/api/v1/session/sso`;
  const begun = await walker.go(start);
  expect(begun.status).toBe(303);
  let { url, response } = await walker.follow(begun, start);
  for (const fields of [{ prompt: 'login', login: subject, password: 'x' }, { prompt: 'consent' }]) {
    const action = /action="([^"]+)"/.exec(await response.text())?.[1];
    if (action === undefined) throw new Error(`no form at ${url}`);
    ({ url, response } = await walker.follow(await walker.submit(new URL(action, url).href, fields), url));
  }
  return url;
}

const person = async (login: string, subject: string): Promise<string> => {
  const { id } = await service.create({ login, name: '王立', postings: CLERK });
  await changeUser(service.ports, OPERATOR, { court: COURT, user: id }, { version: 1, subject });
  return id;
};
const codeOf = async (response: Response) => `${response.status} ${((await response.json()) as { code: string }).code}`;

describe('the court’s own sign-on', () => {
  test('begins a session for the user whose subject it vouches for', async () => {
    const id = await person('wang.li', 'sub-wang');
    const walker = new Walker();
    const back = await comeBack(walker, 'sub-wang');
    expect(back.startsWith(`${home}${SSO_CALLBACK}?code=`)).toBe(true);
    const arrived = await walker.go(back);
    expect([arrived.status, arrived.headers.get('location')]).toEqual([303, '/']);
    const session = await walker.go(`${home}/api/v1/session`);
    expect(await session.json()).toMatchObject({ user: { id, login: 'wang.li' }, courts: [{ code: COURT }] });
    expect([...walker.cookies(home).keys()]).toEqual(['__Host-shouze']);
    expect(await (await walker.go(`${home}/api/v1/session/ways`)).json()).toMatchObject({ sso: true });
    expect(await codeOf(await walker.go(back))).toBe('401 SIGN_IN_FAILED');
  });

  test('asks for a code with PKCE, state and nonce, remembered in a cookie that no script reads', async () => {
    const begun = await fetch(`${home}/api/v1/session/sso`, { redirect: 'manual' });
    const url = new URL(begun.headers.get('location') ?? '');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      scope: 'openid',
      code_challenge_method: 'S256',
      redirect_uri: `${home}${SSO_CALLBACK}`,
      state: expect.stringMatching(/^.{43}$/),
      nonce: expect.stringMatching(/^.{43}$/),
    });
    expect(begun.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-shouze-sso=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
  });

  test('makes no account for somebody whom nobody has entered', async () => {
    const walker = new Walker();
    const back = await comeBack(walker, 'sub-stranger');
    expect(await codeOf(await walker.go(back))).toBe('401 SIGN_IN_FAILED');
    expect([...walker.cookies(home).keys()]).toEqual([]);
  });

  test('lets no disabled user in', async () => {
    const id = await person('li.si', 'sub-li');
    await changeUser(service.ports, OPERATOR, { court: COURT, user: id }, { version: 2, disabled: true });
    const walker = new Walker();
    expect(await codeOf(await walker.go(await comeBack(walker, 'sub-li')))).toBe('401 SIGN_IN_FAILED');
  });

  test('is of no use in a browser that did not begin it', async () => {
    await person('zhao.wu', 'sub-zhao');
    const [attacker, victim] = [new Walker(), new Walker()];
    const back = await comeBack(attacker, 'sub-zhao');
    expect(await codeOf(await victim.go(back))).toBe('401 SIGN_IN_FAILED');
    await victim.go(`${home}/api/v1/session/sso`);
    expect(await codeOf(await victim.go(back))).toBe('401 SIGN_IN_FAILED');
    expect(victim.cookies(home).has('__Host-shouze')).toBe(false);
  });

  test('fails with a word in the log and none about codes and tokens', async () => {
    const walker = new Walker();
    await walker.go(`${home}/api/v1/session/sso`);
    const refused = await walker.go(`${home}${SSO_CALLBACK}?error=access_denied&state=made-up`);
    expect(await codeOf(refused)).toBe('401 SIGN_IN_FAILED');
    expect(troubles.length).toBeGreaterThan(0);
    for (const trouble of troubles) expect(trouble).toMatch(/^(begin|finish) \w+( \w+)?$/);
  });

  test('that cannot be reached is told apart from ours', async () => {
    const settings = { issuer: new URL(`http://127.0.0.1:${await freePort()}`), clientId: 'x', clientSecret: 'y' };
    const heard: unknown[] = [];
    const signOn = openIdSignOn({ ...settings, url: new URL(home) }, (trouble) => heard.push(trouble.step));
    await expect(signOn.begin(service.clock.now())).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
    expect(heard).toEqual(['begin']);
  });
});

describe('what is remembered of a sign-on', () => {
  const flow = { state: 's', nonce: 'n', verifier: 'v', until: Date.parse('2026-03-09T01:10:00Z') };
  const sealed = sealFlow(KEY, flow);

  test('opens for this service, in time, unchanged', () => {
    expect(openFlow(KEY, sealed, '2026-03-09T01:09:59Z')).toEqual(flow);
    expect(openFlow(KEY, sealed, '2026-03-09T01:10:00Z')).toBeUndefined();
    expect(openFlow(new Uint8Array(32), sealed, '2026-03-09T01:00:00Z')).toBeUndefined();
    const forged = Buffer.from(JSON.stringify({ ...flow, state: 'mine' })).toString('base64url');
    for (const text of [undefined, '', '.', 'x.y', `${forged}.${sealed.split('.')[1]}`, `${sealed}x`])
      expect(openFlow(KEY, text, '2026-03-09T01:00:00Z')).toBeUndefined();
  });
});

describe('the settings', () => {
  const complete = {
    SHOUZE_OIDC_ISSUER: 'https://sso.court.example',
    SHOUZE_OIDC_CLIENT_ID: 'shouze',
    SHOUZE_OIDC_CLIENT_SECRET: 'top-secret',
    SHOUZE_URL: 'https://shouze.court.example',
  };

  test('are complete or absent', () => {
    expect(ssoSettings({})).toBeUndefined();
    expect(ssoSettings({ ...complete, SHOUZE_OIDC_ISSUER: '' })).toBeUndefined();
    expect(ssoSettings(complete)?.issuer.href).toBe('https://sso.court.example/');
    const { SHOUZE_OIDC_CLIENT_SECRET: _, ...missing } = complete;
    expect(() => ssoSettings(missing)).toThrow('SHOUZE_OIDC_CLIENT_SECRET');
  });

  test.each(['SHOUZE_OIDC_ISSUER', 'SHOUZE_URL'])('%s is https, or this machine', (name) => {
    for (const url of ['http://sso.court.example', 'http://10.1.2.3', 'sso.court.example', 'ftp://localhost'])
      expect(() => ssoSettings({ ...complete, [name]: url })).toThrow(name);
    expect(ssoSettings({ ...complete, [name]: 'http://localhost:8080' })).toBeDefined();
  });

  test('say nothing of the secret when they are wrong', () => {
    expect(() => ssoSettings({ ...complete, SHOUZE_URL: 'x' })).not.toThrow('top-secret');
  });
});
