import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hmacSha256 } from '../../../src/core/kernel/digest.js';
import { rows } from '../../../src/shell/db/db.js';
import { docket, filing } from '../../support/court.js';
import { COURT, openDesk, type TestDesk } from '../../support/desk.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';

const SEED = '5eed'.repeat(16);

describe.each(ENGINES)('the key of a batch’s draws, on $name', ({ missing, open }) => {
  describe.skipIf(missing)('', () => {
    let opened: OpenedEngine;
    let desk: TestDesk;
    let ids: string[];
    beforeAll(async () => {
      opened = await open();
      desk = await openDesk(opened.db, docket(), SEED);
      ids = [
        ...(await desk.file([filing(), filing({ id: 'F2' })])).values(),
        ...(await desk.file([filing({ id: 'F3' })])).values(),
      ];
    });
    afterAll(() => opened?.close());

    const stored = () => rows<{ id: string; seed: string }>(opened.db, sql`select id::text as id, seed from batches`);
    const seedOf = async (id: string) => (await desk.service.store.read(COURT, (tx) => tx.filing(id)))?.seed;
    const ofFiling = (id: string) => Buffer.from(hmacSha256(SEED, id)).toString('hex');

    it('stands sealed, each time anew, and opens to the keys of its filings’ draws', async () => {
      const seeds = (await stored()).map(({ seed }) => seed);
      expect(new Set(seeds).size).toBe(2);
      for (const seed of seeds) {
        expect(seed).toMatch(/^k1\.[\w-]+$/);
        expect(Buffer.from(seed.slice(3), 'base64url').includes(SEED)).toBe(false);
      }
      for (const id of ids) expect(await seedOf(id)).toBe(ofFiling(id));
    });

    it('does not open in the row of another batch', async () => {
      const [first, second] = await stored();
      const put = (seed = '', id = '') =>
        opened.db.execute(sql`update batches set seed = ${seed} where id = ${id}::uuid`);
      await put(first?.seed, second?.id);
      const opens = await Promise.allSettled(ids.map(seedOf));
      expect(opens.map(({ status }) => status)).toContain('rejected');
      await put(second?.seed, second?.id);
      await Promise.all(ids.map(seedOf));
    });

    it('of a batch from before seeds were sealed is read as it stands', async () => {
      await opened.db.execute(sql`update batches set seed = ${SEED}`);
      for (const id of ids) expect(await seedOf(id)).toBe(ofFiling(id));
    });
  });
});
