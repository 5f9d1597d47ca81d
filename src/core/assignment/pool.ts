import type { PoolEntry } from '../documents/decision.js';
import type { Dossier, DossierJudge } from '../documents/dossier.js';
import { byCodePoint } from '../kernel/order.js';
import type { Value } from '../rules/condition.js';
import type { Evaluator } from '../rules/evaluate.js';
import { reasonOf, speakerOf } from '../rules/reason.js';
import type { Ruleset } from '../rules/ruleset.js';
import { select } from '../rules/selection.js';
import type { Bars } from './bars.js';

/** A full share of cases, in thousandths. */
const FULL_QUOTA = 1000;

/** Every judge of the court, in or out of the draw and by which rule; in code-point order of id. */
export interface Pool {
  readonly entries: readonly PoolEntry[];
  readonly candidates: readonly { readonly judge: string; readonly weight: number }[];
  readonly agreed: boolean;
}

/** All that the pool rules may know of a judge; `barred`: who may not take the filing. */
export const poolFacts = (
  { judge, handles, tracks, causeFits, quotaPermille, left, absentDays }: DossierJudge,
  barred: { has(judge: string): boolean },
  track: string | undefined,
): Map<string, Value> =>
  new Map<string, Value>([
    ['handlesMatter', handles !== false],
    ['trackFits', track === undefined || tracks?.includes(track) !== false],
    ['causeFits', causeFits !== false],
    ['quotaPermille', quotaPermille ?? FULL_QUOTA],
    ['hasLeft', left === true],
    ['isAbsent', absentDays !== undefined],
    ['isBarred', barred.has(judge)],
  ]);

/** Puts every judge to the pool rules; who is in gets a weight from quota and load. */
export async function buildPool(
  dossier: Dossier,
  bars: Bars,
  track: string | undefined,
  ruleset: Ruleset,
  evaluator: Evaluator,
): Promise<Pool> {
  const selection = select(ruleset, '入池', new Map());
  const entries: PoolEntry[] = [];
  const candidates: { judge: string; weight: number }[] = [];
  let agreed = true;
  for (const one of [...dossier.judges].sort((a, b) => byCodePoint(a.judge, b.judge))) {
    const facts = poolFacts(one, bars.byJudge, track);
    const verdict = await evaluator.evaluate(selection.engineRules, facts);
    agreed &&= verdict.agreed;
    const out = selection.rules.find((rule) => verdict.held.has(rule.card.id));
    if (!out) {
      entries.push({ judge: one.judge, in: true });
      candidates.push({ judge: one.judge, weight: weightOf(one) });
      continue;
    }
    const bar = bars.byJudge.get(one.judge)?.[0];
    const { rule, text } = reasonOf('bar', speakerOf(out), facts, ruleset, { 法官: one.judge });
    entries.push({
      judge: one.judge,
      in: false,
      rule,
      text: bar && facts.get('isBarred') ? `${text}（${bar.rule}）` : text,
    });
  }
  return { entries, candidates, agreed };
}

/**
 * A whole-number weight: quota² ÷ (quota + load), scaled. A judge with half a quota and half the load of another weighs
 * half as much; the more weighted cases in hand per quota, the less. Never 0 for someone in the pool.
 */
export function weightOf(judge: Pick<DossierJudge, 'quotaPermille' | 'loadMilli'>): number {
  const { quotaPermille: quota = FULL_QUOTA, loadMilli: load } = judge;
  return Math.max(1, Math.floor((quota * quota * 1000) / (quota + load)));
}
