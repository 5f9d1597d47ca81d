import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { PlainDate } from '../../core/kernel/plain-date.js';
import { checkRules } from '../../core/rules/check.js';
import { jsonRulesEngine } from '../../core/rules/engine.js';
import { Evaluator } from '../../core/rules/evaluate.js';
import type { ExampleResult } from '../../core/rules/examples.js';
import { type Proposal, proposalLine } from '../../core/rules/proposals.js';
import type { RuleBook } from '../../core/rules/rulebook.js';
import { type Place, type Problem, Problems } from '../../core/rules/source.js';
import { type CardExamples, coverageOf } from '../../core/rules/test-rules.js';
import { withProposals } from '../../core/rules/write-proposals.js';
import { checkRulings } from '../../core/rulings/check-rulings.js';
import { CliFailure, EXIT } from './failure.js';
import { buildFrom, formatProblem } from './library.js';
import { deliver } from './output.js';

interface TestOptions {
  readonly verbose?: true | undefined;
  /** The rule file into which proposed examples are written. */
  readonly propose?: string | undefined;
}

/** Runs the examples that stand in the rule files and says how far they cover the conditions. */
export async function runRulesTest(folder: string, on: PlainDate, { verbose, propose }: TestOptions): Promise<void> {
  const { problems, report } = await runExamples(folder, on);
  if (!report) {
    for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
    process.exitCode = EXIT.invalid;
    return;
  }
  const failed = report.examples.filter((example) => !example.passed);
  for (const example of verbose ? report.examples : failed) {
    const { place, card, name, passed, message } = example;
    process.stdout.write(
      `${passed ? '通过' : '不过'} ${card} ${name}${message === '' ? '' : ` —— ${message}`} (${show(place)})\n`,
    );
  }
  const cards = coverageOf(report.book, on);
  for (const card of cards) for (const line of linesOf(card, report.book)) process.stdout.write(`${line}\n`);
  const waiting = cards.reduce((sum, { unconfirmed }) => sum + unconfirmed.length, 0);
  process.stderr.write(
    `示例 ${report.examples.length} 个,通过 ${report.examples.length - failed.length},不过 ${failed.length}${waiting === 0 ? '' : `,其中待确认 ${waiting}`}\n`,
  );
  const national = totalOf(cards.filter(({ isNational }) => isNational));
  const others = totalOf(cards.filter(({ isNational }) => !isNational));
  process.stderr.write(
    `条件覆盖(MC/DC,只算已确认的示例):国家规则 ${showTotal(national)},其他规则 ${showTotal(others)}\n`,
  );
  if (propose !== undefined) await write(folder, propose, cards, report.book);
  process.exitCode = failed.length === 0 && national.shown === national.total ? EXIT.ok : EXIT.invalid;
}

interface Ran {
  readonly problems: readonly Problem[];
  /** Undefined where the rules could not be read. */
  readonly report?: { readonly examples: readonly ExampleResult[]; readonly book: RuleBook };
}

/** Every example of a folder, and nothing else of its check: who writes examples runs them often. */
async function runExamples(folder: string, on: PlainDate): Promise<Ran> {
  const unread = new Problems();
  const lawbook = buildFrom(folder, unread);
  if (unread.list.length > 0 || !lawbook) return { problems: unread.list };
  const { book } = lawbook;
  const { examples } = await checkRules({ book, articles: [], date: on, engine: jsonRulesEngine });
  const rulings = await checkRulings(lawbook, on, new Evaluator(jsonRulesEngine));
  return { problems: [], report: { examples: [...examples, ...rulings.examples], book } };
}

interface Total {
  readonly shown: number;
  readonly total: number;
}

const totalOf = (cards: readonly CardExamples[]): Total => ({
  shown: cards.reduce((sum, { shown }) => sum + shown, 0),
  total: cards.reduce((sum, { total }) => sum + total, 0),
});

/** Rounded down: only all is 100 %. */
const showTotal = ({ shown, total }: Total): string =>
  `${shown}/${total}(${total === 0 ? 100 : Math.floor((shown / total) * 100)}%)`;

const show = ({ file, line }: Place): string => `${file}:${line}`;

function linesOf(card: CardExamples, { vocabulary }: RuleBook): string[] {
  const { id } = card.rule.card;
  const line = (proposal: Proposal): string => `  可以加:${proposalLine(proposal, vocabulary)}`;
  return [
    ...card.proposals.flatMap(({ unshown: { test, holds }, proposal }) => {
      const word = vocabulary.factsByKey.get(test.fact)?.word ?? test.fact;
      const what = `未覆盖 ${id} 「${word}」${holds ? '符合' : '不符合'}时由它决定的示例一个也没有 (${show(test.place)})`;
      return [what, proposal ? line(proposal) : '  找不到这样的案件:这一处条件可能是多余的,或者要用没有写的案由'];
    }),
    ...card.boundaries.flatMap((proposal) => [`缺界线 ${id} ${proposal.name}`, line(proposal)]),
    ...card.unconfirmed.map((name) => `待确认 ${id} ${name}:看过以后删去「待确认」,才算数`),
  ];
}

async function write(folder: string, path: string, cards: readonly CardExamples[], book: RuleBook): Promise<void> {
  const file = relative(resolve(folder), resolve(path)).split(sep).join('/');
  const own = cards.filter(({ rule }) => rule.card.file === file);
  if (own.length === 0)
    throw new CliFailure(`${path} 不是 ${folder} 里有规则的文件;--propose 后面写要加示例的规则文件`);
  const seen = new Set<string>();
  const proposals = own
    .flatMap(({ proposals: shown, boundaries }) => [...boundaries, ...shown.flatMap(({ proposal }) => proposal ?? [])])
    .filter((proposal) => {
      const key = `${proposal.rule.card.id} ${proposalLine({ ...proposal, name: '' }, book.vocabulary)}`;
      return !seen.has(key) && seen.add(key);
    });
  const { text, added, skipped } = withProposals(readFileSync(path, 'utf8'), proposals, book.vocabulary);
  if (added > 0) await deliver([text], path);
  for (const id of skipped) process.stderr.write(`${id} 没有一行一个的「示例」,加不进去;请先写一个\n`);
  process.stderr.write(`写进 ${path}:${added} 个待确认的示例\n`);
}
