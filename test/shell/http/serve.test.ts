import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import pino from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fileBatch } from '../../../src/app/file-batch.js';
import { Changes, type Told } from '../../../src/shell/db/changes.js';
import { type Db, schema } from '../../../src/shell/db/db.js';
import { DatabaseUnavailable } from '../../../src/shell/db/postgres-connection.js';
import { serve } from '../../../src/shell/http/serve.js';
import type { OpenService } from '../../../src/shell/open-service.js';
import { filing } from '../../support/court.js';
import { COURT, openDesk, type TestDesk } from '../../support/desk.js';
import { ENGINES, type OpenedEngine } from '../../support/engines.js';

const HOST = '127.0.0.1';
let engine: OpenedEngine;
let desk: TestDesk;
let open: OpenService;
/** Whether the database is away. */
let isAway = false;
beforeAll(async () => {
  const [embedded] = ENGINES;
  if (embedded === undefined) throw new Error('there is an embedded engine');
  engine = await embedded.open();
  desk = await openDesk(engine.db);
  const db = new Proxy(engine.db, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      if (isAway && name === 'transaction') return () => Promise.reject(new DatabaseUnavailable('away'));
      return found.bind(target);
    },
  }) as Db;
  const { service, views, keys } = desk;
  const rules = { release: 1, refused: null };
  const rulesInUse = { last: () => rules, ask: async () => rules };
  const rest = { rulesInUse, notes: [], isEmbedded: true, registerInForce: async () => {}, close: async () => {} };
  open = { ...rest, service, views, keys, db, changes: new Changes() };
});
afterAll(() => engine?.close());

const options = (port: number) => ({
  host: HOST,
  port,
  version: '0',
  logger: pino({ level: 'silent' }),
  environment: {},
  trial: false,
});

async function received(reference: string): Promise<void> {
  await fileBatch(await desk.person(['filing_clerk']), { filings: [{ value: filing({ id: reference }) }] });
}

async function untilRouted(): Promise<void> {
  while ((await desk.views.counts(COURT)).received > 0) await setTimeout(20);
}

it('routes what was received before as soon as the database says which courts there are', async () => {
  await received('F1');
  isAway = true;
  const serving = await serve(open, options(0));
  isAway = false;
  await untilRouted();

  await received('F2');
  isAway = true;
  // An error that nobody catches would end the process.
  open.changes.missed();
  await setTimeout(50);
  isAway = false;
  await untilRouted();
  await serving.stop();
});

it('deletes what nobody asks for any more, from its start on', async () => {
  const old = { principal: 'x', key: 'old-key-1', digest: 'd', answer: {}, madeAt: '2020-01-01T00:00:00Z' };
  await engine.db.insert(schema.requests).values(old);
  const serving = await serve(open, options(0));
  await vi.waitFor(async () => expect(await engine.db.select().from(schema.requests)).toEqual([]));
  await serving.stop();
});

/** Tells at once that something may have been missed, as it does when its connection to the database is there. */
class Missed extends Changes {
  override listen(onChange: (told: Told) => void, onMissed: () => void = () => {}): () => void {
    queueMicrotask(onMissed);
    return super.listen(onChange, onMissed);
  }
}

it('leaves nothing running where it cannot listen', async () => {
  const other = createServer().listen(0, HOST);
  await once(other, 'listening');
  let acts = 0;
  const act = () => {
    acts += 1;
    return Promise.reject(new DatabaseUnavailable('closed'));
  };
  const store = Object.assign(Object.create(desk.service.store), { act });
  const service = { ...desk.service, store };
  const failing = serve({ ...open, changes: new Missed(), service }, options((other.address() as AddressInfo).port));
  await expect(failing).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await setTimeout(100);
  const before = acts;
  // It would be tried again after half a second.
  await setTimeout(700);
  expect(acts).toBe(before);
  other.close();
});
