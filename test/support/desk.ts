import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { fileBatch } from '../../src/app/file-batch.js';
import { importDocket } from '../../src/app/import-docket.js';
import type { Context, Service, Store } from '../../src/app/ports.js';
import { routeNext } from '../../src/app/route-received.js';
import type { Views } from '../../src/app/views.js';
import type { Role, Subject } from '../../src/core/access/can.js';
import { type PlainDate, plainDate } from '../../src/core/kernel/plain-date.js';
import type { Edition } from '../../src/core/releases/edition.js';
import { jsonRulesEngine } from '../../src/core/rules/engine.js';
import { Evaluator } from '../../src/core/rules/evaluate.js';
import { type Db, schema } from '../../src/shell/db/db.js';
import { KeyRing } from '../../src/shell/db/key-ring.js';
import { DbStore } from '../../src/shell/db/store.js';
import { type EditionsInForce, editionsNow } from '../../src/shell/db/stored-editions.js';
import { DbViews } from '../../src/shell/db/views.js';
import { docket as docketOf, edition, type Json } from './court.js';

export const COURT = '川1527';
export const TODAY = plainDate('2026-03-12');

const STILL = { now: () => '2026-03-12T02:00:00.000Z', today: () => TODAY } as const;

/** How the store of a desk's service is opened with another clock. */
const reopened = new WeakMap<Store, (now: () => string, editions?: EditionsInForce) => Store>();

/** The same service on another day, at ten in the morning. */
export function onDay(service: Service, day: string): Service {
  const { now, today } = new DayClock(day);
  const reopen = reopened.get(service.store);
  if (reopen === undefined) throw new Error('the service is that of a desk');
  const store = reopen(now);
  reopened.set(store, reopen);
  return { ...service, store, now, today };
}

/** The same service by other rules, whatever its database says. */
export function byRules(service: Service, edition: Edition): Service {
  const reopen = reopened.get(service.store);
  if (reopen === undefined) throw new Error('the service is that of a desk');
  const editions = fixedEditions(edition);
  const store = reopen(service.now, editions);
  reopened.set(store, (now) => reopen(now, editions));
  return { ...service, store, editions: { now: () => Promise.resolve(edition) } };
}

/** Rules that are in force on every day. */
const fixedEditions = (edition: Edition): EditionsInForce => ({ inForce: () => Promise.resolve(edition) });

/** Whoever acts does so on another day. */
export const later = (by: Context, day: string): Context => ({ ...by, service: onDay(by.service, day) });

/** A clock that stands at ten in the morning of a day until it is moved. */
export class DayClock {
  #day: PlainDate;

  constructor(day: string) {
    this.#day = plainDate(day);
  }

  readonly now = (): string => `${this.#day}T02:00:00.000Z`;
  readonly today = (): PlainDate => this.#day;
  moveTo(day: PlainDate): void {
    this.#day = day;
  }
}

/** A court that is stored, with people of every role, and a clock that stands still. */
export interface TestDesk {
  readonly db: Db;
  readonly service: Service;
  readonly views: Views;
  readonly keys: KeyRing;
  /** A person with these roles in the court (and, as a judge, that judge); a new one each time. */
  person(roles: readonly Role[], judges?: readonly string[]): Promise<Context>;
  /** Files filings and routes them all; returns the ids by 登记号. */
  file(filings: readonly Json[]): Promise<ReadonlyMap<string, string>>;
}

/**
 * Opens a desk over a migrated database, with a docket imported.
 *
 * @param stored where it finds the rules in force; without it, the shipped ones are, and no release
 */
export async function openDesk(
  db: Db,
  docket: Json = docketOf(),
  seed?: string,
  keys = new KeyRing(KeyRing.generate()),
  { now, today }: Pick<Service, 'now' | 'today'> = STILL,
  stored?: EditionsInForce,
): Promise<TestDesk> {
  const court = (docket.court as { code: string }).code;
  const inForce = stored ?? fixedEditions(edition);
  const parts = { keys, editions: inForce, benches: new Map(), newId: () => v7(), now };
  const store = new DbStore(db, parts);
  reopened.set(
    store,
    (other, editions = inForce) => new DbStore(db, { ...parts, benches: new Map(), editions, now: other }),
  );
  const service: Service = {
    store,
    editions: editionsNow(db, inForce, now),
    evaluator: new Evaluator(jsonRulesEngine),
    now,
    today,
    newId: () => v7(),
    newSeed: () => seed ?? randomUUID().replaceAll('-', '').repeat(2),
  };
  const views = new DbViews(db, parts);
  const person = async (roles: readonly Role[], judges: readonly string[] = []): Promise<Context> => {
    const user = v7();
    await db.insert(schema.users).values({ id: user, login: user, name: `人员${user.slice(-4)}`, createdAt: now() });
    const subject: Subject = { user, court, roles, judges };
    return { subject, service };
  };
  await importDocket(await person(['administrator']), docket);
  const clerk = await person(['filing_clerk']);
  return {
    db,
    service,
    views,
    keys,
    person,
    file: async (filings) => {
      const { id } = await fileBatch(clerk, { filings: filings.map((value) => ({ value })) });
      while ((await routeNext(service, court)) !== undefined);
      const { items } = await views.filings(court, { batch: id, limit: 200 }, today());
      return new Map(items.map((row) => [row.reference, row.id]));
    },
  };
}
