import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { SSO_CALLBACK } from '../../../src/shell/http/sso.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';
import { type Client, type HttpDesk, openHttpDesk, refused } from '../../support/http-desk.js';
import { addressOf, apiRoutes, askersOf, contentFor, draftOver, type Ids, nameOf, type Route } from './api-routes.js';

/** What `Number` takes and nobody writes who means a number of rows or days. */
const LOOSE = ['', ' ', ' 5', '5 ', '+5', '-0', '05', '00', '5.0', '5.', '1e2', '0x10', '0b1', '1_0', '５', 'NaN'];
const NOBODYS = '00000000-0000-7000-8000-000000000000';
const IDS: Ids = {
  filing: NOBODYS,
  batch: NOBODYS,
  handover: NOBODYS,
  objection: NOBODYS,
  urging: NOBODYS,
  user: NOBODYS,
  absence: NOBODYS,
  draft: NOBODYS,
};

interface NumberAt {
  readonly path: string;
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
}

let opened: OpenedEngine;
let desk: HttpDesk;
let clerk: Client;
let auditor: Client;
let draft: string;

beforeAll(async () => {
  const [engine] = ENGINES;
  if (!engine) throw new Error('no engine');
  opened = await engine.open();
  desk = await openHttpDesk(opened);
  ({ clerk, auditor } = await askersOf(desk));
  draft = await draftOver(desk, opened.db);
});
afterAll(async () => {
  await desk?.close();
  await opened?.close();
});

const schemaOf = ({ method, url }: Route) =>
  desk.routes.find((route) => route.url === url && [route.method].flat().includes(method))?.schema;

/** Numbers that the document says an address takes. */
function numbers(): NumberAt[] {
  const { paths = {} } = desk.app.swagger() as { paths?: Readonly<Record<string, Record<string, unknown>>> };
  return Object.entries(paths).flatMap(([path, operations]) => {
    const { parameters = [] } = (operations.get ?? {}) as {
      parameters?: { in: string; name: string; schema: { type: string; minimum: number; maximum: number } }[];
    };
    return parameters
      .filter((parameter) => parameter.in === 'query' && parameter.schema.type === 'integer')
      .map(({ name, schema: { minimum, maximum } }) => ({ path, name, minimum, maximum }));
  });
}

async function asked({ path, name }: NumberAt, text: string): Promise<LightMyRequestResponse> {
  const filled = path.replace('{number}', '1').replace('{draft}', draft);
  const address = filled.replace('{court}', encodeURIComponent(clerk.court));
  return (path.endsWith('/audit') ? auditor : clerk).send('GET', `${address}?${name}=${encodeURIComponent(text)}`);
}

test('numbers are told as whole numbers with bounds', () => {
  const told = numbers().map(({ path, name }) => `${path.split('/').at(-1)} ${name}`);
  expect(told.sort()).toEqual([
    'absences limit',
    'audit limit',
    'batches limit',
    'cases limit',
    'clocks limit',
    'clocks within',
    'drafts limit',
    'earlier-decisions limit',
    'filings dueWithinDays',
    'filings limit',
    'history limit',
    'objections limit',
    'objections limit',
    'releases limit',
    'rulings limit',
  ]);
});

test('a number is taken where it is written as one, within its bounds', async () => {
  for (const number of numbers()) {
    for (const value of [number.minimum, number.maximum, Math.min(number.maximum, 10)])
      expect([number, value, (await asked(number, String(value))).statusCode]).toEqual([number, value, 200]);
    const outside = [number.minimum - 1, number.maximum + 1, 1e9, 1e21].map(String);
    for (const text of [...LOOSE, ...outside, '9'.repeat(400)]) {
      const response = await asked(number, text);
      expect([number, text, refused(response)]).toEqual([number, text, '400 BODY_INVALID']);
      const { errors } = response.json<{ errors: { path: string }[] }>();
      expect(errors.map(({ path }) => path)).toEqual([`/${number.name}`]);
    }
  }
});

test('where the pages of the log go on is a number as the log gave it', async () => {
  for (const after of ['05', '0', '+5', '0x10', '1e2', ' 5'])
    expect(refused(await auditor.get(`/audit?after=${encodeURIComponent(after)}`))).toBe('400 BODY_INVALID');
  expect((await auditor.get('/audit?after=5')).statusCode).toBe(200);
});

test('every route refuses a query that it does not know, by its name', async () => {
  const known: Readonly<Record<string, string>> = { q: '借贷' };
  let tried = 0;
  // Signing out comes last.
  for (const route of apiRoutes(desk).sort((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))) {
    if (route.method === 'HEAD' || route.url === SSO_CALLBACK) continue;
    const client = route.config.action === 'audit.read' ? auditor : clerk;
    const [address = ''] = addressOf(route, client.court, IDS).split('?');
    const shape = (schemaOf(route)?.querystring as z.ZodObject | undefined)?.shape ?? {};
    const own = Object.keys(shape).filter((name) => name in known);
    const query = [...own.map((name) => `${name}=${encodeURIComponent(known[name] ?? '')}`), 'surplus=1'].join('&');
    const { body, headers } = contentFor(route);
    const response = await client.send(route.method, `${address}?${query}`, body, {
      'idempotency-key': randomUUID(),
      ...headers,
    });
    expect([nameOf(route), refused(response)]).toEqual([nameOf(route), '400 BODY_INVALID']);
    expect([nameOf(route), response.json().detail]).toEqual([nameOf(route), expect.stringContaining('surplus')]);
    tried += 1;
  }
  expect(tried).toBeGreaterThan(30);
});

test('the court’s own sign-on may say what it likes when it sends a browser back', async () => {
  const { statusCode, headers } = await desk.nobody().send('GET', `${SSO_CALLBACK}?code=1&session_state=2`);
  expect([statusCode, headers.location]).toEqual([303, '/sign-in?refused=SIGN_IN_FAILED']);
});
