import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/core/documents/decision.js';
import { digestOf } from '../../../src/core/kernel/digest.js';
import { replay } from '../../../src/core/routing/replay.js';
import { CLEAR, filing, identityNumber, type Json, lawbook } from '../../support/court.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';
import { type Client, type HttpDesk, openHttpDesk, refused } from '../../support/http-desk.js';

const waiting = (id: string): Json => filing({ id, facts: { ...CLEAR, appraisalNeeded: null } });

describe.each(ENGINES)('a stored decision, on $name', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    let desk: HttpDesk;
    let clerk: Client;
    let readers: readonly Client[];
    beforeAll(async () => {
      opened = await engine.open();
      desk = await openHttpDesk(opened);
      clerk = await desk.person(['filing_clerk']);
      readers = [await desk.person(['supervisor']), await desk.person(['auditor'])];
    });
    afterAll(async () => {
      await desk?.close();
      await opened?.close();
    });

    const stored = (id: string, number: number) =>
      desk.service.store.read(clerk.court, (tx) => tx.decisionOf(id, number));

    test('is given whole, as its digest sealed it, and is decided again to the same', async () => {
      const { row } = await clerk.fileOne(filing());
      expect(row.state).toBe('assigned');
      for (const reader of readers) {
        const response = await reader.get(`/filings/${row.id}/decisions/1`);
        const given = response.json<Decision>();
        const { digest, ...rest } = given;
        expect(given).toEqual(await stored(row.id, 1));
        expect(given.record?.judges.length).toBeGreaterThan(0);
        expect(digestOf(rest)).toBe(digest);
        expect((await replay(given, lawbook, desk.service.evaluator)).outcome).toBe('same');
      }
    });

    test('is kept back until its filing is assigned, since its seed would tell the draw to come', async () => {
      const { row } = await clerk.fileOne(waiting('waits'));
      expect(row.state).toBe('needs_review');
      const seed = (await stored(row.id, 1))?.seed ?? '';
      expect(seed).toMatch(/^[0-9a-f]{64}$/);
      for (const reader of readers) {
        const response = await reader.get(`/filings/${row.id}/decisions/1`);
        expect([refused(response), response.body.includes(seed)]).toEqual(['409 STATE_CONFLICT', false]);
      }
      const answers = { version: row.version, answers: { appraisalNeeded: false } };
      expect((await clerk.post(`/filings/${row.id}/answers`, answers)).json().row.state).toBe('assigned');
      for (const [index, reader] of readers.entries()) {
        const response = await reader.get(`/filings/${row.id}/decisions/${index + 1}`);
        expect(response.json()).toEqual(await stored(row.id, index + 1));
      }
    });

    test('is not given where somebody wrote an identity number into it', async () => {
      const number = identityNumber(321);
      const { row } = await clerk.fileOne(filing({ id: `登记${number}` }));
      expect((await stored(row.id, 1))?.record?.filing.id).toContain(number);
      for (const reader of readers) {
        const response = await reader.get(`/filings/${row.id}/decisions/1`);
        expect([refused(response), response.body.includes(number)]).toEqual(['403 FORBIDDEN', false]);
      }
    });

    test('that there is none of is not found, and a number is written as one', async () => {
      const { row } = await clerk.fileOne(filing({ id: 'one' }));
      for (const reader of readers) {
        expect(refused(await reader.get(`/filings/${row.id}/decisions/2`))).toBe('404 NOT_FOUND');
        expect(refused(await reader.get(`/filings/${row.batch}/decisions/1`))).toBe('404 NOT_FOUND');
        for (const wrong of ['0', '01', '1e0']) {
          expect(refused(await reader.get(`/filings/${row.id}/decisions/${wrong}`))).toBe('400 BODY_INVALID');
        }
      }
    });
  });
});
