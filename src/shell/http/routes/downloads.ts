import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { permit } from '../../../app/permit.js';
import { Refusal } from '../../../app/refusal.js';
import { noticeJudges, noticeOf } from '../../../core/routing/notice.js';
import { recusalArticles } from '../../../core/routing/recusal.js';
import { labelOf } from '../../../core/rules/vocabulary.js';
import { noticeFont } from '../../files/fonts.js';
import { noticeDocx } from '../../files/notice-docx.js';
import { noticePdf } from '../../files/notice-pdf.js';
import { tableVocabulary } from '../../files/table-vocabulary.js';
import { templateWorkbook } from '../../files/template.js';
import { decisionsWorkbook } from '../../files/workbook.js';
import { courtParams, idParams } from '../contract/common.js';
import { exportQuery } from '../contract/filings.js';
import { contextOf, type Desk } from '../desk.js';
import { DOCX, file, PDF, XLSX } from '../file-reply.js';

/** Files to keep or to print: the list, the notice to the parties, the template. No name of a person stands in a file's name. */
export const downloadRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  const { views, service } = desk;
  const vocabularyNow = async () => (await service.editions.now()).book.vocabulary;

  app.get(
    '/api/v1/template.xlsx',
    { config: { signedIn: true }, schema: { produces: [XLSX] } },
    async (_request, reply) =>
      file(reply, XLSX, '收案表模板.xlsx', await templateWorkbook(tableVocabulary(await vocabularyNow()))),
  );

  app.get(
    '/api/v1/courts/:court/filings.xlsx',
    {
      config: { action: 'filing.export' },
      schema: { params: courtParams, querystring: exportQuery, produces: [XLSX] },
    },
    async (request, reply) => {
      const { court } = request.params;
      permit(contextOf(desk, request, court).subject, 'filing.export');
      const decisions = await views.decisionsOf(court, request.query);
      const bench = await views.bench(court);
      const names = new Map(bench?.docket.judges.map(({ id, name }) => [id, name]));
      const vocabulary = await vocabularyNow();
      const workbook = await decisionsWorkbook(decisions, {
        label: (enumeration, key) => labelOf(vocabulary, enumeration, key),
        judge: (id) => (names.has(id) ? `${names.get(id)}(${id})` : id),
      });
      return file(reply, XLSX, `分案结果-${service.today()}.xlsx`, workbook);
    },
  );

  const notice = async (request: FastifyRequest, { court, id }: { court: string; id: string }) => {
    const { subject } = contextOf(desk, request, court);
    permit(subject, 'filing.notice', { owner: await views.owner(court, id) });
    const detail = await views.filing(court, id, service.today());
    const bench = await views.bench(court);
    const latest = detail?.decisions.at(-1);
    if (!detail || !bench) throw new Refusal('NOT_FOUND', '没有这件收案；请回到列表核对');
    if (!detail.filing || latest?.decision.status !== 'assigned') {
      throw new Refusal('STATE_CONFLICT', '本件还没有分案，不能制作告知书；请先办理分案');
    }
    const { book, articles, recusal } = await service.editions.now();
    return noticeOf({
      court: bench.docket.court.name,
      parties: detail.filing.parties,
      decision: latest.decision,
      judge: noticeJudges(bench.docket),
      vocabulary: book.vocabulary,
      issuedOn: service.today(),
      recusal: recusalArticles(articles, recusal, detail.filing.matter, service.today()),
    });
  };

  app.get(
    '/api/v1/courts/:court/filings/:id/notice.docx',
    { config: { action: 'filing.notice' }, schema: { params: idParams, produces: [DOCX] } },
    async (request, reply) => file(reply, DOCX, '告知书.docx', await noticeDocx(await notice(request, request.params))),
  );

  app.get(
    '/api/v1/courts/:court/filings/:id/notice.pdf',
    { config: { action: 'filing.notice' }, schema: { params: idParams, produces: [PDF] } },
    async (request, reply) =>
      file(reply, PDF, '告知书.pdf', await noticePdf(await notice(request, request.params), { regular: noticeFont() })),
  );
};
