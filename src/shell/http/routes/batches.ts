import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { fileBatch } from '../../../app/file-batch.js';
import { permit } from '../../../app/permit.js';
import { Refusal } from '../../../app/refusal.js';
import type { BatchView } from '../../../app/views.js';
import { sha256Hex } from '../../../core/kernel/digest.js';
import { type PlainDate, plainDate } from '../../../core/kernel/plain-date.js';
import type { RawFiling } from '../../../core/routing/batch.js';
import { formatInputError } from '../../files/input-error.js';
import { filingsOfJson, readFilingsBytes } from '../../files/read-table.js';
import { MAX_TABLE_BYTES } from '../../files/table-limits.js';
import { tableVocabulary } from '../../files/table-vocabulary.js';
import { awaitRouted, preferredWaitMs } from '../await-routed.js';
import { courtParams, idParams, pageOf } from '../contract/common.js';
import { batchBody, batchesQuery, batchView } from '../contract/filings.js';
import { contextOf, type Desk, demandedKeyOf } from '../desk.js';
import { uploadedFile } from '../uploaded-file.js';

const BASE = '/api/v1/courts/:court/batches';
const JSON_BYTES = 16 * 1024 * 1024;

/** Filings come in: typed, from another system, or as a file. They are acknowledged once they are stored, and routed after that. */
export const batchRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  const { views, service } = desk;
  await app.register(multipart, { limits: { files: 1, fields: 4, fileSize: MAX_TABLE_BYTES, parts: 5 } });

  const file = async (
    request: FastifyRequest,
    court: string,
    input: { filings: readonly RawFiling[]; docketedOn?: PlainDate; remarks?: readonly string[] },
    content?: unknown,
  ) => {
    const { id } = await fileBatch(contextOf(desk, request, court), input, demandedKeyOf(desk, request, content));
    return shown(await awaitRouted(desk, court, id, preferredWaitMs(request)));
  };
  const shown = (batch: BatchView | undefined) => {
    if (batch === undefined) throw new Refusal('NOT_FOUND', '没有这个批次；请回到列表核对');
    return { ...batch, counts: { ...batch.counts }, remarks: [...batch.remarks] };
  };

  app.post(
    BASE,
    {
      bodyLimit: JSON_BYTES,
      config: { action: 'batch.file', idempotency: 'needed', waits: true, badTextsToldPerFiling: true },
      schema: { params: courtParams, body: batchBody, response: { 201: batchView } },
    },
    async (request, reply) => {
      const { filings, docketedOn } = request.body;
      const read = filingsOfJson(filings);
      const input = { filings: read, ...(docketedOn !== undefined && { docketedOn: plainDate(docketedOn) }) };
      const content = { filings: read.map(({ value }) => value), docketedOn: docketedOn ?? null };
      return reply.code(201).send(await file(request, request.params.court, input, content));
    },
  );

  app.post(
    `${BASE}/file`,
    {
      config: { action: 'batch.file', idempotency: 'needed', waits: true },
      schema: { params: courtParams, consumes: ['multipart/form-data'], response: { 201: batchView } },
    },
    async (request, reply) => {
      permit(contextOf(desk, request, request.params.court).subject, 'batch.file');
      const { name, bytes } = await uploadedFile(() => request.files());
      const { book } = await service.editions.now();
      const read = await readFilingsBytes(name, bytes, tableVocabulary(book.vocabulary));
      if (!read.ok) throw new Refusal('FILE_UNREADABLE', formatInputError(read.error));
      if (read.value.filings.length === 0)
        throw new Refusal('FILE_UNREADABLE', '文件里没有收案；请核对是否选错了文件，或者没有保存');
      const content = { file: sha256Hex(bytes.toString('base64')) };
      const batch = await file(request, request.params.court, read.value, content);
      return reply.code(201).send(batch);
    },
  );

  app.get(
    BASE,
    {
      config: { action: 'batch.read' },
      schema: { params: courtParams, querystring: batchesQuery, response: { 200: pageOf(batchView) } },
    },
    async (request) => {
      const { court } = request.params;
      permit(contextOf(desk, request, court).subject, 'batch.read');
      const { items, next } = await views.batches(court, request.query.limit, request.query.after);
      return {
        items: items.map((batch) => ({ ...batch, counts: { ...batch.counts }, remarks: [...batch.remarks] })),
        next,
      };
    },
  );

  app.get(
    `${BASE}/:id`,
    { config: { action: 'batch.read', passive: true }, schema: { params: idParams, response: { 200: batchView } } },
    async (request) => {
      const { court, id } = request.params;
      permit(contextOf(desk, request, court).subject, 'batch.read');
      return shown(await views.batch(court, id));
    },
  );
};
