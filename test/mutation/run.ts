import { plainDate } from '../../src/core/kernel/plain-date.js';
import {
  buildCauseTree,
  CAUSE_LISTS,
  causePath,
  findCause,
  nearestCauses,
  parseCauseRows,
} from '../../src/core/law/cause.js';
import { parseArticles } from '../../src/core/routing/lawbook.js';
import type { CauseNames } from '../../src/core/rules/causes.js';
import { findings } from '../../src/core/rules/check.js';
import { jsonRulesEngine } from '../../src/core/rules/engine.js';
import { ExampleMemory } from '../../src/core/rules/example-memory.js';
import { ProofCache } from '../../src/core/rules/proof/proof-cache.js';
import { proofProblems } from '../../src/core/rules/proof/proof-problems.js';
import { prove } from '../../src/core/rules/proof/prove.js';
import { ReadCache } from '../../src/core/rules/read-cache.js';
import { parseRuleBook } from '../../src/core/rules/rulebook.js';
import { type Problem, Problems, type RuleFile } from '../../src/core/rules/source.js';
import { readArticles, readEarlierArticles, readRuleFiles } from '../../src/shell/files/rule-files.js';
import { csvRows } from '../core/law/load.js';
import { cardMutants } from './card-mutants.js';
import type { Mutant } from './mutant.js';
import { answerMutants, parameterMutants } from './table-mutants.js';

const RULES = new URL('../../rules', import.meta.url).pathname;

/** The day on which mutants are checked; every shipped card is in force on it. */
const DATE = plainDate('2026-03-09');

export interface Caught {
  readonly mutant: Mutant;
  /** Where it was noticed: refused on loading, or by which check. Absent for a survivor. */
  readonly problem?: Problem;
  readonly isLoading: boolean;
}

/** Who notices a mutant, each asked alone. */
export interface Noticed {
  readonly loading: boolean;
  /** Citations, templates, bounds, words that nothing concludes: what reads the files without running or proving anything. */
  readonly check: boolean;
  readonly examples: boolean;
  /** Codes of what the proofs say. */
  readonly proofs: readonly string[];
}

/** The shipped rules, checked again and again with one file changed; what did not change is read once. */
export class MutationRun {
  private readonly files: readonly RuleFile[];
  private readonly causes: CauseNames;
  private readonly articles = parseArticles(readArticles(RULES), readEarlierArticles(RULES));
  private readonly cache = new ReadCache();
  private readonly proofs = new ProofCache();
  private readonly memory = new ExampleMemory(jsonRulesEngine);
  private readonly tree = buildCauseTree(
    CAUSE_LISTS.flatMap((list) => parseCauseRows(list, csvRows(`reference/causes-${list}.csv`))),
  );

  constructor() {
    this.files = readRuleFiles(RULES).filter(({ path }) => !/^(reference|calendars)\//.test(path));
    const { tree } = this;
    this.causes = {
      has: (name) => findCause(tree, name) !== undefined,
      near: (name) => nearestCauses(tree, name),
      pathOf: (name) => {
        const node = findCause(tree, name);
        return node && causePath(node);
      },
    };
  }

  mutants(): Mutant[] {
    const { vocabulary } = parseRuleBook(this.files, this.causes, new Problems(), this.cache);
    return this.files.flatMap((file) => {
      if (/(^parameters\/|\/parameters\.csv$)/.test(file.path) && file.path.endsWith('.csv'))
        return parameterMutants(file, vocabulary);
      if (/\/(cause-nature|triage)\.csv$/.test(file.path)) return answerMutants(file);
      return /^(national|links|modules|provinces|courts)\/.*\.yaml$/.test(file.path)
        ? cardMutants(file, vocabulary)
        : [];
    });
  }

  /** What is wrong with the rules as they are; mutants say something only where this is nothing. */
  async baseline(): Promise<Problem | undefined> {
    return (await this.check(this.files, undefined)).problem;
  }

  async run(mutant: Mutant): Promise<Caught> {
    const changed = mutant.text === undefined ? undefined : { path: mutant.path, text: mutant.text };
    const files = this.files.flatMap((file) => (file.path === mutant.path ? (changed ?? []) : file));
    const found = await this.check(files, mutant.path);
    if (changed) this.cache.forget(changed);
    return { mutant, ...found };
  }

  /** Who notices a mutant: every kind of check on its own, whatever the others say. */
  async noticed(mutant: Mutant): Promise<Noticed> {
    const changed = mutant.text === undefined ? undefined : { path: mutant.path, text: mutant.text };
    const files = this.files.flatMap((file) => (file.path === mutant.path ? (changed ?? []) : file));
    const problems = new Problems();
    const book = parseRuleBook(files, this.causes, problems, this.cache);
    if (changed) this.cache.forget(changed);
    if (problems.list.length > 0) return { loading: true, check: false, examples: false, proofs: [] };
    const input = { book, articles: this.articles, date: DATE, engine: jsonRulesEngine, memory: this.memory };
    const finds = async (runsExamples: boolean, is: (problem: Problem) => boolean): Promise<boolean> => {
      for await (const { problem } of findings({ ...input, runsExamples }, mutant.path))
        if (problem && is(problem)) return true;
      return false;
    };
    const proved = proofProblems(book, prove(book, this.tree, { cache: this.proofs }));
    return {
      loading: false,
      check: await finds(false, () => true),
      examples: await finds(true, ({ code }) => code === 'EXAMPLE_FAILED'),
      proofs: [...new Set(proved.map(({ code }) => code))],
    };
  }

  private async check(
    files: readonly RuleFile[],
    first: string | undefined,
  ): Promise<{ problem?: Problem; isLoading: boolean }> {
    const problems = new Problems();
    const book = parseRuleBook(files, this.causes, problems, this.cache);
    const [refused] = problems.list;
    if (refused) return { problem: refused, isLoading: true };
    const input = { book, articles: this.articles, date: DATE, engine: jsonRulesEngine, memory: this.memory };
    for await (const { problem } of findings(input, first)) if (problem) return { problem, isLoading: false };
    return { isLoading: false };
  }
}
