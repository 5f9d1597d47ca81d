import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Decision } from '../../../src/core/documents/decision.js';
import { buildLawbook, type Lawbook } from '../../../src/core/routing/lawbook.js';
import { Problems } from '../../../src/core/rules/source.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { runs, worldArb } from '../../support/arbitraries.js';
import { type Json, RULES } from '../../support/court.js';
import { routeAll, routeOne, SEED, shuffled, shuffledKeys, shuffledLists } from '../../support/property.js';

vi.setConfig({ testTimeout: 120_000 * Number(process.env.FC_RUNS ?? 1) });

const small = worldArb({ cases: 7, filings: 2 });
const batch = worldArb({ cases: 5, filings: 5 });

const text = (decisions: readonly Decision[]): string => JSON.stringify(decisions);

/** The docket with every list in another order whose order says nothing. */
function reordered(docket: Json, salt: number): Json {
  const judges = (docket.judges as Json[]).map((judge) =>
    shuffledLists(judge, ['handles', 'tracks', 'causes', 'absences', 'relations'], salt),
  );
  const cases = (docket.cases as Json[]).map((each) =>
    shuffledLists(each, ['panel', 'claims', 'handlers', 'parties'], salt),
  );
  return { ...docket, judges: shuffled(judges, salt), cases: shuffled(cases, salt + 1) };
}

const outcome = ({ status, procedure, panel, owner, links, barred, questions, presumed }: Decision): unknown => ({
  status,
  procedure,
  panel,
  owner,
  links,
  barred,
  questions,
  presumed,
});

describe('顺序不影响结果', () => {
  test('法官、前案及其当事人、各清单换序,决定逐字节相同', async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.nat(), async ({ docket, filings }, salt) => {
        expect(text(await routeAll(filings, reordered(docket, salt)))).toBe(text(await routeAll(filings, docket)));
      }),
      runs(80),
    );
  });

  test('案卷、收案各字段换序,摘要相同', async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.nat(), async ({ docket, filings }, salt) => {
        const digests = (decisions: readonly Decision[]) => decisions.map(({ digest }) => digest);
        const other = await routeAll(shuffledKeys(filings, salt), shuffledKeys(docket, salt));
        expect(digests(other)).toEqual(digests(await routeAll(filings, docket)));
      }),
      runs(80),
    );
  });

  test('案卷、收案各字段换序,决定逐字节相同', async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.nat(), async ({ docket, filings }, salt) => {
        const other = await routeAll(shuffledKeys(filings, salt), shuffledKeys(docket, salt));
        expect(text(other)).toBe(text(await routeAll(filings, docket)));
      }),
      runs(80),
    );
  });

  test('收案的诉讼请求、引用案号换序,决定逐字节相同', async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.nat(), async ({ docket, filings }, salt) => {
        const others = filings.map((filing) => shuffledLists(filing, ['claims', 'citedCases'], salt));
        expect(text(await routeAll(others, docket))).toBe(text(await routeAll(filings, docket)));
      }),
      runs(80),
    );
  });

  test('收案的当事人换序,除指针外决定相同', async () => {
    await fc.assert(
      fc.asyncProperty(small, fc.nat(), async ({ docket, filings: [filing = {}] }, salt) => {
        const parties = filing.parties as Json[];
        const places = shuffled([...parties.keys()], salt);
        const other = await routeOne({ ...filing, parties: places.map((place) => parties[place]) }, docket);
        expect(withPlaces(other, places)).toEqual(withPlaces(await routeOne(filing, docket), [...parties.keys()]));
      }),
      runs(80),
    );
  });

  test('收案日期各不相同时,文件里的次序不影响任何一件', async () => {
    await fc.assert(
      fc.asyncProperty(batch, fc.nat(), async ({ docket, filings }, salt) => {
        const dated = filings.map((filing, index) => ({
          ...filing,
          receivedOn: `2026-03-${String(2 + index).padStart(2, '0')}`,
          ...(filing.initialMeasuresReturnedOn !== undefined && { initialMeasuresReturnedOn: '2026-03-12' }),
        }));
        const byId = (decisions: readonly Decision[]) => [...decisions].sort((a, b) => (a.filing < b.filing ? -1 : 1));
        const other = await routeAll(shuffled(dated, salt), docket);
        expect(text(byId(other))).toBe(text(byId(await routeAll(dated, docket))));
      }),
      runs(40),
    );
  });
});

/** A decision with the pointers of parties as they were before they changed places, and without what follows their order. */
function withPlaces({ digest: _, record, ...decision }: Decision, places: readonly number[]): unknown {
  const back = (fact: string): string =>
    fact.replace(/^\/parties\/(\d+)\//, (_all, place: string) => `/parties/${places[Number(place)]}/`);
  const pointed = <T extends { readonly fact: string }>(list: readonly T[] | undefined): T[] =>
    (list ?? []).map((each) => ({ ...each, fact: back(each.fact) })).sort((a, b) => (a.fact < b.fact ? -1 : 1));
  const parties = record?.filing.parties ?? [];
  return {
    ...decision,
    questions: pointed(decision.questions),
    presumed: pointed(decision.presumed),
    record: {
      ...record,
      filing: { ...record?.filing, parties: [...parties.keys()].map((place) => parties[places.indexOf(place)]) },
    },
  };
}

function freshLawbook(): Lawbook {
  const lawbook = buildLawbook(readRuleFiles(RULES), new Problems());
  if (!lawbook) throw new Error('no rules');
  return lawbook;
}

describe('同样的输入,同样的输出', () => {
  test('先前作过什么决定不影响后来的:换一份规则、倒过来逐件再作,摘要相同', async () => {
    const worlds = fc.sample(worldArb({ cases: 4, filings: 2 }), { numRuns: 120, seed: 7 });
    const digests = async (book: Lawbook, list: typeof worlds): Promise<Map<string, string>> => {
      const found = new Map<string, string>();
      for (const { docket, filings } of list) {
        for (const decision of await routeAll(filings, docket, { book })) {
          found.set(`${worlds.findIndex((each) => each.docket === docket)} ${decision.filing}`, decision.digest);
        }
      }
      return found;
    };
    const forward = await digests(freshLawbook(), worlds);
    const backward = await digests(freshLawbook(), [...worlds].reverse());
    expect([...backward].sort()).toEqual([...forward].sort());
  });

  test('时区、语言不同的两个进程,标准输出逐字节相同', async () => {
    const cli = fileURLToPath(new URL('../../../src/main/cli.ts', import.meta.url));
    const folder = mkdtempSync(join(tmpdir(), 'shouze-order-'));
    const run = (args: readonly string[], env: Record<string, string>): Promise<string> =>
      new Promise((resolve, reject) => {
        const options = { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...env } };
        execFile(process.execPath, ['--import', 'tsx', cli, ...args], options, (error, stdout, stderr) =>
          error ? reject(new Error(stderr)) : resolve(stdout),
        );
      });
    try {
      // One court for all: its judges' ids are such that a locale would order them differently.
      const [world] = fc.sample(worldArb({ cases: 12, filings: 12 }), { numRuns: 1, seed: 11 });
      if (!world) throw new Error('no world');
      const [filings, docket] = [join(folder, 'filings.json'), join(folder, 'docket.json')];
      writeFileSync(filings, JSON.stringify(world.filings));
      writeFileSync(docket, JSON.stringify(world.docket));
      const args = ['route', filings, '--docket', docket, '--seed', SEED];
      const [here, there] = await Promise.all([
        run(args, { TZ: 'America/New_York', LANG: 'zh_CN.UTF-8', LC_ALL: 'zh_CN.UTF-8' }),
        run(args, { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' }),
      ]);
      expect(there).toBe(here);
      const ours = JSON.parse(JSON.stringify(await routeAll(world.filings, world.docket)));
      expect(JSON.parse(here)).toEqual(ours);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** What a batch remembers of a filing that it has assigned. */
function asCase(filing: Json, judge: string): Json {
  const kept = ['matter', 'stage', 'cause', 'amount', 'claims', 'instrument', 'parties'].filter((key) => key in filing);
  const origin = filing.origin as { readonly caseNo: string } | undefined;
  return {
    caseNo: filing.id,
    filedOn: filing.receivedOn,
    judge,
    ...Object.fromEntries(kept.map((key) => [key, filing[key]])),
    ...(origin && { originCaseNo: origin.caseNo }),
  };
}

describe('整批与逐件', () => {
  test('整批分案等于逐件分案并把已分的记入案卷', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async ({ docket, filings }) => {
        const together = await routeAll(filings, docket);
        let judges = docket.judges as Json[];
        const cases = [...(docket.cases as Json[])];
        const queue = [...filings].sort((a, b) =>
          (a.receivedOn as string) < (b.receivedOn as string) ? -1 : a.receivedOn === b.receivedOn ? 0 : 1,
        );
        for (const filing of queue) {
          const alone = await routeOne(filing, { ...docket, judges, cases });
          const inBatch = together[filings.indexOf(filing)] as Decision;
          expect(outcome(alone)).toEqual(outcome(inBatch));
          expect(alone.pool).toEqual(inBatch.pool);
          expect(alone.draw).toEqual(inBatch.draw);
          const owner = alone.owner?.judge;
          if (!owner) continue;
          cases.push(asCase(filing, owner));
          judges = judges.map((judge) =>
            judge.id === owner && typeof judge.openLoad === 'number'
              ? { ...judge, openLoad: judge.openLoad + 1 }
              : judge,
          );
        }
      }),
      runs(50),
    );
  });
});
