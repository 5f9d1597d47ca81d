import type { PGlite } from '@electric-sql/pglite';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../src/core/audit/chain.js';
import { verifyChain } from '../../../src/core/audit/chain.js';
import { type Db, dbError, schema } from '../../../src/shell/db/db.js';
import { atGate, inCourt } from '../../../src/shell/db/scope.js';
import { sessionView, usersView } from '../../../src/shell/http/contract/accounts.js';
import { isTrustworthy } from '../../../src/shell/http/trustworthy.js';
import { COURT, GOOD, OTHER } from '../../support/accounts.js';
import { type AccountApp, accountApp, accountDatabase, Browser, OPERATOR_TOKEN } from '../../support/session-app.js';

const CLERK = [{ role: 'filing_clerk', from: '2026-01-01' }] as const;
const ADMIN = [{ role: 'administrator', from: '2026-01-01' }] as const;
const USERS = `/api/v1/courts/${encodeURIComponent(COURT)}/users`;
const COOKIE = '__Host-shouze';

let db: Db;
let pglite: PGlite;
let service: AccountApp;
let count = 0;
let clerk: { id: string; login: string; password: string };

beforeAll(async () => {
  ({ db, pglite } = await accountDatabase());
});
afterAll(() => pglite.close());

// A new app for each test: its clock starts anew, and so do its counts of requests.
beforeEach(async () => {
  service = await accountApp(db);
  clerk = await person(CLERK);
});

async function person(postings: Parameters<AccountApp['create']>[0]['postings'], court = COURT) {
  const login = `user.${++count}`;
  return { login, ...(await service.create({ login, name: '王立', postings }, court)) };
}

async function signedIn({ login, password }: { login: string; password: string }): Promise<Browser> {
  const browser = new Browser(service.app);
  const { statusCode } = await browser.signIn(login, password);
  expect(statusCode).toBe(200);
  return browser;
}

const problem = async (answer: ReturnType<Browser['send']>) => {
  const response = await answer;
  expect(response.headers['content-type']).toContain('application/problem+json');
  return `${response.statusCode} ${response.json<{ code: string }>().code}`;
};

describe('the cookie', () => {
  test('is for this host alone, for no script, and for no other site', async () => {
    const browser = new Browser(service.app);
    const response = await browser.signIn(clerk.login, clerk.password);
    expect(response.headers['set-cookie']).toMatch(
      /^__Host-shouze=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(response.headers['cache-control']).toBe('no-store');
    const view = sessionView.parse(response.json());
    expect(view.courts).toMatchObject([{ code: COURT, name: '筠连县人民法院', roles: ['filing_clerk'] }]);
    expect(view.courts[0]?.may).toContain('handover.withdraw');
    expect(view.courts[0]?.may).not.toContain('user.read');
    expect((await browser.send('GET', '/api/v1/session')).json()).toEqual(response.json());
  });

  test('stands in the database as a digest alone, and the password as argon2id', async () => {
    const browser = await signedIn(clerk);
    const token = browser.cookies.get(COOKIE) ?? '';
    const [user] = await db.select().from(schema.users).where(eq(schema.users.id, clerk.id));
    expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const dump = JSON.stringify(await db.select().from(schema.sessions).where(eq(schema.sessions.user, clerk.id)));
    expect(dump).not.toContain(token);
    expect(dump).not.toContain(Buffer.from(token).toString('hex'));
  });

  test('is never the one that the browser brought', async () => {
    const browser = new Browser(service.app);
    const planted = 'a'.repeat(43);
    browser.cookies.set(COOKIE, planted);
    await browser.signIn(clerk.login, clerk.password);
    expect(browser.cookies.get(COOKIE)).not.toBe(planted);
    const attacker = new Browser(service.app);
    attacker.cookies.set(COOKIE, planted);
    expect(await problem(attacker.send('GET', '/api/v1/session'))).toBe('401 SESSION_MISSING');
  });

  test('of a session before ends with the next sign-in', async () => {
    const browser = await signedIn(clerk);
    const before = browser.cookies.get(COOKIE) ?? '';
    await browser.signIn(clerk.login, clerk.password);
    const stale = new Browser(service.app);
    stale.cookies.set(COOKIE, before);
    expect(await problem(stale.send('GET', '/api/v1/session'))).toBe('401 SESSION_MISSING');
    expect((await browser.send('GET', '/api/v1/session')).statusCode).toBe(200);
  });

  test('opens nothing after signing out, and the browser is told to forget it', async () => {
    const browser = await signedIn(clerk);
    const token = browser.cookies.get(COOKIE) ?? '';
    const response = await browser.send('DELETE', '/api/v1/session');
    expect([response.statusCode, response.body]).toEqual([204, '']);
    expect(browser.cookies.has(COOKIE)).toBe(false);
    browser.cookies.set(COOKIE, token);
    expect(await problem(browser.send('GET', '/api/v1/session'))).toBe('401 SESSION_MISSING');
  });

  test('that is made up opens nothing', async () => {
    for (const token of ['', 'x', `${'a'.repeat(42)}"`, 'a'.repeat(43), 'a'.repeat(4000)]) {
      const browser = new Browser(service.app);
      browser.cookies.set(COOKIE, token);
      expect(await problem(browser.send('GET', '/api/v1/session'))).toBe('401 SESSION_MISSING');
    }
  });
});

describe('a request that changes something', () => {
  test('carries the token of its own session', async () => {
    const [browser, other] = [await signedIn(clerk), await signedIn(clerk)];
    expect((await browser.send('POST', '/api/v1/touch')).json()).toEqual({ user: clerk.id });
    for (const token of [undefined, '', 'wrong', other.csrf, browser.cookies.get(COOKIE)]) {
      const answer = browser.send('POST', '/api/v1/touch', undefined, { 'x-csrf-token': token });
      expect(await problem(answer)).toBe('403 CSRF_FAILED');
    }
  });

  test.each(['cross-site', 'same-site'])('does not come from a page of another site (%s)', async (site) => {
    const browser = await signedIn(clerk);
    const headers = { 'sec-fetch-site': site };
    expect(await problem(browser.send('POST', '/api/v1/touch', undefined, headers))).toBe('403 CSRF_FAILED');
    const { login, password } = clerk;
    const signIn = browser.send('POST', '/api/v1/session', { login, password }, headers);
    expect(await problem(signIn)).toBe('403 CSRF_FAILED');
    expect((await browser.send('GET', '/api/v1/session', undefined, headers)).statusCode).toBe(200);
  });

  test('is not a form that another site could send', async () => {
    const body = `login=${clerk.login}&password=${clerk.password}`;
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
      const { statusCode } = await service.app.inject({
        method: 'POST',
        url: '/api/v1/session',
        headers: { 'content-type': type },
        payload: body,
      });
      expect([400, 415]).toContain(statusCode);
    }
  });
});

describe('whoever is not signed in', () => {
  test('gets nothing but what is public, not even where a route does not say', async () => {
    const browser = new Browser(service.app);
    for (const url of ['/api/v1/session', '/api/v1/unmarked', '/api/v1/tick', USERS])
      expect([url, await problem(browser.send('GET', url))]).toEqual([url, '401 SESSION_MISSING']);
    expect(await problem(browser.send('POST', '/api/v1/touch'))).toBe('401 SESSION_MISSING');
    expect((await browser.send('GET', '/api/v1/session/ways')).json()).toEqual({
      password: true,
      sso: false,
      trial: false,
    });
    expect(await problem(browser.send('GET', '/api/v1/session/sso'))).toBe('404 NOT_FOUND');
    expect(await problem(browser.send('GET', '/api/v1/nowhere'))).toBe('404 NOT_FOUND');
  });

  test('gets the same answer for an unknown name and a wrong password', async () => {
    const answer = async (login: string) => {
      const response = await new Browser(service.app).signIn(login, 'not the password');
      const { correlation: _, ...body } = response.json<Record<string, unknown>>();
      return { status: response.statusCode, cookies: response.cookies, body };
    };
    for (let i = 0; i < 6; i++) expect(await answer('nobody.at.all')).toEqual(await answer(clerk.login));
    expect((await answer(clerk.login)).body).toMatchObject({ code: 'ACCOUNT_LOCKED', status: 429 });
    expect(service.courtless.map(({ action, subject }) => `${action} ${subject}`)).toContain('session.fail -');
    expect(JSON.stringify(service.courtless)).not.toContain('nobody');
  });

  test('is locked out after five wrong passwords, for a quarter of an hour', async () => {
    const browser = new Browser(service.app);
    for (let i = 0; i < 5; i++) await browser.signIn(clerk.login, 'not the password');
    expect(await problem(browser.signIn(clerk.login, clerk.password))).toBe('429 ACCOUNT_LOCKED');
    service.clock.pass(15);
    expect((await browser.signIn(clerk.login, clerk.password)).statusCode).toBe(200);
  });

  test('is slowed down by name, whatever the letters’ case', async () => {
    const codes: string[] = [];
    for (let i = 0; i < 11; i++)
      codes.push(await problem(new Browser(service.app).signIn(`No.One${i % 2 ? 'X' : 'x'}`, 'p')));
    expect([codes[9], codes[10]]).toEqual(['429 ACCOUNT_LOCKED', '429 TOO_MANY']);
    expect((await new Browser(service.app).signIn(clerk.login, clerk.password)).statusCode).toBe(200);
  });

  test('is slowed down by address', async () => {
    const codes = [];
    for (let i = 0; i < 61; i++)
      codes.push((await service.app.inject({ method: 'POST', url: '/api/v1/session', payload: {} })).statusCode);
    expect(codes.filter((code) => code === 429)).toHaveLength(1);
  });

  test('learns at a plain http address that the browser would not keep the session', async () => {
    const { login, password } = clerk;
    const at = (origin: string) =>
      new Browser(service.app).send('POST', '/api/v1/session', { login, password }, { origin });
    expect(await problem(at('http://10.1.2.3:3000'))).toBe('403 ORIGIN_INSECURE');
    expect((await at('http://10.1.2.3:3000')).json<{ detail: string }>().detail).toContain('https');
    expect((await at('http://localhost:3000')).statusCode).toBe(200);
  });

  test.each([
    ['https://court.example', true],
    ['http://localhost:3000', true],
    ['http://127.0.0.1:3000', true],
    ['http://127.8.9.10', true],
    ['http://[::1]:3000', true],
    ['http://app.localhost', true],
    ['http://court.example', false],
    ['http://10.0.0.1', false],
    ['http://localhost.example', false],
    ['http://127.0.0.1.example', false],
    ['ftp://localhost', false],
  ])('%s is safe from listeners: %s', (url, expected) => {
    expect(isTrustworthy(new URL(url))).toBe(expected);
  });
});

describe('time', () => {
  test('ends a session after 15 minutes without a request', async () => {
    const browser = await signedIn(clerk);
    for (let i = 0; i < 10; i++) {
      service.clock.pass(14);
      expect((await browser.send('GET', '/api/v1/session')).statusCode).toBe(200);
    }
    service.clock.pass(15);
    expect(await problem(browser.send('GET', '/api/v1/session'))).toBe('401 SESSION_MISSING');
    expect(browser.cookies.has(COOKIE)).toBe(false);
  });

  test('ends a session after 8 hours, whatever happens', async () => {
    const browser = await signedIn(clerk);
    for (let minutes = 10; minutes < 480; minutes += 10) {
      service.clock.pass(10);
      expect((await browser.send('GET', '/api/v1/session')).statusCode).toBe(200);
    }
    service.clock.pass(10);
    expect(await problem(browser.send('GET', '/api/v1/session'))).toBe('401 SESSION_MISSING');
  });

  test('is not held up by what a page asks by itself', async () => {
    const browser = await signedIn(clerk);
    service.clock.pass(10);
    expect((await browser.send('GET', '/api/v1/tick')).statusCode).toBe(200);
    service.clock.pass(5);
    expect(await problem(browser.send('GET', '/api/v1/session'))).toBe('401 SESSION_MISSING');
  });

  test('of the last request is written once a minute at most', async () => {
    const browser = await signedIn(clerk);
    const seen = async () => {
      const [row] = await db.select().from(schema.sessions).where(eq(schema.sessions.user, clerk.id));
      return row?.seenAt;
    };
    const first = await seen();
    service.clock.pass(0.9);
    await browser.send('GET', '/api/v1/session');
    expect(await seen()).toBe(first);
    service.clock.pass(0.2);
    await browser.send('GET', '/api/v1/session');
    expect(await seen()).not.toBe(first);
  });
});

describe('the next request', () => {
  test('of a disabled user is refused', async () => {
    const [browser, admin] = [await signedIn(clerk), await signedIn(await person(ADMIN))];
    expect((await admin.send('PATCH', `${USERS}/${clerk.id}`, { version: 1, disabled: true })).statusCode).toBe(200);
    expect(await problem(browser.send('GET', '/api/v1/session'))).toBe('401 SESSION_MISSING');
    expect(await problem(browser.signIn(clerk.login, clerk.password))).toBe('401 SIGN_IN_FAILED');
  });

  test('after a password change is refused in every other browser', async () => {
    const [browser, other] = [await signedIn(clerk), await signedIn(clerk)];
    const change = { current: clerk.password, next: GOOD };
    expect((await browser.send('PUT', '/api/v1/session/password', change)).statusCode).toBe(204);
    expect((await browser.send('GET', '/api/v1/session')).statusCode).toBe(200);
    expect(await problem(other.send('GET', '/api/v1/session'))).toBe('401 SESSION_MISSING');
    expect(await problem(new Browser(service.app).signIn(clerk.login, clerk.password))).toBe('401 SIGN_IN_FAILED');
    expect((await new Browser(service.app).signIn(clerk.login, GOOD)).statusCode).toBe(200);
  });

  test('after a refused password change is as before', async () => {
    const browser = await signedIn(clerk);
    const put = (current: string, next: string) => browser.send('PUT', '/api/v1/session/password', { current, next });
    expect(await problem(put('wrong', GOOD))).toBe('400 PASSWORD_WRONG');
    expect(await problem(put(clerk.password, 'password1234'))).toBe('400 PASSWORD_WEAK');
    expect(await problem(put(clerk.password, 'short'))).toBe('400 BODY_INVALID');
    expect((await browser.send('GET', '/api/v1/session')).statusCode).toBe(200);
  });

  test('sees the roles of that moment', async () => {
    const [browser, admin] = [await signedIn(clerk), await signedIn(await person(ADMIN))];
    const roles = async () => sessionView.parse((await browser.send('GET', '/api/v1/session')).json()).courts[0]?.roles;
    const postings = [
      { role: 'judge', judge: 'M1', from: '2026-03-09' },
      { role: 'supervisor', from: '2026-03-10' },
    ];
    const change = await admin.send('PATCH', `${USERS}/${clerk.id}`, { version: 1, postings });
    expect(change.json()).toMatchObject({ password: null, user: { version: 2 } });
    expect(await roles()).toEqual(['judge']);
  });
});

describe('the users of a court', () => {
  test('are made, listed and changed by its administrators', async () => {
    const admin = await signedIn(await person(ADMIN));
    const login = `new.${++count}`;
    const made = await admin.send('POST', USERS, { login, name: '李四', postings: CLERK });
    expect(made.statusCode).toBe(201);
    const { user, password } = made.json<{ user: { id: string }; password: string }>();
    expect((await new Browser(service.app).signIn(login, password)).statusCode).toBe(200);
    const { items } = usersView.parse((await admin.send('GET', USERS)).json());
    expect(items).toContainEqual(user);
    const reset = await admin.send('PATCH', `${USERS}/${user.id}`, { version: 1, resetPassword: true });
    const again = reset.json<{ password: string }>().password;
    expect(await problem(new Browser(service.app).signIn(login, password))).toBe('401 SIGN_IN_FAILED');
    expect((await new Browser(service.app).signIn(login, again)).statusCode).toBe(200);
    const stale = admin.send('PATCH', `${USERS}/${user.id}`, { version: 1, name: '晚' });
    expect(await problem(stale)).toBe('409 VERSION_CONFLICT');
  });

  test('keep login names and sign-on subjects apart, and auditors from administrators', async () => {
    const admin = await signedIn(await person(ADMIN));
    const taken = admin.send('POST', USERS, { login: clerk.login.toUpperCase(), name: '乙', postings: CLERK });
    expect(await problem(taken)).toBe('409 LOGIN_TAKEN');
    const other = await person(CLERK);
    const subject = `subject-${count}`;
    const patch = (id: string, change: object) => admin.send('PATCH', `${USERS}/${id}`, { version: 1, ...change });
    expect((await patch(clerk.id, { subject })).statusCode).toBe(200);
    expect(await problem(patch(other.id, { subject }))).toBe('400 USER_INVALID');
    const both = ['auditor', 'administrator'].map((role) => ({ role, from: '2026-03-09' }));
    expect(await problem(patch(other.id, { postings: both }))).toBe('400 USER_INVALID');
  });

  test('are no judges but those of the docket now in force', async () => {
    const admin = await signedIn(await person(ADMIN));
    const become = (judge: string) =>
      admin.send('PATCH', `${USERS}/${clerk.id}`, {
        version: 1,
        postings: [{ role: 'judge', judge, from: '2026-03-09' }],
      });
    expect(await problem(become('M2'))).toBe('400 JUDGE_UNKNOWN');
    expect((await become('M1')).statusCode).toBe(200);
  });

  test('may change from auditor to administrator and back on one day', async () => {
    const admin = await signedIn(await person(ADMIN));
    const { id } = await person([{ role: 'auditor', from: '2026-01-01' }]);
    for (const [index, role] of ['administrator', 'auditor', 'administrator'].entries()) {
      const change = { version: index + 1, postings: [{ role, from: '2026-03-09' }] };
      expect((await admin.send('PATCH', `${USERS}/${id}`, change)).statusCode).toBe(200);
    }
  });

  test('are not there for another court, nor for those who may not', async () => {
    const far = await signedIn(await person(ADMIN, OTHER));
    expect(await problem(far.send('GET', USERS))).toBe('404 NOT_FOUND');
    const there = `/api/v1/courts/${encodeURIComponent(OTHER)}/users`;
    expect(await problem(far.send('PATCH', `${there}/${clerk.id}`, { version: 1, name: '我' }))).toBe('404 NOT_FOUND');
    const browser = await signedIn(clerk);
    expect(await problem(browser.send('GET', USERS))).toBe('403 FORBIDDEN');
    const promoting = browser.send('PATCH', `${USERS}/${clerk.id}`, { version: 1, postings: ADMIN });
    expect(await problem(promoting)).toBe('403 FORBIDDEN');
  });

  test('leave a chain of what was done in their court, which holds', async () => {
    const admin = await signedIn(await person(ADMIN));
    await signedIn(clerk);
    await new Browser(service.app).signIn(clerk.login, 'not the password');
    await admin.send('PATCH', `${USERS}/${clerk.id}`, { version: 1, name: '王小立', resetPassword: true });
    const events = (await inCourt(db, COURT, (tx) =>
      tx.select().from(schema.audit).orderBy(schema.audit.seq),
    )) as AuditEvent[];
    expect(verifyChain(events)).not.toHaveProperty('broken');
    const own = events.filter(({ subject }) => subject === clerk.id).map(({ action }) => action);
    expect(own).toEqual(['user.create', 'session.start', 'session.fail', 'user.change']);
    expect(JSON.stringify(events)).not.toMatch(/王|not the password|argon2/);
  });
});

describe('commands on the machine', () => {
  const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` };
  const ask = (method: 'GET' | 'POST', url: string, more: object = {}) =>
    service.app.inject({ method, url, headers, ...more });

  test('set up a court’s first administrator', async () => {
    const login = `first.${++count}`;
    const made = await ask('POST', USERS, { payload: { login, name: '首', postings: ADMIN } });
    expect(made.statusCode).toBe(201);
    const admin = await signedIn({ login, password: made.json<{ password: string }>().password });
    expect((await admin.send('GET', USERS)).statusCode).toBe(200);
    const nowhere = `/api/v1/courts/${encodeURIComponent('川9999')}/users`;
    expect((await ask('POST', nowhere, { payload: { login: 'x.y', name: '首', postings: ADMIN } })).statusCode).toBe(
      404,
    );
  });

  test('do nothing else, from nowhere else, with no other token', async () => {
    expect((await ask('POST', '/api/v1/touch')).json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await ask('GET', '/api/v1/session')).json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await ask('GET', USERS, { remoteAddress: '10.1.2.3' })).json()).toMatchObject({ code: 'SESSION_MISSING' });
    const wrong = { headers: { authorization: 'Bearer wrong' } };
    expect((await ask('GET', USERS, wrong)).json()).toMatchObject({ code: 'SESSION_MISSING' });
  });
});

describe('the database', () => {
  const refused = async (work: Promise<unknown>): Promise<string | undefined> => {
    try {
      await work;
      return undefined;
    } catch (error) {
      return dbError(error)?.code;
    }
  };

  test('shows no password hash to the role that works in a court, and no case to the role at the gate', async () => {
    const inside = (query: ReturnType<typeof sql>) => refused(inCourt(db, COURT, (tx) => tx.execute(query)));
    expect(await inside(sql`select password_hash from users`)).toBe('42501');
    expect(await inside(sql`select * from sessions`)).toBe('42501');
    expect(await inside(sql`select id, name from users`)).toBeUndefined();
    expect(await refused(atGate(db, (tx) => tx.execute(sql`select * from filings`)))).toBe('42501');
    expect(await refused(atGate(db, (tx) => tx.execute(sql`delete from users`)))).toBe('42501');
  });

  test('takes no postings of one court away from another', async () => {
    const far = await person(ADMIN, OTHER);
    await inCourt(db, COURT, (tx) => tx.delete(schema.postings).where(eq(schema.postings.user, far.id)));
    expect(await service.ports.store.postingsOf(far.id)).toHaveLength(1);
  });
});
