import { addDays, type PlainDate } from '../kernel/plain-date.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Calendar } from '../law/calendar.js';
import type { PeriodUnit } from '../law/period.js';
import type { CardBasis } from '../rules/citation.js';
import type { Place } from '../rules/source.js';
import { type ClockTerms, clockEnd } from './clock.js';
import { type ActorKind, admits, type Guard } from './flow.js';

/** 扣除 or 延长: what may be left out of a clock or added to it, on what basis and by whom, as a rule file declares it. */
export interface AdjustmentRule {
  readonly name: string;
  readonly key: string;
  readonly operation: 'exclude' | 'extend';
  /** Deadlines of decisions that it changes, by kind. */
  readonly deadlines: readonly string[];
  /** Flows whose clocks it changes, by key. */
  readonly flows: readonly string[];
  readonly applies: Guard;
  readonly by: readonly ActorKind[];
  readonly byWords: readonly string[];
  /** Of an extension: how much at most, in which unit, how often, and after which other one. */
  readonly most?: number;
  readonly unit?: PeriodUnit;
  readonly times?: number;
  readonly after?: string;
  /** So many days before the last day it has to be applied for, and decided. */
  readonly appliedBeforeDays?: number;
  readonly decidedBeforeDays?: number;
  readonly basis: readonly CardBasis[];
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate | null;
  readonly place: Place;
}

/** An adjustment that was made; `to` is null while the period that it leaves out is running. */
export interface Adjustment {
  readonly rule: string;
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  /** 0 where a period is left out. */
  readonly length: number;
}

/** A clock with what was done to it before; withdrawn adjustments are not among them. */
export interface AdjustableClock {
  /** The kind of deadline, or the flow whose clock it is. */
  readonly deadline?: string;
  readonly flow?: string;
  readonly terms: Omit<ClockTerms, 'excluded' | 'extended'>;
  readonly adjustments: readonly Adjustment[];
}

export const ADJUSTMENT_REFUSALS = [
  'ADJUSTMENT_UNKNOWN',
  'ADJUSTMENT_NOT_APPLICABLE',
  'ADJUSTMENT_DAYS',
  'ADJUSTMENT_OPEN',
  'ADJUSTMENT_TOO_LONG',
  'ADJUSTMENT_TIMES',
  'ADJUSTMENT_ORDER',
  'OUT_OF_TIME',
  'WRONG_PERSON',
  'OWN_MATTER',
  'REASON_MISSING',
] as const;
export interface AdjustmentRefusal {
  readonly code: (typeof ADJUSTMENT_REFUSALS)[number];
  readonly message: string;
}

/** What somebody wants to do to a clock. */
export interface AdjustmentRequest {
  readonly rule: string;
  /** First day that is left out; `to` is left out while nobody knows when it ends. */
  readonly from?: PlainDate;
  readonly to?: PlainDate;
  readonly length?: number;
  /** The day on which an extension was applied for. */
  readonly appliedOn?: PlainDate;
  readonly reason: string;
  readonly kinds: ReadonlySet<ActorKind>;
  readonly on: PlainDate;
}

/** Longest period that one entry may leave out: whoever types a wrong year is told. */
const LONGEST_DAYS = 1_100;

const no = (code: AdjustmentRefusal['code'], message: string): Result<never, AdjustmentRefusal> =>
  err({ code, message });

/** The terms of a clock with all that was done to it. */
export const adjustedTerms = ({ terms, adjustments }: AdjustableClock): ClockTerms => ({
  ...terms,
  excluded: adjustments.flatMap(({ from, to }) => (from === null ? [] : [{ from, to }])),
  extended: adjustments.reduce((sum, { length }) => sum + length, 0),
});

/** The adjustments that a clock of such a matter may have on a day. */
export const adjustmentsFor = (
  rules: readonly AdjustmentRule[],
  { deadline, flow, terms }: AdjustableClock,
  facts: ReadonlyMap<string, string>,
  on: PlainDate,
): AdjustmentRule[] =>
  rules.filter(
    (rule) =>
      rule.validFrom <= on &&
      (rule.validTo === null || on < rule.validTo) &&
      (deadline !== undefined ? rule.deadlines.includes(deadline) : flow !== undefined && rule.flows.includes(flow)) &&
      (rule.unit === undefined || rule.unit === terms.unit) &&
      admits(rule.applies, facts),
  );

/**
 * Leaves a period out of a clock or extends it: what was done, or why it may not be. Periods may overlap; they are merged when the clock
 * is counted. What begins after the last day does not bring a clock back to life.
 */
export function adjust(
  rules: readonly AdjustmentRule[],
  clock: AdjustableClock,
  facts: ReadonlyMap<string, string>,
  request: AdjustmentRequest,
  calendar: Calendar,
): Result<Adjustment, AdjustmentRefusal> {
  const { kinds, on, reason } = request;
  const known = rules.find(({ key }) => key === request.rule);
  if (!known) return no('ADJUSTMENT_UNKNOWN', '没有这一项扣除或者延长事由，请从列表里选择');
  const { name } = known;
  const rule = adjustmentsFor(rules, clock, facts, on).find(({ key }) => key === request.rule);
  if (!rule) return no('ADJUSTMENT_NOT_APPLICABLE', `本件的这一期限不适用“${name}”`);
  if (!rule.by.some((kind) => kinds.has(kind))) {
    return no('WRONG_PERSON', `“${name}”由${rule.byWords.join('、')}办理，您在本件里不是`);
  }
  if (reason.trim() === '') return no('REASON_MISSING', `“${name}”要写明理由`);
  const end = clockEnd(adjustedTerms(clock), calendar);
  if (rule.operation === 'extend') return extension(rule, clock, request, end.kind === 'due' ? end.due : undefined);
  const { from, to } = request;
  if (request.length !== undefined || request.appliedOn !== undefined || from === undefined) {
    return no('ADJUSTMENT_DAYS', `“${name}”是扣除，要写明从哪一天开始，不写延长多少`);
  }
  if (from > on) return no('ADJUSTMENT_DAYS', '扣除从将来的日子开始；请到那一天再登记');
  if (from < clock.terms.from) return no('ADJUSTMENT_DAYS', `扣除不能从期限起算（${clock.terms.from}）以前开始`);
  if (to !== undefined && to < from) return no('ADJUSTMENT_DAYS', '扣除的最后一天早于第一天，请核对');
  if (to !== undefined && to > addDays(from, LONGEST_DAYS)) {
    return no('ADJUSTMENT_DAYS', `一次扣除不能超过 ${LONGEST_DAYS} 天，请核对年份`);
  }
  if (end.kind === 'due' && from > end.due) {
    return no('OUT_OF_TIME', `期限已经在 ${end.due} 届满，届满以后开始的期间不再扣除`);
  }
  if (clock.adjustments.some((each) => each.rule === rule.key && each.from !== null && each.to === null)) {
    return no('ADJUSTMENT_OPEN', `“${name}”正在扣除，恢复计算以前不能再登记一次`);
  }
  return ok({ rule: rule.key, from, to: to ?? null, length: 0 });
}

function extension(
  rule: AdjustmentRule,
  { adjustments }: AdjustableClock,
  { length, appliedOn, from, to, kinds, on }: AdjustmentRequest,
  due: PlainDate | undefined,
): Result<Adjustment, AdjustmentRefusal> {
  const { name, most = 0, times = 1, after, appliedBeforeDays, decidedBeforeDays } = rule;
  if (kinds.has('recipient')) return no('OWN_MATTER', '承办人不能批准自己案件的延长，请由其他有权的人批准');
  if (from !== undefined || to !== undefined || length === undefined) {
    return no('ADJUSTMENT_DAYS', `“${name}”要写明延长多少，不写起止日期`);
  }
  if (length < 1 || length > most) return no('ADJUSTMENT_TOO_LONG', `“${name}”至多延长 ${most}，请核对`);
  if (adjustments.filter((each) => each.rule === rule.key).length >= times) {
    return no('ADJUSTMENT_TIMES', `“${name}”只能办理 ${times} 次，已经办理过了`);
  }
  if (after !== undefined && !adjustments.some((each) => each.rule === after)) {
    return no('ADJUSTMENT_ORDER', `“${name}”要在前一次延长以后才能办理`);
  }
  if (due === undefined) return no('ADJUSTMENT_OPEN', '期限正在扣除中，恢复计算以后才能延长');
  if (appliedBeforeDays !== undefined) {
    if (appliedOn === undefined) return no('ADJUSTMENT_DAYS', `“${name}”要写明哪一天申请的`);
    if (appliedOn > on) return no('ADJUSTMENT_DAYS', '申请的日子在将来，请核对');
    const last = addDays(due, -appliedBeforeDays);
    if (appliedOn > last) {
      return no('OUT_OF_TIME', `延长要在届满 ${appliedBeforeDays} 日前申请，最迟 ${last}；已经逾期`);
    }
  }
  const last = addDays(due, -(decidedBeforeDays ?? 0));
  if (on > last) {
    return no(
      'OUT_OF_TIME',
      `延长要在${decidedBeforeDays ? `届满 ${decidedBeforeDays} 日前` : '届满以前'}决定，最迟 ${last}；已经逾期`,
    );
  }
  return ok({ rule: rule.key, from: null, to: null, length });
}

/** 恢复计算: the last day that is left out. */
export function endExclusion(
  { from, to }: Adjustment,
  last: PlainDate,
  on: PlainDate,
): Result<{ readonly to: PlainDate }, AdjustmentRefusal> {
  if (from === null || to !== null) return no('ADJUSTMENT_DAYS', '这一项没有正在进行的扣除');
  if (last < from) return no('ADJUSTMENT_DAYS', `扣除从 ${from} 开始，最后一天不能早于这一天`);
  if (last > on) return no('ADJUSTMENT_DAYS', '恢复计算以前的最后一天在将来，请核对');
  return ok({ to: last });
}
