import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { decideObjection } from '../../../app/objections/decide-objection.js';
import { openObjection } from '../../../app/objections/open-objection.js';
import { type ObjectionView, seeObjection } from '../../../app/objections/see-objection.js';
import { seeQueue } from '../../../app/objections/see-queue.js';
import type { Context } from '../../../app/ports.js';
import { withoutNumbersIn } from '../../../core/law/number-masking.js';
import type { ArticleText } from '../../../core/rules/cited-articles.js';
import { courtParams, idParams, pageOf } from '../contract/common.js';
import {
  newObjectionBody,
  objectionDecisionBody,
  objectionRow,
  objectionsQuery,
  objectionView,
} from '../contract/objections.js';
import { contextOf, type Desk, requestKeyOf } from '../desk.js';
import { articlesCited } from '../filing-view.js';

const BASE = '/api/v1/courts/:court/objections';

/** 复核台 and 执行指挥中心: objections, consultations, recusals and every other flow as those who decide work through them. */
export const objectionRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  const shown = async (context: Context, run: string) =>
    viewOf(withoutNumbersIn(await seeObjection(context, run)), (await desk.service.editions.now()).articles);

  app.get(
    BASE,
    {
      config: { action: 'filing.list' },
      schema: { params: courtParams, querystring: objectionsQuery, response: { 200: pageOf(objectionRow) } },
    },
    async (request) => {
      const { mine, overdue, ...query } = request.query;
      const filter = { ...query, ...(mine && { mine: true as const }), ...(overdue && { overdue: true as const }) };
      const { items, next } = withoutNumbersIn(await seeQueue(contextOf(desk, request, request.params.court), filter));
      return { items: [...items], next };
    },
  );

  app.get(
    `${BASE}/:id`,
    { config: { action: 'filing.read' }, schema: { params: idParams, response: { 200: objectionView } } },
    async (request) => {
      const { court, id } = request.params;
      return shown(contextOf(desk, request, court), id);
    },
  );

  app.post(
    BASE,
    {
      config: { action: 'flow.act', idempotency: 'taken' },
      schema: { params: courtParams, body: newObjectionBody, response: { 201: objectionView } },
    },
    async (request, reply) => {
      const context = contextOf(desk, request, request.params.court);
      const { run } = await openObjection(context, request.body, requestKeyOf(desk, request));
      return reply.code(201).send(await shown(context, run));
    },
  );

  app.post(
    `${BASE}/:id/decide`,
    {
      config: { action: 'flow.act', idempotency: 'taken' },
      schema: { params: idParams, body: objectionDecisionBody, response: { 200: objectionView } },
    },
    async (request) => {
      const { court, id } = request.params;
      const context = contextOf(desk, request, court);
      await decideObjection(context, id, request.body, requestKeyOf(desk, request));
      return shown(context, id);
    },
  );
};

/** With the articles that the flow and the decision's reasons cite. */
function viewOf(view: ObjectionView, articles: readonly ArticleText[]): z.input<typeof objectionView> {
  const { flow, decided, judges, filing } = view;
  const cited = [...flow.basis, ...decided.reasons.flatMap(({ basis }) => basis)];
  return {
    ...view,
    flow: { ...flow, basis: [...flow.basis] },
    decided: { ...decided, reasons: decided.reasons.map((reason) => ({ ...reason, basis: [...reason.basis] })) },
    judges: [...judges],
    articles: articlesCited(cited, filing.receivedOn, articles),
  };
}
