import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemView } from '../../../src/shell/http/contract/common.js';
import { filing } from '../../support/court.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';
import { type Client, type HttpDesk, openHttpDesk } from '../../support/http-desk.js';
import { addressOf, apiRoutes, askersOf, contentFor, draftOver, type Ids, nameOf, type Route } from './api-routes.js';

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required: boolean;
  readonly description?: string;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly required: string[] }>> };
}

let opened: OpenedEngine;
let desk: HttpDesk;
let document: Document;
let routes: Route[];
let clerk: Client;
let auditor: Client;
let ids: Ids;

beforeAll(async () => {
  const [engine] = ENGINES;
  if (!engine) throw new Error('no engine');
  opened = await engine.open();
  desk = await openHttpDesk(opened);
  ({ clerk, auditor } = await askersOf(desk));
  const { row } = await clerk.fileOne(filing());
  ids = {
    filing: row.id,
    batch: row.batch,
    handover: randomUUID(),
    objection: randomUUID(),
    urging: randomUUID(),
    user: randomUUID(),
    absence: randomUUID(),
    draft: await draftOver(desk, opened.db),
  };
  document = (await desk.nobody().send('GET', '/openapi.json')).json();
  routes = apiRoutes(desk).filter(({ method }) => method !== 'HEAD');
});
afterAll(async () => {
  await desk?.close();
  await opened?.close();
});

function operationOf(route: Route): Operation {
  const path = route.url.replaceAll(/:(\w+)/g, '{$1}');
  const operation = document.paths[path]?.[route.method.toLowerCase()];
  if (operation === undefined) throw new Error(`${nameOf(route)} is not in the document`);
  return operation;
}

const headerOf = (route: Route, name: string): Parameter | undefined =>
  operationOf(route).parameters?.find((parameter) => parameter.in === 'header' && parameter.name === name);

async function ask(route: Route, headers: Readonly<Record<string, string>> = {}) {
  const client = route.config.action === 'audit.read' ? auditor : clerk;
  const { body, headers: own } = contentFor(route);
  return client.send(route.method, addressOf(route, client.court, ids), body, { ...own, ...headers });
}

const changes = ({ method, config }: Route): boolean => method !== 'GET' && !config.public;
const isSignOut = ({ method, url }: Route): boolean => method === 'DELETE' && url === '/api/v1/session';

test('every route of the API is in the document, and what it refuses is a problem', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(routes.length).toBeGreaterThan(30);
  for (const route of routes) {
    const { default: refusal, ...answers } = operationOf(route).responses;
    expect([nameOf(route), refusal?.content]).toEqual([
      nameOf(route),
      { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    ]);
    expect([nameOf(route), Object.keys(answers).length]).toEqual([nameOf(route), 1]);
  }
  const optional = new Set(['errors', 'saved']);
  const fields = Object.keys(problemView.shape).filter((name) => !optional.has(name));
  expect(document.components.schemas.Problem?.required.sort()).toEqual(fields.sort());
});

test('routes that change something name the token of the session', () => {
  for (const route of routes)
    expect([nameOf(route), headerOf(route, 'x-csrf-token') !== undefined]).toEqual([nameOf(route), changes(route)]);
});

test('a route that needs an idempotency key says so, and one that takes it says that', async () => {
  const said: Record<string, string[]> = { needed: [], taken: [], neither: [] };
  for (const route of routes.filter((one) => one.method !== 'GET' && !isSignOut(one))) {
    const [without, malformed] = [await ask(route), await ask(route, { 'idempotency-key': 'short' })];
    const isAbout = (text: string): boolean => text.includes('idempotency-key');
    const does = isAbout(without.body) ? 'needed' : isAbout(malformed.body) ? 'taken' : 'neither';
    const header = headerOf(route, 'Idempotency-Key');
    const says = header === undefined ? 'neither' : header.required ? 'needed' : 'taken';
    expect([nameOf(route), says]).toEqual([nameOf(route), does]);
    said[does]?.push(nameOf(route));
  }
  expect(said.needed).toEqual(['POST /api/v1/courts/:court/batches', 'POST /api/v1/courts/:court/batches/file']);
  expect(said.taken?.length).toBe(30);
});

test('only the routes that file wait, and they say for what', () => {
  const waiting = routes.filter((route) => headerOf(route, 'Prefer') !== undefined).map(nameOf);
  expect(waiting).toEqual(['POST /api/v1/courts/:court/batches', 'POST /api/v1/courts/:court/batches/file']);
});

test('an upload is a form with one file', () => {
  const uploads = routes.filter((route) => operationOf(route).requestBody?.content['multipart/form-data']);
  expect(uploads.map(nameOf)).toEqual(['POST /api/v1/courts/:court/batches/file']);
  for (const route of uploads) {
    expect(Object.values(operationOf(route).requestBody?.content ?? {})).toMatchObject([
      { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] } },
    ]);
  }
  const withBodies = routes.filter((route) => contentFor(route).body !== undefined);
  expect(withBodies.filter((route) => operationOf(route).requestBody === undefined).map(nameOf)).toEqual([]);
});

test('every answer is of the status and the media type that the document says', async () => {
  const kinds = new Set<string>();
  let succeeded = 0;
  for (const route of routes) {
    // Live events have no end, and the session is still needed.
    if (route.url.endsWith('/events') || isSignOut(route)) continue;
    const { statusCode, headers } = await ask(route, { 'idempotency-key': randomUUID() });
    const { responses } = operationOf(route);
    const type = headers['content-type']?.toString().split(';')[0] ?? 'none';
    const answer = responses[statusCode] ?? responses.default;
    const told = Object.keys(answer?.content ?? { none: {} });
    expect([nameOf(route), statusCode, told]).toEqual([nameOf(route), statusCode, [type]]);
    expect([nameOf(route), statusCode < 400]).toEqual([nameOf(route), responses[statusCode] !== undefined]);
    if (statusCode >= 400) continue;
    succeeded += 1;
    kinds.add(type.replace(/.*\./, ''));
  }
  expect(succeeded).toBeGreaterThan(20);
  expect([...kinds].sort()).toEqual(['application/json', 'application/pdf', 'document', 'none', 'sheet']);
  const [events] = routes.filter(({ url }) => url.endsWith('/events'));
  expect(events && Object.keys(operationOf(events).responses[200]?.content ?? {})).toEqual(['text/event-stream']);
});
