/** What there is to ask of the service: every route, with what gets a request as far as its use case. */
import type { RouteOptions } from 'fastify';
import { ROLES } from '../../../src/core/access/can.js';
import type { Db } from '../../../src/shell/db/db.js';
import { docket, filing } from '../../support/court.js';
import { type Client, type HttpDesk, multipart } from '../../support/http-desk.js';
import { withFirstRelease } from '../../support/rules-desk.js';

/** What has to be in a request to get it as far as the question who may: every act names a version that nothing has. */
const NO_VERSION = 999;
export const POSTING = { role: 'filing_clerk', from: '2026-01-01' };
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/v1/session': { login: 'nobody', password: 'not a password' },
  'PUT /api/v1/session/password': { current: 'not a password', next: 'another-long-password' },
  'POST /api/v1/courts/:court/users': { login: 'user.taken', name: '某人', postings: [POSTING] },
  'PATCH /api/v1/courts/:court/users/:id': { version: NO_VERSION, name: '某人' },
  'POST /api/v1/rules/read': { path: 'national/track.yaml', text: '名称: 试' },
  'POST /api/v1/courts/:court/docket': docket(),
  'POST /api/v1/courts/:court/check': { filing: {} },
  'POST /api/v1/courts/:court/batches': { filings: [filing({ id: 'matrix' })] },
  'POST /api/v1/courts/:court/filings/search': { text: '甲' },
  'PUT /api/v1/courts/:court/filings/:id': { version: NO_VERSION, filing: {} },
  'POST /api/v1/courts/:court/filings/:id/answers': { version: NO_VERSION, answers: { factsClear: true } },
  'POST /api/v1/courts/:court/filings/:id/take': { version: NO_VERSION },
  'POST /api/v1/courts/:court/filings/:id/closure': {
    version: NO_VERSION,
    closure: 'withdrawn',
    closedOn: '2026-03-12',
  },
  'POST /api/v1/courts/:court/filings/:id/unmask': { party: 0, purpose: '核对证件' },
  'POST /api/v1/courts/:court/mine/cases/:id/note': { version: NO_VERSION },
  'POST /api/v1/courts/:court/mine/notifications/seen': { ids: ['018f0000-0000-7000-8000-000000000000'] },
  // Long before: whoever may enter it is told that these days are past, and nobody is away.
  'POST /api/v1/courts/:court/absences': { from: '2026-01-01', reason: 'leave' },
  'POST /api/v1/courts/:court/filings/:id/flows': { version: NO_VERSION, flow: 'recusal', action: 'grant' },
  'POST /api/v1/courts/:court/filings/:id/clocks': {
    version: NO_VERSION,
    deadline: 'trial_limit',
    rule: 'appraisal',
    from: '2026-03-12',
    reason: '委托鉴定',
  },
  'POST /api/v1/courts/:court/filings/:id/clocks/:adjustment/end': {
    version: NO_VERSION,
    last: '2026-03-12',
    reason: '鉴定完毕',
  },
  'POST /api/v1/courts/:court/filings/:id/clocks/:adjustment/withdrawal': { version: NO_VERSION, reason: '登记错了' },
  'POST /api/v1/courts/:court/objections': {
    version: NO_VERSION,
    flow: 'recusal',
    action: 'apply',
  },
  'POST /api/v1/courts/:court/objections/:id/decide': { version: NO_VERSION, outcome: 'uphold', reason: '经审查' },
  'POST /api/v1/courts/:court/filings/:id/handovers': {
    version: NO_VERSION,
    kind: 'reassign',
    ground: 'health',
    note: '住院',
  },
  'POST /api/v1/courts/:court/filings/:id/handovers/:handover/decision': { version: NO_VERSION, outcome: 'approved' },
  'POST /api/v1/rules/releases/:number/withdrawal': { version: NO_VERSION, reason: '再想想' },
  'POST /api/v1/rules/releases/:number/approval': { version: NO_VERSION, reason: '同意' },
  'POST /api/v1/rules/releases/:number/rejection': { version: NO_VERSION, reason: '理由不足' },
  'POST /api/v1/rules/releases/:number/schedule': { version: NO_VERSION, effectiveOn: '2026-04-01' },
  'POST /api/v1/rules/releases/:number/cancellation': { version: NO_VERSION, reason: '暂缓' },
  'POST /api/v1/rules/releases/:number/review': { version: NO_VERSION, outcome: 'confirmed', reason: '属实' },
  'POST /api/v1/rules/releases/:number/rollback': { urgency: 'ordinary', reason: '恢复原来的规则' },
  'POST /api/v1/rules/drafts': { title: '调整' },
  'PATCH /api/v1/rules/drafts/:draft': { version: NO_VERSION, title: '调整' },
  'POST /api/v1/rules/drafts/:draft/discard': { version: NO_VERSION },
  'PUT /api/v1/rules/drafts/:draft/file': { path: 'national/a.yaml', text: '', revision: NO_VERSION, base: NO_VERSION },
  'POST /api/v1/rules/drafts/:draft/file/removal': { path: 'national/a.yaml', revision: NO_VERSION, base: NO_VERSION },
  'POST /api/v1/rules/drafts/:draft/check': {},
  'POST /api/v1/rules/drafts/:draft/diff': {},
  'POST /api/v1/rules/drafts/:draft/rebase': { version: NO_VERSION },
  'POST /api/v1/rules/drafts/:draft/proposal': { revision: NO_VERSION, urgency: 'ordinary', reason: '按通知' },
};
/** Opens something about a filing that the body names. */
const OPENS = /^POST .+\/objections$/;
const UPLOAD = multipart('filings.json', JSON.stringify([filing({ id: 'matrix-file' })]));
const QUERIES: Readonly<Record<string, (ids: Ids) => string>> = {
  '/api/v1/causes': () => '?q=mjjd',
  '/api/v1/calendar': () => '?year=2026',
  '/api/v1/courts/:court/absences/preview': () => '?from=2099-01-01',
  '/api/v1/courts/:court/mine/cases': () => '?part=new',
  '/api/v1/courts/:court/registers/flows.xlsx': () => '?from=2026-03-01&to=2026-03-31',
  '/api/v1/courts/:court/reports/weekly.xlsx': () => '?day=2026-03-12',
  '/api/v1/courts/:court/filings/:id/flows/evidence': () => '?flow=first_trial_objection&ground=missed_first_trial',
  '/api/v1/rules/releases/:number/file': () => '?path=national/pool.yaml',
  '/api/v1/rules/drafts/:draft/file': () => '?path=national/pool.yaml',
  '/api/v1/courts/:court/clocks/explain': ({ filing: id }) => `?filing=${id}&kind=objection`,
};

/** One method of one address. */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly config: NonNullable<RouteOptions['config']>;
}

/** What the ids of an address may stand for. */
export interface Ids {
  readonly filing: string;
  readonly batch: string;
  readonly handover: string;
  /** A run of a flow over the filing. */
  readonly objection: string;
  readonly urging: string;
  readonly user: string;
  readonly absence: string;
  /** Of the rules, with one save. */
  readonly draft: string;
}

/** Every route of the API that a desk serves. */
export const apiRoutes = ({ routes }: HttpDesk): Route[] =>
  routes
    .filter(({ url }) => url.startsWith('/api'))
    .flatMap(({ method, url, config = {} }) =>
      [method].flat().map((one) => ({ method: one as Route['method'], url, config })),
    );

export const nameOf = ({ method, url }: Route): string => `${method} ${url}`;

/** What to send to a route, and as what; a body that names a filing names that one. */
export function contentFor(
  route: Route,
  of = '00000000-0000-7000-8000-000000000000',
): {
  readonly body: object | undefined;
  readonly headers: Readonly<Record<string, string>>;
} {
  return route.url.endsWith('/batches/file')
    ? { body: UPLOAD.body, headers: { 'content-type': UPLOAD.type } }
    : {
        body: OPENS.test(nameOf(route)) ? { ...BODIES[nameOf(route)], filing: of } : BODIES[nameOf(route)],
        headers: {},
      };
}

/** Where a route is asked for, about what the ids stand for. */
export function addressOf({ url, method }: Route, court: string, ids: Ids): string {
  const { filing: of, batch, handover, objection, urging, user, absence, draft } = ids;
  const [, kind = ''] = /\/(\w+)\/:id/.exec(url) ?? [];
  const id =
    {
      filings: of,
      cases: of,
      batches: batch,
      objections: objection,
      absences: absence,
      users: user,
      urgings: urging,
    }[kind] ?? '';
  const filled = url
    .replace(':court', encodeURIComponent(court))
    .replace(':id', id)
    .replace(':handover', handover)
    .replace(':adjustment', of)
    .replace(':number', '1')
    .replace(':draft', draft)
    .replace(':revision', '1');
  const isQuery = url.startsWith('/api/v1/rules/') && method !== 'GET' && method !== 'HEAD';
  return filled + (isQuery ? '' : (QUERIES[url]?.(ids) ?? ''));
}

/** Makes the shipped rules the first release and begins a draft over it, with one save. */
export async function draftOver(desk: HttpDesk, db: Db): Promise<string> {
  await withFirstRelease(db);
  const author = await desk.person(['rule_author']);
  const { id } = (await author.send('POST', '/api/v1/rules/drafts', { title: '调整' })).json<{ id: string }>();
  const save = { path: 'national/new.yaml', text: '名称: 新\n', revision: 0, base: 1 };
  await author.send('PUT', `/api/v1/rules/drafts/${id}/file`, save);
  return id;
}

/** Two people who between them may ask everything: an auditor, and one with every other role. */
export async function askersOf(desk: HttpDesk): Promise<{ readonly clerk: Client; readonly auditor: Client }> {
  const others = ROLES.filter((role) => role !== 'auditor');
  return { clerk: await desk.person(others, { judge: 'M1' }), auditor: await desk.person(['auditor']) };
}
