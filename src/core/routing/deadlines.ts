import type { DecisionDeadline, Reason } from '../documents/decision.js';
import type { Dossier } from '../documents/dossier.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { invariant } from '../kernel/result.js';
import type { Calendar } from '../law/calendar.js';
import { countPeriod, periodMatterOf } from '../law/period.js';
import type { PeriodSpec } from '../rules/card.js';
import type { Rule } from '../rules/compose.js';
import { onlyOf, type Value } from '../rules/condition.js';
import { type Evaluator, readBy } from '../rules/evaluate.js';
import { cite, reasonOf, speakerOf } from '../rules/reason.js';
import type { Ruleset } from '../rules/ruleset.js';
import { type Selection, select } from '../rules/selection.js';
import type { FactTable } from './facts.js';

export interface Deadlines {
  readonly deadlines: readonly DecisionDeadline[];
  /** Deadlines that stand only because an answer is unknown, and limits whose parameter is missing. */
  readonly reasons: readonly Reason[];
  readonly conflicts: readonly string[];
  readonly missing: readonly string[];
  readonly agreed: boolean;
}

/** Counts every period that the deadline rules start for this filing. */
export async function countDeadlines(
  dossier: Dossier,
  facts: ReadonlyMap<string, Value>,
  table: FactTable,
  ruleset: Ruleset,
  calendar: Calendar,
  evaluator: Evaluator,
): Promise<Deadlines> {
  const selection = select(ruleset, '期限', onlyOf(facts, ['matter', 'stage', 'convertedFrom']));
  const verdict = await evaluator.evaluate(selection.engineRules, facts);
  const deadlines: DecisionDeadline[] = [];
  const reasons: Reason[] = [];
  const missing: string[] = [];
  const byKind = new Map<string, Rule>();
  const conflicts: string[] = [];
  for (const rule of selection.rules) {
    if (!verdict.held.has(rule.card.id)) continue;
    const { period, conclusion } = rule.card;
    invariant(period && conclusion, 'a deadline rule has a period');
    const length = lengthOf(period, ruleset);
    if (length === undefined) {
      missing.push(typeof period.length === 'number' ? '' : period.length.parameter);
      continue;
    }
    // What it says stands in the deadline itself; by which day it was chosen would stand nowhere.
    if (rule.card.chosenBy !== 'received') {
      reasons.push(reasonOf('deadline', { ...speakerOf(rule), template: rule.card.name }, facts, ruleset));
    }
    const before = byKind.get(conclusion.value);
    if (before) conflicts.push(`${before.card.id}、${rule.card.id}`);
    byKind.set(conclusion.value, rule);
    const counted = countPeriod(
      {
        from: startOf(period, dossier),
        length,
        unit: period.unit,
        matter: periodMatterOf(dossier.filing.matter),
        roll: period.rolls,
      },
      calendar,
    );
    deadlines.push({
      kind: conclusion.value,
      from: counted.from,
      due: counted.due,
      length,
      unit: period.unit,
      basis: cite(rule.basis),
      ...(counted.provisional && { provisional: true }),
    });
  }
  const kinds = [...(ruleset.vocabulary.enumerations.get('期限种类')?.byKey.keys() ?? [])];
  deadlines.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  for (const key of unknownsRead(table, selection, facts)) {
    const otherwise = await evaluator.evaluate(selection.engineRules, new Map(facts).set(key, true));
    const word = ruleset.vocabulary.factsByKey.get(key)?.word ?? key;
    for (const rule of selection.rules) {
      if (!verdict.held.has(rule.card.id) || otherwise.held.has(rule.card.id)) continue;
      const { name } = rule.card;
      const template = `是否“${word}”未知，暂按“否”计算“${name}”；查明为“是”后不适用这一期限，应当重新计算`;
      reasons.push(reasonOf('deadline', { ...speakerOf(rule), template }, facts, ruleset));
    }
  }
  return { deadlines, reasons, conflicts, missing, agreed: verdict.agreed };
}

/** Answers that the clerk does not know and that some deadline rule reads; they count as no until they are known. */
function unknownsRead(table: FactTable, selection: Selection, facts: ReadonlyMap<string, Value>): string[] {
  return [...readBy(selection.engineRules)].filter(
    (key) => table.sources.get(key) === 'unknown' && facts.get(key) === false,
  );
}

function lengthOf(period: PeriodSpec, ruleset: Ruleset): number | undefined {
  if (typeof period.length === 'number') return period.length;
  const value = ruleset.parameters.get(period.length.parameter)?.value;
  return typeof value === 'number' ? value : undefined;
}

function startOf(period: PeriodSpec, dossier: Dossier): PlainDate {
  switch (period.from) {
    case 'received':
      return dossier.filing.receivedOn;
    case 'docketed':
      return dossier.docketedOn;
    case 'assigned':
      return dossier.assignedOn;
  }
}
