import { formatFen } from '../law/money.js';
import { sidesOf, unshownSides } from './boundary.js';
import type { Card } from './card.js';
import { checkTemplates } from './check-templates.js';
import type { CardBasis } from './citation.js';
import { type ArticleText, type CitationFindings, checkCitations } from './cited-articles.js';
import type { Rule } from './compose.js';
import { type Condition, testsOf, type Value } from './condition.js';
import { type Contradiction, contradictions, emptyTests } from './contradiction.js';
import { holds, readIn } from './evaluate.js';
import { factsOfExample } from './examples.js';
import { Interned } from './interned.js';
import type { Ruleset } from './ruleset.js';
import type { Problem } from './source.js';
import { evaluate } from './three-valued.js';

const found = new Interned<Rule, CitationFindings>();

/** What is wrong with one card as it stands among the others: citations, templates, examples, impossible conditions. */
export function checkCard(rule: Rule, ruleset: Ruleset, articles: readonly ArticleText[]): CitationFindings {
  const { vocabulary, rules, parameterDigest } = ruleset;
  const hangsOn = [vocabulary, rules.get(rule.card.layer), parameterDigest, articles];
  return found.of(rule, hangsOn, () => findingsOf(rule, ruleset, articles));
}

function findingsOf(rule: Rule, ruleset: Ruleset, articles: readonly ArticleText[]): CitationFindings {
  const { vocabulary } = ruleset;
  const { id, condition } = rule.card;
  const about = ({ place, fact }: Contradiction, code: string, what: string): Problem => {
    const word = vocabulary.factsByKey.get(fact)?.word ?? fact;
    return { ...place, code, rule: id, message: `「${word}」${what}` };
  };
  const citations = checkCitations(basesOf(rule.card), id, articles, rule.card);
  const problems = [
    ...citations.problems,
    ...checkTemplates(rule, ruleset),
    ...checkShape(rule, ruleset),
    ...contradictions(condition, vocabulary).map((each) => about(each, 'NEVER', '的几处要求互相排斥,这里永远不会成立')),
    ...emptyTests(condition, vocabulary).map((each) => about(each, 'ALWAYS', '列出了全部取值,等于没有条件;请删去')),
  ];
  return { problems, remarks: citations.remarks };
}

/** Every basis of a card, its exceptions' included. */
export const basesOf = (card: Card): CardBasis[] => [...card.basis, ...card.exceptions.flatMap(({ basis }) => basis)];

function checkShape(rule: Rule, ruleset: Ruleset): Problem[] {
  const { card } = rule;
  const problems: Problem[] = [];
  const add = (code: string, message: string): void => {
    problems.push({ ...card.place, code, rule: card.id, message });
  };
  const confirmed = card.examples.filter(({ unconfirmed }) => !unconfirmed);
  const kinds = confirmed.map((each) => outcomeOf(each.expected, card));
  if (!kinds.includes(true)) add('EXAMPLES', '至少要有一个命中的示例');
  if (!kinds.includes(false) && !isMissedByTable(rule, ruleset)) add('EXAMPLES', '至少要有一个不命中的示例');
  const facts = confirmed.map((each) => factsOfExample(card, each, ruleset));
  for (const { id, condition } of card.exceptions) {
    const both: Condition = { kind: 'all', members: [card.condition, condition] };
    if (!facts.some((each) => isShown(both, each))) add('EXAMPLES', `例外「${id}」没有示例`);
  }
  for (const test of [card, ...card.exceptions].flatMap((each) => testsOf(each.condition))) {
    const sides = sidesOf(test, rule, ruleset);
    const [missing] = sides ? unshownSides(test, sides, facts) : [];
    if (missing !== undefined) {
      const fact = ruleset.vocabulary.factsByKey.get(test.fact);
      problems.push({
        ...test.place,
        code: 'BOUNDARY',
        rule: card.id,
        message: `「${fact?.word ?? test.fact}」的界线没有成对的示例:要有一个正好在界上,一个刚过界(缺 ${showBound(missing)})`,
      });
    }
  }
  return problems;
}

/** An example of another row of the same table, on which this one does not hold, shows where it misses. */
function isMissedByTable({ card }: Rule, ruleset: Ruleset): boolean {
  if (!card.row) return false;
  const others = (ruleset.rules.get(card.layer) ?? []).filter((each) => each.card.row?.table === card.row?.table);
  return others.some((other) =>
    other.card.examples.some((example) => {
      if (example.unconfirmed || outcomeOf(example.expected, other.card) !== true) return false;
      return evaluate(card.condition, factsOfExample(other.card, example, ruleset)) === false;
    }),
  );
}

function outcomeOf(expected: Card['examples'][number]['expected'], card: Card): boolean {
  if (expected.kind !== 'outcome') return expected.kind === 'hit';
  return expected.value === card.conclusion?.value;
}

/** Whether a condition holds; not where a fact that it reads is missing, which the example itself reports. */
const isShown = (condition: Condition, facts: ReadonlyMap<string, Value>): boolean =>
  readIn(condition).every((key) => facts.has(key)) && holds(condition, facts);

const showBound = (value: Value): string => (typeof value === 'bigint' ? formatFen(value) : String(value));
