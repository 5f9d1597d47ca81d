import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AdjustableClock,
  type Adjustment,
  type AdjustmentRequest,
  adjust,
  adjustedTerms,
  adjustmentsFor,
  endExclusion,
} from '../../../src/core/flows/adjustment.js';
import { clockEnd } from '../../../src/core/flows/clock.js';
import type { ActorKind } from '../../../src/core/flows/flow.js';
import { addDays, daysBetween, type PlainDate, plainDate } from '../../../src/core/kernel/plain-date.js';
import { lawbook } from '../../support/court.js';

const { adjustments: RULES, calendar } = lawbook;
const day = plainDate;
const FROM = day('2026-01-05');
const SUMMARY = new Map([
  ['matter', 'civil'],
  ['stage', 'first_instance'],
  ['procedure', 'summary'],
]);
const ORDINARY = new Map([...SUMMARY, ['procedure', 'ordinary']]);

const limit = (months: number, adjustments: readonly Adjustment[] = []): AdjustableClock => ({
  deadline: 'trial_limit',
  terms: { from: FROM, length: months, unit: 'month', matter: 'civil', rolls: false },
  adjustments,
});
const dueOf = (clock: AdjustableClock): PlainDate | undefined => {
  const end = clockEnd(adjustedTerms(clock), calendar);
  return end.kind === 'due' ? end.due : undefined;
};
const ask = (more: Partial<AdjustmentRequest>): AdjustmentRequest => ({
  rule: 'appraisal',
  reason: '委托鉴定',
  kinds: new Set<ActorKind>(['recipient']),
  on: day('2026-02-10'),
  ...more,
});
const PRESIDENT: ReadonlySet<ActorKind> = new Set(['president']);
const extend = (more: Partial<AdjustmentRequest> = {}): AdjustmentRequest =>
  ask({
    rule: 'summary_extension',
    reason: '案情特殊',
    kinds: PRESIDENT,
    length: 1,
    appliedOn: day('2026-02-09'),
    ...more,
  });
const { appliedOn: _, ...withoutDay } = extend();
const codeOf = (clock: AdjustableClock, request: AdjustmentRequest, facts = SUMMARY): string => {
  const made = adjust(RULES, clock, facts, request, calendar);
  return made.ok ? 'ok' : made.error.code;
};

describe('期限的扣除和延长', () => {
  test('简易程序三个月，鉴定 2 月 1 日至 2 月 20 日扣除二十天，院长批准延长一个月', () => {
    const excluded = adjust(
      RULES,
      limit(3),
      SUMMARY,
      ask({ from: day('2026-02-01'), to: day('2026-02-20') }),
      calendar,
    );
    if (!excluded.ok) throw new Error(excluded.error.message);
    const after = limit(3, [excluded.value]);
    expect([dueOf(limit(3)), dueOf(after)]).toEqual(['2026-04-05', '2026-04-25']);
    const extended = adjust(RULES, after, SUMMARY, extend(), calendar);
    if (!extended.ok) throw new Error(extended.error.message);
    expect(dueOf(limit(3, [excluded.value, extended.value]))).toBe('2026-05-25');
  });

  test.each<[string, AdjustableClock, AdjustmentRequest, string]>([
    ['没有这一事由', limit(3), ask({ rule: 'nothing' }), 'ADJUSTMENT_UNKNOWN'],
    ['普通程序的延长不用于简易程序', limit(3), extend({ rule: 'ordinary_extension' }), 'ADJUSTMENT_NOT_APPLICABLE'],
    ['承办人不能批准延长', limit(3), extend({ kinds: new Set(['recipient']) }), 'WRONG_PERSON'],
    ['院长是承办人的，不能批准自己', limit(3), extend({ kinds: new Set(['recipient', 'president']) }), 'OWN_MATTER'],
    ['没有理由', limit(3), ask({ reason: ' ', from: FROM }), 'REASON_MISSING'],
    ['扣除没有写哪一天', limit(3), ask({}), 'ADJUSTMENT_DAYS'],
    ['从将来开始', limit(3), ask({ from: day('2026-02-11') }), 'ADJUSTMENT_DAYS'],
    ['起算以前', limit(3), ask({ from: day('2026-01-04') }), 'ADJUSTMENT_DAYS'],
    ['倒过来', limit(3), ask({ from: day('2026-02-02'), to: day('2026-02-01') }), 'ADJUSTMENT_DAYS'],
    ['写错年份', limit(3), ask({ from: day('2026-02-02'), to: day('2036-02-01') }), 'ADJUSTMENT_DAYS'],
    ['届满以后才开始', limit(3), ask({ from: day('2026-04-06'), on: day('2026-04-07') }), 'OUT_OF_TIME'],
    [
      '同一事由正在扣除',
      limit(3, [{ rule: 'appraisal', from: day('2026-01-10'), to: null, length: 0 }]),
      ask({ from: day('2026-01-20') }),
      'ADJUSTMENT_OPEN',
    ],
    ['延长两个月', limit(3), extend({ length: 2 }), 'ADJUSTMENT_TOO_LONG'],
    [
      '延长第二次',
      limit(3, [{ rule: 'summary_extension', from: null, to: null, length: 1 }]),
      extend(),
      'ADJUSTMENT_TIMES',
    ],
    ['申请晚于届满前十五日', limit(3), extend({ appliedOn: day('2026-03-22'), on: day('2026-03-23') }), 'OUT_OF_TIME'],
    ['决定晚于届满前五日', limit(3), extend({ appliedOn: day('2026-03-21'), on: day('2026-04-01') }), 'OUT_OF_TIME'],
    ['没有写哪一天申请', limit(3), withoutDay, 'ADJUSTMENT_DAYS'],
    [
      '正在扣除',
      limit(3, [{ rule: 'appraisal', from: day('2026-01-10'), to: null, length: 0 }]),
      extend(),
      'ADJUSTMENT_OPEN',
    ],
  ])('%s：拒绝', (_, clock, request, code) => {
    expect(codeOf(clock, request)).toBe(code);
  });

  test('最后一天也可以：届满前十五日申请，届满前五日决定', () => {
    expect(codeOf(limit(3), extend({ appliedOn: day('2026-03-21'), on: day('2026-03-31') }))).toBe('ok');
  });

  test('上级批准的再次延长，要先有本院的延长', () => {
    const again = extend({ rule: 'ordinary_second_extension', length: 3 });
    expect(codeOf(limit(6), again, ORDINARY)).toBe('ADJUSTMENT_ORDER');
    expect(codeOf(limit(6, [{ rule: 'ordinary_extension', from: null, to: null, length: 6 }]), again, ORDINARY)).toBe(
      'ok',
    );
  });

  test('恢复计算：最后一天不早于第一天，也不在将来；没有在扣除的不能恢复', () => {
    const open: Adjustment = { rule: 'stay', from: day('2026-02-01'), to: null, length: 0 };
    const on = day('2026-03-01');
    expect(endExclusion(open, day('2026-02-20'), on)).toEqual({ ok: true, value: { to: '2026-02-20' } });
    for (const last of ['2026-01-31', '2026-03-02']) expect(endExclusion(open, day(last), on).ok).toBe(false);
    expect(endExclusion({ ...open, to: on }, on, on).ok).toBe(false);
  });

  const someDays = fc.tuple(fc.nat(120), fc.nat(60));
  test('扣除只会推迟、不会提前；重叠的只算一次；不在任何事由名单上的期限不能动', () => {
    fc.assert(
      fc.property(fc.array(someDays, { maxLength: 8 }), fc.integer({ min: 1, max: 12 }), (spans, months) => {
        let clock = limit(months);
        const on = addDays(FROM, 400);
        for (const [start, length] of spans) {
          const before = dueOf(clock);
          const from = addDays(FROM, start);
          const made = adjust(RULES, clock, SUMMARY, ask({ from, to: addDays(from, length), on }), calendar);
          expect(made.ok).toBe(before !== undefined && from <= before);
          if (!made.ok) continue;
          clock = limit(months, [...clock.adjustments, made.value]);
          const after = dueOf(clock);
          if (before === undefined || after === undefined) throw new Error('stands still');
          expect(daysBetween(before, after)).toBeGreaterThanOrEqual(0);
          expect(daysBetween(before, after)).toBeLessThanOrEqual(length + 1);
          const twice = limit(months, [...clock.adjustments, made.value]);
          expect(dueOf(twice)).toBe(after);
        }
        expect(adjustmentsFor(RULES, { ...clock, deadline: 'objection' }, SUMMARY, on)).toEqual([]);
      }),
    );
  });
});
