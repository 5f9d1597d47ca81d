import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { ACTIONS } from '../../../src/core/access/can.js';
import type { Decision } from '../../../src/core/documents/decision.js';
import { routeBatch } from '../../../src/core/routing/batch.js';
import { checkDocket } from '../../../src/core/routing/docket-check.js';
import { jsonRulesEngine } from '../../../src/core/rules/engine.js';
import { Evaluator } from '../../../src/core/rules/evaluate.js';
import { Changes } from '../../../src/shell/db/changes.js';
import { entryText, zipEntries } from '../../../src/shell/files/zip.js';
import { awaitRouted } from '../../../src/shell/http/await-routed.js';
import type { Desk } from '../../../src/shell/http/desk.js';
import { OTHER } from '../../support/accounts.js';
import { docket, filing, type Json, lawbook, person } from '../../support/court.js';
import { ENGINES, emptied, type OpenedEngine } from '../../support/engines.js';
import {
  type BatchView,
  type Client,
  type FilingView,
  type HttpDesk,
  multipart,
  openHttpDesk,
  refused,
} from '../../support/http-desk.js';
import { readJson } from '../../support/route.js';
import { pdfRuns } from '../files/pdf-text.js';

const sample = (name: string): unknown => readJson(new URL(`../../contract/examples/${name}`, import.meta.url));
const DOCKET = sample('docket.json') as Json & { cases: Json[]; judges: Json[] };
const FILINGS = sample('filings.json') as (Json & { id: string })[];
const EXPECTED = sample('expected.json') as (Json & {
  filing: string;
  owner?: Json;
  links?: Json[];
  deadlines?: Readonly<Record<string, string>>;
  questions?: string[];
  barred?: string[];
  errors?: string[];
})[];

const key = (): { 'idempotency-key': string } => ({ 'idempotency-key': randomUUID() });
/** A civil filing that waits for one answer. */
const waiting = (more: Json = {}): Json =>
  filing({ facts: { ...(filing().facts as Json), appraisalNeeded: null }, ...more });

/** What may be asked of the rules, about a release and a draft that nobody made. */
const actsOnRules = (
  client: Client,
): { client: Client; method: 'POST' | 'PUT' | 'PATCH'; url: string; body: Json }[] => {
  const terms = { urgency: 'emergency', ground: 'faulty_rule', reason: '写错' };
  const file = { path: 'national/a.yaml', revision: 0, base: 1 };
  const files = [{ path: 'national/a.yaml', text: '名称: 新' }];
  const reason = { version: 1, reason: '同意' };
  const [releases, draft] = ['/api/v1/rules/releases/1', `/api/v1/rules/drafts/${randomUUID()}`];
  const asked = (url: string, body: Json, method: 'POST' | 'PUT' | 'PATCH' = 'POST') => ({ client, method, url, body });
  return [
    ...['withdrawal', 'rejection', 'cancellation'].map((act) => asked(`${releases}/${act}`, reason)),
    asked(`${releases}/approval`, { ...reason, effectiveOn: '2026-04-01' }),
    asked(`${releases}/schedule`, { version: 1, effectiveOn: '2026-04-01' }),
    asked(`${releases}/review`, { ...reason, outcome: 'confirmed' }),
    asked(`${releases}/rollback`, terms),
    asked('/api/v1/rules/drafts', { title: '调整', note: '按新的通知' }),
    asked(draft, { version: 1, title: '调整', note: '按新的通知' }, 'PATCH'),
    asked(`${draft}/discard`, { version: 1 }),
    asked(`${draft}/file`, { ...file, text: '名称: 新' }, 'PUT'),
    asked(`${draft}/file/removal`, file),
    asked(`${draft}/check`, { files }),
    asked(`${draft}/diff`, { files }),
    asked('/api/v1/rules/read', { path: file.path, text: '名称: 新' }),
    asked(`${draft}/rebase`, { version: 1, files }),
    asked(`${draft}/proposal`, { revision: 1, ...terms }),
  ];
};

describe.each(ENGINES)('the service over $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: HttpDesk;
    let clerk: Client;
    let supervisor: Client;
    let administrator: Client;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());

    /** Opens a desk anew, for the tests of one `describe`. */
    const open = async (make: Parameters<typeof openHttpDesk>[1] = {}): Promise<void> => {
      await emptied(opened.db);
      desk = await openHttpDesk(opened, make);
      clerk = await desk.person(['filing_clerk']);
      supervisor = await desk.person(['supervisor']);
      administrator = await desk.person(['administrator']);
    };
    const close = (): Promise<void> => desk?.close();

    describe('the worked samples of the contract', () => {
      let rows: Awaited<ReturnType<Client['file']>>;
      afterAll(close);
      beforeAll(async () => {
        await open({ docket: { ...DOCKET, cases: [] } });
        const imported = await administrator.post('/docket', DOCKET);
        expect(imported.json()).toMatchObject({ added: DOCKET.cases.length, changed: 0, same: 0 });
        rows = await clerk.file(FILINGS);
      });

      test('give what is expected, filing by filing', async () => {
        expect([...rows.keys()]).toEqual(FILINGS.map(({ id }) => id));
        for (const {
          filing: reference,
          note: _,
          owner,
          links,
          deadlines,
          questions,
          barred,
          errors,
          ...plain
        } of EXPECTED) {
          const id = rows.get(reference)?.id ?? '';
          const view = await clerk.see(id);
          const { decision } = view;
          expect({ ...decision, status: view.row.state }, reference).toMatchObject(plain);
          if (owner) expect(decision?.owner, reference).toMatchObject(owner);
          if (links) expect(decision?.links, reference).toMatchObject(links);
          if (questions) expect(decision?.questions.map(({ fact }) => fact).sort()).toEqual([...questions].sort());
          if (barred) expect(decision?.barred.map(({ judge }) => judge).sort()).toEqual([...barred].sort());
          if (errors) expect(view.errors.map(({ path }) => path).sort()).toEqual([...errors].sort());
          const due = Object.fromEntries(view.clocks.map((clock) => [clock.kind, clock.due]));
          if (deadlines) expect(due, reference).toMatchObject(deadlines);
        }
        expect(EXPECTED.length).toBe(FILINGS.length);
      });

      test('are decided as the command line decides them in memory, with the same seeds', async () => {
        const court = clerk.court;
        const stored: Decision[] = [];
        const seeds = new Map<string, string>();
        for (const { id, reference, position } of rows.values()) {
          const decision = await desk.views.decision(court, id, 1);
          if (decision) stored[position] = decision;
          const kept = await desk.service.store.read(court, (tx) => tx.filing(id));
          if (kept?.filing) seeds.set(reference, kept.seed);
        }
        const checked = checkDocket(DOCKET, lawbook);
        if (!checked.ok) throw new Error(JSON.stringify(checked.error));
        const memory: Decision[] = [];
        const input = {
          filings: FILINGS.map((value) => ({ value })),
          docket: checked.value,
          lawbook,
          evaluator: new Evaluator(jsonRulesEngine),
          seed: (reference: string) => seeds.get(reference) ?? '',
        };
        for await (const { index, decision } of routeBatch(input)) memory[index] = decision;
        expect(new Set(seeds.values()).size).toBe(FILINGS.length - 1);
        expect(stored).toEqual(memory);
      });

      test('come out of the court’s own export again, numbers masked', async () => {
        const exported = (await supervisor.get('/docket')).json<typeof DOCKET>();
        const numbers = exported.cases.map(({ caseNo }) => caseNo);
        expect(numbers).toEqual(expect.arrayContaining(DOCKET.cases.map(({ caseNo }) => caseNo)));
        expect(numbers).toContain('2026-0001');
        expect(exported.judges.map(({ id }) => id)).toEqual(DOCKET.judges.map(({ id }) => id));
      });
    });

    describe('what a request must be', () => {
      let view: FilingView;
      let judge: Client;
      /** Every act with a body, as it would be done. */
      let acts: { client: Client; method: 'POST' | 'PUT' | 'PATCH'; url: string; body: Json }[];
      afterAll(close);
      beforeAll(async () => {
        await open();
        view = await clerk.fileOne(filing());
        const at = `/filings/${view.row.id}`;
        const { version } = view.row;
        const ofCourt = (client: Client, path: string, body: Json, method: 'POST' | 'PUT' | 'PATCH' = 'POST') => ({
          client,
          method,
          url: client.at(path),
          body,
        });
        judge = await desk.person(['judge'], { judge: 'M1' });
        const login = { login: 'somebody', password: 'a-password' };
        const passwords = { current: 'a-password', next: 'another-password' };
        const user = { login: 'new.user', name: '某人', postings: [{ role: 'filing_clerk', from: '2026-01-01' }] };
        const handover = { version, kind: 'reassign', judge: 'M2', ground: 'health', note: '住院' };
        acts = [
          { client: desk.nobody(), method: 'POST', url: '/api/v1/session', body: login },
          { client: clerk, method: 'PUT', url: '/api/v1/session/password', body: passwords },
          ofCourt(administrator, '/users', user),
          ofCourt(administrator, `/users/${clerk.user}`, { version: 1, name: '某人' }, 'PATCH'),
          ofCourt(clerk, '/batches', { filings: [filing({ id: 'strict' })], docketedOn: '2026-03-09' }),
          ofCourt(clerk, '/filings/search', { text: '甲' }),
          ofCourt(clerk, '/check', { filing: {} }),
          ofCourt(clerk, at, { version, filing: {} }, 'PUT'),
          ofCourt(clerk, `${at}/answers`, { version, answers: { appraisalNeeded: true } }),
          ofCourt(clerk, `${at}/take`, { version }),
          ofCourt(clerk, `${at}/closure`, { version, closure: 'withdrawn', closedOn: '2026-03-12' }),
          ofCourt(clerk, `${at}/unmask`, { party: 0, purpose: '核对' }),
          ofCourt(clerk, `${at}/flows`, {
            version,
            flow: 'recusal',
            action: 'apply',
            reason: '有利害关系',
            evidence: ['a'],
          }),
          ofCourt(clerk, `${at}/clocks`, {
            version,
            deadline: 'trial_limit',
            rule: 'appraisal',
            from: '2026-03-12',
            reason: '委托鉴定',
          }),
          ofCourt(clerk, `${at}/clocks/${randomUUID()}/end`, { version, last: '2026-03-12', reason: '鉴定完毕' }),
          ofCourt(clerk, `${at}/clocks/${randomUUID()}/withdrawal`, { version, reason: '登记错了' }),
          ofCourt(judge, `/mine/cases/${view.row.id}/note`, { version }),
          ofCourt(judge, '/mine/notifications/seen', { ids: [randomUUID()] }),
          ofCourt(clerk, '/absences', { judge: 'M1', from: '2026-04-01', to: '2026-04-02', reason: 'leave' }),
          ofCourt(clerk, '/objections', {
            filing: view.row.id,
            version,
            flow: 'recusal',
            action: 'apply',
            onBehalfOf: '甲一',
          }),
          ofCourt(supervisor, `/objections/${randomUUID()}/decide`, {
            version: 1,
            outcome: 'grant',
            reason: '有利害关系',
          }),
          ofCourt(clerk, `${at}/handovers`, handover),
          ofCourt(supervisor, `${at}/handovers/${randomUUID()}/decision`, { version: 1, outcome: 'approved' }),
          ...actsOnRules(await desk.person(['rule_author', 'rule_approver'])),
        ];
      });

      /** Values of every other type, and a text where a number is meant that reads like it. */
      const wrong = (value: unknown): unknown[] =>
        [null, true, 7, String(value), [], [value], {}].filter(
          (other) => typeof other !== typeof value || Array.isArray(other) !== Array.isArray(value) || other === null,
        );
      const anything = new Set(['filing']);

      test('is tried here for every route that takes one', () => {
        // A docket is checked by hand, so that every place is told.
        const taking = desk.routes.filter(({ url, schema }) => schema?.body && !url.endsWith('/docket'));
        const isTried = ({ method, url }: (typeof taking)[number]): boolean =>
          acts.some(
            (act) => act.method === method && new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`).test(act.url),
          );
        expect(taking.filter((route) => !isTried(route)).map(({ method, url }) => `${method} ${url}`)).toEqual([]);
        expect(taking).toHaveLength(acts.length);
      });

      test('has no field that the contract does not know', async () => {
        for (const { client, method, url, body } of acts) {
          for (const extra of ['approved', 'court', 'role', 'constructor', 'toString']) {
            const response = await client.send(method, url, { ...body, [extra]: 1 }, key());
            expect([url, extra, refused(response)]).toEqual([url, extra, '400 BODY_INVALID']);
          }
        }
      });

      test('has every field in its own type: no text is read as a number, nothing is made up', async () => {
        let tried = 0;
        for (const { client, method, url, body } of acts) {
          for (const name of Object.keys(body).filter((each) => !anything.has(each))) {
            for (const value of wrong(body[name])) {
              const response = await client.send(method, url, { ...body, [name]: value }, key());
              expect([url, name, value, refused(response)]).toEqual([url, name, value, '400 BODY_INVALID']);
              tried += 1;
            }
          }
        }
        expect(tried).toBeGreaterThan(100);
      });

      test('says nothing of what it holds that nobody asked: a filing’s fields are not coerced either', async () => {
        const typed = filing({
          id: 'coerced',
          amount: 20000,
          facts: { factsClear: 'true', maxSentenceMonths: '12' },
          approved: true,
        });
        const [row] = (await clerk.file([typed])).values();
        const { errors } = await clerk.see(row?.id ?? '');
        const paths = ['/amount', '/approved', '/facts/factsClear', '/facts/maxSentenceMonths'];
        expect(errors.map(({ path }) => path).sort()).toEqual(paths);
      });

      test('holds no name twice, and is what a computer can hold', async () => {
        const search = (text: string | Buffer) => clerk.raw('POST', '/filings/search', text);
        const bodies: readonly (string | Buffer)[] = [
          '',
          ' ',
          'null',
          '[]',
          '"text"',
          '{"text":',
          '{text:1}',
          '{"text":"甲","text":"乙"}',
          '{"text":"甲","te\\u0078t":"乙"}',
          '{"text":"甲"}{}',
          '{"text":"a\\u0000b"}',
          '{"text":"a\\ud800b"}',
          Buffer.from('{"text":"甲"}', 'utf16le'),
          Buffer.from([...Buffer.from('{"text":"'), 0xff, 0xfe, ...Buffer.from('"}')]),
          `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
          `{"text":${'{"a":'.repeat(65)}1${'}'.repeat(65)}}`,
        ];
        for (const body of bodies) expect([body, refused(await search(body))]).toEqual([body, '400 BODY_INVALID']);
        expect((await search('\ufeff{"text":"甲"}')).statusCode).toBe(200);
      });

      test('changes no prototype', async () => {
        const poisons = [
          '{"text":"甲","__proto__":{"polluted":1}}',
          '{"text":"甲","\\u005f_proto__":{"polluted":1}}',
          '{"text":"甲","constructor":{"prototype":{"polluted":1}}}',
        ];
        for (const body of poisons)
          expect(refused(await clerk.raw('POST', '/filings/search', body))).toBe('400 BODY_INVALID');
        const deep = JSON.stringify({ filings: [filing({ id: 'poison' })] }).replace(
          '"facts":{',
          '"facts":{"__proto__":{"polluted":1},',
        );
        expect(refused(await clerk.raw('POST', '/batches', deep, key()))).toBe('400 BODY_INVALID');
        const file = JSON.stringify([filing({ id: 'poison' })]).replace(
          '"facts":{',
          '"facts":{"__proto__":{"polluted":1},',
        );
        const uploaded = await clerk.upload('poison.json', file);
        expect(uploaded.json<BatchView>().counts).toMatchObject({ invalid: 1 });
        expect(({} as Json).polluted).toBeUndefined();
      });

      test('in which one filing holds what no database can keep holds up no other', async () => {
        const broken = [
          filing({ id: 'nul', parties: [person('plaintiff', '甲\u0000', 101), person('defendant', '乙', 102)] }),
          filing({ id: 'half', parties: [person('plaintiff', '甲\ud800', 101), person('defendant', '乙', 102)] }),
          filing({ id: 'nul\u0000in-the-id' }),
        ];
        const rows = [...(await clerk.file([...broken, filing({ id: 'sound', cause: '买卖合同纠纷' })])).values()];
        const states = rows.sort((a, b) => a.position - b.position).map(({ state }) => state);
        expect(states).toEqual(['invalid', 'invalid', 'invalid', 'assigned']);
        const number = JSON.stringify({ filings: [filing({ id: 'much', amount: 0 })] }).replace(
          '"amount":0',
          '"amount":1e999',
        );
        expect(refused(await clerk.raw('POST', '/batches', number, key()))).toBe('400 BODY_INVALID');
      });

      test('is not too large, and of a kind that the route takes', async () => {
        const MB = 1024 * 1024;
        const large = (size: number): string => JSON.stringify({ text: 'a'.repeat(size) });
        const raw = (path: string, text: string, type?: string) =>
          clerk.raw('POST', path, text, { ...key(), ...(type && { 'content-type': type }) });
        const form = multipart('filings.json', '[]').type;
        const answers = [
          [await raw('/filings/search', large(MB)), '413 BODY_TOO_LARGE'],
          [await raw('/batches', large(16 * MB)), '413 BODY_TOO_LARGE'],
          [await clerk.upload('filings.csv', Buffer.alloc(33 * MB, 'a')), '413 BODY_TOO_LARGE'],
          [await raw('/filings/search', '<a/>', 'application/xml'), '415 MEDIA_TYPE'],
          [await raw('/filings/search', 'text=a', 'application/x-www-form-urlencoded'), '415 MEDIA_TYPE'],
          [await raw('/batches/file', '{}'), '415 MEDIA_TYPE'],
          [await raw('/batches/file', '{}', 'application/octet-stream'), '415 MEDIA_TYPE'],
        ] as const;
        for (const [response, wanted] of answers) expect(refused(response)).toBe(wanted);
        expect((await raw('/filings/search', large(150))).statusCode).toBe(200);
        expect(form).toContain('multipart');
      });

      test('that is a form has one file, whole', async () => {
        const { body, type } = multipart('filings.json', JSON.stringify([filing({ id: 'form' })]));
        const boundary = type.split('boundary=')[1];
        const send = (form: Buffer | string, as = type) =>
          clerk.send('POST', clerk.at('/batches/file'), Buffer.from(form), { 'content-type': as, ...key() });
        const part = (header: string): string =>
          `--${boundary}\r\ncontent-disposition: form-data; ${header}\r\n\r\n[]\r\n`;
        const octets = '\r\ncontent-type: application/octet-stream';
        const forms: readonly [Buffer | string, string, string?][] = [
          [body.subarray(0, -20), '400 FILE_UNREADABLE'],
          [body.subarray(0, 90), '400 FILE_UNREADABLE'],
          ['', '400 FILE_UNREADABLE'],
          [body, '400 FILE_UNREADABLE', 'multipart/form-data'],
          [body, '400 FILE_UNREADABLE', 'multipart/form-data; boundary=other'],
          [`${part('name="note"')}--${boundary}--\r\n`, '400 FILE_UNREADABLE'],
          [`${part('name="a"; filename=""')}--${boundary}--\r\n`, '400 FILE_UNREADABLE'],
          [`${part(`name="a"${octets}`)}--${boundary}--\r\n`, '400 FILE_UNREADABLE'],
          [
            `${part('name="a"; filename="a.json"')}${part('name="b"; filename="b.json"')}--${boundary}--\r\n`,
            '413 BODY_TOO_LARGE',
          ],
          [`${part('name="__proto__"; filename="a.json"')}--${boundary}--\r\n`, '400 REQUEST_INVALID'],
          [`${part('name="a"').repeat(9)}--${boundary}--\r\n`, '400 REQUEST_INVALID'],
        ];
        for (const [form, wanted, as] of forms) {
          expect([String(form), refused(await send(form, as))]).toEqual([String(form), wanted]);
        }
        expect((await send(body)).statusCode).toBe(201);
      });

      test('names each query parameter once, and none that the route does not know', async () => {
        const given: Readonly<Record<string, string>> = {
          limit: '5',
          after: 'x',
          state: 'assigned',
          batch: view.row.batch,
          dueWithinDays: '3',
          q: '借贷',
          matter: 'civil',
        };
        let tried = 0;
        for (const { method, url, schema } of desk.routes) {
          const query = schema?.querystring as z.ZodObject | undefined;
          if (method !== 'GET' || query === undefined || url.startsWith('/api/v1/rules/')) continue;
          const path = url.replace(':court', encodeURIComponent(clerk.court)).replace(':id', view.row.id);
          const client = /\/(audit|rulings)/.test(url) ? supervisor : url.includes('/mine/') ? judge : clerk;
          for (const name of Object.keys(query.shape)) {
            const once = `${name}=${encodeURIComponent(given[name] ?? 'unknown')}`;
            const others = name !== 'q' && 'q' in query.shape ? '&q=x' : '';
            for (const text of [`${once}&${once}${others}`, `${once}&surplus=1${others}`, `${name}[]=5${others}`]) {
              const response = await client.send('GET', `${path}?${text}`);
              expect([url, text, refused(response)]).toEqual([url, text, '400 BODY_INVALID']);
              tried += 1;
            }
          }
        }
        expect(tried).toBeGreaterThan(30);
      });

      test('asks for pages as the service numbers them', async () => {
        const cursor = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
        const wrongPages = [
          'limit=0',
          'limit=201',
          'limit=-1',
          'limit=1.5',
          'limit=1e9',
          'limit=99999999999999999999999999',
          'limit=abc',
          'limit=',
          'after=x',
          'after=',
          `after=${'a'.repeat(201)}`,
          `after=${cursor('2026', 1e15, randomUUID())}`,
          `after=${cursor('a\u0000', 1, randomUUID())}`,
          `after=${cursor('2026', 1, 'x')}`,
          `after=${cursor('2026', '1', randomUUID())}`,
          `after=${cursor(1)}`,
        ];
        for (const query of wrongPages) {
          for (const path of ['/filings', '/filings?state=needs_review', '/batches', '/objections', '/audit']) {
            const response = await supervisor.get(`${path}${path.includes('?') ? '&' : '?'}${query}`);
            expect([path, query, refused(response)]).toEqual([path, query, '400 BODY_INVALID']);
          }
        }
      });

      test('names things by ids, in addresses that can be read', async () => {
        for (const { method, url, config } of desk.routes) {
          if (!url.includes(':id') || method === 'HEAD') continue;
          const roles: readonly string[] = config?.action ? ACTIONS[config.action].roles : [];
          // Somebody who may do it, so that it is the address that is refused.
          const client =
            [clerk, administrator].find((each) => roles.includes(each === clerk ? 'filing_clerk' : 'administrator')) ??
            (roles.includes('judge') ? judge : supervisor);
          for (const id of ['abc', '1', view.row.id.slice(1), `${view.row.id}0`, '%00', "'; drop table filings; --"]) {
            const path = url
              .replace(':court', encodeURIComponent(client.court))
              .replace(':id', encodeURIComponent(id).replace('%2500', '%00'))
              .replace(':handover', randomUUID());
            const response = await client.send(method as 'GET', path, method === 'GET' ? undefined : {}, key());
            expect([url, id, refused(response)]).toEqual([url, id, '400 BODY_INVALID']);
          }
        }
        const addresses: readonly [string, string][] = [
          ['/api/v1/courts/%E0%A4%A/filings', '400 URL_INVALID'],
          [`/api/v1/courts/${'a'.repeat(300)}/filings`, '400 URL_INVALID'],
          [`/api/v1/courts/${'a'.repeat(30)}/filings`, '404 NOT_FOUND'],
          ['/api/v1/courts/%00/filings', '404 NOT_FOUND'],
          ['/api/v1/courts/../../filings', '404 NOT_FOUND'],
          ['/api/v1/nothing', '404 NOT_FOUND'],
          ['/api', '404 NOT_FOUND'],
        ];
        for (const [address, wanted] of addresses)
          expect([address, refused(await clerk.send('GET', address))]).toEqual([address, wanted]);
        expect(refused(await clerk.send('DELETE', clerk.at('/filings')))).toBe('404 NOT_FOUND');
        expect(refused(await desk.operator('\u0000').get('/docket'))).toBe('400 BODY_INVALID');
      });

      test('carries a key that can be kept, where an act must not happen twice', async () => {
        const batch = { filings: [filing({ id: 'keyed' })] };
        for (const given of [undefined, 'short', 'a'.repeat(201), 'with space', '钥匙钥匙钥匙钥匙'])
          expect([
            given,
            refused(
              await clerk.post('/batches', batch, {
                'idempotency-key': given && Buffer.from(given).toString('latin1'),
              }),
            ),
          ]).toEqual([given, '400 BODY_INVALID']);
      });

      test('gives days that the calendar knows', async () => {
        const { row } = await clerk.see(view.row.id);
        for (const closedOn of ['0001-01-01', '9999-12-31', '2026-02-30', '2026-3-1', '2026-03-12T00:00:00Z', '']) {
          const body = { version: row.version, closure: 'withdrawn', closedOn };
          const closing = await clerk.post(`/filings/${row.id}/closure`, body);
          expect([closedOn, refused(closing)]).toEqual([closedOn, '400 BODY_INVALID']);
          const batch = { filings: [filing({ id: 'day' })], docketedOn: closedOn };
          expect([closedOn, refused(await clerk.post('/batches', batch, key()))]).toEqual([
            closedOn,
            '400 BODY_INVALID',
          ]);
        }
      });
    });

    describe('the same request again', () => {
      beforeAll(() => open());
      afterAll(close);
      const audited = async (): Promise<number> =>
        (await supervisor.get('/audit?limit=1')).json<{ items: { seq: number }[] }>().items[0]?.seq ?? 0;

      test('gets the same answer and does nothing twice', async () => {
        const headers = key();
        const body = { filings: [filing({ id: 'again' })] };
        const first = await clerk.post('/batches', body, headers);
        expect(first.statusCode).toBe(201);
        await desk.routed(clerk.court, first.json<BatchView>().id);
        const events = await audited();
        const second = await clerk.post('/batches', body, headers);
        expect(second.statusCode).toBe(201);
        expect(second.json<BatchView>()).toMatchObject({ id: first.json<BatchView>().id, counts: { assigned: 1 } });
        // The same content with its fields in another order is the same request.
        const shuffled = { filings: [Object.fromEntries(Object.entries(filing({ id: 'again' })).reverse())] };
        expect((await clerk.post('/batches', shuffled, headers)).json<BatchView>().id).toBe(first.json<BatchView>().id);
        expect(await audited()).toBe(events);
      });

      test('with another content is refused, and so is the same key on another address', async () => {
        const headers = key();
        await clerk.post('/batches', { filings: [filing({ id: 'key-1' })] }, headers);
        const before = await clerk.rows('');
        const other = await clerk.post('/batches', { filings: [filing({ id: 'key-2' })] }, headers);
        expect(refused(other)).toBe('422 KEY_REUSED');
        const view = await clerk.fileOne(waiting({ id: 'key-3' }));
        const taking = await clerk.post(`/filings/${view.row.id}/take`, { version: view.row.version }, headers);
        expect(refused(taking)).toBe('422 KEY_REUSED');
        expect((await clerk.rows('')).length).toBe(before.length + 1);
      });

      test('of another person is another request', async () => {
        const headers = key();
        const colleague = await desk.person(['filing_clerk']);
        const mine = await clerk.post('/batches', { filings: [filing({ id: 'mine' })] }, headers);
        const theirs = await colleague.post('/batches', { filings: [filing({ id: 'theirs' })] }, headers);
        expect([mine.statusCode, theirs.statusCode]).toEqual([201, 201]);
        expect(theirs.json<BatchView>().id).not.toBe(mine.json<BatchView>().id);
      });

      test('that was refused may be put right under its own key', async () => {
        const view = await clerk.fileOne(waiting({ id: 'refused' }));
        const headers = key();
        const answer = (answers: Json) =>
          clerk.post(`/filings/${view.row.id}/answers`, { version: view.row.version, answers }, headers);
        expect(refused(await answer({ publicInterest: true }))).toBe('400 ANSWER_INVALID');
        expect((await answer({ appraisalNeeded: false })).statusCode).toBe(200);
      });

      test('on a filing answers with the filing as it is, though its version has moved on', async () => {
        const view = await clerk.fileOne(waiting({ id: 'twice' }));
        const headers = key();
        const answer = () =>
          clerk.post(
            `/filings/${view.row.id}/answers`,
            { version: view.row.version, answers: { appraisalNeeded: false } },
            headers,
          );
        const [first, second] = [await answer(), await answer()];
        expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
        expect(second.json()).toEqual(first.json());
        expect(second.json<FilingView>().history).toHaveLength(2);
      });

      test('as a file under two keys is one batch, and its filings are there once', async () => {
        const file = JSON.stringify([filing({ id: 'file-1' }), filing({ id: 'file-2', cause: '买卖合同纠纷' })]);
        const first = await clerk.upload('filings.json', file);
        const second = await clerk.upload('renamed.json', file);
        expect(second.json<BatchView>().id).toBe(first.json<BatchView>().id);
        await desk.routed(clerk.court, first.json<BatchView>().id);
        const references = (await clerk.rows('')).map(({ reference }) => reference);
        expect(references.filter((each) => each.startsWith('file-')).sort()).toEqual(['file-1', 'file-2']);
      });

      test('two at once on one question: one is taken, the other is told so, and nothing is lost', async () => {
        const { facts } = waiting();
        const view = await clerk.fileOne(waiting({ id: 'race', facts: { ...(facts as Json), factsClear: null } }));
        const colleague = await desk.person(['filing_clerk']);
        const answer = (client: Client, version: number, answers: Json) =>
          client.post(`/filings/${view.row.id}/answers`, { version, answers });
        const { version } = view.row;
        const answers = await Promise.all(
          [clerk, colleague].map((client, index) => answer(client, version, { factsClear: index === 0 })),
        );
        expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
        const taken = answers.findIndex(({ statusCode }) => statusCode === 200);
        const loser = answers[1 - taken];
        // Whoever comes second finds the filing changed, or nothing left to answer: both say so.
        expect(['409 STATE_CONFLICT', '409 VERSION_CONFLICT']).toContain(loser && refused(loser));
        const after = await clerk.see(view.row.id);
        expect(after.filing.facts.factsClear).toBe(taken === 0);
        expect([after.row.version, after.history.length]).toEqual([version + 1, 2]);
        expect(after.history[1]?.madeBy?.id).toBe([clerk, colleague][taken]?.user);
      });

      test('on what somebody else has changed meanwhile is refused, though it could still be done', async () => {
        const { facts } = waiting();
        const view = await clerk.fileOne(waiting({ id: 'stale', facts: { ...(facts as Json), factsClear: null } }));
        const answer = (answers: Json) =>
          clerk.post(`/filings/${view.row.id}/answers`, { version: view.row.version, answers });
        expect((await answer({ factsClear: true })).json<FilingView>().row.state).toBe('needs_review');
        expect(refused(await answer({ appraisalNeeded: false }))).toBe('409 VERSION_CONFLICT');
      });

      describe.skipIf(engine.name !== 'PostgreSQL')('twenty times at once', () => {
        const twenty = (body: Json, headers: Readonly<Record<string, string>>) =>
          Array.from({ length: 20 }, () => clerk.post('/batches', body, headers));
        /** Every connection of the pool is open before it counts. */
        const warm = () => Promise.all(Array.from({ length: 20 }, () => clerk.get('/filings/counts')));

        test('is done once; the others get the same answer or are told that it is under way', async () => {
          await warm();
          for (let round = 0; round < 5; round += 1) {
            const before = await audited();
            const responses = await Promise.all(
              twenty({ filings: [filing({ id: `many-${round}`, court: '错' })] }, key()),
            );
            const done = responses.filter(({ statusCode }) => statusCode === 201);
            expect(new Set(done.map((response) => response.json<BatchView>().id)).size).toBe(1);
            const others = responses.filter(({ statusCode }) => statusCode !== 201);
            expect(new Set(others.map(refused))).toEqual(new Set(others.length > 0 ? ['409 REQUEST_IN_PROGRESS'] : []));
            // One batch, one decision that the filing is faulty.
            expect(await audited()).toBe(before + 2);
          }
        });

        test('while the first is held up: nineteen are told so at once, and the first ends well', async () => {
          await warm();
          const sql = postgres(opened.url ?? '', { max: 1, onnotice: () => {} });
          let release = (): void => {};
          const released = new Promise<void>((resolve) => {
            release = resolve;
          });
          const headers = key();
          const body = { filings: [filing({ id: 'held-up', cause: '劳务合同纠纷' })] };
          let requests: Promise<{ statusCode: number }>[] = [];
          const holding = sql.begin(async (tx) => {
            await tx`select from audit_heads where court = ${clerk.court} for update`;
            requests = twenty(body, headers);
            const early: unknown[] = [];
            await new Promise<void>((resolve) => {
              for (const request of requests)
                request.then((response) => {
                  early.push(response);
                  if (early.length === 19) resolve();
                });
            });
            release();
          });
          await released;
          await holding;
          const statuses = (await Promise.all(requests)).map(({ statusCode }) => statusCode);
          expect(statuses.sort()).toEqual([201, ...Array(19).fill(409)]);
          const again = await clerk.post('/batches', body, headers);
          expect([again.statusCode, again.json<BatchView>().size]).toEqual([201, 1]);
          await sql.end();
        });
      });
    });

    describe('identity numbers', () => {
      const judges = [
        ...DOCKET.judges,
        {
          id: 'M9',
          name: '卫亲',
          division: 'min-yi',
          handles: ['civil'],
          relations: [{ kind: 'spouse', name: '蒋亲', idNumber: '511527197506150162' }],
        },
      ];
      const numbersIn = (value: unknown): string[] =>
        [...JSON.stringify(value).matchAll(/"idNumber":"([^"]+)"/g)].map(([, number = '']) => number);
      const NUMBERS = [...new Set(numbersIn([DOCKET, judges, FILINGS]))];
      const whole = (texts: readonly string[]): string[] =>
        NUMBERS.filter((number) => texts.some((text) => text.toUpperCase().includes(number.toUpperCase())));
      let rows: Awaited<ReturnType<Client['file']>>;
      afterAll(close);
      beforeAll(async () => {
        await open({ docket: { ...DOCKET, judges } });
        rows = await clerk.file(FILINGS);
      });

      /** Everything that a reader sees of a workbook or a document, part by part. */
      async function unzipped(bytes: Buffer): Promise<string[]> {
        const texts: string[] = [];
        for (const entry of zipEntries(bytes).values()) {
          let text = '';
          for await (const piece of entryText(bytes, entry)) text += piece;
          texts.push(text);
        }
        return texts;
      }

      test('stand whole in no answer, no header, no file and no line of the log', async () => {
        expect(NUMBERS.length).toBeGreaterThan(12);
        await desk.listen();
        const stream = await clerk.events();
        const auditor = await desk.person(['auditor']);
        for (const { id, version, state } of rows.values()) {
          for (const client of [clerk, supervisor]) await client.get(`/filings/${id}`);
          // What is wrong with a correction is told without what was typed.
          const broken = { ...FILINGS[0], cause: '511527197506150015', amount: '511527197506150015', surplus: 1 };
          if (state !== 'assigned') await clerk.send('PUT', clerk.at(`/filings/${id}`), { version, filing: broken });
        }
        for (const given of FILINGS) await clerk.post('/check', { filing: { ...given, cause: given.id } });
        for (const number of NUMBERS) await clerk.post('/filings/search', { text: number });
        for (const path of ['/filings', '/batches', '/judges', '/filings/counts']) await clerk.get(path);
        for (const path of ['/docket', '/audit?limit=200', '/audit/check']) await supervisor.get(path);
        for (const path of ['/audit', '/users']) await auditor.get(path);
        await clerk.upload('filings.json', JSON.stringify(FILINGS.map((each) => ({ ...each, id: `${each.id}-b` }))));
        await clerk.upload('filings.json', JSON.stringify(FILINGS).slice(0, -1));
        await administrator.post('/docket', { ...DOCKET, cases: [{ ...DOCKET.cases[0], surplus: NUMBERS[0] }] });
        const held = [...rows.values()].find(({ state }) => state === 'assigned');
        const texts = [
          ...(await unzipped((await clerk.get('/filings.xlsx')).rawPayload)),
          ...(await unzipped((await clerk.get(`/filings/${held?.id}/notice.docx`)).rawPayload)),
          ...pdfRuns((await clerk.get(`/filings/${held?.id}/notice.pdf`)).rawPayload)
            .flat()
            .map(({ text }) => text),
        ];
        expect(texts.join('')).toContain('王建国');
        await stream.close();
        expect(desk.heard.join('\n')).toContain('511***********0015');
        expect(whole([...desk.heard, ...texts])).toEqual([]);
        expect(desk.log.length).toBeGreaterThan(0);
        expect(whole(desk.log)).toEqual([]);
      });

      test('stand in no line of the log when a query with them fails', async () => {
        await opened.db.execute('alter table filing_parties rename to filing_parties_gone');
        const before = desk.log.length;
        try {
          for (const text of ['511527197506150120', '511527197506150015', '王建国']) {
            const response = await clerk.post('/filings/search', { text });
            expect(refused(response)).toBe('500 INTERNAL');
            const lines = desk.log.slice(before);
            expect(lines.some((line) => line.includes(response.json<{ correlation: string }>().correlation))).toBe(
              true,
            );
            expect(lines.filter((line) => line.includes(text))).toEqual([]);
          }
        } finally {
          await opened.db.execute('alter table filing_parties_gone rename to filing_parties');
        }
      });

      test('are shown to whoever says what for, one at a time, and that is in the log of the court', async () => {
        const { id = '' } = rows.get('2026-0001') ?? {};
        const ask = (body: Json) => clerk.post(`/filings/${id}/unmask`, body);
        expect(refused(await ask({ party: 0 }))).toBe('400 BODY_INVALID');
        expect(refused(await ask({ party: 0, purpose: '  ' }))).toBe('400 BODY_INVALID');
        expect(refused(await ask({ party: 7, purpose: '核对证件' }))).toBe('404 NOT_FOUND');
        const before = desk.heard.length;
        const shown = await ask({ party: 0, purpose: '核对证件' });
        expect(shown.json()).toEqual({ idNumber: '511527197506150015' });
        await clerk.see(id);
        // What was filed before may be routed meanwhile.
        const { items } = (await supervisor.get('/audit?limit=50')).json<{ items: Json[] }>();
        const event = items.find(({ action, subject }) => action === 'filing.unmask' && subject === id);
        expect(event).toMatchObject({
          actor: { id: clerk.user },
          body: { party: 0, purpose: '核对证件' },
        });
        const since = desk.heard.slice(before).filter((text) => text === shown.body);
        expect(whole(desk.heard.slice(before))).toEqual(['511527197506150015']);
        expect(desk.heard.slice(before).filter((text) => text.includes('511527197506150015'))).toEqual(since);
        expect(whole(desk.log)).toEqual([]);
      });

      test('of a filing are not for whoever may see it alone', async () => {
        const { id = '' } = rows.get('2026-0001') ?? {};
        expect(refused(await supervisor.post(`/filings/${id}/unmask`, { party: 0, purpose: '看看' }))).toBe(
          '403 FORBIDDEN',
        );
      });
    });

    describe('what browsers are told', () => {
      const pages = mkdtempSync(join(tmpdir(), 'shouze-pages-'));
      writeFileSync(join(pages, 'index.html'), readFileSync('src/web/index.html'));
      writeFileSync(join(pages, 'desk.js'), 'export {};');
      beforeAll(() => open({ pages }));
      afterAll(async () => {
        await close();
        rmSync(pages, { recursive: true });
      });
      const POLICY = [
        'cache-control',
        'content-security-policy',
        'content-type',
        'cross-origin-opener-policy',
        'cross-origin-resource-policy',
        'referrer-policy',
        'strict-transport-security',
        'x-content-type-options',
        'x-frame-options',
        'x-powered-by',
      ];
      const policy = (headers: Readonly<Record<string, unknown>>): unknown[] => POLICY.map((name) => headers[name]);

      test('of answers of the interface: not to be kept, framed, sniffed or run', async () => {
        const everything = [
          'same-origin',
          'same-origin',
          'no-referrer',
          'max-age=31536000',
          'nosniff',
          'DENY',
          undefined,
        ];
        const csp = "default-src 'none';frame-ancestors 'none'";
        const json = 'application/json; charset=utf-8';
        const problem = 'application/problem+json; charset=utf-8';
        const list = await clerk.get('/filings');
        expect(policy(list.headers)).toEqual(['no-store', csp, json, ...everything]);
        const unknown = await desk.nobody().send('GET', '/api');
        expect(policy(unknown.headers)).toEqual([undefined, csp, problem, ...everything]);
        const refusal = await desk.nobody().get('/filings');
        expect(policy(refusal.headers)).toEqual(['no-store', csp, problem, ...everything]);
        const workbook = await clerk.get('/filings.xlsx');
        expect(workbook.headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''[\w%.-]+\.xlsx$/);
        expect(policy(workbook.headers).slice(0, 2)).toEqual(['no-store', csp]);
      });

      test('of the page: scripts of this service alone, styles by a nonce that is never the same', async () => {
        const [first, second] = [await desk.nobody().send('GET', '/'), await desk.nobody().send('GET', '/desk/1')];
        const nonceOf = (response: typeof first): string =>
          /'nonce-([\w+/=]+)'/.exec(String(response.headers['content-security-policy']))?.[1] ?? '';
        const nonce = nonceOf(first);
        expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
        expect(nonceOf(second)).not.toBe(nonce);
        expect(first.body).toContain(`content="${nonce}"`);
        expect(policy(first.headers).slice(0, 3)).toEqual([
          'no-store',
          [
            "default-src 'none'",
            "script-src 'self'",
            `style-src 'self' 'nonce-${nonce}'`,
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
          ].join('; '),
          'text/html; charset=utf-8',
        ]);
        const scripts = [...first.body.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)];
        expect(scripts.length).toBeGreaterThan(0);
        for (const [, attributes, content] of scripts) {
          expect(attributes).toMatch(/\bsrc="\.?\/[^/]/);
          expect(content?.trim()).toBe('');
        }
        expect(first.body).not.toMatch(/\son\w+\s*=|javascript:|<style/i);
        const script = await desk.nobody().send('GET', '/desk.js');
        expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      });

      test('nothing of what the service is made of', async () => {
        for (const address of ['/', '/api', clerk.at('/filings')]) {
          const { headers } = await clerk.send('GET', address);
          expect(Object.keys(headers).filter((name) => /^(server|x-powered-by)$/.test(name))).toEqual([]);
        }
      });
    });

    describe('live events', () => {
      let stranger: Client;
      afterAll(close);
      beforeAll(async () => {
        await open();
        await desk.listen();
        stranger = await desk.person(['filing_clerk'], { court: OTHER });
      });

      test('tell of a filing that somebody else files, by its id and state alone', async () => {
        const stream = await supervisor.events();
        const { row } = await clerk.fileOne(filing({ id: 'live' }));
        const told = await stream.until(({ event, data }) => event === 'filing' && data.id === row.id);
        expect(told.data).toEqual({ id: row.id, state: 'assigned', version: row.version });
        expect(stream.events).toContainEqual({ event: 'batch', data: expect.objectContaining({ id: row.batch }) });
        await stream.close();
      });

      test('of one court are not told in another', async () => {
        const [stream, abroad] = [await supervisor.events(), await stranger.events()];
        const { row } = await clerk.fileOne(filing({ id: 'home', cause: '买卖合同纠纷' }));
        await stream.until(({ event, data }) => event === 'filing' && data.id === row.id);
        const theirs = await stranger.fileOne(filing({ id: 'away', court: OTHER }));
        await abroad.until(({ event, data }) => event === 'filing' && data.id === theirs.row.id);
        const ids = new Set(abroad.events.map(({ data }) => data.id));
        expect(ids).toEqual(new Set([theirs.row.id, theirs.row.batch]));
        await Promise.all([stream.close(), abroad.close()]);
      });

      test('tell a judge of the cases that concern them, before and after they change hands, and of no other', async () => {
        const { row } = await clerk.fileOne(
          filing({ id: 'mine', parties: [person('plaintiff', '丙三', 103), person('defendant', '丁四', 104)] }),
        );
        const from = row.judge?.id ?? '';
        const to = from === 'M2' ? 'M3' : 'M2';
        const holder = await desk.person(['judge'], { judge: from });
        const streams = [
          holder,
          await desk.person(['judge'], { judge: to }),
          await desk.person(['judge'], { judge: 'Z1' }),
        ];
        const [own, next, stranger1] = await Promise.all(streams.map((client) => client.events()));
        if (!own || !next || !stranger1) throw new Error('no streams');
        const act = (client: Client, body: Json) => client.post(`/filings/${row.id}/flows`, body, key());
        const objection = {
          version: row.version,
          flow: 'first_trial_objection',
          action: 'object',
          ground: 'missed_first_trial',
          claimedOwner: to,
          reason: '系该案判决后追偿',
        };
        expect((await act(holder, objection)).statusCode).toBe(200);
        const told = await own.until(({ event, data }) => event === 'filing' && data.id === row.id);
        expect(told.data).toEqual({ id: row.id, state: 'assigned', version: row.version + 1 });
        await next.until(({ event, data }) => event === 'filing' && data.id === row.id);
        const reviewer = await desk.person(['reviewer']);
        const ruling = { version: row.version + 1, flow: 'first_trial_objection', action: 'uphold', reason: '成立' };
        expect((await act(reviewer, ruling)).statusCode).toBe(200);
        for (const stream of [own, next]) {
          await stream.until(({ event, data }) => event === 'filing' && data.version === row.version + 2);
        }
        // Whatever was told of the case has been told by the time of something that everybody hears.
        expect((await administrator.post('/docket', docket([], { parameters: {} }), key())).statusCode).toBe(200);
        await stranger1.until(({ event }) => event === 'docket');
        expect(new Set(stranger1.events.map(({ event }) => event))).toEqual(new Set(['docket']));
        expect(own.events.map(({ event }) => event)).not.toContain('batch');
        await Promise.all([own, next, stranger1].map((stream) => stream.close()));
      });

      test('end when something may have been missed, so that everything is read anew', async () => {
        const stream = await supervisor.events();
        desk.changes.missed();
        await stream.ended;
        const again = await supervisor.events();
        const { row } = await clerk.fileOne(filing({ id: 'anew', cause: '劳务合同纠纷' }));
        await again.until(({ data }) => data.id === row.id);
        await again.close();
      });

      test('do not keep a session alive', async () => {
        const watcher = await desk.person(['supervisor']);
        desk.clock.pass(14);
        // Opening a stream is no act of a person's either.
        const stream = await watcher.events();
        for (const client of [clerk, supervisor, administrator]) await client.send('GET', '/api/v1/session');
        desk.clock.pass(2);
        expect(refused(await watcher.get('/filings'))).toBe('401 SESSION_MISSING');
        await expect(watcher.events()).rejects.toThrow('SESSION_MISSING');
        expect((await clerk.get('/filings')).statusCode).toBe(200);
        await stream.close();
      });

      test('end with the service', async () => {
        const stream = await clerk.events();
        await desk.app.close();
        await stream.ended;
      });
    });

    describe('asking to wait for the outcome', () => {
      beforeAll(() => open());
      afterAll(close);

      test('is answered once everything is routed', async () => {
        const filings = Array.from({ length: 5 }, (_, index) => filing({ id: `wait-${index}` }));
        const waited = await clerk.post('/batches', { filings }, { ...key(), prefer: 'wait=30' });
        expect(waited.json<BatchView>().counts).toMatchObject({ received: 0 });
        const { id } = waited.json<BatchView>();
        expect((await clerk.rows(`batch=${id}`)).map(({ state }) => state)).not.toContain('received');
      });
    });
  });
});

describe('waiting for the outcome of a batch', () => {
  test('misses nothing that is told while somebody looks', async () => {
    const changes = new Changes();
    const looks: ((received: number) => void)[] = [];
    const looking = () =>
      new Promise<BatchView>((resolve) => {
        looks.push((received) => resolve({ counts: { received } } as BatchView));
      });
    const desk = { changes, views: { batch: looking } } as unknown as Desk;
    const outcome = awaitRouted(desk, '川1527', 'b', 600_000);
    // What was seen is older than what is told before it arrives.
    changes.hear(JSON.stringify({ court: '川1527', kind: 'batch', id: 'b' }));
    looks[0]?.(1);
    await vi.waitFor(() => expect(looks).toHaveLength(2));
    looks[1]?.(0);
    expect((await outcome)?.counts.received).toBe(0);
  });
});
