import { invariant } from '../kernel/result.js';
import type { Value } from '../rules/condition.js';
import { type Diagram, type DiagramStore, supportOf, valueAt, valuesOf } from '../rules/diagram.js';
import { heldByClosures } from '../rules/evaluate.js';
import type { Ruleset } from '../rules/ruleset.js';
import { type Selection, select } from '../rules/selection.js';
import type { FactTable, OpenInput } from './facts.js';

/** What the rules say of procedure, panel and track under every answer still open. */
export interface ProcedureAnalysis {
  /** Set where every open answer leads to it. */
  readonly procedure?: string;
  readonly panel?: string;
  readonly track?: string;
  /** Under some open answer no rule speaks, or two speak differently. */
  readonly gaps: readonly string[];
  readonly conflicts: readonly string[];
  /** Facts whose answer can change the outcome. */
  readonly questions: readonly OpenInput[];
  /** Parameters that nobody published and that could change it. */
  readonly missingParameters: readonly OpenInput[];
  /** A minimal set of presumptions on which the outcome rests; empty while it is open. */
  readonly presumed: readonly OpenInput[];
}

const GAP = '∅';
const CONFLICT = '!';

/** The owner rule that a track leads to, as a word that is equal exactly when the rule is. */
export type OwnerRuleOf = (track: string | undefined) => string;

/**
 * Analyses the outcome (procedure, panel and owner rule) as a function of what is open.
 * A question is a fact on which that function depends; where it depends on none, the outcome is decided.
 */
export function analyseProcedure(table: FactTable, ruleset: Ruleset, ownerRuleOf: OwnerRuleOf): ProcedureAnalysis {
  const { store } = table;
  const known = constants(table);
  const procedure = speak(store, select(ruleset, '程序', known), table.diagrams);
  let panel: Diagram = store.leaf(GAP);
  let outcome: Diagram = store.leaf(GAP);
  const tracks = new Map<Value, string | undefined>();
  for (const value of valuesOf(procedure)) {
    const isThis = store.map(procedure, (each) => each === value);
    const facts = new Map(table.diagrams).set('procedure', store.leaf(value));
    const isDecided = value !== GAP && !String(value).startsWith(CONFLICT);
    const organisation = isDecided ? speak(store, select(ruleset, '审判组织', known), facts) : store.leaf(GAP);
    const track = isDecided ? trackOf(String(value), ruleset) : undefined;
    tracks.set(value, track);
    const owner = ownerRuleOf(track);
    panel = store.combine(
      panel,
      store.combine(isThis, organisation, (is, word) => (is === true ? word : false)),
      (a, b) => (b === false ? a : b),
    );
    const whole = store.combine(isThis, organisation, (is, word) =>
      is === true ? `${value}/${word}/${owner}` : false,
    );
    outcome = store.combine(outcome, whole, (a, b) => (b === false ? a : b));
  }

  const presumptions = new Map<number, number>();
  for (const each of table.open) if (each.kind === 'presumed') presumptions.set(each.variable, 0);
  const open = store.restrict(outcome, presumptions);
  const support = new Set(supportOf(open));
  const depends = table.open.filter((each) => support.has(each.variable));
  const questions = depends.filter((each) => each.kind === 'unknown');
  const missingParameters = depends.filter((each) => each.kind === 'parameter');

  const procedureNow = store.restrict(procedure, presumptions);
  const panelNow = store.restrict(panel, presumptions);
  const tracksNow = new Set([...valuesOf(procedureNow)].map((value) => tracks.get(value)));
  const words = [...valuesOf(procedureNow), ...valuesOf(panelNow)].map(String);
  const decidedProcedure = wordOf(procedureNow);
  const decidedPanel = wordOf(panelNow);
  const [track] = tracksNow;
  return {
    ...(decidedProcedure !== undefined && { procedure: decidedProcedure }),
    ...(decidedPanel !== undefined && { panel: decidedPanel }),
    ...(tracksNow.size === 1 && track !== undefined && { track }),
    gaps: [...(valuesOf(procedureNow).has(GAP) ? ['程序'] : valuesOf(panelNow).has(GAP) ? ['审判组织'] : [])],
    conflicts: [...new Set(words.filter((word) => word.startsWith(CONFLICT)).map((word) => word.slice(1)))],
    questions,
    missingParameters,
    presumed: open.kind === 'leaf' ? restsOn(outcome, table.open) : [],
  };
}

/** Every fact with one value: the known ones, presumptions as presumed, the rest (which cannot matter) at their first. */
export function settledFacts(table: FactTable): Map<string, Value> {
  const first = new Map<number, number>();
  const facts = new Map<string, Value>();
  for (const [key, diagram] of table.diagrams) facts.set(key, valueAt(diagram, first));
  return facts;
}

function constants(table: FactTable): ReadonlyMap<string, Value> {
  const known = new Map<string, Value>();
  for (const key of ['matter', 'stage', 'courtLevel', 'conversionGround']) {
    const diagram = table.diagrams.get(key);
    invariant(diagram?.kind === 'leaf', `${key} is always known`);
    known.set(key, diagram.value);
  }
  return known;
}

function wordOf(diagram: Diagram): string | undefined {
  if (diagram.kind !== 'leaf') return undefined;
  const word = String(diagram.value);
  return word === GAP || word.startsWith(CONFLICT) ? undefined : word;
}

/** Which word the rules of a layer conclude, under every answer: one, none, or a conflict that names its rules. */
function speak(store: DiagramStore, selection: Selection, facts: ReadonlyMap<string, Diagram>): Diagram {
  const factOf = (key: string): Diagram => {
    const diagram = facts.get(key);
    invariant(diagram, `no fact ${key}`);
    return diagram;
  };
  let said: Diagram = store.leaf('');
  for (const [index, rule] of selection.rules.entries()) {
    const engineRule = selection.engineRules[index];
    invariant(engineRule, 'one engine rule per rule');
    const concludes = store.condition(engineRule.condition, factOf);
    const word = rule.card.conclusion?.value ?? '';
    said = store.combine(said, concludes, (before, hit) =>
      hit === true ? `${before}${word}=${rule.card.id};` : before,
    );
  }
  return store.map(said, (text) => {
    const pairs = String(text)
      .split(';')
      .filter((each) => each !== '')
      .map((each) => each.split('='));
    const words = new Set(pairs.map(([word]) => word));
    if (words.size === 0) return GAP;
    if (words.size === 1) return [...words][0] as string;
    return `${CONFLICT}${pairs.map(([, id]) => id).join('、')}`;
  });
}

/** The track of a procedure; none for enforcement. */
export function trackOf(procedure: string, ruleset: Ruleset): string | undefined {
  const selection = select(ruleset, '繁简', new Map([['procedure', procedure]]));
  const held = heldByClosures(selection.engineRules, new Map());
  return selection.rules.find((rule) => held.has(rule.card.id))?.card.conclusion?.value;
}

/**
 * Leaves out presumption after presumption while the outcome stays the same: what remains is what it rests on. One whose
 * turning alone turns the outcome is kept at once, which is what most of 2,000 parties' whereabouts are.
 */
function restsOn(outcome: Diagram, open: readonly OpenInput[]): OpenInput[] {
  const support = new Set(supportOf(outcome));
  const presumed = open.filter((each) => each.kind === 'presumed' && support.has(each.variable));
  const fixed = new Map(presumed.map((each) => [each.variable, 0]));
  const settled = valueAt(outcome, fixed);
  const turnsIt = ({ variable }: OpenInput): boolean => {
    fixed.set(variable, 1);
    const turned = valueAt(outcome, fixed);
    fixed.set(variable, 0);
    return turned !== settled;
  };
  const rests = new Set(presumed.filter(turnsIt));
  for (const each of presumed) {
    if (rests.has(each)) continue;
    fixed.delete(each.variable);
    if (valuesOf(outcome, fixed).size === 1) continue;
    fixed.set(each.variable, 0);
    rests.add(each);
  }
  return presumed.filter((each) => rests.has(each));
}
