import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATOR_ACTIONS } from '../../../src/app/accounts/principal.js';
import { fireNext } from '../../../src/app/flows/fire-timer.js';
import { ACTIONS, type Action, can, type Resource, ROLES, type Role } from '../../../src/core/access/can.js';
import { OTHER } from '../../support/accounts.js';
import { filing } from '../../support/court.js';
import { onDay } from '../../support/desk.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';
import { type Client, type HttpDesk, openHttpDesk, refused } from '../../support/http-desk.js';
import { addressOf, apiRoutes, contentFor, draftOver, type Ids, nameOf, POSTING, type Route } from './api-routes.js';

interface Asked {
  readonly status: number;
  /** Of a refusal: its code and what it says. */
  readonly code?: string;
  readonly detail?: string;
}

interface Actor {
  readonly name: string;
  readonly client: Client;
  readonly roles: readonly Role[];
  readonly judges: readonly string[];
}

let opened: OpenedEngine;
let desk: HttpDesk;
let routes: Route[];
let ids: Ids;
/** Who holds the case, and who proposed to hand it over. */
let owner: string;
let proposer: Client;
let actors: Actor[];

beforeAll(async () => {
  const [engine] = ENGINES;
  if (!engine) throw new Error('no engine');
  opened = await engine.open();
  desk = await openHttpDesk(opened);
  await desk.listen();
  routes = apiRoutes(desk);
  proposer = await desk.person(['filing_clerk']);
  const { row } = await proposer.fileOne(filing());
  owner = row.judge?.id ?? '';
  const proposal = { version: row.version, kind: 'reassign', ground: 'health', note: '住院' };
  const { handovers } = (await proposer.post(`/filings/${row.id}/handovers`, proposal)).json();
  const { id: user } = (
    await desk.operator().post('/users', { login: 'user.taken', name: '某人', postings: [POSTING] })
  ).json().user;
  const away = { judge: owner, from: '2030-01-01', to: '2030-01-02', reason: 'training' };
  const { id: absence } = (await proposer.post('/absences', away)).json();
  const { version } = (await proposer.see(row.id)).row;
  const application = {
    filing: row.id,
    version,
    flow: 'recusal',
    action: 'apply',
    onBehalfOf: '甲一',
    reason: '有利害关系',
  };
  const { id: objection } = (await proposer.post('/objections', application)).json().row;
  const { service } = desk;
  await fireNext(onDay(service, '2026-03-13'), proposer.court);
  const flows: { items: { runs: { urgings: { id: string }[] }[] }[] } = (
    await proposer.get(`/filings/${row.id}/flows`)
  ).json();
  const urging = flows.items.flatMap(({ runs }) => runs).flatMap(({ urgings }) => urgings)[0]?.id ?? '';
  ids = {
    filing: row.id,
    batch: row.batch,
    handover: handovers[0].id,
    objection,
    urging,
    user,
    absence,
    draft: await draftOver(desk, opened.db),
  };
  actors = await Promise.all([
    ...ROLES.filter((role) => role !== 'judge').map(async (role) => ({
      name: role,
      client: await desk.person([role]),
      roles: [role],
      judges: [],
    })),
    ...[owner, owner === 'M1' ? 'M2' : 'M1'].map(async (judge) => ({
      name: judge === owner ? 'the judge who holds the case' : 'another judge',
      client: await desk.person(['judge'], { judge }),
      roles: ['judge' as const],
      judges: [judge],
    })),
  ]);
});
afterAll(async () => {
  await desk?.close();
  await opened?.close();
});

const isOfCourt = ({ url }: Route): boolean => url.includes('/:court');
const isOfRules = ({ url }: Route): boolean => url.startsWith('/api/v1/rules/');
/** About the judge who holds the case: their absence, a clock of theirs. */
const isAboutOwner = ({ url }: Route): boolean =>
  ['/absences/:id', '/clocks/explain', '/mine/cases/:id'].some((part) => url.includes(part));
const isAboutFiling = ({ url, method }: Route): boolean =>
  ['/filings/:id', '/objections/:id', '/urgings/:id'].some((part) => url.includes(part)) ||
  (method === 'POST' && url.endsWith('/objections'));

/** Asks for a route as somebody; live events are asked for over the network, since they have no end. */
async function ask(client: Client, route: Route, { court = client.court, of = ids, csrf = true } = {}): Promise<Asked> {
  const address = addressOf(route, court, of);
  if (route.url.endsWith('/events')) {
    const end = new AbortController();
    const response = await client.fetch(address, { signal: end.signal });
    const { code, detail } = response.ok ? {} : ((await response.json()) as Asked);
    end.abort();
    return { status: response.status, ...(code !== undefined && { code, detail: detail ?? '' }) };
  }
  const { body, headers } = contentFor(route, of.filing);
  const response = await client.send(route.method, address, body, {
    'idempotency-key': randomUUID(),
    ...headers,
    ...(!csrf && { 'x-csrf-token': undefined }),
  });
  if (response.statusCode < 400 || route.method === 'HEAD') return { status: response.statusCode };
  refused(response);
  const { code, detail } = response.json<{ code: string; detail: string }>();
  return { status: response.statusCode, code, detail };
}

const withAction = (route: Route): Action => {
  const { action } = route.config;
  if (action === undefined) throw new Error(`${nameOf(route)} has no action`);
  return action;
};

describe('every route of the service', () => {
  test('says in exactly one way who may ask', () => {
    const unclear = routes.filter(
      ({ config }) => [config.action, config.public, config.signedIn].filter((said) => said !== undefined).length !== 1,
    );
    expect(unclear.map(nameOf)).toEqual([]);
    const ofCourts = routes.filter(isOfCourt);
    expect(ofCourts.filter(({ config }) => config.action === undefined).map(nameOf)).toEqual([]);
    expect(ofCourts.length).toBeGreaterThan(25);
    const served = routes
      .filter(({ config }) => config.action !== undefined)
      .flatMap((route) => [withAction(route), ...(route.config.alsoActions ?? [])]);
    expect(new Set(served)).toEqual(new Set(Object.keys(ACTIONS)));
  });

  test('refuses whoever has not signed in, unless it is for everybody', async () => {
    for (const route of routes) {
      const { status, code } = await ask(desk.nobody(), route);
      if (route.config.public) expect([nameOf(route), code]).not.toEqual([nameOf(route), 'SESSION_MISSING']);
      else expect([nameOf(route), status]).toEqual([nameOf(route), 401]);
    }
  });

  test('that changes something refuses requests without the token of the session', async () => {
    const [{ client } = { client: desk.nobody() }] = actors;
    for (const route of routes) {
      if (['GET', 'HEAD'].includes(route.method) || route.config.public) continue;
      const { status, code } = await ask(client, route, { csrf: false });
      expect([nameOf(route), status, code]).toEqual([nameOf(route), 403, 'CSRF_FAILED']);
    }
  });
});

describe('the routes of a court', () => {
  test('let in exactly those whom the table of acts lets in, and tell the others why not', async () => {
    let allowed = 0;
    for (const { name, client, roles, judges } of actors) {
      const subject = { user: client.user, court: client.court, roles, judges };
      for (const route of routes.filter(isOfCourt)) {
        const resource: Resource = {
          court: client.court,
          ...(isAboutFiling(route) && { owner, proposedBy: proposer.user }),
          ...(isAboutOwner(route) && { about: [owner] }),
        };
        const verdict = can(subject, withAction(route), resource);
        const asked = await ask(client, route);
        const what = `${name}: ${nameOf(route)}`;
        if (verdict.allowed) {
          allowed += 1;
          expect([what, [401, 403, 404].includes(asked.status), asked.status < 500]).toEqual([what, false, true]);
        } else {
          const { status, code, detail } = asked;
          const because = route.method === 'HEAD' ? {} : { code: 'FORBIDDEN', detail: verdict.text };
          expect({ what, status, ...(code !== undefined && { code, detail }) }).toEqual({
            what,
            status: 403,
            ...because,
          });
        }
      }
    }
    expect(allowed).toBeGreaterThan(90);
  });

  test('do for the operator of the machine what sets a court up, and nothing else', async () => {
    for (const route of routes.filter(({ config }) => !config.public)) {
      const { action } = route.config;
      const may = action !== undefined && OPERATOR_ACTIONS.includes(action);
      const { status } = await ask(desk.operator(), route);
      expect([nameOf(route), may ? status < 401 || status === 409 : status]).toEqual([nameOf(route), may || 403]);
    }
  });

  test('are not there for whoever has no role in it: as a court that does not exist', async () => {
    const everything: Role[] = ROLES.filter((role) => role !== 'auditor' && role !== 'judge');
    const strangers = [
      await desk.person(['filing_clerk'], { court: OTHER }),
      await desk.person(everything, { court: OTHER }),
      await desk.person(['auditor', 'judge'], { court: OTHER, judge: 'M1' }),
      await desk.person(['supervisor'], { until: '2026-03-11' }),
    ];
    for (const stranger of strangers) {
      for (const route of routes.filter(isOfCourt)) {
        const here = await ask(stranger, route, { court: proposer.court });
        const nowhere = await ask(stranger, route, { court: '川9999' });
        const because = route.method === 'HEAD' ? {} : { code: 'NOT_FOUND', detail: expect.any(String) };
        expect({ what: nameOf(route), ...here }).toEqual({ what: nameOf(route), status: 404, ...because });
        expect(here).toEqual(nowhere);
      }
    }
  });

  test('know nothing of another court’s filings, batches, proposals and users: as of ids that nobody gave', async () => {
    const theirs: Ids = ids;
    const nobodys: Ids = {
      filing: randomUUID(),
      batch: randomUUID(),
      handover: randomUUID(),
      objection: randomUUID(),
      urging: randomUUID(),
      user: randomUUID(),
      absence: randomUUID(),
      draft: randomUUID(),
    };
    const everything: Role[] = ROLES.filter((role) => role !== 'auditor' && role !== 'judge');
    const others = [
      await desk.person(['filing_clerk'], { court: OTHER }),
      await desk.person(everything, { court: OTHER }),
      // Of the same id as the judge who holds the case.
      await desk.person(['judge'], { court: OTHER, judge: owner }),
    ];
    const withIds = routes.filter(({ url }) => url.includes(':id'));
    expect(withIds.length).toBeGreaterThan(12);
    for (const other of others) {
      for (const route of withIds) {
        const known = await ask(other, route, { of: theirs });
        const unknown = await ask(other, route, { of: nobodys });
        expect({ what: nameOf(route), ...known }).toEqual({ what: nameOf(route), ...unknown });
        expect([403, 404]).toContain(known.status);
      }
    }
    // The one who may do everything there is told that there is no such thing, not that it is forbidden.
    const all = others[1];
    const held = (route: Route): boolean => {
      const { roles }: { readonly roles: readonly Role[] } = ACTIONS[withAction(route)];
      return roles.some((role) => everything.includes(role));
    };
    for (const route of withIds.filter(held)) if (all) expect((await ask(all, route, { of: theirs })).status).toBe(404);
  });
});

describe('the routes of the rules', () => {
  test('let in exactly those whom the table of acts lets in, whichever court they are of', async () => {
    const ofRules = routes.filter(isOfRules);
    expect(ofRules.length).toBeGreaterThan(25);
    const elsewhere = await desk.person(['rule_author', 'rule_approver'], { court: OTHER });
    const stranger = { name: 'of another court', client: elsewhere, roles: ['rule_author', 'rule_approver'] as const };
    let allowed = 0;
    for (const { name, client, roles } of [...actors, { ...stranger, judges: [] }]) {
      const subject = { user: client.user, court: client.court, roles, judges: [] };
      for (const route of ofRules) {
        // Nobody proposed the first release.
        const verdict = can(subject, withAction(route), { court: client.court, proposedBy: '' });
        const { status, detail } = await ask(client, route, { court: client.court });
        const what = `${name}: ${nameOf(route)}`;
        if (verdict.allowed) allowed += 1;
        if (verdict.allowed)
          expect([what, [401, 403, 404].includes(status), status < 500]).toEqual([what, false, true]);
        else expect([what, status, detail]).toEqual([what, 403, route.method === 'HEAD' ? undefined : verdict.text]);
      }
    }
    expect(allowed).toBeGreaterThan(90);
  });
});

describe('withdrawing a proposal', () => {
  test('is for the one who made it alone', async () => {
    const address = proposer.at(`/filings/${ids.filing}/handovers/${ids.handover}/decision`);
    const body = { version: 1, outcome: 'withdrawn' };
    for (const { client, name } of actors) {
      expect([name, refused(await client.send('POST', address, body))]).toEqual([name, '403 FORBIDDEN']);
    }
    expect((await proposer.send('POST', address, body)).statusCode).toBe(200);
  });
});

describe('the routes of one’s own session', () => {
  test('are for whoever is signed in, with whatever role or none', async () => {
    const own = routes.filter(({ config }) => config.signedIn);
    // Signing out comes last.
    own.sort((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'));
    const people = [...actors.map(({ client }) => client), await desk.person(['supervisor'], { until: '2026-03-11' })];
    for (const client of people) {
      for (const route of own) {
        const { status } = await ask(client, route);
        expect([nameOf(route), [401, 403, 404].includes(status), status < 500]).toEqual([nameOf(route), false, true]);
      }
    }
  });
});
