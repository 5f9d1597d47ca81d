import { showPeriod } from './card-period.js';
import type { Rule } from './compose.js';
import type { Value } from './condition.js';
import { parameterFact } from './diagram.js';
import type { EngineRule } from './engine.js';
import { readBy } from './evaluate.js';
import type { Example, ExampleBase, LayerExample } from './example.js';
import type { ExampleMemory } from './example-memory.js';
import type { Ruleset } from './ruleset.js';
import { engineRuleOf, type Selection, select } from './selection.js';
import type { Place } from './source.js';

/** What became of one example. */
export interface ExampleResult {
  /** The card's id; the layer for an example of a whole layer. */
  readonly card: string;
  readonly name: string;
  readonly place: Place;
  readonly passed: boolean;
  /** What was found instead, in Chinese; empty when it passed. */
  readonly message: string;
}

type Facts = ReadonlyMap<string, Value>;

/** Thrown inside a run; its message is what the result says. */
class ExampleFailure extends Error {}

/** Runs examples in one ruleset, by both evaluators; a fact that neither the base nor the example gives fails them. */
export class ExampleRunner {
  private readonly ruleset: Ruleset;
  private readonly memory: ExampleMemory;

  constructor(ruleset: Ruleset, memory: ExampleMemory) {
    this.ruleset = ruleset;
    this.memory = memory;
  }

  /** One example of a card: 得, and where it says so 被挡 and 全层. */
  async run(example: Example, rule: Rule): Promise<ExampleResult> {
    const { card } = rule;
    const { expected, blockedBy, whole } = example;
    const known = kindOf(card, example);
    const asksLayer = expected.kind === 'outcome' || whole !== undefined;
    const selection = asksLayer ? select(this.ruleset, card.layer, known) : undefined;
    return this.resultOf(card.id, example, [rule, selection], async () => {
      const facts = this.factsOf(card, example);
      if (expected.kind === 'outcome') await this.outcome(expected.value, singlesOf(selection as Selection), facts);
      else await this.hit(expected.kind === 'hit', engineRuleOf(rule, known), facts);
      if (blockedBy) await this.blocked(blockedBy, rule, facts);
      if (whole) await this.whole(whole, selection as Selection, facts);
    });
  }

  /** One example of a whole layer. */
  async runLayer(example: LayerExample): Promise<ExampleResult> {
    const selection = select(this.ruleset, example.layer, kindOf(example, example));
    return this.resultOf(`${example.layer}层`, example, [selection], () =>
      this.whole(example.whole, selection, this.factsOf(example, example)),
    );
  }

  private factsOf(base: ExampleBase, example: Pick<Example, 'given'>): Facts {
    return this.memory.factsOf(base, example, this.ruleset.parameterDigest, () =>
      factsOfExample(base, example, this.ruleset),
    );
  }

  /** @param hangsOn with the parameters and the vocabulary everything that the example hangs on */
  private async resultOf(
    card: string,
    example: Example | LayerExample,
    hangsOn: readonly unknown[],
    run: () => Promise<void>,
  ): Promise<ExampleResult> {
    const { name, place } = example;
    const parts = [...hangsOn, this.ruleset.parameterDigest, this.ruleset.vocabulary];
    let message = this.memory.before(example, parts);
    if (message === undefined) {
      message = await run().then(() => '', failureOf);
      this.memory.remember(example, parts, message);
    }
    return { card, name, place, passed: message === '', message };
  }

  private async hit(isExpected: boolean, engineRule: EngineRule, facts: Facts): Promise<void> {
    const held = await this.held([engineRule], facts);
    if (held.size > 0 === isExpected) return;
    throw new ExampleFailure(isExpected ? '应当命中,实际不命中' : '应当不命中,实际命中');
  }

  private async outcome(expected: string, { rules, engineRules }: Selection, facts: Facts): Promise<void> {
    const held = await this.held(engineRules, facts);
    const found = new Set(
      rules.filter((each) => held.has(each.card.id)).map((each) => each.card.conclusion?.value ?? ''),
    );
    const enumeration = rules[0]?.card.conclusion?.outcome.enumeration;
    const label = (key: string): string => (key === '' ? '无规则' : (enumeration?.byKey.get(key)?.word ?? key));
    const actual = found.size === 0 ? [''] : [...found].sort();
    if (actual.length === 1 && actual[0] === expected) return;
    throw new ExampleFailure(`应当得「${label(expected)}」,实际得「${actual.map(label).join('」「')}」`);
  }

  private async blocked(expected: readonly string[], { blockers }: Rule, facts: Facts): Promise<void> {
    const actual = [...(await this.held(blockers, facts))].sort();
    if (actual.join() === [...expected].sort().join()) return;
    const show = (ids: readonly string[]): string => (ids.length === 0 ? '没有规则' : `「${ids.join('」「')}」`);
    throw new ExampleFailure(`应当被${show(expected)}挡住,实际是${show(actual)}`);
  }

  private async whole(expected: readonly string[], { rules, engineRules }: Selection, facts: Facts): Promise<void> {
    const held = await this.held(engineRules, facts);
    const said = new Set(rules.filter((each) => held.has(each.card.id)).map((each) => this.said(each, facts)));
    const actual = [...said].sort();
    if (actual.join('\n') === expected.join('\n')) return;
    const show = (words: readonly string[]): string => (words.length === 0 ? '空' : `「${words.join('」「')}」`);
    throw new ExampleFailure(`全层应当是${show(expected)},实际是${show(actual)}`);
  }

  private said({ card: { conclusion, period } }: Rule, facts: Facts): string {
    const { outcome, value } = conclusion as NonNullable<typeof conclusion>;
    const word = outcome.enumeration ? (outcome.enumeration.byKey.get(value)?.word ?? value) : outcome.word;
    if (!period) return word;
    const length =
      typeof period.length === 'number' ? period.length : facts.get(parameterFact(period.length.parameter));
    return `${word} ${showPeriod(this.ruleset.vocabulary, period, length as number | undefined)}`;
  }

  private async held(engineRules: readonly EngineRule[], facts: Facts): Promise<ReadonlySet<string>> {
    for (const key of readBy(engineRules)) {
      if (facts.has(key)) continue;
      const { vocabulary } = this.ruleset;
      const parameter = [...vocabulary.parameters.values()].find((each) => parameterFact(each.id) === key);
      if (parameter) throw new ExampleFailure(`参数「${parameter.word}」没有值:请在「基准参数」里给一个`);
      throw new ExampleFailure(`示例和「基准」都没有给「${vocabulary.factsByKey.get(key)?.word ?? key}」`);
    }
    const { held, agreed } = await this.memory.verdicts(engineRules, facts);
    if (!agreed) throw new ExampleFailure('两个求值器的结果不一致');
    return held;
  }
}

const failureOf = (error: unknown): string => {
  if (error instanceof ExampleFailure) return error.message;
  throw error;
};

/** As in production, rules of other matters and stages are not put to the engines: they read facts that this case lacks. */
function kindOf({ base }: ExampleBase, { given }: Pick<Example, 'given'>): Facts {
  const known = new Map<string, Value>();
  for (const key of ['matter', 'stage']) {
    const value = given.get(key) ?? base.get(key);
    if (value !== undefined) known.set(key, value);
  }
  return known;
}

const singles = new WeakMap<Selection, Selection>();

/** Of a layer whose rules conclude several things, those that have one answer only. */
function singlesOf(selection: Selection): Selection {
  let kept = singles.get(selection);
  if (!kept) {
    const isSingle = selection.rules.map((rule) => rule.card.conclusion?.outcome.single === true);
    kept = isSingle.every(Boolean)
      ? selection
      : {
          rules: selection.rules.filter((_, index) => isSingle[index]),
          engineRules: selection.engineRules.filter((_, index) => isSingle[index]),
        };
    singles.set(selection, kept);
  }
  return kept;
}

/** The facts of an example: the file's base case, what the example gives over it, and the ruleset's parameters. */
export function factsOfExample(
  { base, baseParameters }: ExampleBase,
  example: Pick<Example, 'given'>,
  ruleset: Ruleset,
): Map<string, Value> {
  const facts = new Map<string, Value>(base);
  for (const parameter of ruleset.parameters.values()) {
    if (parameter.value !== undefined) facts.set(parameterFact(parameter.id), parameter.value);
  }
  for (const [id, value] of baseParameters) facts.set(parameterFact(id), value);
  for (const [key, value] of example.given) facts.set(key, value);
  return facts;
}
