import type { PlainDate } from '../kernel/plain-date.js';
import { onOneDay } from './case-days.js';
import { basesOf, checkCard } from './check-card.js';
import { checkMatrices } from './check-matrix.js';
import { checkParameterTime } from './check-parameters.js';
import { stagesOf } from './check-stages.js';
import { checkTables } from './check-tables.js';
import type { ArticleText } from './cited-articles.js';
import type { Rule } from './compose.js';
import type { EngineOfRecord } from './engine.js';
import type { LayerExample } from './example.js';
import { ExampleMemory } from './example-memory.js';
import { type ExampleResult, ExampleRunner } from './examples.js';
import { type CourtBook, cardsOf, type RuleBook } from './rulebook.js';
import { type Ruleset, rulesetFor } from './ruleset.js';
import type { Problem } from './source.js';
import { checkValidity } from './validity-examples.js';
import type { Outcome } from './vocabulary.js';

export interface CheckInput {
  readonly book: RuleBook;
  readonly articles: readonly ArticleText[];
  readonly date: PlainDate;
  readonly engine: EngineOfRecord;
  /** What examples gave of rules that have not changed since. */
  readonly memory?: ExampleMemory;
  /** Lets others have their turn, every few milliseconds. */
  readonly pause?: () => Promise<unknown>;
  /** False: no example is run. */
  readonly runsExamples?: boolean;
}

/** Some milliseconds. */
const FINDINGS_A_TURN = 20;

export interface CheckReport {
  readonly problems: readonly Problem[];
  /** What nobody need correct, but should know: words of the law that could not be verified, numbers published late. */
  readonly remarks: readonly Problem[];
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
  const remarks: Problem[] = [];
  const examples: ExampleResult[] = [];
  const cards = new Set<string>();
  let found = 0;
  for await (const { problem, remark, example, card } of findings(input)) {
    if (problem) problems.push(problem);
    if (remark) remarks.push(remark);
    if (example) examples.push(example);
    if (card !== undefined) cards.add(card);
    if (++found % FINDINGS_A_TURN === 0) await input.pause?.();
  }
  return { problems, remarks, examples, cards: cards.size };
}

/** One step of a check: a card that was looked at, an example that was run, or something wrong. */
export interface Finding {
  readonly card?: string;
  readonly example?: ExampleResult;
  readonly problem?: Problem;
  /** Worth knowing and nobody's mistake: it does not make the check fail. */
  readonly remark?: Problem;
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
  const memory = input.memory ?? new ExampleMemory(input.engine);
  const stages = stagesOf(book, input.date);
  stages.sort((a, b) => Number(b.owns(first ?? '')) - Number(a.owns(first ?? '')));
  for (const stage of stages) {
    const ruleset = rulesetFor(stage.book, stage.court, onOneDay(stage.date), new Map());
    const runner = new ExampleRunner(ruleset, memory);
    const rules = [...ruleset.rules.values()].flat();
    for (const { card } of rules) {
      if (card.conclusion) concluded.add(termOf(card.conclusion.outcome, card.conclusion.value));
    }
    const looked = rules.filter(({ card }) => stage.looksAt(card));
    for (const problem of checkMatrices(looked, ruleset, book.causes)) yield { problem };
    const layers = new Set(rules.filter(({ card }) => isFirst(card.file)).map(({ card }) => card.layer));
    const steps: (Rule | LayerExample)[] = [
      ...looked,
      ...stage.examples.filter((example) => stage.owns(example.place.file)),
    ];
    const rank = (step: Rule | LayerExample): number => {
      if ('card' in step) return isFirst(step.card.file) ? 0 : layers.has(step.card.layer) ? 2 : 3;
      return layers.has(step.layer) ? 1 : 3;
    };
    if (first !== undefined) steps.sort((a, b) => rank(a) - rank(b));
    for (const step of steps) {
      if ('card' in step) yield* ofCard(step, ruleset, runner, input);
      else if (input.runsExamples !== false) yield* reported(await runner.runLayer(step));
    }
  }
  for (const court of book.courts.values()) for (const problem of adoptionProblems(court, book)) yield { problem };
  if (!first?.endsWith('.csv')) yield* tables();
  const inTime = checkParameterTime(book);
  for (const problem of inTime.problems) yield { problem };
  for (const remark of inTime.remarks) yield { remark };
  for (const problem of checkValidity(book.validity, cardsOf(book))) yield { problem };
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
  const { problems, remarks } = checkCard(rule, ruleset, input.articles);
  for (const problem of problems) yield { problem };
  for (const remark of remarks) yield { remark };
  if (input.runsExamples === false) return;
  for (const example of card.examples) yield* reported(await runner.run(example, rule), card.id);
}

function* reported(example: ExampleResult, rule?: string): Generator<Finding> {
  yield { example };
  if (example.passed) return;
  const message = `示例「${example.name}」:${example.message}`;
  const problem = { ...example.place, code: 'EXAMPLE_FAILED', message };
  yield { problem: rule === undefined ? problem : { ...problem, rule } };
}

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
