import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { closeFiling } from '../../../app/close-filing.js';
import { answerQuestions, correctFiling } from '../../../app/correct-filing.js';
import { decideHandover, proposeHandover } from '../../../app/handover.js';
import { permit } from '../../../app/permit.js';
import { seeFiling } from '../../../app/see-filing.js';
import { takeFiling } from '../../../app/take-filing.js';
import { unmask } from '../../../app/unmask.js';
import { plainDate } from '../../../core/kernel/plain-date.js';
import { courtParams, idParams, pageOf } from '../contract/common.js';
import {
  answersBody,
  closureBody,
  correctionBody,
  countsView,
  filingRow,
  filingsQuery,
  filingView,
  handoverBody,
  handoverDecisionBody,
  handoverParams,
  searchBody,
  takeBody,
  unmaskBody,
  unmaskView,
} from '../contract/filings.js';
import { contextOf, type Desk, requestKeyOf } from '../desk.js';
import { pageView, viewOf } from '../filing-view.js';

const BASE = '/api/v1/courts/:court/filings';

/** The filings of a court: lists, search, one filing, and every act on it. Each act answers with the filing as it is after it. */
export const filingRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  const { views, service } = desk;
  const shown = async (request: FastifyRequest, { court, id }: { court: string; id: string }) => {
    const { subject } = contextOf(desk, request, court);
    const seen = await seeFiling(views, service, subject, id);
    return viewOf(seen, (await desk.service.editions.now()).articles);
  };

  app.get(
    BASE,
    {
      config: { action: 'filing.list', passive: true },
      schema: { params: courtParams, querystring: filingsQuery, response: { 200: pageOf(filingRow) } },
    },
    async (request) => {
      const { court } = request.params;
      permit(contextOf(desk, request, court).subject, 'filing.list');
      return pageView(await views.filings(court, request.query, service.today()));
    },
  );

  app.post(
    `${BASE}/search`,
    {
      config: { action: 'filing.list' },
      schema: { params: courtParams, body: searchBody, response: { 200: pageOf(filingRow) } },
    },
    async (request) => {
      const { court } = request.params;
      permit(contextOf(desk, request, court).subject, 'filing.list');
      return pageView(await views.search(court, request.body, service.today()));
    },
  );

  app.get(
    `${BASE}/counts`,
    {
      config: { action: 'filing.list', passive: true },
      schema: { params: courtParams, response: { 200: countsView } },
    },
    async (request) => {
      const { court } = request.params;
      permit(contextOf(desk, request, court).subject, 'filing.list');
      return views.counts(court);
    },
  );

  app.get(
    `${BASE}/:id`,
    { config: { action: 'filing.read' }, schema: { params: idParams, response: { 200: filingView } } },
    (request) => shown(request, request.params),
  );

  app.put(
    `${BASE}/:id`,
    {
      config: { action: 'filing.correct', idempotency: 'taken' },
      schema: { params: idParams, body: correctionBody, response: { 200: filingView } },
    },
    async (request) => {
      const { court, id } = request.params;
      const { version, filing } = request.body;
      const context = contextOf(desk, request, court);
      await correctFiling(context, id, { version, value: filing }, requestKeyOf(desk, request));
      return shown(request, request.params);
    },
  );

  app.post(
    `${BASE}/:id/answers`,
    {
      config: { action: 'filing.answer', idempotency: 'taken' },
      schema: { params: idParams, body: answersBody, response: { 200: filingView } },
    },
    async (request) => {
      const { court, id } = request.params;
      await answerQuestions(contextOf(desk, request, court), id, request.body, requestKeyOf(desk, request));
      return shown(request, request.params);
    },
  );

  app.post(
    `${BASE}/:id/take`,
    {
      config: { action: 'filing.take', idempotency: 'taken' },
      schema: { params: idParams, body: takeBody, response: { 200: filingView } },
    },
    async (request) => {
      const { court, id } = request.params;
      await takeFiling(contextOf(desk, request, court), id, request.body.version, requestKeyOf(desk, request));
      return shown(request, request.params);
    },
  );

  app.post(
    `${BASE}/:id/closure`,
    {
      config: { action: 'filing.close', idempotency: 'taken' },
      schema: { params: idParams, body: closureBody, response: { 200: filingView } },
    },
    async (request) => {
      const { court, id } = request.params;
      const { version, closure, closedOn } = request.body;
      const input = { version, closure, closedOn: plainDate(closedOn) };
      await closeFiling(contextOf(desk, request, court), id, input, requestKeyOf(desk, request));
      return shown(request, request.params);
    },
  );

  app.post(
    `${BASE}/:id/unmask`,
    {
      config: { action: 'filing.unmask' },
      schema: { params: idParams, body: unmaskBody, response: { 200: unmaskView } },
    },
    async (request) => {
      const { court, id } = request.params;
      return { idNumber: await unmask(contextOf(desk, request, court), id, request.body) };
    },
  );

  app.post(
    `${BASE}/:id/handovers`,
    {
      config: { action: 'handover.propose', idempotency: 'taken' },
      schema: { params: idParams, body: handoverBody, response: { 200: filingView } },
    },
    async (request) => {
      const { court, id } = request.params;
      await proposeHandover(contextOf(desk, request, court), id, request.body, requestKeyOf(desk, request));
      return shown(request, request.params);
    },
  );

  app.post(
    `${BASE}/:id/handovers/:handover/decision`,
    {
      config: { action: 'handover.decide', alsoActions: ['handover.withdraw'], idempotency: 'taken' },
      schema: { params: handoverParams, body: handoverDecisionBody, response: { 200: filingView } },
    },
    async (request) => {
      const { court, id, handover } = request.params;
      const context = contextOf(desk, request, court);
      await decideHandover(context, id, handover, request.body, requestKeyOf(desk, request));
      return shown(request, request.params);
    },
  );
};
