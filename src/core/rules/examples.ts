import type { Card, Example } from './card.js';
import type { Value } from './condition.js';
import { parameterFact } from './diagram.js';
import type { EngineOfRecord } from './engine.js';
import { FactMissingError, heldByClosures } from './evaluate.js';
import { type Rule, type Ruleset, specialise } from './ruleset.js';
import type { Place } from './source.js';

/** What became of one example. */
export interface ExampleResult {
  readonly card: string;
  readonly name: string;
  readonly place: Place;
  readonly passed: boolean;
  /** What was found instead, in Chinese; empty when it passed. */
  readonly message: string;
}

/** Runs one card's examples in a ruleset, by both evaluators; a fact that neither the base nor the example gives fails it. */
export async function runExamples(rule: Rule, ruleset: Ruleset, engine: EngineOfRecord): Promise<ExampleResult[]> {
  const results: ExampleResult[] = [];
  for (const example of rule.card.examples) results.push(await runExample(example, rule, ruleset, engine));
  return results;
}

async function runExample(
  example: Example,
  rule: Rule,
  ruleset: Ruleset,
  engine: EngineOfRecord,
): Promise<ExampleResult> {
  const { card } = rule;
  const result = (message: string): ExampleResult => ({
    card: card.id,
    name: example.name,
    place: example.place,
    passed: message === '',
    message,
  });
  const facts = factsOfExample(card, example, ruleset);
  const rules = (ruleset.rules.get(card.layer) ?? []).filter((each) => each === rule || each.card.conclusion);
  const asked =
    example.expected.kind === 'outcome' ? rules.filter((each) => each.card.conclusion?.outcome.single) : [rule];
  // As in production, rules of other matters and stages are not put to the engines: they read facts that this case lacks.
  const known = new Map([...facts].filter(([key]) => key === 'matter' || key === 'stage'));
  const engineRules = asked.map((each) => ({
    id: each.card.id,
    condition: specialise(each.card.conclusion ? each.concludes : each.holds, known),
  }));
  let held: Set<string>;
  try {
    held = heldByClosures(engineRules, facts);
  } catch (error) {
    if (!(error instanceof FactMissingError)) throw error;
    const fact = ruleset.vocabulary.factsByKey.get(error.message);
    return result(`示例和「基准」都没有给「${fact?.word ?? error.message}」`);
  }
  const recorded = await engine(engineRules, facts);
  if (recorded === undefined || [...held].sort().join() !== [...recorded].sort().join()) {
    return result('两个求值器的结果不一致');
  }
  if (example.expected.kind !== 'outcome') {
    const hit = held.has(card.id);
    if (hit === (example.expected.kind === 'hit')) return result('');
    return result(hit ? '应当不命中,实际命中' : '应当命中,实际不命中');
  }
  const found = new Set(asked.filter((each) => held.has(each.card.id)).map((each) => each.card.conclusion?.value ?? ''));
  const outcome = asked[0]?.card.conclusion?.outcome;
  const label = (key: string): string => (key === '' ? '无规则' : (outcome?.enumeration?.byKey.get(key)?.word ?? key));
  const actual = found.size === 0 ? [''] : [...found].sort();
  if (actual.length === 1 && actual[0] === example.expected.value) return result('');
  return result(`应当得「${label(example.expected.value)}」,实际得「${actual.map(label).join('」「')}」`);
}

/** The facts of an example: the file's base case, what the example gives over it, and the ruleset's parameters. */
export function factsOfExample(card: Card, example: Example, ruleset: Ruleset): Map<string, Value> {
  const facts = new Map<string, Value>(card.base);
  for (const parameter of ruleset.parameters.values()) {
    if (parameter.value !== undefined) facts.set(parameterFact(parameter.id), parameter.value);
  }
  for (const [id, value] of card.baseParameters) facts.set(parameterFact(id), value);
  for (const [key, value] of example.given) facts.set(key, value);
  return facts;
}
