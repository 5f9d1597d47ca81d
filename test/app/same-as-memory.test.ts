import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileBatch } from '../../src/app/file-batch.js';
import { routeNext } from '../../src/app/route-received.js';
import type { Decision } from '../../src/core/documents/decision.js';
import { hmacSha256 } from '../../src/core/kernel/digest.js';
import { routeBatch } from '../../src/core/routing/batch.js';
import { checkDocket } from '../../src/core/routing/docket-check.js';
import { jsonRulesEngine } from '../../src/core/rules/engine.js';
import { Evaluator } from '../../src/core/rules/evaluate.js';
import { readFilings } from '../../src/shell/files/read-table.js';
import { tableVocabulary } from '../../src/shell/files/table-vocabulary.js';
import { runs, worldArb } from '../support/arbitraries.js';
import { type Json, lawbook } from '../support/court.js';
import { openDesk } from '../support/desk.js';
import { ENGINES, emptied, type OpenedEngine } from '../support/engines.js';

const SEED = '5a'.repeat(32);

/** What a stored court decides on the filings, in their order, and what the same docket in memory decides with the same keys. */
async function bothWays(
  { db }: OpenedEngine,
  docket: Json,
  filings: readonly { value: unknown }[],
): Promise<{ stored: Decision[]; memory: Decision[] }> {
  const desk = await openDesk(db, docket, SEED);
  const court = (docket.court as { code: string }).code;
  const { id } = await fileBatch(await desk.person(['filing_clerk']), { filings });
  while ((await routeNext(desk.service, court)) !== undefined);
  const { items } = await desk.views.filings(court, { batch: id, limit: 200 }, desk.service.today());
  const stored: Decision[] = [];
  const seeds = new Map<string, string>();
  for (const row of items) {
    const decision = await desk.views.decision(court, row.id, 1);
    if (decision) stored[row.position] = decision;
    if (row.state !== 'invalid') seeds.set(row.reference, Buffer.from(hmacSha256(SEED, row.id)).toString('hex'));
  }
  const checked = checkDocket(docket, lawbook);
  if (!checked.ok) throw new Error('the docket is in order');
  const memory: Decision[] = [];
  const input = { filings, docket: checked.value, lawbook, evaluator: new Evaluator(jsonRulesEngine) };
  const seedOf = (reference: string): string => seeds.get(reference) ?? '';
  for await (const { index, decision } of routeBatch({ ...input, seed: seedOf })) memory[index] = decision;
  return { stored, memory };
}

describe.each(ENGINES)('a docket stored in $name decides as the same docket in memory', (engine) => {
  describe.skipIf(engine.missing)('', () => {
    let opened: OpenedEngine;
    beforeAll(async () => {
      opened = await engine.open();
    });
    afterAll(() => opened?.close());

    it('the sample day: sixty filings against three thousand cases, digest by digest', async () => {
      const docket = JSON.parse(readFileSync('docs/sample/docket.json', 'utf8')) as Json;
      const read = await readFilings('docs/sample/filings.xlsx', tableVocabulary(lawbook.book.vocabulary));
      if (!read.ok) throw new Error(read.error.message);
      const { stored, memory } = await bothWays(opened, docket, read.value.filings);
      expect(stored.map(({ digest }) => digest)).toEqual(memory.map(({ digest }) => digest));
      expect(memory.filter(({ status }) => status === 'assigned').length).toBeGreaterThan(30);
    });

    it('any court and any filings: links, bars, loads, series, deadlines, all of it', async () => {
      await fc.assert(
        fc.asyncProperty(worldArb({ cases: 12, filings: 6 }), async ({ docket, filings }) => {
          await emptied(opened.db);
          const { stored, memory } = await bothWays(
            opened,
            docket,
            filings.map((value) => ({ value })),
          );
          expect(stored).toEqual(memory);
        }),
        runs(engine.name === 'PGlite' ? 30 : 60),
      );
    });
  });
});
