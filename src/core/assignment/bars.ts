import type { Reason } from '../documents/decision.js';
import type { Dossier, FactRecord } from '../documents/dossier.js';
import { byCodePoint } from '../kernel/order.js';
import { type Value, withFacts } from '../rules/condition.js';
import type { Evaluator } from '../rules/evaluate.js';
import { reasonOf, speakerOf } from '../rules/reason.js';
import type { Ruleset } from '../rules/ruleset.js';
import { select } from '../rules/selection.js';

/** Who may not take the case, each with every rule that says so; judges in code-point order. */
export interface Bars {
  readonly byJudge: ReadonlyMap<string, readonly Reason[]>;
  readonly agreed: boolean;
}

/** Puts each judge's part in the case's other procedures, each relation with its parties, and each handover to the rules. */
export async function findBars(
  dossier: Dossier,
  facts: ReadonlyMap<string, Value>,
  ruleset: Ruleset,
  evaluator: Evaluator,
): Promise<Bars> {
  const found = new Map<string, Map<string, Reason>>();
  let agreed = true;
  const put = async (layer: string, judge: string, record: FactRecord, caseNo: string): Promise<void> => {
    const selection = select(ruleset, layer, new Map());
    const all = withFacts(facts, record);
    const verdict = await evaluator.evaluate(selection.engineRules, all);
    agreed &&= verdict.agreed;
    for (const rule of selection.rules) {
      if (!verdict.held.has(rule.card.id)) continue;
      const reason = reasonOf('bar', speakerOf(rule), all, ruleset, { 法官: judge, 前案案号: caseNo });
      const reasons = found.get(judge) ?? new Map<string, Reason>();
      found.set(judge, reasons);
      reasons.set(`${reason.rule}\u0000${reason.text}`, reason);
    }
  };
  for (const { judge, caseNo, facts: record } of dossier.participations) await put('参与', judge, record, caseNo);
  for (const { judge, facts: record } of dossier.relations) await put('回避', judge, record, '');
  for (const { judge, ground } of dossier.handover?.reliefs ?? [])
    await put('变更', judge, { reliefGround: ground }, '');
  const byJudge = new Map<string, readonly Reason[]>();
  for (const judge of [...found.keys()].sort(byCodePoint)) {
    const reasons = [...(found.get(judge) ?? new Map<string, Reason>())].sort(([a], [b]) => byCodePoint(a, b));
    byJudge.set(
      judge,
      reasons.map(([, reason]) => reason),
    );
  }
  return { byJudge, agreed };
}
