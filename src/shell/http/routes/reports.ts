import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { flowRegister, weeklyReport } from '../../../app/reports/flow-reports.js';
import { weekOf } from '../../../core/flows/weekly-report.js';
import { plainDate } from '../../../core/kernel/plain-date.js';
import { reportWorkbook } from '../../files/workbook.js';
import { courtParams } from '../contract/common.js';
import { registerQuery, weekQuery } from '../contract/reports.js';
import { contextOf, type Desk } from '../desk.js';
import { file, XLSX } from '../file-reply.js';

const BASE = '/api/v1/courts/:court';

/** 流程台账 and 周报. */
export const reportRoutes: FastifyPluginAsyncZod<{ readonly desk: Desk }> = async (app, { desk }) => {
  app.get(
    `${BASE}/registers/flows.xlsx`,
    {
      config: { action: 'register.export' },
      schema: { params: courtParams, querystring: registerQuery, produces: [XLSX] },
    },
    async (request, reply) => {
      const { from, to } = request.query;
      const span = { from: plainDate(from), to: plainDate(to) };
      const tables = await flowRegister(contextOf(desk, request, request.params.court), span);
      return file(reply, XLSX, `流程台账-${from}-${to}.xlsx`, await reportWorkbook(tables));
    },
  );

  app.get(
    `${BASE}/reports/weekly.xlsx`,
    {
      config: { action: 'report.export' },
      schema: { params: courtParams, querystring: weekQuery, produces: [XLSX] },
    },
    async (request, reply) => {
      const day = plainDate(request.query.day);
      const tables = await weeklyReport(contextOf(desk, request, request.params.court), day);
      const { from, to } = weekOf(day);
      return file(reply, XLSX, `流程周报-${from}-${to}.xlsx`, await reportWorkbook(tables));
    },
  );
};
