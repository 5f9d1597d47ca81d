import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Decision } from '../../../src/core/documents/decision.js';
import type { Lawbook } from '../../../src/core/routing/lawbook.js';
import { replay } from '../../../src/core/routing/replay.js';
import { runs, worldArb } from '../../support/arbitraries.js';
import { alteredLawbook, type Json, lawbook } from '../../support/court.js';
import { evaluatorOf, routeAll, shuffledKeys } from '../../support/property.js';

vi.setConfig({ testTimeout: 120_000 * Number(process.env.FC_RUNS ?? 1) });

const ARB = worldArb({ cases: 5, filings: 3 });

/** As it comes back from a file. */
const stored = (decision: Decision): Json => JSON.parse(JSON.stringify(decision));

const outcomeOf = async (value: unknown, book: Lawbook = lawbook): Promise<string> =>
  (await replay(value, book, evaluatorOf(book))).outcome;

describe('重算', () => {
  test('每一份决定凭自己的记录重算,逐字节相同', async () => {
    const property = fc.asyncProperty(ARB, async ({ docket, filings }) => {
      for (const decision of await routeAll(filings, docket)) expect(await outcomeOf(stored(decision))).toBe('same');
    });
    await fc.assert(property, runs(100));
  });

  test('文件里字段的次序不影响重算', async () => {
    const property = fc.asyncProperty(ARB, fc.nat(), async ({ docket, filings }, salt) => {
      for (const decision of await routeAll(filings, docket)) {
        expect(await outcomeOf(shuffledKeys(stored(decision), salt))).toBe('same');
      }
    });
    await fc.assert(property, runs(40));
  });

  test('收案有误的,重算认得出来', async () => {
    const property = fc.asyncProperty(ARB, async ({ docket, filings }) => {
      const [decision] = await routeAll([{ ...filings[0], cause: '没有这个案由' }], docket);
      expect(decision?.status).toBe('invalid');
      expect(await outcomeOf(stored(decision as Decision))).toBe('invalid_as_before');
    });
    await fc.assert(property, runs(20));
  });
});

type Path = readonly (string | number)[];

/** Every place of a value where something other than a list or an object stands. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? value.map((each, index) => [index, each] as const) : Object.entries(value);
  return entries.flatMap(([key, member]) => leavesOf(member, [...path, key]));
}

/** Every place at all, the whole left out. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const inner = keys.flatMap((key) => placesOf((value as Record<string | number, unknown>)[key], [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function changed(value: unknown, [key, ...rest]: Path, change: (leaf: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((each, index) => (index === key ? changed(each, rest, change) : each));
  const object = value as Json;
  return { ...object, [key]: changed(object[key], rest, change) };
}

const HEX = /^[0-9a-f]+$/;
const STATUSES = ['assigned', 'needs_review', 'invalid'];

/** Something else of the same kind, so that it still reads as a decision. */
function another(leaf: unknown): unknown {
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf === 'boolean') return !leaf;
  if (typeof leaf !== 'string') return 'M1';
  if (STATUSES.includes(leaf)) return STATUSES[(STATUSES.indexOf(leaf) + 1) % STATUSES.length];
  if (HEX.test(leaf) && leaf.length % 2 === 0) return (leaf.startsWith('0') ? '1' : '0') + leaf.slice(1);
  return `${leaf}改`;
}

function without(value: unknown, path: Path): unknown {
  const last = path.at(-1);
  return changed(value, path.slice(0, -1), (holder) =>
    Array.isArray(holder)
      ? holder.filter((_, index) => index !== last)
      : Object.fromEntries(Object.entries(holder as Json).filter(([key]) => key !== last)),
  );
}

describe('改动', () => {
  const one = worldArb({ cases: 4, filings: 1 });

  test('任何一处值改过,就认出改动', async () => {
    const property = fc.asyncProperty(
      one,
      fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
      async (world, dice) => {
        const [decision] = await routeAll(world.filings, world.docket);
        const document = stored(decision as Decision);
        const leaves = leavesOf(document);
        for (const salt of dice) {
          const path = leaves[salt % leaves.length] as Path;
          expect(await outcomeOf(changed(document, path, another)), path.join('/')).toBe('tampered');
        }
      },
    );
    await fc.assert(property, runs(50));
  });

  test('每一处值都改一遍(一份决定)', async () => {
    const [world] = fc.sample(worldArb({ cases: 6, filings: 1 }), { numRuns: 1, seed: 3 });
    const [decision] = await routeAll(world?.filings ?? [], world?.docket ?? {});
    const document = stored(decision as Decision);
    const missed: string[] = [];
    for (const path of leavesOf(document)) {
      if ((await outcomeOf(changed(document, path, another))) !== 'tampered') missed.push(path.join('/'));
    }
    expect(missed).toEqual([]);
  });

  test('删去、添上任何一处,都不会当作原样', async () => {
    const property = fc.asyncProperty(one, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), async (world, dice) => {
      const [decision] = await routeAll(world.filings, world.docket);
      const document = stored(decision as Decision);
      const places = placesOf(document);
      for (const salt of dice) {
        const path = places[salt % places.length] as Path;
        expect(['tampered', 'unreadable'], path.join('/')).toContain(await outcomeOf(without(document, path)));
      }
      expect(await outcomeOf({ ...document, note: '添上' })).toBe('tampered');
    });
    await fc.assert(property, runs(40));
  });
});

describe('规则变了', () => {
  test.each<[what: string, file: string, from: string, to: string, word: string]>([
    ['卡片里的一个界限', 'rules-card', '', '', '规则'],
    ['一个参数', 'parameters/national.csv', '人数众多,全国,10,', '人数众多,全国,11,', '参数'],
    ['一年的日历', 'calendars/2026.yaml', '休假日:\n', '休假日:\n  - 2026-07-01\n', '日历'],
  ])('%s不同,就说规则变了,不说改动,也不说结果不同', async (_what, file, from, to, word) => {
    const book =
      file === 'rules-card'
        ? alteredLawbook(
            'national/criminal/procedure.yaml',
            '可能判处刑期: { 不超过: 36 }',
            '可能判处刑期: { 不超过: 35 }',
          )
        : alteredLawbook(file, from, to);
    const property = fc.asyncProperty(ARB, async ({ docket, filings }) => {
      // A limit that the docket sets itself is not the rules' to change.
      const { numerous_parties: _, ...parameters } = docket.parameters as Json;
      for (const decision of await routeAll(filings, { ...docket, parameters })) {
        const { outcome, message, now } = await replay(stored(decision), book, evaluatorOf(book));
        expect(outcome).toBe('rules_changed');
        expect(message).toContain(word);
        expect(now?.digest).not.toBe(decision.digest);
      }
    });
    await fc.assert(property, runs(12));
  });
});
