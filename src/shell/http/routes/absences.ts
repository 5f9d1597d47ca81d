import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { enterAbsence } from '../../../app/absences/enter-absence.js';
import { previewAbsence } from '../../../app/absences/preview-absence.js';
import { seeAbsences } from '../../../app/absences/see-absences.js';
import { withdrawAbsence } from '../../../app/absences/withdraw-absence.js';
import { plainDate } from '../../../core/kernel/plain-date.js';
import { labelOf } from '../../../core/rules/vocabulary.js';
import { absenceBody, absencePreview, absencePreviewQuery, absencesQuery, absenceView } from '../contract/absences.js';
import { courtParams, doneView, idParams, pageOf } from '../contract/common.js';
import { contextOf, type Desk, requestKeyOf } from '../desk.js';

const BASE = '/api/v1/courts/:court/absences';

/** 请假: entered by judges for themselves and by the filing division for anybody; whoever is away is drawn for nothing. */
export const absenceRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  const { service, views } = desk;

  app.get(
    BASE,
    {
      config: { action: 'absence.read' },
      schema: { params: courtParams, querystring: absencesQuery, response: { 200: pageOf(absenceView) } },
    },
    async (request) => {
      const { court } = request.params;
      const { items, next } = await seeAbsences(contextOf(desk, request, court), request.query);
      const judges = new Map((await views.bench(court))?.docket.judges.map(({ id, name }) => [id, name]));
      const { vocabulary } = (await service.editions.now()).book;
      const shown = items.map(({ isWithdrawn, judge, to = null, withdrawnAt = null, ...rest }) => ({
        ...rest,
        judge: { id: judge, name: judges.get(judge) ?? judge },
        to,
        reasonWord: labelOf(vocabulary, '缺席原因', rest.reason),
        withdrawnAt,
        open: !isWithdrawn && (to === null || to >= service.today()),
      }));
      return { items: shown, next };
    },
  );

  app.get(
    `${BASE}/preview`,
    {
      config: { action: 'absence.enter' },
      schema: { params: courtParams, querystring: absencePreviewQuery, response: { 200: absencePreview } },
    },
    async (request) => previewAbsence(contextOf(desk, request, request.params.court), daysOf(request.query)),
  );

  app.post(
    BASE,
    {
      config: { action: 'absence.enter', idempotency: 'taken' },
      schema: { params: courtParams, body: absenceBody, response: { 201: doneView } },
    },
    async (request, reply) => {
      const absence = daysOf(request.body);
      const context = contextOf(desk, request, request.params.court);
      return reply.code(201).send({ id: await enterAbsence(context, absence, requestKeyOf(desk, request)) });
    },
  );

  app.delete(
    `${BASE}/:id`,
    {
      config: { action: 'absence.enter', idempotency: 'taken' },
      schema: { params: idParams, response: { 200: doneView } },
    },
    async (request) => {
      const { court, id } = request.params;
      await withdrawAbsence(contextOf(desk, request, court), id, requestKeyOf(desk, request));
      return { id };
    },
  );
};

/** The same with its days as days. */
const daysOf = <Given extends { readonly from: string; readonly to?: string }>({ from, to, ...rest }: Given) => ({
  ...rest,
  from: plainDate(from),
  ...(to !== undefined && { to: plainDate(to) }),
});
