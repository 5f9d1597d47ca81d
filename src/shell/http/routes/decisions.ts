import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { recordedDecision } from '../../../app/recorded-decision.js';
import { replayDecision } from '../../../app/replay-decision.js';
import { decisionParams, recordedDecisionView, replayView } from '../contract/decisions.js';
import { contextOf, type Desk } from '../desk.js';

/** Decisions as they were stored, for whoever decides them again. */
export const decisionRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  app.get(
    '/api/v1/courts/:court/filings/:id/decisions/:number',
    {
      config: { action: 'decision.replay' },
      schema: { params: decisionParams, response: { 200: recordedDecisionView } },
    },
    async (request) => {
      const { court, id, number } = request.params;
      return { ...(await recordedDecision(contextOf(desk, request, court), id, number)) };
    },
  );

  app.get(
    '/api/v1/courts/:court/filings/:id/decisions/:number/replay',
    {
      config: { action: 'decision.replay' },
      schema: { params: decisionParams, response: { 200: replayView } },
    },
    (request) => {
      const { court, id, number } = request.params;
      return replayDecision(contextOf(desk, request, court), id, number);
    },
  );
};
