import type { PlainDate } from '../kernel/plain-date.js';
import type { Card } from './card.js';
import { stagesOf } from './check-stages.js';
import { checkTables } from './check-tables.js';
import type { CardBasis } from './citation.js';
import { type ArticleText, checkCitations } from './cited-articles.js';
import { type Condition, type Test, testsOf, type Value } from './condition.js';
import { type Contradiction, contradictions, emptyTests } from './contradiction.js';
import type { EngineOfRecord } from './engine.js';
import { holds, readIn } from './evaluate.js';
import type { LayerExample } from './example.js';
import { type ExampleResult, ExampleRunner, factsOfExample } from './examples.js';
import { placeholdersOf } from './explain.js';
import type { CourtBook, RuleBook } from './rulebook.js';
import { type Rule, type Ruleset, rulesetFor } from './ruleset.js';
import type { Problem } from './source.js';
import type { Outcome } from './vocabulary.js';

export interface CheckInput {
  readonly book: RuleBook;
  readonly articles: readonly ArticleText[];
  readonly date: PlainDate;
  readonly engine: EngineOfRecord;
}

export interface CheckReport {
  readonly problems: readonly Problem[];
  readonly examples: readonly ExampleResult[];
  readonly cards: number;
}

/**
 * Checks a loaded rule book beyond what loading refuses: citations, templates, an example that hits and one that misses,
 * a boundary pair for every threshold, conditions that exclude themselves, every outcome word reachable, every example
 * true: those of cards, of whole layers, of parameters and of tables.
 */
export async function checkRules(input: CheckInput): Promise<CheckReport> {
  const problems: Problem[] = [];
  const examples: ExampleResult[] = [];
  const cards = new Set<string>();
  for await (const { problem, example, card } of findings(input)) {
    if (problem) problems.push(problem);
    if (example) examples.push(example);
    if (card !== undefined) cards.add(card);
  }
  return { problems, examples, cards: cards.size };
}

/** One step of a check: a card that was looked at, an example that was run, or something wrong. */
export interface Finding {
  readonly card?: string;
  readonly example?: ExampleResult;
  readonly problem?: Problem;
}

/**
 * The check step by step, for who wants to stop at the first problem; what stands in the file `first` comes before the
 * rest. National cards are checked with national cards alone, a module's with these, what a court adds in that court:
 * so no court's own rules can change what the examples of the others say.
 */
export async function* findings(input: CheckInput, first?: string): AsyncGenerator<Finding> {
  const { book } = input;
  const isFirst = (path: string): boolean => first !== undefined && path === first;
  const tables = (): Finding[] => checkTables(book).map((problem) => ({ problem }));
  if (first?.endsWith('.csv')) yield* tables();
  const concluded = new Set<string>();
  const stages = stagesOf(book);
  stages.sort((a, b) => Number(b.owns(first ?? '')) - Number(a.owns(first ?? '')));
  for (const stage of stages) {
    const ruleset = rulesetFor(stage.book, stage.court, input.date, new Map());
    const runner = new ExampleRunner(ruleset, input.engine);
    const rules = [...ruleset.rules.values()].flat();
    for (const { card } of rules) {
      if (card.conclusion) concluded.add(termOf(card.conclusion.outcome, card.conclusion.value));
    }
    const layers = new Set(rules.filter(({ card }) => isFirst(card.file)).map(({ card }) => card.layer));
    const steps: (Rule | LayerExample)[] = [
      ...rules.filter(({ card }) => stage.owns(card.file)),
      ...stage.examples.filter((example) => stage.owns(example.place.file)),
    ];
    const rank = (step: Rule | LayerExample): number => {
      if ('card' in step) return isFirst(step.card.file) ? 0 : layers.has(step.card.layer) ? 2 : 3;
      return layers.has(step.layer) ? 1 : 3;
    };
    if (first !== undefined) steps.sort((a, b) => rank(a) - rank(b));
    for (const step of steps) {
      if ('card' in step) yield* ofCard(step, ruleset, runner, input);
      else yield* reported(await runner.runLayer(step));
    }
  }
  for (const court of book.courts.values()) for (const problem of adoptionProblems(court, book)) yield { problem };
  if (!first?.endsWith('.csv')) yield* tables();
  for (const problem of checkReach(book, concluded)) yield { problem };
}

async function* ofCard(
  rule: Rule,
  ruleset: Ruleset,
  runner: ExampleRunner,
  input: CheckInput,
): AsyncGenerator<Finding> {
  const { card } = rule;
  yield { card: card.id };
  for (const problem of cardProblems(rule, ruleset, input)) yield { problem };
  for (const example of card.examples) yield* reported(await runner.run(example, rule), card.id);
}

function* reported(example: ExampleResult, rule?: string): Generator<Finding> {
  yield { example };
  if (example.passed) return;
  const message = `示例「${example.name}」:${example.message}`;
  const problem = { ...example.place, code: 'EXAMPLE_FAILED', message };
  yield { problem: rule === undefined ? problem : { ...problem, rule } };
}

function cardProblems(rule: Rule, ruleset: Ruleset, { articles }: CheckInput): Problem[] {
  const { vocabulary } = ruleset;
  const { id, condition } = rule.card;
  const about = ({ place, fact }: Contradiction, code: string, what: string): Problem => {
    const word = vocabulary.factsByKey.get(fact)?.word ?? fact;
    return { ...place, code, rule: id, message: `「${word}」${what}` };
  };
  return [
    ...checkCitations(basesOf(rule.card), id, articles),
    ...checkTemplate(rule, ruleset),
    ...checkShape(rule, ruleset),
    ...contradictions(condition, vocabulary).map((each) => about(each, 'NEVER', '的几处要求互相排斥,这里永远不会成立')),
    ...emptyTests(condition, vocabulary).map((each) => about(each, 'ALWAYS', '列出了全部取值,等于没有条件;请删去')),
  ];
}

const basesOf = (card: Card): CardBasis[] => [...card.basis, ...card.exceptions.flatMap(({ basis }) => basis)];

/** A module's rule names a basis that the adopting court must supply. */
function adoptionProblems(court: CourtBook, book: RuleBook): Problem[] {
  const problems: Problem[] = [];
  for (const { module, bases } of court.adoptions) {
    const asked = new Set<string>();
    for (const card of book.modules.get(module) ?? []) {
      for (const basis of basesOf(card)) {
        if ('adopted' in basis) asked.add(basis.adopted);
      }
    }
    const missing = [...asked].filter((name) => !bases.has(name));
    if (missing.length === 0) continue;
    const message = `采用模块「${module}」要在「依据」里写明:${missing.join('、')}`;
    problems.push({ file: court.file, line: 1, column: 1, code: 'ADOPTION', message });
  }
  return problems;
}

function checkTemplate(rule: Rule, ruleset: Ruleset): Problem[] {
  const { card } = rule;
  const groups = ruleset.vocabulary.layers.get(card.layer) ?? [];
  const problems: Problem[] = [];
  for (const each of [card, ...card.exceptions]) {
    if (each.template === '') {
      problems.push({ ...each.place, code: 'TEMPLATE', rule: card.id, message: '缺少「说明模板」' });
    }
    for (const word of placeholdersOf(each.template)) {
      const fact = ruleset.vocabulary.facts.get(word);
      const isKnown =
        (fact && groups.includes(fact.group)) ||
        ruleset.vocabulary.parameters.has(word) ||
        CONTEXT_WORDS.includes(word);
      if (!isKnown) {
        problems.push({
          ...each.place,
          code: 'TEMPLATE',
          rule: card.id,
          message: `说明模板里的「{${word}}」在这一层不知道`,
        });
      }
    }
  }
  return problems;
}

/** What a template may name besides facts and parameters. */
export const CONTEXT_WORDS = ['本件', '前案案号', '法官'];

function checkShape(rule: Rule, ruleset: Ruleset): Problem[] {
  const { card } = rule;
  const problems: Problem[] = [];
  const add = (code: string, message: string): void => {
    problems.push({ ...card.place, code, rule: card.id, message });
  };
  const kinds = card.examples.map((each) => outcomeOf(each.expected, card));
  if (!kinds.includes(true)) add('EXAMPLES', '至少要有一个命中的示例');
  if (!kinds.includes(false)) add('EXAMPLES', '至少要有一个不命中的示例');
  const facts = card.examples.map((each) => factsOfExample(card, each, ruleset));
  for (const { id, condition } of card.exceptions) {
    const both: Condition = { kind: 'all', members: [card.condition, condition] };
    if (!facts.some((each) => isShown(both, each))) add('EXAMPLES', `例外「${id}」没有示例`);
  }
  for (const test of [card, ...card.exceptions].flatMap((each) => testsOf(each.condition))) {
    if (!isOrdered(test)) continue;
    const missing = missingBoundary(test, rule, ruleset, facts);
    if (missing !== undefined) {
      const fact = ruleset.vocabulary.factsByKey.get(test.fact);
      problems.push({
        ...test.place,
        code: 'BOUNDARY',
        rule: card.id,
        message: `「${fact?.word ?? test.fact}」的界线没有成对的示例:要有一个正好在界上,一个刚过界(缺 ${missing})`,
      });
    }
  }
  return problems;
}

function outcomeOf(expected: Card['examples'][number]['expected'], card: Card): boolean {
  if (expected.kind !== 'outcome') return expected.kind === 'hit';
  return expected.value === card.conclusion?.value;
}

const isOrdered = (test: Test): boolean => ['atMost', 'above', 'below', 'atLeast'].includes(test.comparison);

/** Whether a condition holds; not where a fact that it reads is missing, which the example itself reports. */
const isShown = (condition: Condition, facts: ReadonlyMap<string, Value>): boolean =>
  readIn(condition).every((key) => facts.has(key)) && holds(condition, facts);

/** The side of a threshold for which no example stands exactly at the cut; undefined when both do. */
function missingBoundary(
  test: Test,
  rule: Rule,
  ruleset: Ruleset,
  facts: readonly ReadonlyMap<string, Value>[],
): string | undefined {
  const bound =
    test.operand.kind === 'literal'
      ? test.operand.value
      : (rule.card.baseParameters.get(test.operand.id) ?? ruleset.parameters.get(test.operand.id)?.value);
  if (typeof bound !== 'bigint' && typeof bound !== 'number') return undefined;
  // 不超过、超过 cut between v and v+1; 低于、不低于 between v−1 and v.
  const step = test.comparison === 'atMost' || test.comparison === 'above' ? 1 : -1;
  const other = typeof bound === 'bigint' ? bound + BigInt(step) : bound + step;
  const missing = [bound, other].find((value) => !facts.some((each) => each.get(test.fact) === value));
  if (typeof missing === 'bigint') return `${missing / 100n}.${String(missing % 100n).padStart(2, '0')}`;
  return missing === undefined ? undefined : String(missing);
}

function checkReach(book: RuleBook, concluded: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  for (const outcome of book.vocabulary.outcomes.values()) {
    for (const term of outcome.enumeration?.terms ?? [{ word: '是', key: 'true' }]) {
      if (concluded.has(termOf(outcome, term.key)) || UNRULED.has(`${outcome.key}:${term.key}`)) continue;
      problems.push({
        file: 'vocabulary/outcomes.yaml',
        line: 1,
        column: 1,
        code: 'OUTCOME_UNREACHED',
        message: `没有一条规则得出「${outcome.word}: ${term.word}」`,
      });
    }
  }
  return problems;
}

/** Outcomes that share an enumeration share its words: each is reached where one of them concludes it. */
const termOf = (outcome: Outcome, key: string): string => `${outcome.enumeration?.word ?? outcome.word}:${key}`;

/** Outcome words that no rule concludes: the draw's own, a person's, and those without an owner. */
const UNRULED = new Set(['owner:random', 'owner:designated', 'owner:none']);
