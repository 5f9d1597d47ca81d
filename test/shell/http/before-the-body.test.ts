import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS, type Role } from '../../../src/core/access/can.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';
import { type Client, type HttpDesk, openHttpDesk, refused } from '../../support/http-desk.js';
import { addressOf, apiRoutes, contentFor, type Ids, nameOf, type Route } from './api-routes.js';

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
const LARGE = Buffer.alloc(30 * 1024 * 1024, 0x20);
const MALFORMED = Buffer.from('{"filings": [');

let opened: OpenedEngine;
let desk: HttpDesk;
let origin: string;
/** Holds a role that hardly any route with a body asks for; the one that does is left out. */
let auditor: Client;
let withBodies: Route[];

beforeAll(async () => {
  const [engine] = ENGINES;
  if (!engine) throw new Error('no engine');
  opened = await engine.open();
  desk = await openHttpDesk(opened);
  origin = await desk.listen();
  auditor = await desk.person(['auditor']);
  withBodies = apiRoutes(desk).filter(({ config, ...route }) => {
    const roles: readonly Role[] = config.action ? ACTIONS[config.action].roles : ['auditor'];
    return !roles.includes('auditor') && contentFor({ config, ...route }).body;
  });
});
afterAll(async () => {
  await desk?.close();
  await opened?.close();
});

describe('whoever cannot have the right to an act', () => {
  test.each([
    ['30 MB', LARGE, 'application/json'],
    ['broken JSON', MALFORMED, 'application/json'],
    ['a kind of content that nobody knows', MALFORMED, 'text/html'],
  ])('is told so, and not what is wrong with %s', async (_what, body, type) => {
    expect(withBodies.length).toBeGreaterThan(11);
    for (const route of withBodies) {
      const address = addressOf(route, auditor.court, IDS);
      const response = await auditor.send(route.method, address, body, { 'content-type': type });
      expect([nameOf(route), refused(response)]).toEqual([nameOf(route), '403 FORBIDDEN']);
    }
  });

  test('is told so over the network while the body is still on its way', async () => {
    const cookie = [...auditor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(origin + auditor.at('/docket'), {
      method: 'POST',
      body: LARGE,
      headers: { 'content-type': 'application/json', 'x-csrf-token': auditor.csrf ?? '', cookie },
    });
    expect([response.status, await response.json()]).toEqual([403, expect.objectContaining({ code: 'FORBIDDEN' })]);
  });

  test('is told of a court where they have no role that it is not there', async () => {
    for (const route of withBodies.filter(({ url }) => url.includes('/:court'))) {
      const response = await auditor.send(route.method, addressOf(route, '川9999', IDS), MALFORMED);
      expect([nameOf(route), refused(response)]).toEqual([nameOf(route), '404 NOT_FOUND']);
    }
  });
});

describe('whoever may have the right to an act', () => {
  test('is told what is wrong with the body', async () => {
    const clerk = await desk.person(['filing_clerk']);
    expect(refused(await clerk.raw('POST', '/batches', MALFORMED))).toBe('400 BODY_INVALID');
    expect(refused(await clerk.raw('POST', '/batches', LARGE))).toBe('413 BODY_TOO_LARGE');
  });

  test('is heard where an address serves several acts: to withdraw, not to decide', async () => {
    const clerk = await desk.person(['filing_clerk']);
    const address = `/filings/${NOBODYS}/handovers/${NOBODYS}/decision`;
    expect(refused(await clerk.raw('POST', address, MALFORMED))).toBe('400 BODY_INVALID');
    const approved = { version: 1, outcome: 'approved' };
    expect(refused(await auditor.post(address, approved))).toBe('403 FORBIDDEN');
  });

  test('is heard as a judge, who may hold the case', async () => {
    const judge = await desk.person(['judge'], { judge: 'M1' });
    expect(refused(await judge.raw('POST', `/filings/${NOBODYS}/closure`, MALFORMED))).toBe('400 BODY_INVALID');
    expect(refused(await judge.raw('POST', '/batches', MALFORMED))).toBe('403 FORBIDDEN');
  });
});
