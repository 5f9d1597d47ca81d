import { flowCitations } from '../flows/flows-of.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Lawbook } from '../routing/lawbook.js';
import { type CheckReport, checkRules } from '../rules/check.js';
import type { ArticleText } from '../rules/cited-articles.js';
import type { EngineOfRecord } from '../rules/engine.js';
import { Evaluator } from '../rules/evaluate.js';
import { ExampleMemory } from '../rules/example-memory.js';
import type { ExampleResult } from '../rules/examples.js';
import { ProofCache } from '../rules/proof/proof-cache.js';
import { proofProblems } from '../rules/proof/proof-problems.js';
import { proving } from '../rules/proof/prove.js';
import type { Problem } from '../rules/source.js';
import { checkRulings } from '../rulings/check-rulings.js';
import { withFilings } from './shown-filing.js';

/** Everything that a check of a whole rules folder says, once it could be read. */
export interface LawbookReport {
  readonly problems: readonly Problem[];
  /** What is not wrong and should be known: quotes that cannot be compared, numbers in force before they were published. */
  readonly remarks: readonly Problem[];
  /** Rulings that the rules contradict as their files say. */
  readonly pending: readonly Problem[];
  readonly examples: readonly ExampleResult[];
  readonly counts: Pick<CheckReport, 'cards'> & {
    readonly examples: number;
    readonly rulings: number;
    /** Questions that proofs answered: gaps, conflicts, idle cards, for each court, day and kind of case that differ. */
    readonly proofs: number;
  };
}

export interface LawbookCheck {
  readonly articles: readonly ArticleText[];
  /** Examples are run with the rules of this day; proofs are about every day. */
  readonly on: PlainDate;
  readonly engine: EngineOfRecord;
  /** What was found of rules that have not changed since; made with the same `engine`. */
  readonly memory?: CheckMemory;
  /** Lets others have their turn, every few milliseconds. */
  readonly pause?: () => Promise<unknown>;
}

/** For who checks rules again and again, with few changes in between. */
export interface CheckMemory {
  readonly examples: ExampleMemory;
  readonly proofs: ProofCache;
}

export const checkMemory = (engine: EngineOfRecord): CheckMemory => ({
  examples: new ExampleMemory(engine),
  proofs: new ProofCache(),
});

/** Checks everything that loading does not refuse already: citations, examples, rulings, flows, and the proofs. */
export async function checkLawbook(
  lawbook: Lawbook,
  { articles, on, engine, memory = checkMemory(engine), pause }: LawbookCheck,
): Promise<LawbookReport> {
  const { book, causes } = lawbook;
  const { examples, proofs } = memory;
  const report = await checkRules({ book, articles, date: on, engine, memory: examples, ...(pause && { pause }) });
  const citations = flowCitations(lawbook, articles);
  const rulings = await checkRulings(lawbook, on, new Evaluator(engine));
  const proved = await inTurns(proving(book, causes, { cache: proofs }), pause);
  return {
    problems: [
      ...report.problems,
      ...citations.problems,
      ...rulings.problems,
      ...withFilings(proofProblems(book, proved), lawbook),
    ],
    remarks: [...report.remarks, ...citations.remarks],
    pending: rulings.pending,
    examples: [...report.examples, ...rulings.examples],
    counts: {
      cards: report.cards,
      examples: report.examples.length,
      rulings: rulings.examples.length,
      proofs: proved.answers.length,
    },
  };
}

async function inTurns<T>(steps: Generator<unknown, T>, pause: LawbookCheck['pause']): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await pause?.();
  }
}
