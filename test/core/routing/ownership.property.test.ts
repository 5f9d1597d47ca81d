import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Decision } from '../../../src/core/documents/decision.js';
import { filingArb, runs, worldArb } from '../../support/arbitraries.js';
import type { Json } from '../../support/court.js';
import { routeAll, routeOne, SEED } from '../../support/property.js';
import { schemaErrors } from '../../support/schemas.js';

vi.setConfig({ testTimeout: 120_000 * Number(process.env.FC_RUNS ?? 1) });

const ARB = filingArb(8);

const RUNS = 400;
const kept = new Map<string, Decision>();

/** All properties see the same filings (one seed), so each is decided once. */
async function decisionOn(filing: Json, docket: Json): Promise<Decision> {
  const key = JSON.stringify([filing, docket]);
  const decision = kept.get(key) ?? (await routeOne(filing, docket));
  kept.set(key, decision);
  return decision;
}

/** A property of each decision on a filing of its own. */
async function everyDecision(check: (decision: Decision, filing: Json, docket: Json) => void): Promise<void> {
  const property = fc.asyncProperty(ARB, async ({ docket, filing }) => {
    check(await decisionOn(filing, docket), filing, docket);
  });
  await fc.assert(property, runs(RUNS));
}

// ---- the contract, read once more and written down without looking at the program

/** The kinds of link that the owner follows, strongest first. */
const FOLLOWED = [
  'counterclaim',
  'refiled',
  'derived',
  'model_case',
  'same_instrument',
  'instalment',
  'series',
  'enforcement_series',
];
const METHOD: Readonly<Record<string, string>> = {
  same_instrument: 'first_enforcement',
  instalment: 'first_enforcement',
  series: 'series',
  enforcement_series: 'series',
};
const methodOf = (link: string): string => METHOD[link] ?? 'first_trial';

const KINSHIP = new Set(['self', 'spouse', 'parent', 'child', 'sibling', 'in_law', 'collateral']);

const CAUSE_ANCESTORS: Readonly<Record<string, readonly string[]>> = {
  民间借贷纠纷: ['合同纠纷'],
  买卖合同纠纷: ['合同纠纷'],
  金融借款合同纠纷: ['合同纠纷'],
};

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

const assignedOn = (filing: Json): string =>
  ((filing.stage === 'enforcement' ? filing.initialMeasuresReturnedOn : undefined) ?? filing.receivedOn) as string;

/** Days away from that day on, one by one; Infinity where an absence has no end. */
function awayDays(judge: Json, day: string): number {
  const absences = (judge.absences ?? []) as { from: string; to?: string | null }[];
  const isAway = (at: number): boolean =>
    absences.some(({ from, to }) => dayNumber(from) <= at && (to === undefined || to === null || at <= dayNumber(to)));
  let days = 0;
  while (isAway(dayNumber(day) + days)) if (++days > 2000) return Number.POSITIVE_INFINITY;
  return days;
}

/** Whether the judge may take such a filing at all: matter, track, cause, still there. */
function fits(judge: Json, filing: Json, track: string | undefined): boolean {
  const handles = judge.handles as readonly string[];
  const tracks = judge.tracks as readonly string[] | undefined;
  const causes = judge.causes as readonly string[] | undefined;
  const cause = filing.cause as string;
  const left = judge.leftOn as string | null | undefined;
  return (
    handles.includes((filing.stage === 'enforcement_review' ? 'enforcement_review' : filing.matter) as string) &&
    (track === undefined || tracks === undefined || tracks.includes(track)) &&
    (causes === undefined || [cause, ...(CAUSE_ANCESTORS[cause] ?? [])].some((each) => causes.includes(each))) &&
    (left === undefined || left === null || left > assignedOn(filing))
  );
}

const judgesOf = (docket: Json): readonly Json[] => docket.judges as Json[];
const casesOf = (docket: Json): readonly Json[] => docket.cases as Json[];
const judgeOf = (docket: Json, id: unknown): Json | undefined => judgesOf(docket).find((each) => each.id === id);
const caseOf = (docket: Json, caseNo: unknown): Json | undefined =>
  casesOf(docket).find((each) => each.caseNo === caseNo);
/** Numbers of the generated dockets: （2025）川1527民初11号. */
const isOwn = (docket: Json, caseNo: string): boolean =>
  /）(\p{Script=Han}\d+)/u.exec(caseNo)?.[1] === (docket.court as Json).code;
const barredOf = (decision: Decision): Set<string> => new Set(decision.barred?.map(({ judge }) => judge));

/** Who holds an open case; of a closed one, who last took it over by the day of its closure. */
function handlerOf(earlier: Json): unknown {
  const closedOn = earlier.closedOn as string | null | undefined;
  const handlers = (earlier.handlers ?? []) as { judge: string; from: string }[];
  const before = handlers.filter(({ from }) => closedOn && from <= closedOn).sort((a, b) => (a.from < b.from ? -1 : 1));
  return before.at(-1)?.judge ?? earlier.judge;
}

const participantsOf = ({ judge, panel = [], handlers = [] }: Json): string[] => [
  judge as string,
  ...(panel as string[]),
  ...(handlers as { judge: string }[]).map((each) => each.judge),
];

/** All cases that hang together with one, along originCaseNo in either direction. */
function chainOf(docket: Json, caseNo: string): Json[] {
  const reached = new Set([caseNo]);
  for (let size = 0; size < reached.size; ) {
    size = reached.size;
    for (const { caseNo: own, originCaseNo: above } of casesOf(docket)) {
      if (above === undefined || !(reached.has(own as string) || reached.has(above as string))) continue;
      reached.add(own as string).add(above as string);
    }
  }
  return casesOf(docket).filter((each) => reached.has(each.caseNo as string));
}

// ---- bars

describe('不得承办的人', () => {
  test('不承办、不在池中、不参加抽签', async () => {
    await everyDecision((decision) => {
      const barred = barredOf(decision);
      expect(barred.has(decision.owner?.judge ?? '')).toBe(false);
      expect(decision.pool?.filter((each) => each.in && barred.has(each.judge)) ?? []).toEqual([]);
      expect(decision.draw?.candidates.filter(({ judge }) => barred.has(judge)) ?? []).toEqual([]);
    });
  });

  test('与当事人号码一致的近亲属一个不漏', async () => {
    await everyDecision((decision, filing, docket) => {
      const numbers = new Set(
        (filing.parties as Json[])
          .filter(({ role }) => role !== 'agent')
          .flatMap(({ idNumber, uscc }) => [idNumber, uscc])
          .filter((each) => each !== undefined),
      );
      const related = judgesOf(docket).filter(({ relations = [] }) =>
        (relations as Json[]).some(
          ({ kind, idNumber, uscc }) =>
            KINSHIP.has(kind as string) && (numbers.has(idNumber ?? '') || numbers.has(uscc ?? '')),
        ),
      );
      const barred = barredOf(decision);
      expect(related.map(({ id }) => id as string).filter((id) => !barred.has(id))).toEqual([]);
    });
  });

  test('发回重审、再审:沿来源链参与过同类案件的人一个不漏', async () => {
    await everyDecision((decision, filing, docket) => {
      const origin = filing.origin as { relation: string; caseNo: string } | undefined;
      if (!origin || !['remanded', 'retrial'].includes(origin.relation)) return;
      if (filing.stage === 'second_instance' || filing.matter === 'enforcement') return;
      const known = caseOf(docket, origin.caseNo);
      if (!known || (known.filedOn as string) > (filing.receivedOn as string)) return;
      const took = chainOf(docket, origin.caseNo)
        .filter(({ matter }) => matter === filing.matter)
        .flatMap(participantsOf);
      const barred = barredOf(decision);
      expect(took.filter((judge) => !barred.has(judge))).toEqual([]);
    });
  });

  test('执行异议、复议:办理过来源执行案件的人一个不漏', async () => {
    await everyDecision((decision, filing, docket) => {
      const origin = filing.origin as { relation: string; caseNo: string } | undefined;
      if (origin?.relation !== 'enforcement_objection' || filing.stage !== 'enforcement_review') return;
      const known = caseOf(docket, origin.caseNo);
      if (known?.matter !== 'enforcement') return;
      const barred = barredOf(decision);
      expect(participantsOf(known).filter((judge) => !barred.has(judge))).toEqual([]);
      expect(decision.panel).toBe('collegial');
    });
  });
});

// ---- owners

describe('先前承办人', () => {
  test('续办的人在任、在岗、合适、不被排除,而且确是前案的承办人', async () => {
    await everyDecision((decision, filing, docket) => {
      const { judge, method, link, linkedCase } = decision.owner ?? {};
      if (decision.status !== 'assigned' || method === 'random') return;
      const owner = judgeOf(docket, judge);
      expect(owner).toBeDefined();
      if (!owner) return;
      expect(fits(owner, filing, decision.track)).toBe(true);
      const limit = ((docket.parameters as Json)['ownership.absence_days_max'] as number | undefined) ?? 30;
      expect(awayDays(owner, assignedOn(filing))).toBeLessThanOrEqual(limit);
      expect(barredOf(decision).has(owner.id as string)).toBe(false);
      expect(FOLLOWED).toContain(link);
      expect(method).toBe(methodOf(link ?? ''));
      expect(decision.links?.some(({ kind, caseNo }) => kind === link && caseNo === linkedCase)).toBe(true);
      expect(isOwn(docket, linkedCase ?? '')).toBe(true);
      expect(handlerOf(caseOf(docket, linkedCase) ?? {})).toBe(judge);
      expect(decision.draw).toBeUndefined();
    });
  });

  test('只看最强的关联、同强的看最早立案:或者由他续办,或者写明他为什么不能,或者交人工', async () => {
    await everyDecision((decision, _filing, docket) => {
      const links = (decision.links ?? []).filter(
        ({ kind, caseNo }) => FOLLOWED.includes(kind) && isOwn(docket, caseNo),
      );
      const filedOn = (caseNo: string): string => caseOf(docket, caseNo)?.filedOn as string;
      const [first] = [...links].sort(
        (a, b) =>
          FOLLOWED.indexOf(a.kind) - FOLLOWED.indexOf(b.kind) ||
          (filedOn(a.caseNo) < filedOn(b.caseNo)
            ? -1
            : filedOn(a.caseNo) > filedOn(b.caseNo)
              ? 1
              : a.caseNo < b.caseNo
                ? -1
                : 1),
      );
      if (decision.status !== 'assigned') return;
      if (!first) return expect(decision.owner?.method).toBe('random');
      if (decision.owner?.method !== 'random') {
        return expect(decision.owner).toMatchObject({ link: first.kind, linkedCase: first.caseNo });
      }
      const unable = (decision.reasons ?? []).filter(({ about }) => about === 'owner_unable');
      const handler = handlerOf(caseOf(docket, first.caseNo) ?? {}) as string;
      expect(unable.length).toBeGreaterThan(0);
      expect(unable.every(({ text }) => text.includes(handler) || text.includes(first.caseNo))).toBe(true);
      expect(unable.some(({ text }) => text.includes(handler))).toBe(true);
    });
  });

  test('由最强关联的承办人续办,除非他不能:没有别的理由转为随机', async () => {
    await everyDecision((decision, filing, docket) => {
      const first = (decision.links ?? []).find(({ kind, caseNo }) => FOLLOWED.includes(kind) && isOwn(docket, caseNo));
      if (decision.status !== 'assigned' || decision.owner?.method !== 'random' || !first) return;
      const handler = handlerOf(caseOf(docket, first.caseNo) ?? {});
      const judge = judgeOf(docket, handler);
      const limits = docket.parameters as Json;
      const limit = (limits['ownership.absence_days_max'] as number | undefined) ?? 30;
      const isFull = methodOf(first.kind) === 'series' && limits['series.max_per_judge'] !== undefined;
      const isUnable =
        !judge ||
        !fits(judge, filing, decision.track) ||
        awayDays(judge, assignedOn(filing)) > limit ||
        barredOf(decision).has(handler as string) ||
        isFull;
      expect(isUnable).toBe(true);
    });
  });
});

// ---- pool and draw

/** By code point, which is not how JavaScript compares strings beyond U+FFFF. */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => [...text].map((character) => character.codePointAt(0) ?? 0)) as [
    number[],
    number[],
  ];
  const at = left.findIndex((point, index) => point !== right[index]);
  return at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
}

/** Whose ticket it was, from the receipt alone: a verifier that shares nothing with the program. */
function verify(receipt: NonNullable<Decision['draw']>, filing: string): string {
  const { seed, ruleDigest, number, candidates } = receipt;
  const pool = JSON.stringify(candidates.map(({ judge, weight }) => ({ judge, weight })));
  const poolDigest = createHash('sha256').update(pool, 'utf8').digest('hex');
  const total = candidates.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
  const limit = 2n ** 64n - (2n ** 64n % total);
  for (let attempt = 0; ; attempt++) {
    const message = ['HMAC-SHA-256/rejection-64', ruleDigest, poolDigest, filing, number, attempt].join('\n');
    const bits = createHmac('sha256', Buffer.from(seed, 'hex')).update(message, 'utf8').digest().readBigUInt64BE(0);
    if (bits >= limit) continue;
    let ticket = bits % total;
    expect(receipt).toMatchObject({ poolDigest, attempt, ticket: Number(ticket), total: Number(total) });
    for (const { judge, weight } of candidates) {
      if (ticket < BigInt(weight)) return judge;
      ticket -= BigInt(weight);
    }
  }
}

describe('入池和抽签', () => {
  test('池中每名法官恰好一次,按编号的码位排列', async () => {
    await everyDecision((decision, _filing, docket) => {
      if (!decision.pool) return expect(decision.procedure).toBeUndefined();
      const ids = judgesOf(docket).map(({ id }) => id as string);
      expect(decision.pool.map(({ judge }) => judge)).toEqual([...ids].sort(byCodePoint));
    });
  });

  test('在池中的恰好是可以承办、比例大于零、当日在岗、未被排除的人;不在池中的写明规则', async () => {
    await everyDecision((decision, filing, docket) => {
      const barred = barredOf(decision);
      for (const entry of decision.pool ?? []) {
        const judge = judgeOf(docket, entry.judge) ?? {};
        const isIn =
          fits(judge, filing, decision.track) &&
          ((judge.quota as number | undefined) ?? 1) > 0 &&
          awayDays(judge, assignedOn(filing)) === 0 &&
          !barred.has(entry.judge);
        expect(entry.in, entry.judge).toBe(isIn);
        if (!entry.in) expect(entry.rule).toMatch(/\S/);
      }
    });
  });

  test('凭回执独立重算,抽中的人相同;候选人就是池中的人', async () => {
    let drawn = 0;
    await everyDecision((decision, filing) => {
      if (!decision.draw) return expect(decision.owner?.method).not.toBe('random');
      drawn++;
      expect(verify(decision.draw, filing.id as string)).toBe(decision.owner?.judge);
      expect(decision.draw.judge).toBe(decision.owner?.judge);
      expect(decision.draw.seed).toBe(SEED);
      const pool = (decision.pool ?? []).filter((each) => each.in).map(({ judge }) => judge);
      expect(decision.draw.candidates.map(({ judge }) => judge)).toEqual(pool);
    });
    expect(drawn).toBeGreaterThan(100);
  });

  test('权重都是不小于 1 的整数', async () => {
    await everyDecision(({ draw }) => {
      for (const { weight } of draw?.candidates ?? []) {
        expect(Number.isSafeInteger(weight)).toBe(true);
        expect(weight).toBeGreaterThanOrEqual(1);
      }
    });
  });

  test('空池而没有先前承办人续办的,交人工', async () => {
    await everyDecision(({ pool, status, owner }) => {
      if (!pool || pool.some((each) => each.in)) return;
      if (status === 'assigned') expect(owner?.method).not.toBe('random');
      else expect(owner).toEqual({ judge: null, method: 'none' });
    });
  });
});

// ---- the document

describe('每一份决定', () => {
  const batch = worldArb({ cases: 5, filings: 4 });

  test('已分案当且仅当有承办人;待人工的必有理由或者问题;合乎交换格式', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async ({ docket, filings }) => {
        const decisions = await routeAll(filings, docket);
        expect(decisions.map(({ filing }) => filing)).toEqual(filings.map(({ id }) => id));
        for (const decision of decisions) {
          const { status, owner, procedure, panel, reasons = [], questions = [] } = decision;
          expect(schemaErrors.decision(JSON.parse(JSON.stringify(decision)))).toEqual([]);
          expect(status === 'assigned').toBe(typeof owner?.judge === 'string');
          expect(owner?.method === 'none').toBe(owner?.judge === null);
          if (status === 'assigned') {
            expect(questions).toEqual([]);
            expect(procedure).toBeDefined();
            expect(panel).toBeDefined();
            expect(reasons.filter(({ about }) => about === 'review')).toEqual([]);
          } else {
            expect(reasons.filter(({ about }) => about === 'review').length + questions.length).toBeGreaterThan(0);
          }
        }
      }),
      runs(100),
    );
  });

  test('同一批的案件以登记号互相引用,承办随之', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async ({ docket, filings }) => {
        const decisions = await routeAll(filings, docket);
        for (const { owner } of decisions) {
          const before = decisions.find(({ filing }) => filing === owner?.linkedCase);
          if (before) expect(owner?.judge).toBe(before.owner?.judge);
        }
      }),
      runs(60),
    );
  });
});
