import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { seeUrging } from '../../../app/flows/see-urging.js';
import type { Notice } from '../../../core/documents/notice.js';
import { noticeFont } from '../../files/fonts.js';
import { noticeDocx } from '../../files/notice-docx.js';
import { noticePdf } from '../../files/notice-pdf.js';
import { idParams } from '../contract/common.js';
import { contextOf, type Desk } from '../desk.js';
import { DOCX, file, PDF } from '../file-reply.js';

const BASE = '/api/v1/courts/:court/urgings/:id';

/** 工作提示单, 催办单 and 督办单 on paper, as they were sent. */
export const urgingRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  const notice = async (request: FastifyRequest, { court, id }: { court: string; id: string }): Promise<Notice> =>
    (await seeUrging(contextOf(desk, request, court), id)).notice;

  app.get(
    `${BASE}/notice.docx`,
    { config: { action: 'filing.read' }, schema: { params: idParams, produces: [DOCX] } },
    async (request, reply) => {
      const paper = await notice(request, request.params);
      return file(reply, DOCX, `${paper.reference}.docx`, await noticeDocx(paper));
    },
  );

  app.get(
    `${BASE}/notice.pdf`,
    { config: { action: 'filing.read' }, schema: { params: idParams, produces: [PDF] } },
    async (request, reply) => {
      const paper = await notice(request, request.params);
      return file(reply, PDF, `${paper.reference}.pdf`, await noticePdf(paper, { regular: noticeFont() }));
    },
  );
};
