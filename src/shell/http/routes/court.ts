import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ACCOUNT_ACTS, type AccountAct } from '../../../app/accounts/acts.js';
import { exportDocket } from '../../../app/export-docket.js';
import { importDocket } from '../../../app/import-docket.js';
import { permit } from '../../../app/permit.js';
import { Refusal } from '../../../app/refusal.js';
import { ACTIONS, type Action } from '../../../core/access/can.js';
import { verifyChain } from '../../../core/audit/chain.js';
import { checkFiling } from '../../../core/routing/intake.js';
import { MAX_DOCKET_BYTES } from '../../files/read-json.js';
import { causeSearch } from '../cause-search.js';
import { courtParams, pageOf } from '../contract/common.js';
import {
  auditCheckView,
  auditQuery,
  auditView,
  benchView,
  causeQuery,
  causeView,
  checkBody,
  checkView,
  docketBody,
  importView,
  vocabularyView,
} from '../contract/filings.js';
import { contextOf, type Desk, requestKeyOf } from '../desk.js';
import { vocabularyViewOf } from '../vocabulary-view.js';

const BASE = '/api/v1/courts/:court';
const CHECKED_A_TIME = 5000;
/** What the service itself does on somebody's act. */
const SYSTEM_ACTS: Readonly<Record<string, string>> = {
  'filing.decide': '作出分案决定',
  'absence.withdraw': '撤回请假',
  'mine.see': '查看通知',
  'flow.clock': '期限届满自动办理',
  'flow.expire': '期限届满',
  'deadline.recount': '日历公布后重新计算期限',
  'flow.recount': '重新计算期限（日历或者参数公布以后）',
  'flow.heal': '核对时补上或者停止期限',
  'flow.urge': '发出提示、催办或者督办',
  'flow.lapse': '流程因结案或者承办人变更终止',
};

/** The court itself: its docket, its judges, its log; and what helps to fill a filing in. */
export const courtRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  const { views, service } = desk;

  app.post(
    `${BASE}/docket`,
    {
      bodyLimit: MAX_DOCKET_BYTES,
      config: { action: 'docket.import', idempotency: 'taken' },
      schema: { params: courtParams, body: docketBody, response: { 200: importView } },
    },
    async (request) => {
      const imported = await importDocket(
        contextOf(desk, request, request.params.court),
        request.body,
        requestKeyOf(desk, request),
      );
      return { ...imported, remarks: [...imported.remarks] };
    },
  );

  app.get(
    `${BASE}/docket`,
    { config: { action: 'docket.export' }, schema: { params: courtParams, response: { 200: z.unknown() } } },
    async (request) => {
      const { court } = request.params;
      return exportDocket(contextOf(desk, request, court), views, { withNumbers: false });
    },
  );

  app.get(
    `${BASE}/judges`,
    { config: { action: 'bench.read' }, schema: { params: courtParams, response: { 200: benchView } } },
    async (request) => {
      const { court } = request.params;
      permit(contextOf(desk, request, court).subject, 'bench.read');
      const bench = await views.bench(court);
      if (bench === undefined) throw new Refusal('NOT_FOUND', '本院还没有导入案卷；请系统管理员先导入');
      const divisions = new Map(bench.docket.divisions.map(({ id, name }) => [id, name]));
      return {
        judges: bench.docket.judges.map((judge) => ({
          id: judge.id,
          name: judge.name,
          division: divisions.get(judge.division) ?? judge.division,
          handles: [...judge.handles],
          tracks: [...(judge.tracks ?? [])],
          causes: [...(judge.causes ?? [])],
          quota: judge.quota ?? 1,
          load: (bench.loads.get(judge.id) ?? 0) / 1_000_000,
          absences: (judge.absences ?? []).map(({ from, to, reason }) => ({ from, to: to ?? null, reason })),
          leftOn: judge.leftOn ?? null,
        })),
      };
    },
  );

  app.post(
    `${BASE}/check`,
    {
      config: { action: 'filing.check' },
      schema: { params: courtParams, body: checkBody, response: { 200: checkView } },
    },
    async (request) => {
      const { court } = request.params;
      permit(contextOf(desk, request, court).subject, 'filing.check');
      const checked = checkFiling(request.body.filing, {
        court,
        lawbook: await service.editions.now(),
        seen: new Set(),
      });
      return { errors: checked.ok ? [] : [...checked.error] };
    },
  );

  app.get(
    '/api/v1/causes',
    { config: { signedIn: true }, schema: { querystring: causeQuery, response: { 200: causeView } } },
    async ({ query }) => ({ items: causeSearch((await service.editions.now()).causes).find(query.q, query.matter) }),
  );

  app.get(
    '/api/v1/vocabulary',
    { config: { signedIn: true }, schema: { response: { 200: vocabularyView } } },
    async () => vocabularyViewOf(await service.editions.now()),
  );

  app.get(
    `${BASE}/audit`,
    {
      config: { action: 'audit.read' },
      schema: { params: courtParams, querystring: auditQuery, response: { 200: pageOf(auditView) } },
    },
    async (request) => {
      const { court } = request.params;
      permit(contextOf(desk, request, court).subject, 'audit.read');
      const { limit, after } = request.query;
      const { items, next } = await views.audit(court, limit, after);
      const wordOf = (action: string): string =>
        ACTIONS[action as Action]?.label ?? ACCOUNT_ACTS[action as AccountAct] ?? SYSTEM_ACTS[action] ?? action;
      return { items: items.map((item) => ({ ...item, actionWord: wordOf(item.action) })), next };
    },
  );

  app.get(
    `${BASE}/audit/check`,
    { config: { action: 'audit.read' }, schema: { params: courtParams, response: { 200: auditCheckView } } },
    async (request) => {
      const { court } = request.params;
      permit(contextOf(desk, request, court).subject, 'audit.read');
      const stored = await views.auditHead(court);
      let head: Parameters<typeof verifyChain>[1];
      let events = 0;
      for (;;) {
        const next = await views.auditEvents(court, (head?.seq ?? 0) + 1, CHECKED_A_TIME);
        const checked = verifyChain(next, head);
        head = checked.head;
        events += next.length;
        if (checked.broken) return { events, head: head.hash, broken: checked.broken };
        if (next.length < CHECKED_A_TIME) break;
      }
      // Events may be appended while the chain is read; what is missing at its end is less than what stood there before.
      const isCut = stored !== undefined && stored.seq > (head?.seq ?? 0);
      const broken = isCut ? { seq: (head?.seq ?? 0) + 1, text: `末尾缺少 ${stored.seq - (head?.seq ?? 0)} 条` } : null;
      return { events, head: head?.hash ?? '', broken };
    },
  );
};
