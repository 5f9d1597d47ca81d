import type { Rule } from './compose.js';
import { ALWAYS, type Condition, NEVER, type Test, testsOf } from './condition.js';
import type { Example, LayerExample } from './example.js';
import { factsOfExample } from './examples.js';
import type { Ruleset } from './ruleset.js';
import { evaluate, type Override, resultOf } from './three-valued.js';
import type { Case } from './witness.js';

/** One atomic test of a card that no confirmed example shows to decide, once as it holds or once as it does not. */
export interface Unshown {
  readonly rule: Rule;
  readonly test: Test;
  /** The outcome of the test that is not shown. */
  readonly holds: boolean;
}

/** How much of one card its examples show. Two for each atomic test: it decides where it holds, and where it does not. */
export interface CardCoverage {
  readonly rule: Rule;
  readonly shown: number;
  readonly total: number;
  readonly missing: readonly Unshown[];
}

interface Shown {
  readonly facts: Case;
  /** What the example says, as a text, had one test come out as `override` says; undefined where facts are missing for it. */
  saying(override: Override): string | undefined;
}

/**
 * Masking MC/DC over what examples say: a test is shown where turning it round, all else equal, would change what some
 * confirmed example says of its card or of its layer. Both of its outcomes must be shown so. The card's own exceptions
 * count as part of it; examples that wait to be confirmed (待确认) count for nothing.
 */
export class Coverage {
  private readonly ruleset: Ruleset;
  private readonly layers: ReadonlyMap<string, readonly Shown[]>;
  private readonly own = new Map<Rule, readonly Shown[]>();
  /** The rules in which a test stands, its own card's and those that it blocks or is more special than. */
  private readonly readers = new Map<Test, Rule[]>();

  constructor(ruleset: Ruleset, examples: readonly LayerExample[]) {
    this.ruleset = ruleset;
    const layers = new Map<string, Shown[]>();
    const into = (layer: string): Shown[] => {
      const list = layers.get(layer) ?? [];
      layers.set(layer, list);
      return list;
    };
    for (const rules of ruleset.rules.values()) {
      for (const rule of rules) {
        for (const test of new Set(testsOf(speaks(rule)))) {
          this.readers.set(test, [...(this.readers.get(test) ?? []), rule]);
        }
        const shown = rule.card.examples
          .filter(({ unconfirmed }) => !unconfirmed)
          .map((each) => this.ofCard(each, rule));
        this.own.set(rule, shown);
        into(rule.card.layer).push(...shown);
      }
    }
    for (const example of examples) {
      if (!example.unconfirmed) into(example.layer).push(this.ofLayer(example));
    }
    this.layers = layers;
  }

  of(rule: Rule): CardCoverage {
    const tests = [rule.card, ...rule.card.exceptions].flatMap(({ condition }) => testsOf(condition));
    const missing: Unshown[] = [];
    for (const test of tests) {
      for (const holds of [true, false]) if (!this.isShown(rule, test, holds)) missing.push({ rule, test, holds });
    }
    return { rule, shown: tests.length * 2 - missing.length, total: tests.length * 2, missing };
  }

  private isShown(rule: Rule, test: Test, wanted: boolean): boolean {
    const shows = ({ facts, saying }: Shown): boolean => {
      if (resultOf(test, facts) !== wanted) return false;
      const [met, unmet] = [saying({ test, result: true }), saying({ test, result: false })];
      return met !== undefined && unmet !== undefined && met !== unmet;
    };
    return (this.own.get(rule) ?? []).some(shows) || (this.layers.get(rule.card.layer) ?? []).some(shows);
  }

  private ofCard(example: Example, rule: Rule): Shown {
    const facts = factsOfExample(rule.card, example, this.ruleset);
    const { expected, whole, blockedBy } = example;
    const parts: Shown['saying'][] = [
      expected.kind === 'outcome'
        ? this.saidIn(rule.card.layer, facts, (each) => each.card.conclusion?.outcome.single === true)
        : (override) => evaluate(speaks(rule), facts, override)?.toString(),
    ];
    if (whole) parts.push(this.saidIn(rule.card.layer, facts));
    if (blockedBy) {
      parts.push((override) => {
        const held = rule.blockers.map(({ condition }) => evaluate(condition, facts, override));
        return held.includes(undefined) ? undefined : held.join();
      });
    }
    const saying = (override: Override): string | undefined => {
      const said = parts.map((part) => part(override));
      return said.includes(undefined) ? undefined : said.join('|');
    };
    return { facts, saying };
  }

  private ofLayer(example: LayerExample): Shown {
    const facts = factsOfExample(example, example, this.ruleset);
    return { facts, saying: this.saidIn(example.layer, facts) };
  }

  /** The conclusions of a layer on some facts; only rules that read the test that is turned round are worked out again. */
  private saidIn(layer: string, facts: Case, isMeant: (rule: Rule) => boolean = () => true): Shown['saying'] {
    let plain: Map<Rule, boolean> | undefined;
    return (override) => {
      const rules = (this.ruleset.rules.get(layer) ?? []).filter((each) => each.card.conclusion && isMeant(each));
      plain ??= new Map(rules.map((each) => [each, evaluate(each.concludes, facts) === true]));
      const again = new Set(this.readers.get(override.test));
      const said = new Set<string>();
      for (const each of rules) {
        const holds = again.has(each) ? evaluate(each.concludes, facts, override) : plain.get(each);
        if (holds === undefined) return undefined;
        if (holds) said.add(wordsOf(each));
      }
      return [...said].sort().join();
    };
  }
}

/** When a card has an effect: it concludes, or, where it only blocks, it holds. */
export const speaks = (rule: Rule): Condition => (rule.card.conclusion ? rule.concludes : rule.holds);

/** What an example of a layer can tell apart: the conclusion, and for a deadline how it runs. */
const wordsOf = ({ card: { conclusion, period } }: Rule): string =>
  `${conclusion?.outcome.key}:${conclusion?.value}${period ? JSON.stringify(period) : ''}`;

/** What must hold so that one test, coming out as it does, decides whether its card speaks: for it, or against it. */
export function decisive(rule: Rule, test: Test, holds: boolean): Condition[] {
  const spoken = speaks(rule);
  const here: Condition = holds ? test : { kind: 'not', member: test };
  const [met, unmet] = [put(spoken, test, true), put(spoken, test, false)];
  return [
    { kind: 'all', members: [here, met, { kind: 'not', member: unmet }] },
    { kind: 'all', members: [here, unmet, { kind: 'not', member: met }] },
  ];
}

const put = (condition: Condition, test: Test, result: boolean): Condition => {
  if (condition === test) return result ? ALWAYS : NEVER;
  if (condition.kind === 'test') return condition;
  if (condition.kind === 'not') return { kind: 'not', member: put(condition.member, test, result) };
  return { kind: condition.kind, members: condition.members.map((each) => put(each, test, result)) };
};
