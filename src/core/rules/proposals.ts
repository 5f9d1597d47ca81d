import { sidesOf, unshownSides } from './boundary.js';
import type { CauseNames } from './causes.js';
import type { Rule } from './compose.js';
import { type Condition, type Test, testsOf, type Value } from './condition.js';
import { decisive, speaks, type Unshown } from './coverage.js';
import type { Example } from './example.js';
import { factsOfExample } from './examples.js';
import { factMap, flowMap, scalar } from './rule-text.js';
import type { Ruleset } from './ruleset.js';
import { evaluate } from './three-valued.js';
import { type Case, NO_CAUSE, witness } from './witness.js';

/** An example that a person could add to a card: what is given over the base case, and what the rules make of it now. */
export interface Proposal {
  readonly rule: Rule;
  readonly name: string;
  /** Over the file's 基准, by fact key. */
  readonly given: ReadonlyMap<string, Value>;
  /** 得: as the rules stand; whether that is right is for a person to say. */
  readonly expected: string;
}

/** What the proposals of a card are made from. */
export interface Workbench {
  readonly ruleset: Ruleset;
  readonly causes: CauseNames;
}

const confirmed = ({ unconfirmed }: Example): boolean => !unconfirmed;

/** A pair for every threshold of a card: exactly at the cut and just past it, the rest so that the cut decides. */
export function boundaryProposals(rule: Rule, workbench: Workbench): Proposal[] {
  const { ruleset } = workbench;
  const facts = rule.card.examples.filter(confirmed).map((each) => factsOfExample(rule.card, each, ruleset));
  return [rule.card, ...rule.card.exceptions].flatMap(({ condition }) =>
    testsOf(condition).flatMap((test) => {
      const sides = sidesOf(test, rule, ruleset);
      if (!sides) return [];
      return unshownSides(test, sides, facts).flatMap((value) => {
        const word = ruleset.vocabulary.factsByKey.get(test.fact)?.word ?? test.fact;
        const name = `界线:${word}${value === sides[0] ? '正好在界上' : '刚过界'}`;
        return proposalOf(rule, name, caseAt(rule, test, value, workbench), workbench);
      });
    }),
  );
}

/** An example for each outcome of each test that is not shown to decide; none where no case shows it. */
export const coverageProposal = (unshown: Unshown, workbench: Workbench): Proposal | undefined => {
  const { rule, test, holds } = unshown;
  const word = workbench.ruleset.vocabulary.factsByKey.get(test.fact)?.word ?? test.fact;
  const found = decisive(rule, test, holds)
    .map((goal) => witness(goal, startOf(rule, workbench.ruleset), wordsOf(workbench)))
    .find((each) => each !== undefined);
  return proposalOf(rule, `${word}${holds ? '符合' : '不符合'}时由它决定`, found, workbench)[0];
};

/** The case where the threshold's fact is `value` and its test decides; where none does, the base case with that value. */
function caseAt(rule: Rule, test: Test, value: Value, workbench: Workbench): Case {
  const start = startOf(rule, workbench.ruleset);
  const here: Condition = { ...test, comparison: 'is', operand: { kind: 'literal', value } };
  for (const holds of [true, false]) {
    for (const goal of decisive(rule, test, holds)) {
      const found = witness({ kind: 'all', members: [here, goal] }, start, wordsOf(workbench));
      if (found) return found;
    }
  }
  return new Map(start).set(test.fact, value);
}

const startOf = ({ card }: Rule, ruleset: Ruleset): Case => factsOfExample(card, { given: new Map() }, ruleset);
const wordsOf = ({
  ruleset: { vocabulary },
  causes,
}: Workbench): { vocabulary: Ruleset['vocabulary']; causes: CauseNames } => ({
  vocabulary,
  causes,
});

function proposalOf(rule: Rule, name: string, facts: Case | undefined, { ruleset }: Workbench): Proposal[] {
  if (!facts) return [];
  const start = startOf(rule, ruleset);
  const given = new Map([...facts].filter(([key, value]) => String(start.get(key)) !== String(value)));
  const expected = resultOf(rule, facts, ruleset);
  // No official cause stands for "any other": such a case cannot be written down.
  const isWritable = ![...given.values()].some((value) => Array.isArray(value) && value.includes(NO_CAUSE));
  return expected === undefined || !isWritable ? [] : [{ rule, name, given, expected }];
}

/** 得 as the rules stand: the layer's one answer where it has one, else whether the card speaks. */
function resultOf(rule: Rule, facts: Case, ruleset: Ruleset): string | undefined {
  const { conclusion, layer } = rule.card;
  if (!conclusion?.outcome.single || !conclusion.outcome.enumeration) {
    const held = evaluate(speaks(rule), facts);
    return held === undefined ? undefined : held ? '命中' : '不命中';
  }
  const found = new Set<string>();
  for (const each of ruleset.rules.get(layer) ?? []) {
    if (!each.card.conclusion?.outcome.single) continue;
    if (evaluate(each.concludes, facts) === true) found.add(each.card.conclusion.value);
  }
  const [only] = found;
  if (found.size > 1) return undefined;
  return only === undefined ? '无规则' : conclusion.outcome.enumeration.byKey.get(only)?.word;
}

/** A proposal as a line of 示例, waiting to be confirmed. */
export const proposalLine = ({ rule, name, given, expected }: Proposal, vocabulary: Ruleset['vocabulary']): string =>
  `- ${flowMap([
    ...(rule.card.row ? [['行', rule.card.row.row] as const] : []),
    ['名', scalar(name)],
    ['给', factMap(given, vocabulary)],
    ['得', expected],
    ['待确认', '是'],
  ])}`;
