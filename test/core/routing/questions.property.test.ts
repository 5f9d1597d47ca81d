import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Decision } from '../../../src/core/documents/decision.js';
import type { CheckedDocket } from '../../../src/core/routing/docket-check.js';
import { AMOUNTS, BOOLEAN_FACTS, filingArb, MONTHS, runs } from '../../support/arbitraries.js';
import type { Json } from '../../support/court.js';
import { checked, routeOne, shuffled } from '../../support/property.js';

vi.setConfig({ testTimeout: 120_000 * Number(process.env.FC_RUNS ?? 1) });

const ARB = filingArb(4);

type Answer = boolean | number | string | null;

/** One value at least of each cell that a rule, a published limit or a table row cuts out, and each cut itself. */
const AMOUNT_ANSWERS = [...AMOUNTS, '100000', '140478', '140478.01', '500000.01'];
const LIMIT_ANSWERS = [0.01, 40000, 999_999_999];

const isLimit = (name: string): boolean => name.startsWith('small_claims.');

/** What can be answered to a question of that name. */
function answersTo(name: string): readonly Answer[] {
  if (name === '/amount') return AMOUNT_ANSWERS;
  if (name === 'maxSentenceMonths') return MONTHS;
  if (name.endsWith('/whereabouts')) return ['known', 'missing'];
  if (isLimit(name)) return LIMIT_ANSWERS;
  return [false, true];
}

/** The filing once those facts, party attributes and amounts have been answered; `null` is "unknown". */
function answered(filing: Json, answers: ReadonlyMap<string, Answer>): Json {
  const facts = { ...(filing.facts as Json) };
  const parties = (filing.parties as Json[]).map((party) => ({ ...party }));
  let { amount } = filing;
  for (const [name, answer] of answers) {
    if (isLimit(name)) continue;
    const [, place, attribute] = /^\/parties\/(\d+)\/(\w+)$/.exec(name) ?? [];
    if (place !== undefined && attribute !== undefined) (parties[Number(place)] as Json)[attribute] = answer;
    else if (name === '/amount') amount = answer;
    else facts[name] = answer;
  }
  return { ...filing, ...(amount !== undefined && { amount }), parties, facts };
}

/** The docket once limits that nobody published have been. */
function published(docket: Json, answers: ReadonlyMap<string, Answer>): Json {
  const limits = [...answers].filter(([name]) => isLimit(name));
  return { ...docket, parameters: { ...(docket.parameters as Json), ...Object.fromEntries(limits) } };
}

/** What the clerk said not to know, and the amount where it is left out. */
function unknownsOf(filing: Json): string[] {
  const facts = Object.entries(filing.facts as Json).filter(([, value]) => value === null);
  const parties = (filing.parties as Json[]).flatMap((party, place) =>
    ['whereabouts', 'foreign'].filter((key) => party[key] === null).map((key) => `/parties/${place}/${key}`),
  );
  const amount = filing.amount === undefined || filing.amount === null ? ['/amount'] : [];
  return [...facts.map(([name]) => name), ...parties, ...amount];
}

/** Procedure, panel and owner rule; whoever was drawn does not count. */
function outcomeOf({ status, procedure, panel, owner }: Decision): unknown {
  const { method, link, linkedCase } = owner ?? {};
  return { status, procedure, panel, method, link, linkedCase };
}

const questionsOf = (decision: Decision): string[] => (decision.questions ?? []).map(({ fact }) => fact);

const nth = <T>(list: readonly T[], salt: number): T => list[salt % list.length] as T;

/** Answers to those, all of them or about half, as the salt has it. */
function someAnswers(names: readonly string[], salt: number, all = false): Map<string, Answer> {
  const picked = shuffled(names, salt).slice(0, all ? names.length : 1 + (salt % (names.length || 1)));
  return new Map(picked.map((name, index) => [name, nth(answersTo(name), Math.floor(salt / (index + 3)))]));
}

const salts = fc.array(fc.nat(1_000_000), { minLength: 3, maxLength: 3 });

test('每一个是否类事实在随机收案中都会出现,包括“不知道”', () => {
  const seen = new Set<string>();
  for (const { filing } of fc.sample(ARB, { numRuns: 3000, seed: 1 })) {
    for (const [name, value] of Object.entries(filing.facts as Json)) if (value === null) seen.add(name);
  }
  expect(BOOLEAN_FACTS.filter((name) => !seen.has(name))).toEqual([]);
});

describe('不知道的事实', () => {
  test('已经分案的,怎样回答不知道的事实都不改变程序、审判组织和承办规则', async () => {
    let tried = 0;
    const property = fc.asyncProperty(ARB, salts, async ({ docket, filing }, dice) => {
      const unknown = unknownsOf(filing);
      if (unknown.length === 0) return;
      const court = checked(docket);
      const before = await routeOne(filing, court);
      if (before.status !== 'assigned') return;
      tried++;
      for (const salt of dice) {
        const after = await routeOne(answered(filing, someAnswers(unknown, salt)), court);
        expect(outcomeOf(after)).toEqual(outcomeOf(before));
      }
    });
    await fc.assert(property, runs(350));
    expect(tried).toBeGreaterThan(10);
  });

  test('没有问到的,怎样回答都不改变状态、问题和已经确定的部分', async () => {
    let tried = 0;
    const property = fc.asyncProperty(ARB, salts, async ({ docket, filing }, dice) => {
      const court = checked(docket);
      const before = await routeOne(filing, court);
      const asked = questionsOf(before);
      const silent = unknownsOf(filing).filter((name) => !asked.includes(name));
      if (asked.length === 0 || silent.length === 0) return;
      tried++;
      for (const salt of dice) {
        const after = await routeOne(answered(filing, someAnswers(silent, salt)), court);
        expect(outcomeOf(after)).toEqual(outcomeOf(before));
        expect(questionsOf(after)).toEqual(asked);
      }
    });
    await fc.assert(property, runs(350));
    expect(tried).toBeGreaterThan(10);
  });

  test('问到的都答了之后,没有问到的怎样回答都不改变结果', async () => {
    const property = fc.asyncProperty(ARB, salts, async ({ docket, filing }, [first = 0, second = 0, third = 0]) => {
      const court = checked(docket);
      const asked = questionsOf(await routeOne(filing, court));
      const silent = unknownsOf(filing).filter((name) => !asked.includes(name));
      if (asked.length === 0 || silent.length === 0) return;
      const settled = answered(filing, someAnswers(asked, first, true));
      const one = await routeOne(answered(settled, someAnswers(silent, second, true)), court);
      const other = await routeOne(answered(settled, someAnswers(silent, third, true)), court);
      expect(outcomeOf(one)).toEqual(outcomeOf(other));
      expect(questionsOf(one)).toEqual(questionsOf(other));
    });
    await fc.assert(property, runs(200));
  });

  test('问到的都答了,就不再有问题', async () => {
    const property = fc.asyncProperty(ARB, salts, async ({ docket, filing }, [salt = 0]) => {
      const court = checked(docket);
      const asked = questionsOf(await routeOne(filing, court));
      if (asked.length === 0) return;
      const after = await routeOne(answered(filing, someAnswers(asked, salt, true)), court);
      expect(questionsOf(after)).toEqual([]);
    });
    await fc.assert(property, runs(200));
  });

  test('没有不知道的、也没有缺的,就没有问题;问到的都是不知道的', async () => {
    const property = fc.asyncProperty(ARB, async ({ docket, filing }) => {
      const decision = await routeOne(filing, docket);
      const rows = new Map((decision.facts ?? []).map(({ fact, source }) => [fact, source]));
      for (const name of questionsOf(decision)) {
        if (unknownsOf(filing).includes(name)) continue;
        expect(filing.facts as Json).not.toHaveProperty(name);
        expect(rows.get(name)).toBe('unknown');
      }
    });
    await fc.assert(property, runs(150));
  });
});

const SEARCH_MAX = 1500;

/** Every way to answer those names, nearest to the first answers first; lazily. */
function* waysToAnswer(names: readonly string[], optional: ReadonlySet<string>): Generator<Map<string, Answer>> {
  const [name, ...rest] = names;
  if (name === undefined) return yield new Map();
  for (const others of waysToAnswer(rest, optional)) {
    if (optional.has(name)) yield others;
    for (const answer of answersTo(name)) yield new Map(others).set(name, answer);
  }
}

/**
 * Whether some answers to the others make two answers to `name` lead to different outcomes; undefined where the search was
 * cut short. What a table would answer may also be left to it, since the table's answer may hang on another question.
 */
async function matters(
  name: string,
  others: readonly string[],
  filing: Json,
  docket: Json,
): Promise<boolean | undefined> {
  const tabled = new Set(
    others.filter((each) => !isLimit(each) && !each.startsWith('/') && !(each in (filing.facts as Json))),
  );
  const courts = new Map<string, CheckedDocket>();
  let tries = 0;
  for (const answers of waysToAnswer(others, tabled)) {
    const seen = new Set<string>();
    for (const answer of answersTo(name)) {
      const all = new Map(answers).set(name, answer);
      const parameters = JSON.stringify([...all].filter(([each]) => isLimit(each)));
      const court = courts.get(parameters) ?? checked(published(docket, all));
      courts.set(parameters, court);
      const decision = await routeOne(answered(filing, all), court);
      seen.add(JSON.stringify([outcomeOf(decision), questionsOf(decision)]));
      if (seen.size > 1) return true;
    }
    if (++tries > SEARCH_MAX) return undefined;
  }
  return false;
}

describe('每一个问题', () => {
  test('都有理由:其余问题有某种回答,使这一问的两种回答结果不同', async () => {
    let [found, open] = [0, 0];
    const property = fc.asyncProperty(ARB, async ({ docket, filing }) => {
      const decision = await routeOne(filing, docket);
      const asked = questionsOf(decision);
      const limits = ['small_claims.mandatory_max', 'small_claims.agreed_max'].filter((id) =>
        decision.reasons?.some(({ text }) => text.includes(id)),
      );
      for (const name of asked) {
        const others = [...asked, ...limits].filter((each) => each !== name);
        const does = await matters(name, others, filing, docket);
        expect(does, name).not.toBe(false);
        if (does) found++;
        else open++;
      }
    });
    await fc.assert(property, runs(120));
    expect(found).toBeGreaterThan(30);
    expect(open).toBeLessThan(found / 10);
  });
});

// ---- presumptions

const PRESUMED_FALSE = [
  'counterclaim',
  'appraisalNeeded',
  'publicInterest',
  'groupDispute',
  'wideAttention',
  'novelOrComplex',
  'panelRequiredByLaw',
  'otherUnsuitable',
  'agreeSummary',
  'agreeSmallClaims',
  'agreeSinglePanel',
  'mediationAgreed',
  'firstInstanceSummary',
  'appealOfRuling',
];

/** What is absent and presumed, by the contract's table. */
function presumableOf(filing: Json): string[] {
  const facts = filing.facts as Json;
  const isCounterclaim = (filing.origin as Json | undefined)?.relation === 'counterclaim';
  const absent = PRESUMED_FALSE.filter((name) => !(name in facts) && !(name === 'counterclaim' && isCounterclaim));
  const parties = (filing.parties as Json[]).flatMap(({ whereabouts }, place) =>
    whereabouts === undefined ? [`/parties/${place}/whereabouts`] : [],
  );
  return [...absent, ...parties];
}

const asPresumed = (name: string): Answer => (name.endsWith('/whereabouts') ? 'known' : false);
const otherwise = (name: string): Answer => (name.endsWith('/whereabouts') ? 'missing' : true);

describe('推定', () => {
  const onAssigned = (
    base: number,
    check: (given: { before: Decision; filing: Json; court: CheckedDocket }) => Promise<void>,
  ) =>
    fc.assert(
      fc.asyncProperty(ARB, async ({ docket, filing }) => {
        const court = checked(docket);
        const before = await routeOne(filing, court);
        if (before.status === 'assigned') await check({ before, filing, court });
      }),
      runs(base),
    );
  const listed = ({ presumed }: Decision): string[] => (presumed ?? []).map(({ fact }) => fact);

  test('列出的都是缺失而推定的,值是推定的值', async () => {
    await onAssigned(120, async ({ before, filing }) => {
      const presumable = presumableOf(filing);
      for (const { fact, value } of before.presumed ?? []) {
        expect(presumable).toContain(fact);
        expect(value).toBe(fact.endsWith('/whereabouts'));
      }
    });
  });

  test('列出的足够:写明列出的、其余缺失的都改为“不知道”,仍然分案而且结果相同', async () => {
    await onAssigned(250, async ({ before, filing, court }) => {
      const kept = listed(before);
      const answers = presumableOf(filing).map(
        (name) => [name, kept.includes(name) ? asPresumed(name) : null] as const,
      );
      const after = await routeOne(answered(filing, new Map(answers)), court);
      expect(outcomeOf(after)).toEqual(outcomeOf(before));
      expect(questionsOf(after)).toEqual([]);
      expect(listed(after)).toEqual([]);
    });
  });

  test('列出的没有多余:其余缺失的都不知道时,任何一项改为“不知道”就要问它', async () => {
    await onAssigned(80, async ({ before, filing, court }) => {
      const kept = listed(before);
      for (const dropped of kept) {
        const answers = presumableOf(filing).map(
          (name) => [name, kept.includes(name) && name !== dropped ? asPresumed(name) : null] as const,
        );
        const after = await routeOne(answered(filing, new Map(answers)), court);
        expect(questionsOf(after)).toContain(dropped);
      }
    });
  });

  test('列出的没有遗漏:任何一项推定单独反过来会改变结果的,都列出了', async () => {
    await onAssigned(60, async ({ before, filing, court }) => {
      for (const name of presumableOf(filing)) {
        if (listed(before).includes(name)) continue;
        const after = await routeOne(answered(filing, new Map([[name, otherwise(name)]])), court);
        expect(outcomeOf(after), name).toEqual(outcomeOf(before));
      }
    });
  });
});
