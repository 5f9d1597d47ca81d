import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type DrawRequest, draw } from '../../../src/core/assignment/draw.js';
import { decideOne, docket, filing, judge } from '../../support/court.js';

const RULES = createHash('sha256').update('rules').digest('hex');
const seedOf = (index: number): string => createHash('sha256').update(`seed ${index}`).digest('hex');

const request = (more: Partial<DrawRequest> = {}): DrawRequest => ({
  seed: seedOf(0),
  ruleDigest: RULES,
  filing: 'F1',
  number: 1,
  candidates: [
    { judge: 'A', weight: 1 },
    { judge: 'B', weight: 2 },
    { judge: 'C', weight: 3 },
    { judge: 'D', weight: 10 },
    { judge: 'E', weight: 84 },
  ],
  ...more,
});

const DRAWS = 20_000;

/** How far the counts are from what the weights promise; 4 degrees of freedom: one run in a million lies beyond 33. */
function chiSquare(requestOf: (index: number) => DrawRequest): number {
  const counts = new Map<string, number>();
  for (let index = 0; index < DRAWS; index++) {
    const { judge: id } = draw(requestOf(index));
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const { candidates } = request();
  const total = candidates.reduce((sum, { weight }) => sum + weight, 0);
  return candidates.reduce((sum, { judge: id, weight }) => {
    const promised = (DRAWS * weight) / total;
    return sum + ((counts.get(id) ?? 0) - promised) ** 2 / promised;
  }, 0);
}

describe('按权重抽签(种子固定,结果固定)', () => {
  test.each<[string, (index: number) => DrawRequest]>([
    ['每次一个种子', (index) => request({ seed: seedOf(index) })],
    ['一个种子,各件收案', (index) => request({ filing: `F${index}` })],
    ['一个种子一件收案,各次抽签', (index) => request({ number: index + 1 })],
  ])('%s,频数合乎权重', (_name, requestOf) => {
    expect(chiSquare(requestOf)).toBeLessThan(33);
  });

  test('回执里的任何一项都影响抽签', () => {
    const base = draw(request());
    const others = [
      request({ seed: seedOf(1) }),
      request({ ruleDigest: RULES.replace(/^./, (first) => (first === '0' ? '1' : '0')) }),
      request({ filing: 'F2' }),
      request({ number: 2 }),
    ];
    // Tickets of a range of a hundred may meet by chance; of nearly 2^53 they do not.
    const wide = [{ judge: 'A', weight: Number.MAX_SAFE_INTEGER }];
    const tickets = [request(), ...others].map((each) => draw({ ...each, candidates: wide }).ticket);
    expect(new Set(tickets).size).toBe(tickets.length);
    const [first, ...rest] = request().candidates;
    expect(draw(request({ candidates: [...rest, first as (typeof rest)[number]] })).poolDigest).not.toBe(
      base.poolDigest,
    );
  });

  test('同样的请求,同样的回执', () => {
    expect(draw(request())).toEqual(draw(request()));
  });
});

describe('拒绝取样', () => {
  /** 2^64 holds this total 2048 times and nearly once more: one attempt in 2049 falls into the remainder. */
  const AWKWARD = 2 ** 64 / 2049;
  const total = Math.floor(AWKWARD) + 1;
  const candidates = [
    { judge: 'A', weight: Math.floor(total / 2) },
    { judge: 'B', weight: total - Math.floor(total / 2) },
  ];

  test('余数里的值重抽,回执记下次数,独立重算相同', () => {
    let rejected = 0;
    const limit = 2n ** 64n - (2n ** 64n % BigInt(total));
    const pool = createHash('sha256').update(JSON.stringify(candidates)).digest('hex');
    for (let index = 0; index < DRAWS; index++) {
      const { attempt, ticket, judge: id, poolDigest } = draw(request({ filing: `F${index}`, candidates }));
      expect(poolDigest).toBe(pool);
      const valueAt = (number: number): bigint =>
        createHmac('sha256', Buffer.from(seedOf(0), 'hex'))
          .update(['HMAC-SHA-256/rejection-64', RULES, pool, `F${index}`, 1, number].join('\n'))
          .digest()
          .readBigUInt64BE(0);
      for (let number = 0; number < attempt; number++) expect(valueAt(number) >= limit).toBe(true);
      expect(valueAt(attempt) < limit).toBe(true);
      expect(ticket).toBe(Number(valueAt(attempt) % BigInt(total)));
      expect(id).toBe(ticket < (candidates[0]?.weight ?? 0) ? 'A' : 'B');
      if (attempt > 0) rejected++;
    }
    // One in 2049 of 20,000: about ten.
    expect(rejected).toBeGreaterThan(0);
    expect(rejected).toBeLessThan(40);
  });

  test('合计恰好是最大的安全整数也能抽', () => {
    const most = [
      { judge: 'A', weight: Number.MAX_SAFE_INTEGER - 1 },
      { judge: 'B', weight: 1 },
    ];
    for (let index = 0; index < 200; index++) {
      const { ticket, total: sum } = draw(request({ filing: `F${index}`, candidates: most }));
      expect(sum).toBe(Number.MAX_SAFE_INTEGER);
      expect(Number.isSafeInteger(ticket) && ticket >= 0 && ticket < sum).toBe(true);
    }
  });

  test.each([
    ['没有候选人', []],
    [
      '合计超过安全整数',
      [
        { judge: 'A', weight: Number.MAX_SAFE_INTEGER },
        { judge: 'B', weight: 1 },
      ],
    ],
    ['权重全为零', [{ judge: 'A', weight: 0 }]],
    ['合计不是整数', [{ judge: 'A', weight: 0.5 }]],
  ])('%s,拒绝抽签', (_name, list) => {
    expect(() => draw(request({ candidates: list }))).toThrow();
  });
});

describe('候选人的次序', () => {
  test('按编号的码位,不按语言习惯,也不按 UTF-16 码元', async () => {
    // 𠮷 is U+20BB7, behind the full-width ａ (U+FF41), though its first UTF-16 unit is D842.
    const ordered = ['M1', 'M10', 'M2', 'm1', '乙1', '审1', 'ａ1', '𠮷1'];
    const judges = [...ordered].reverse().map((id) => judge(id));
    const decision = await decideOne(filing(), docket([], { judges }));
    expect(decision.pool?.map((each) => each.judge)).toEqual(ordered);
    expect(decision.draw?.candidates.map((each) => each.judge)).toEqual(ordered);
  });
});
