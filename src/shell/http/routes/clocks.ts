import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { explainStoredClock } from '../../../app/clocks/explain-clock.js';
import { listClocks } from '../../../app/clocks/list-clocks.js';
import { type PlainDate, plainDate } from '../../../core/kernel/plain-date.js';
import { dayKind } from '../../../core/law/calendar.js';
import {
  calendarQuery,
  calendarView,
  clockLine,
  clocksQuery,
  explainedClock,
  explainQuery,
} from '../contract/clocks.js';
import { courtParams, pageOf } from '../contract/common.js';
import { contextOf, type Desk } from '../desk.js';

const BASE = '/api/v1/courts/:court/clocks';

/** The clocks that run in a court, and how each was counted; judges see their own. */
export const clockRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  app.get(
    BASE,
    {
      config: { action: 'clock.read', passive: true },
      schema: { params: courtParams, querystring: clocksQuery, response: { 200: pageOf(clockLine) } },
    },
    async (request) => {
      const { on, ...query } = request.query;
      const asked = { ...query, ...(on !== undefined && { on: plainDate(on) }) };
      const { items, next } = await listClocks(contextOf(desk, request, request.params.court), asked);
      return { items: [...items], next };
    },
  );

  app.get(
    `${BASE}/explain`,
    {
      config: { action: 'clock.read' },
      schema: { params: courtParams, querystring: explainQuery, response: { 200: explainedClock } },
    },
    async (request) => explainStoredClock(contextOf(desk, request, request.params.court), request.query),
  );

  app.get(
    '/api/v1/calendar',
    { config: { signedIn: true }, schema: { querystring: calendarQuery, response: { 200: calendarView } } },
    async ({ query }) => {
      const { calendar } = await desk.service.editions.now();
      const first = plainDate(`${query.year}-01-01`);
      const ofYear = (days: ReadonlySet<PlainDate>): PlainDate[] =>
        [...days].filter((each) => each.startsWith(`${query.year}-`)).sort();
      return {
        known: dayKind(calendar, first) !== 'unknown',
        rest: ofYear(calendar.rest),
        work: ofYear(calendar.work),
      };
    },
  );
};
