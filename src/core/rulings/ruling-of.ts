import { handlerFacts } from '../assignment/owner.js';
import type { Decision } from '../documents/decision.js';
import { type Dossier, type DossierCase, withoutDefaults } from '../documents/dossier.js';
import type { Ruling, RulingCase, RulingOught, RulingOwner } from '../documents/ruling.js';
import { admits, type EffectKind, type Flow, GROUND_FACT } from '../flows/flow.js';
import type { FlowRun } from '../flows/flow-run.js';
import { canonicalJson } from '../kernel/canonical.js';
import { byCodePoint } from '../kernel/order.js';
import { caseNumberKey } from '../law/case-number.js';
import { formatFen } from '../law/money.js';
import { intakeFacts } from '../routing/facts.js';
import type { Lawbook } from '../routing/lawbook.js';
import type { Evaluator } from '../rules/evaluate.js';
import { overridesOf } from '../rules/parameters.js';
import { agrees, concludeOn, rulesetOf } from './conclusion.js';

/** A decided objection. */
export interface DecidedObjection {
  readonly flow: Flow;
  readonly run: FlowRun;
  /** The decision that was objected to, with its record. */
  readonly before: Decision;
  /** The decision that followed on the ruling; not looked at where the ruling left the case where it was. */
  readonly after: Decision | undefined;
}

/** Effects by which a ruling says whose first responsibility a case is. */
const ABOUT_FIRST: readonly EffectKind[] = ['reroute', 'transfer'];

/** The flows whose rulings say whose first responsibility a case is; only of those do the rules conclude anything. */
export const rulesOnFirst = ({ actions }: Flow): boolean =>
  actions.some(({ decides, effects }) => decides && effects.some(({ kind }) => ABOUT_FIRST.includes(kind)));

/**
 * A decided objection as an example of the rules. Whether it differs from them is told by the rules in force on the day of the ruling.
 *
 * @returns undefined where nothing was ruled on what the rules conclude: it was withdrawn, or the case was not assigned by them
 */
export async function rulingOf(
  decided: DecidedObjection,
  lawbook: Pick<Lawbook, 'book' | 'causes'>,
  evaluator: Evaluator,
): Promise<Ruling | undefined> {
  const { flow, run, before } = decided;
  const { record } = before;
  const effect = effectOf(decided);
  if (!record || !effect || run.outcome === undefined || run.decidedOn === undefined) return undefined;
  const after = effect === 'keep' ? undefined : decided.after;
  const objection = { ...decided, after };
  const cases = casesOf(objection, record);
  const ought = oughtOf(effect, objection, cases);
  if (!ought) return undefined;
  const { vocabulary } = lawbook.book;
  const parameters = [...overridesOf(record.parameters, vocabulary)].map(([id, value]) => [
    id,
    typeof value === 'bigint' ? formatFen(value) : String(value),
  ]);
  const situation = {
    facts: intakeFacts(record),
    parameters: Object.fromEntries(parameters.sort(([a = ''], [b = '']) => byCodePoint(a, b))),
    earlier: cases.map((one) => caseOf(one, record, before)),
  };
  const ruleset = rulesetOf(lawbook, record.court, run.decidedOn, situation);
  const conclusion = await concludeOn(situation, lawbook, ruleset, evaluator);
  const ground = flow.grounds.find(({ key }) => key === run.ground)?.name;
  return {
    decision: before.digest.slice(0, 16),
    flow: flow.name,
    ...(ground !== undefined && { ground }),
    run: run.number,
    on: run.decidedOn,
    outcome: run.outcome,
    ...situation,
    ought,
    before: ownerIn(before, cases),
    ...(after && { after: ownerIn(after, cases) }),
    differs: !agrees(ought, conclusion),
  };
}

/** The earlier cases in order; of those that no rule can tell apart the first, and every one that the ruling is about. */
function casesOf(objection: DecidedObjection, { earlier, handover }: Dossier): DossierCase[] {
  const seen = new Set<string>();
  return [...earlier]
    .sort((a, b) => byCodePoint(a.filedOn, b.filedOn) || byCodePoint(a.caseNo, b.caseNo))
    .filter((one) => {
      const isDisclaimed = handover?.disclaimed?.includes(one.caseNo) === true;
      const key = `${isDisclaimed} ${canonicalJson(one.facts)}`;
      const isFirst = !seen.has(key);
      seen.add(key);
      return isFirst || isNamed(one, objection);
    });
}

/** Whether the ruling, or a decision that it is about, speaks of this case. */
const isNamed = (one: DossierCase, { run, before, after }: DecidedObjection): boolean =>
  [before, after].some((decision) => decision?.owner?.linkedCase === one.caseNo) ||
  one.owner === run.claimedOwner ||
  isCited(one, run);

const isCited = ({ caseNo }: DossierCase, { evidence }: FlowRun): boolean =>
  evidence.some((cited) => caseNumberKey(cited) === caseNumberKey(caseNo));

function caseOf(one: DossierCase, record: Dossier, decision: Decision): RulingCase {
  const barred = new Set((decision.barred ?? []).map(({ judge }) => judge));
  return {
    pair: withoutDefaults(one.facts),
    handler: withoutDefaults(handlerFacts(one, record, barred, decision.track)),
    disclaimed: record.handover?.disclaimed?.includes(one.caseNo) === true,
  };
}

/** What the ruling says that the rules ought to have concluded. */
function oughtOf(
  effect: EffectKind,
  { run, before, after }: DecidedObjection,
  cases: readonly DossierCase[],
): RulingOught | undefined {
  const placesOf = (is: (one: DossierCase) => boolean): number[] =>
    cases.flatMap((one, index) => (is(one) ? [index + 1] : []));
  const linked = before.owner?.linkedCase;
  const claimed = claimedAmong(cases, run);
  const isClaimed = (one: DossierCase): boolean => claimed.includes(one);
  switch (effect) {
    case 'reroute':
      return linked === undefined ? undefined : { kind: 'not', cases: placesOf(({ caseNo }) => caseNo === linked) };
    case 'transfer':
      return after?.owner?.judge
        ? { kind: 'owner', method: after.owner.method, cases: placesOf(isClaimed) }
        : undefined;
    case 'keep': {
      const method = before.owner?.method ?? '';
      if (method === RANDOM) return { kind: 'draw' };
      if (linked !== undefined) return { kind: 'owner', method, cases: placesOf(({ caseNo }) => caseNo === linked) };
      return claimed.length > 0 ? { kind: 'not', cases: placesOf(isClaimed) } : undefined;
    }
    default:
      return undefined;
  }
}

/** The claimed owner's cases: those that were cited, or all where none of them was. */
function claimedAmong(cases: readonly DossierCase[], run: FlowRun): readonly DossierCase[] {
  if (run.claimedOwner === undefined) return [];
  const own = cases.filter(({ owner }) => owner === run.claimedOwner);
  const cited = own.filter((one) => isCited(one, run));
  return cited.length > 0 ? cited : own;
}

/** What the decision that ended a run made of the case. */
function effectOf({ flow, run, before }: DecidedObjection): EffectKind | undefined {
  const { filing } = before.record ?? {};
  if (!filing || !rulesOnFirst(flow)) return undefined;
  const facts = new Map([
    ['matter', filing.matter as string],
    ['stage', filing.stage],
    ['procedure', before.procedure ?? ''],
    ['method', before.owner?.method ?? ''],
    ['status', before.status],
    [GROUND_FACT, run.ground ?? ''],
  ]);
  const action = flow.actions.find(({ decides, to, when }) => decides && to === run.state && admits(when, facts));
  return action?.effects.map(({ kind }) => kind).find((kind) => kind === 'keep' || ABOUT_FIRST.includes(kind));
}

function ownerIn({ owner, reasons = [] }: Decision, cases: readonly DossierCase[]): RulingOwner {
  const place = cases.findIndex(({ caseNo }) => caseNo === owner?.linkedCase) + 1;
  return {
    method: owner?.method ?? 'none',
    ...(place > 0 && { case: place }),
    rules: [...new Set(reasons.filter(({ about }) => about === 'owner').map(({ rule }) => rule))],
  };
}

const RANDOM = 'random';
