import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { exportRulings } from '../../../app/objections/export-rulings.js';
import { courtParams } from '../contract/common.js';
import { rulingsQuery, rulingsView } from '../contract/rulings.js';
import { contextOf, type Desk } from '../desk.js';

/** What reviewers decided, for whoever keeps the rules. */
export const rulingRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  app.get(
    '/api/v1/courts/:court/rulings',
    {
      config: { action: 'ruling.read' },
      schema: { params: courtParams, querystring: rulingsQuery, response: { 200: rulingsView } },
    },
    async (request) => {
      const { items, ...page } = await exportRulings(contextOf(desk, request, request.params.court), request.query);
      return { ...page, items: [...items] };
    },
  );
};
