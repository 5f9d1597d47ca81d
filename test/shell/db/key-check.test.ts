import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDocket } from '../../../src/app/import-docket.js';
import { checkKeys } from '../../../src/shell/db/key-check.js';
import { KeyRefused, KeyRing } from '../../../src/shell/db/key-ring.js';
import { docket, earlier } from '../../support/court.js';
import { openDesk } from '../../support/desk.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';

const K1 = `k1:${'11'.repeat(32)}`;
const K2 = `k2:${'22'.repeat(32)}`;
const FIRST = earlier();
const SECOND = earlier({ caseNo: '（2025）川1527民初77号' });

describe.each(ENGINES)('keys that are not those of the database are refused, on $name', ({ missing, open }) => {
  let engine: OpenedEngine;
  beforeAll(async () => {
    if (missing === undefined) engine = await open();
  });
  afterAll(() => engine?.close());

  const check = (keys: string): Promise<void> => checkKeys(engine.db, new KeyRing(keys));

  it.skipIf(missing !== undefined)(
    'an empty database takes any; then only those that it was written with',
    async () => {
      await check(K2);
      await openDesk(engine.db, docket([FIRST]), undefined, new KeyRing(K1));
      await check(K1);
      await check(`${K2},${K1}`);
      await expect(check(K2)).rejects.toThrow('没有名为“k1”的密钥');
      await expect(check(`k1:${'33'.repeat(32)}`)).rejects.toThrow(KeyRefused);
      // It would open every number, and find no earlier case.
      await expect(check(`${K1},${K2}`)).rejects.toThrow('最早的写在最后');
    },
  );

  it.skipIf(missing !== undefined)(
    'a new key leaves what was stored findable, and is needed from then on',
    async () => {
      const rotated = await openDesk(engine.db, docket([FIRST]), undefined, new KeyRing(`${K2},${K1}`));
      const administrator = await rotated.person(['administrator']);
      expect(await importDocket(administrator, docket([FIRST, SECOND]))).toMatchObject({ added: 1, same: 1 });
      await expect(check(K1)).rejects.toThrow('没有名为“k2”的密钥');
      await check(`${K2},${K1}`);
    },
  );

  it.skipIf(missing !== undefined)('every court that has cases is looked at, not only the first', async () => {
    const none = docket([], { court: { code: '川0001', name: '没有案件的法院', level: 'basic', province: '四川' } });
    await openDesk(engine.db, none, undefined, new KeyRing(K1));
    await check(`${K2},${K1}`);
    const other = earlier({ caseNo: '（2025）川9999民初1号' });
    const last = docket([other], { court: { code: '川9999', name: '后来的法院', level: 'basic', province: '四川' } });
    await openDesk(engine.db, last, undefined, new KeyRing(`k3:${'44'.repeat(32)}`));
    await expect(check(`${K2},${K1}`)).rejects.toThrow('没有名为“k3”的密钥');
  });
});
