import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { adjustClock, endClockExclusion, withdrawAdjustment } from '../../../app/flows/adjust-clock.js';
import { seeClocks } from '../../../app/flows/see-clocks.js';
import type { PlainDate } from '../../../core/kernel/plain-date.js';
import { withoutNumbersIn } from '../../../core/law/number-masking.js';
import {
  adjustmentParams,
  clockActBody,
  filingClocksView,
  resumeBody,
  withdrawalBody,
} from '../contract/clock-adjustments.js';
import { idParams } from '../contract/common.js';
import { contextOf, type Desk, requestKeyOf } from '../desk.js';

const BASE = '/api/v1/courts/:court/filings/:id/clocks';
const response = { 200: filingClocksView };
const config = { action: 'clock.adjust', idempotency: 'taken' } as const;

/** 扣除 and 延长 of a filing's clocks. */
export const clockAdjustmentRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  app.get(BASE, { config: { action: 'filing.read' }, schema: { params: idParams, response } }, async (request) => {
    const { court, id } = request.params;
    return { items: withoutNumbersIn(await seeClocks(contextOf(desk, request, court), id)) };
  });

  app.post(BASE, { config, schema: { params: idParams, body: clockActBody, response } }, async (request) => {
    const { court, id } = request.params;
    const context = contextOf(desk, request, court);
    const { from, to, appliedOn, ...rest } = request.body;
    const days = {
      ...(from !== undefined && { from: from as PlainDate }),
      ...(to !== undefined && { to: to as PlainDate }),
      ...(appliedOn !== undefined && { appliedOn: appliedOn as PlainDate }),
    };
    await adjustClock(context, id, { ...rest, ...days }, requestKeyOf(desk, request));
    return { items: withoutNumbersIn(await seeClocks(context, id)) };
  });

  app.post(
    `${BASE}/:adjustment/end`,
    { config, schema: { params: adjustmentParams, body: resumeBody, response } },
    async (request) => {
      const { court, id, adjustment } = request.params;
      const context = contextOf(desk, request, court);
      const act = { ...request.body, last: request.body.last as PlainDate };
      await endClockExclusion(context, id, adjustment, act, requestKeyOf(desk, request));
      return { items: withoutNumbersIn(await seeClocks(context, id)) };
    },
  );

  app.post(
    `${BASE}/:adjustment/withdrawal`,
    { config, schema: { params: adjustmentParams, body: withdrawalBody, response } },
    async (request) => {
      const { court, id, adjustment } = request.params;
      const context = contextOf(desk, request, court);
      await withdrawAdjustment(context, id, adjustment, request.body, requestKeyOf(desk, request));
      return { items: withoutNumbersIn(await seeClocks(context, id)) };
    },
  );
};
