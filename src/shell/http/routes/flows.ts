import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { actInFlow } from '../../../app/flows/act-in-flow.js';
import { seeEvidence } from '../../../app/flows/propose-evidence.js';
import { seeFlows } from '../../../app/flows/see-flows.js';
import { withoutNumbersIn } from '../../../core/law/number-masking.js';
import { idParams } from '../contract/common.js';
import { flowActBody, flowsView } from '../contract/flows.js';
import { evidenceQuery, evidenceView } from '../contract/objections.js';
import { contextOf, type Desk, requestKeyOf } from '../desk.js';

const BASE = '/api/v1/courts/:court/filings/:id/flows';

/** Timed procedures over a filing. */
export const flowRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  app.get(
    BASE,
    { config: { action: 'filing.read' }, schema: { params: idParams, response: { 200: flowsView } } },
    async (request) => {
      const { court, id } = request.params;
      return { items: withoutNumbersIn(await seeFlows(contextOf(desk, request, court), id)) };
    },
  );

  app.post(
    BASE,
    {
      config: { action: 'flow.act', idempotency: 'taken' },
      schema: { params: idParams, body: flowActBody, response: { 200: flowsView } },
    },
    async (request) => {
      const { court, id } = request.params;
      const context = contextOf(desk, request, court);
      await actInFlow(context, id, request.body, requestKeyOf(desk, request));
      return { items: withoutNumbersIn(await seeFlows(context, id)) };
    },
  );

  app.get(
    `${BASE}/evidence`,
    {
      config: { action: 'filing.read' },
      schema: { params: idParams, querystring: evidenceQuery, response: { 200: evidenceView } },
    },
    async (request) => {
      const { court, id } = request.params;
      return withoutNumbersIn(await seeEvidence(contextOf(desk, request, court), id, request.query));
    },
  );
};
