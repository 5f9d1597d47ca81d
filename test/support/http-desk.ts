/** The whole service over HTTP, in process: real database, accounts, sessions and passwords, a clock that is driven. */
import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { AddressInfo } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse, RouteOptions } from 'fastify';
import pino from 'pino';
import { expect } from 'vitest';
import type { z } from 'zod';
import { createUser } from '../../src/app/accounts/create-user.js';
import type { WantedPosting } from '../../src/app/accounts/posting-plan.js';
import { OPERATOR } from '../../src/app/accounts/principal.js';
import type { Service } from '../../src/app/ports.js';
import type { Views } from '../../src/app/views.js';
import type { Role } from '../../src/core/access/can.js';
import { accountPorts } from '../../src/shell/account-ports.js';
import { accountStore } from '../../src/shell/db/accounts.js';
import { Changes } from '../../src/shell/db/changes.js';
import { listenPostgres } from '../../src/shell/db/postgres-listen.js';
import { CHANNEL } from '../../src/shell/db/store.js';
import { problemView } from '../../src/shell/http/contract/common.js';
import type { batchView, filingRow, filingView } from '../../src/shell/http/contract/filings.js';
import { Metrics } from '../../src/shell/http/metrics.js';
import { PROBLEMS, type ProblemCode } from '../../src/shell/http/problems.js';
import { buildServer } from '../../src/shell/http/server.js';
import { RoutingLoop } from '../../src/shell/jobs/routing-loop.js';
import { DrivenClock, OTHER } from './accounts.js';
import { docket as docketOf, type Json } from './court.js';
import { openDesk } from './desk.js';
import type { OpenedEngine } from './engines.js';
import { Browser, KEY, OPERATOR_TOKEN } from './session-app.js';

export type BatchView = z.output<typeof batchView>;
export type FilingRow = z.output<typeof filingRow>;
export type FilingView = z.output<typeof filingView>;

/** From the clock's start to the day on which the desk's filings have been received: 2026-03-12, 10:00 in the court. */
const MINUTES_TO_TODAY = 3 * 24 * 60 + 60;

export interface HttpDesk {
  readonly app: FastifyInstance;
  /** Every route that was registered. */
  readonly routes: readonly RouteOptions[];
  readonly service: Service;
  readonly views: Views;
  readonly changes: Changes;
  readonly clock: DrivenClock;
  /** Every byte that a client was answered with, headers too. */
  readonly heard: string[];
  /** Every line that the service logged. */
  readonly log: string[];
  /** Signs in a new person with these roles in a court; as a judge, that one. */
  person(roles: readonly Role[], more?: Partial<PersonOptions>): Promise<Client>;
  /** Somebody who has not signed in. */
  nobody(): Client;
  /** Whoever runs commands on the service's machine. */
  operator(court?: string): Client;
  /** Once all of a batch is routed. */
  routed(court: string, batch: string): Promise<void>;
  /** Listens on a port of this machine; gives the address. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

export interface PersonOptions {
  readonly court: string;
  readonly judge: string;
  /** The last day of the postings. */
  readonly until: string;
}

export interface HttpDeskOptions {
  readonly docket?: Json;
  /** The folder of the built pages. */
  readonly pages?: string;
}

/** A second court, with judges of its own. */
export const otherDocket = (): Json =>
  docketOf([], { court: { code: OTHER, name: '宜宾市翠屏区人民法院', level: 'basic', province: '四川' } });

/** Serves an empty, migrated database, with a docket imported, and a second court beside it. */
export async function openHttpDesk(opened: OpenedEngine, options: HttpDeskOptions = {}): Promise<HttpDesk> {
  const { docket = docketOf(), pages } = options;
  const clock = new DrivenClock();
  clock.pass(MINUTES_TO_TODAY);
  const { db, service, views } = await openDesk(opened.db, docket, undefined, undefined, clock);
  const changes = new Changes();
  const stopHearing = await hearing(opened, changes);
  const failures: unknown[] = [];
  const routing = new RoutingLoop(service, { routed: () => {}, failed: (_court, error) => failures.push(error) });
  const stopListening = changes.listen((told) => {
    if (told.kind === 'batch' && told.received) routing.kick(told.court);
  });
  const accounts = {
    ...accountPorts(
      accountStore(db, () => {}),
      clock,
    ),
    failureFloor: () => Promise.resolve(),
  };
  const log: string[] = [];
  const routes: RouteOptions[] = [];
  const app = await watched(routes, () =>
    buildServer({
      desk: { service, views, changes },
      accounts,
      sessionKey: KEY,
      version: '0.0.0',
      health: async () => ({ ok: true }),
      metrics: new Metrics(),
      trial: false,
      operatorToken: OPERATOR_TOKEN,
      logger: pino({ base: null, level: 'trace' }, { write: (line) => log.push(line) }),
      ...(pages !== undefined && { pages }),
    }),
  );
  await app.ready();
  const heard: string[] = [];
  const home = (docket.court as { code: string }).code;
  const desk: HttpDesk = {
    app,
    routes,
    service,
    views,
    changes,
    clock,
    heard,
    log,
    person: async (roles, { court = home, judge, until } = {}) => {
      const login = `user.${randomUUID()}`;
      const postings = roles.map(
        (role): WantedPosting => ({
          role,
          from: '2026-01-01',
          ...(role === 'judge' && judge !== undefined && { judge }),
          ...(until !== undefined && { until }),
        }),
      );
      const made = await createUser(accounts, OPERATOR, court, { login, name: `人员${login.slice(-4)}`, postings });
      const client = new Client(desk, court, { user: made.user.id });
      const { statusCode, body } = await client.signIn(login, made.password);
      if (statusCode !== 200) throw new Error(body);
      return client;
    },
    nobody: () => new Client(desk, home),
    operator: (court = home) => new Client(desk, court, { token: OPERATOR_TOKEN }),
    routed: (court, batch) =>
      new Promise((resolve, reject) => {
        const look = async (): Promise<void> => {
          if ((await views.batch(court, batch))?.counts.received !== 0) return;
          stop();
          resolve();
        };
        const stop = changes.listen((told) => {
          if (told.kind === 'batch' && told.id === batch) look().catch(reject);
        });
        look().catch(reject);
      }),
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    close: async () => {
      stopListening();
      await app.close();
      await routing.stop();
      await stopHearing();
      expect(failures).toEqual([]);
    },
  };
  const imported = await desk.operator(OTHER).post('/docket', otherDocket());
  if (imported.statusCode !== 200) throw new Error(imported.body);
  return desk;
}

/** Hears what the database tells, as the service does; from when it returns on nothing is missed. */
async function hearing({ db, url }: OpenedEngine, changes: Changes): Promise<() => Promise<void>> {
  const hear = (payload: string): void => changes.hear(payload);
  if (url === undefined) return (db as unknown as { $client: PGlite }).$client.listen(CHANNEL, hear);
  return new Promise((resolve) => {
    const stop = listenPostgres(url, CHANNEL, { hear, missed: () => resolve(stop) });
  });
}

/** Makes an app and notes down every route that is registered on it. */
async function watched(routes: RouteOptions[], make: () => Promise<FastifyInstance>): Promise<FastifyInstance> {
  const watch = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', (route) => void routes.push(route));
  };
  subscribe('fastify.initialization', watch);
  try {
    return await make();
  } finally {
    unsubscribe('fastify.initialization', watch);
  }
}

/** An answer as a problem: `409 VERSION_CONFLICT`. Holds it to what every refusal promises. */
export function refused(response: LightMyRequestResponse): string {
  expect(response.headers['content-type'], response.body).toBe('application/problem+json; charset=utf-8');
  const { type, title, status, detail, code, correlation } = problemView.parse(response.json());
  const known = PROBLEMS[code as ProblemCode];
  expect({ type, status, title }, code).toEqual({ type: `urn:shouze:problem:${code}`, ...known });
  expect(status).toBe(response.statusCode);
  expect(detail).toMatch(/\p{sc=Han}/u);
  expect(correlation).toBe(response.headers['x-correlation-id']);
  return `${status} ${code}`;
}

type Method = NonNullable<InjectOptions['method']>;
type Headers = Readonly<Record<string, string | undefined>>;

interface Who {
  readonly user?: string;
  /** The operator's. */
  readonly token?: string;
}

/** One person's browser. Paths that begin with `/` are those of their court. */
export class Client extends Browser {
  readonly court: string;
  readonly #desk: HttpDesk;
  readonly #who: Who;

  constructor(desk: HttpDesk, court: string, who: Who = {}) {
    super(desk.app);
    this.#desk = desk;
    this.court = court;
    this.#who = who;
  }

  get user(): string {
    return this.#who.user ?? '';
  }

  /** The address of something in the client's own court. */
  at(path: string): string {
    return `/api/v1/courts/${encodeURIComponent(this.court)}${path}`;
  }

  override async send(
    method: Method,
    url: string,
    body?: object,
    headers: Headers = {},
  ): Promise<LightMyRequestResponse> {
    const { token } = this.#who;
    const response = await super.send(method, url, body, {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    });
    this.#desk.heard.push(JSON.stringify(response.headers), response.rawPayload.toString('latin1'), response.body);
    return response;
  }

  get(path: string): Promise<LightMyRequestResponse> {
    return this.send('GET', this.at(path));
  }

  post(path: string, body: object, headers: Headers = {}): Promise<LightMyRequestResponse> {
    return this.send('POST', this.at(path), body, headers);
  }

  /** Sends text as it is. */
  raw(method: Method, path: string, text: string | Buffer, headers: Headers = {}): Promise<LightMyRequestResponse> {
    return this.send(method, this.at(path), Buffer.from(text), { 'content-type': 'application/json', ...headers });
  }

  /** Uploads a file. */
  upload(name: string, bytes: string | Buffer, headers: Headers = {}): Promise<LightMyRequestResponse> {
    const { body, type } = multipart(name, bytes);
    return this.send('POST', this.at('/batches/file'), body, {
      'content-type': type,
      'idempotency-key': randomUUID(),
      ...headers,
    });
  }

  /** Files filings and waits until all are routed; gives the rows by 登记号. */
  async file(filings: readonly Json[]): Promise<ReadonlyMap<string, FilingRow>> {
    const response = await this.post('/batches', { filings }, { 'idempotency-key': randomUUID() });
    if (response.statusCode !== 201) throw new Error(response.body);
    const { id } = response.json<BatchView>();
    await this.#desk.routed(this.court, id);
    return new Map((await this.rows(`batch=${id}`)).map((row) => [row.reference, row]));
  }

  /** Files one filing and routes it; gives it as it then is. */
  async fileOne(filing: Json): Promise<FilingView> {
    const [row] = (await this.file([filing])).values();
    if (row === undefined) throw new Error('it was filed before');
    return this.see(row.id);
  }

  /** All rows of a list, page by page. */
  async rows(query: string, limit = 200): Promise<FilingRow[]> {
    const found: FilingRow[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
      const response = await this.get(`/filings?${query}&limit=${limit}${after}`);
      if (response.statusCode !== 200) throw new Error(response.body);
      const page = response.json<{ items: FilingRow[]; next: string | null }>();
      found.push(...page.items);
      next = page.next;
    }
    return found;
  }

  async see(id: string): Promise<FilingView> {
    const response = await this.get(`/filings/${id}`);
    if (response.statusCode !== 200) throw new Error(response.body);
    return response.json<FilingView>();
  }

  /** Asks over the network, once the desk listens. */
  fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const { port } = this.#desk.app.server.address() as AddressInfo;
    const { token } = this.#who;
    const headers = {
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    return fetch(`http://127.0.0.1:${port}${url}`, { ...init, headers });
  }

  /** Listens to what happens in the court; from when it returns on nothing is missed. */
  async events(): Promise<EventStream> {
    const end = new AbortController();
    const response = await this.fetch(this.at('/events'), { signal: end.signal });
    if (response.status !== 200 || response.body === null) throw new Error(await response.text());
    return new EventStream(response.body, end, this.#desk.heard);
  }
}

export interface LiveEvent {
  readonly event: string;
  readonly data: Json;
}

/** Server-sent events as they come. */
export class EventStream {
  readonly events: LiveEvent[] = [];
  /** When the service has ended it, or broken it off. */
  readonly ended: Promise<void>;
  readonly #end: AbortController;
  #tell: () => void = () => {};

  constructor(body: ReadableStream<Uint8Array>, end: AbortController, heard: string[]) {
    this.#end = end;
    this.ended = this.#read(body, heard).catch(() => undefined);
  }

  /** The first event that is so, of those that came and those to come. */
  async until(is: (event: LiveEvent) => boolean): Promise<LiveEvent> {
    for (;;) {
      const found = this.events.find(is);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#tell = resolve;
      });
    }
  }

  async close(): Promise<void> {
    this.#end.abort();
    await this.ended;
  }

  async #read(body: ReadableStream<Uint8Array>, heard: string[]): Promise<void> {
    let text = '';
    for await (const bytes of body.pipeThrough(new TextDecoderStream())) {
      heard.push(bytes);
      const blocks = (text + bytes).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, event, data] = /^event: (\w+)\ndata: (.+)$/.exec(block) ?? [];
        if (event !== undefined) this.events.push({ event, data: JSON.parse(data ?? '') });
      }
      this.#tell();
    }
  }
}

/** The body of an upload, as a browser sends a form with one file. */
export function multipart(name: string, bytes: string | Buffer): { readonly body: Buffer; readonly type: string } {
  const boundary = `----${randomUUID()}`;
  const disposition = `content-disposition: form-data; name="file"; filename="${name}"`;
  const head = `--${boundary}\r\n${disposition}\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { body, type: `multipart/form-data; boundary=${boundary}` };
}

export { OTHER };
