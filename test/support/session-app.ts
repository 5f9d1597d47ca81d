/** The service's accounts over HTTP: real database, real passwords, a clock that is driven. */
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import Fastify, { type FastifyInstance, type InjectOptions, type LightMyRequestResponse } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { createUser, type NewUser } from '../../src/app/accounts/create-user.js';
import type { AccountPorts, Act } from '../../src/app/accounts/ports.js';
import { OPERATOR } from '../../src/app/accounts/principal.js';
import { accountPorts } from '../../src/shell/account-ports.js';
import { accountStore } from '../../src/shell/db/accounts.js';
import { type Db, DRIZZLE, schema } from '../../src/shell/db/db.js';
import { answerProblems } from '../../src/shell/http/problems.js';
import { type SessionRoutesOptions, sessionRoutes } from '../../src/shell/http/routes/session.js';
import { userRoutes } from '../../src/shell/http/routes/users.js';
import { sessions } from '../../src/shell/http/sessions.js';
import { COURT, COURT_NAMES, DrivenClock } from './accounts.js';

export const KEY = new Uint8Array(32).fill(7);
export const OPERATOR_TOKEN = 'operator-token-of-the-tests';

/** A migrated database in memory with two courts, a judge, and one who is there no longer. */
export async function accountDatabase(): Promise<{ db: Db; pglite: PGlite }> {
  const pglite = await PGlite.create({ extensions: { btree_gist } });
  const db = drizzle(pglite, DRIZZLE);
  await migrate(db, { migrationsFolder: new URL('../../migrations', import.meta.url).pathname });
  const court = { level: 'basic', province: '四川', parameters: {}, divisions: [] };
  await db.insert(schema.courts).values([...COURT_NAMES].map(([code, name]) => ({ code, name, ...court })));
  const judge = { court: COURT, name: '法官', document: {}, digest: '', position: 0 };
  await db.insert(schema.judges).values([
    { id: 'M1', listed: true, ...judge },
    { id: 'M2', listed: false, ...judge },
  ]);
  return { db, pglite };
}

export interface AccountApp {
  readonly app: FastifyInstance;
  readonly ports: AccountPorts;
  readonly clock: DrivenClock;
  /** Acts of no court. */
  readonly courtless: Act[];
  /** Makes a user, as the operator. */
  create(user: NewUser, court?: string): Promise<{ id: string; password: string }>;
}

/**
 * The routes of sessions and users, and one route of each kind to try them on. Passwords as they really are; failures
 * without delay.
 */
export async function accountApp(db: Db, routes: Partial<SessionRoutesOptions> = {}): Promise<AccountApp> {
  const clock = new DrivenClock();
  const courtless: Act[] = [];
  const store = accountStore(db, (act) => courtless.push(act));
  const ports = { ...accountPorts(store, clock), failureFloor: () => Promise.resolve() };
  const app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app);
  await app.register(async (api) => {
    await api.register(sessions, { ports, key: KEY, operatorToken: OPERATOR_TOKEN });
    await api.register(sessionRoutes, { ports, key: KEY, ways: { password: true, trial: false }, ...routes });
    await api.register(userRoutes, { ports });
    api.get('/api/v1/unmarked', async () => ({}));
    api.get('/api/v1/tick', { config: { signedIn: true, passive: true } }, async () => ({}));
    api.post('/api/v1/touch', { config: { action: 'filing.take' } }, async ({ principal }) => ({
      user: principal.user,
    }));
  });
  await app.ready();
  const create: AccountApp['create'] = async (user, court = COURT) => {
    const made = await createUser(ports, OPERATOR, court, user);
    return { id: made.user.id, password: made.password };
  };
  return { app, ports, clock, courtless, create };
}

/** A browser as far as cookies and the CSRF token go. */
export class Browser {
  readonly #app: FastifyInstance;
  readonly cookies = new Map<string, string>();
  csrf: string | undefined;

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  /** Sends a request; `headers` replace what the browser would send, undefined leaves it out. */
  async send(
    method: NonNullable<InjectOptions['method']>,
    url: string,
    body?: object,
    headers: Readonly<Record<string, string | undefined>> = {},
  ): Promise<LightMyRequestResponse> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const own = { cookie: cookie || undefined, 'x-csrf-token': this.csrf, 'sec-fetch-site': 'same-origin' };
    const all = Object.entries({ ...own, ...headers }).filter((entry): entry is [string, string] => !!entry[1]);
    const response = await this.#app.inject({
      method,
      url,
      headers: Object.fromEntries(all),
      ...(body && { payload: body }),
    });
    for (const { name, value, maxAge, expires } of response.cookies as {
      name: string;
      value: string;
      maxAge?: number;
      expires?: Date;
    }[]) {
      if (maxAge === 0 || (expires && expires.getTime() < 1)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  async signIn(login: string, password: string): Promise<LightMyRequestResponse> {
    const response = await this.send('POST', '/api/v1/session', { login, password });
    if (response.statusCode === 200) this.csrf = response.json<{ csrfToken: string }>().csrfToken;
    return response;
  }
}
