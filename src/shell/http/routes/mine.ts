import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { seeMyCases } from '../../../app/mine/see-cases.js';
import { seeMyObjections } from '../../../app/mine/see-my-objections.js';
import { markSeen, seeNotifications } from '../../../app/mine/see-notifications.js';
import { takeNote } from '../../../app/mine/take-note.js';
import { withoutNumbersIn } from '../../../core/law/number-masking.js';
import { courtParams, doneView, idParams, pageOf } from '../contract/common.js';
import { myCase, myCasesQuery, noteBody, notificationsQuery, notificationsView, seenBody } from '../contract/mine.js';
import { objectionPageQuery, objectionRow } from '../contract/objections.js';
import { contextOf, type Desk, requestKeyOf } from '../desk.js';

const BASE = '/api/v1/courts/:court/mine';

/** 法官工作台: what a judge holds, what goes on about it, and what they are told. */
export const mineRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  app.get(
    `${BASE}/cases`,
    {
      config: { action: 'mine.read', passive: true },
      schema: { params: courtParams, querystring: myCasesQuery, response: { 200: pageOf(myCase) } },
    },
    async (request) => {
      const context = contextOf(desk, request, request.params.court);
      const { items, next } = withoutNumbersIn(await seeMyCases(context, request.query));
      const shown = items.map(({ why, ...rest }) => ({ ...rest, why: why && { ...why, basis: [...why.basis] } }));
      return { items: shown, next };
    },
  );

  app.post(
    `${BASE}/cases/:id/note`,
    {
      config: { action: 'mine.note', idempotency: 'taken' },
      schema: { params: idParams, body: noteBody, response: { 200: doneView } },
    },
    async (request) => {
      const { court, id } = request.params;
      await takeNote(contextOf(desk, request, court), id, request.body.version, requestKeyOf(desk, request));
      return { id };
    },
  );

  app.get(
    `${BASE}/objections`,
    {
      config: { action: 'mine.read', passive: true },
      schema: { params: courtParams, querystring: objectionPageQuery, response: { 200: pageOf(objectionRow) } },
    },
    async (request) => {
      const context = contextOf(desk, request, request.params.court);
      const { items, next } = withoutNumbersIn(await seeMyObjections(context, request.query));
      return { items: [...items], next };
    },
  );

  app.get(
    `${BASE}/notifications`,
    {
      config: { action: 'mine.read', passive: true },
      schema: { params: courtParams, querystring: notificationsQuery, response: { 200: notificationsView } },
    },
    async (request) => ({
      items: await seeNotifications(contextOf(desk, request, request.params.court), request.query.state === 'seen'),
    }),
  );

  app.post(
    `${BASE}/notifications/seen`,
    {
      config: { action: 'mine.read' },
      schema: { params: courtParams, body: seenBody, response: { 200: notificationsView } },
    },
    async (request) => {
      const context = contextOf(desk, request, request.params.court);
      await markSeen(context, request.body.ids);
      return { items: await seeNotifications(context) };
    },
  );
};
