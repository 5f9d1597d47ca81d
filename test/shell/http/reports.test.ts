import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../src/core/access/can.js';
import { filing } from '../../support/court.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';
import { type Client, type HttpDesk, openHttpDesk, refused } from '../../support/http-desk.js';

const REGISTER = '/registers/flows.xlsx?from=2026-03-01&to=2026-03-31';
const WEEK = '/reports/weekly.xlsx?day=2026-03-12';

describe.each(ENGINES)('the register and the weekly report over HTTP, on $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: HttpDesk;
    let supervisor: Client;
    beforeAll(async () => {
      opened = await engine.open();
      desk = await openHttpDesk(opened);
      supervisor = await desk.person(['supervisor']);
      await (await desk.person(['filing_clerk'])).fileOne(filing());
    });
    afterAll(async () => {
      await desk?.close();
      await opened?.close();
    });

    const sheetsOf = async (address: string): Promise<ExcelJS.Worksheet[]> => {
      const response = await supervisor.get(address);
      expect(response.statusCode).toBe(200);
      expect(response.headers['content-type']).toContain('spreadsheetml');
      expect(response.headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''[\w%.-]+\.xlsx$/);
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(new Uint8Array(response.rawPayload).buffer);
      return workbook.worksheets;
    };

    test('a workbook opens with its sheets, each under whose it is and of which days', async () => {
      const register = await sheetsOf(REGISTER);
      expect(register.map(({ name }) => name)).toEqual(['流程台账', '办理经过', '提示催办督办']);
      expect(register[0]?.getCell('A1').value).toBe(
        '筠连县人民法院流程台账（2026-03-01 至 2026-03-31，截至 2026-03-12）',
      );
      const week = await sheetsOf(WEEK);
      expect(week.map(({ name }) => name)).toEqual(['概况', '按流程', '按职务和人员', '逾期未办结', '非随机分案']);
      expect(week[0]?.getCell('A1').value).toBe(
        '筠连县人民法院流程周报：概况（2026-03-09 至 2026-03-15，截至 2026-03-12）',
      );
      const assigned = week[0]?.getColumn(1).values.indexOf('分出的案件') ?? 0;
      expect(week[0]?.getCell(assigned, 2).value).toBe(1);
    });

    test('days that are none, turned round, too many or not here yet are refused, and said where', async () => {
      const wrong: [address: string, path: string][] = [
        ['/registers/flows.xlsx?from=2026-03-31&to=2026-03-01', '/to'],
        ['/registers/flows.xlsx?from=2025-03-01&to=2026-03-02', '/to'],
        ['/registers/flows.xlsx?from=2026-02-30&to=2026-03-01', '/from'],
        ['/registers/flows.xlsx?from=2026-3-1&to=2026-03-01', '/from'],
        ['/registers/flows.xlsx?from=1899-12-31&to=2026-03-01', '/from'],
        ['/registers/flows.xlsx?from=2026-03-01', '/to'],
        ['/reports/weekly.xlsx?day=2026-03-16', '/day'],
        ['/reports/weekly.xlsx?day=2199-12-31', '/day'],
        ['/reports/weekly.xlsx?day=', '/day'],
        ['/reports/weekly.xlsx', '/day'],
      ];
      for (const [address, path] of wrong) {
        const response = await supervisor.get(address);
        expect([address, refused(response)]).toEqual([address, '400 BODY_INVALID']);
        const { errors } = response.json<{ errors: { path: string }[] }>();
        expect([address, errors.map((error) => error.path)]).toEqual([address, [path]]);
      }
      const first = '1900-01-01';
      const last = '2199-12-31';
      for (const edge of [
        '/registers/flows.xlsx?from=2025-03-01&to=2026-03-01',
        `/registers/flows.xlsx?from=${first}&to=${first}`,
        `/registers/flows.xlsx?from=${last}&to=${last}`,
        `/reports/weekly.xlsx?day=${first}`,
      ])
        expect([edge, (await supervisor.get(edge)).statusCode]).toEqual([edge, 200]);
    });

    test('only those who look after the court’s clocks have them, and each time it is recorded', async () => {
      const others: Role[] = ['judge', 'reviewer', 'command_centre', 'auditor', 'administrator', 'rule_author'];
      for (const role of others) {
        const client = await desk.person([role], role === 'judge' ? { judge: 'M1' } : {});
        for (const address of [REGISTER, WEEK])
          expect([role, refused(await client.get(address))]).toEqual([role, '403 FORBIDDEN']);
      }
      const seen = async (): Promise<string[]> => {
        const { items } = (await supervisor.get('/audit?limit=50')).json<{ items: { action: string }[] }>();
        return items.map(({ action }) => action).filter((action) => action.endsWith('.export'));
      };
      const before = (await seen()).length;
      await sheetsOf(REGISTER);
      await sheetsOf(WEEK);
      expect((await seen()).slice(0, -before || undefined)).toEqual(['report.export', 'register.export']);
    });
  });
});
