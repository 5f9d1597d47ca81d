import fc from 'fast-check';
import type { Card } from '../../src/core/rules/card.js';
import type { SpaceInput } from '../../src/core/rules/proof/space.js';
import type { RuleFile } from '../../src/core/rules/source.js';
import { conditions, PATHS } from '../core/rules/arbitrary.js';
import { aCard, LIMIT, VOCABULARY } from '../core/rules/random-cards.js';
import { all, not, Smt, SmtRules } from '../support/smt.js';
import { Z3 } from '../support/z3.js';
import { median, printTable, runProgram } from './child.js';

/** The compiled code: what a loader adds to every function of the sources costs several times what proofs do. */
const compiled = <T>(path: string): Promise<T> => import(new URL(`../../dist/${path}.js`, import.meta.url).href);

const { plainDate } = await compiled<typeof import('../../src/core/kernel/plain-date.js')>('core/kernel/plain-date');
const { buildLawbook, parseArticles } =
  await compiled<typeof import('../../src/core/routing/lawbook.js')>('core/routing/lawbook');
const { checkRules } = await compiled<typeof import('../../src/core/rules/check.js')>('core/rules/check');
const { jsonRulesEngine } = await compiled<typeof import('../../src/core/rules/engine.js')>('core/rules/engine');
const { Exceptions } = await compiled<typeof import('../../src/core/rules/exceptions.js')>('core/rules/exceptions');
const { Composition } =
  await compiled<typeof import('../../src/core/rules/proof/composition.js')>('core/rules/proof/composition');
const { conditionsOf, proveLayer } =
  await compiled<typeof import('../../src/core/rules/proof/layer-proof.js')>('core/rules/proof/layer-proof');
const { proofProblems } = await compiled<typeof import('../../src/core/rules/proof/proof-problems.js')>(
  'core/rules/proof/proof-problems',
);
const { prove } = await compiled<typeof import('../../src/core/rules/proof/prove.js')>('core/rules/proof/prove');
const { ProofCache } =
  await compiled<typeof import('../../src/core/rules/proof/proof-cache.js')>('core/rules/proof/proof-cache');
const { CaseSpace } = await compiled<typeof import('../../src/core/rules/proof/space.js')>('core/rules/proof/space');
const { ReadCache } = await compiled<typeof import('../../src/core/rules/read-cache.js')>('core/rules/read-cache');
const { Problems } = await compiled<typeof import('../../src/core/rules/source.js')>('core/rules/source');
const { readArticles, readEarlierArticles, readRuleFiles } =
  await compiled<typeof import('../../src/shell/files/rule-files.js')>('shell/files/rule-files');

const RULES = new URL('../../rules', import.meta.url).pathname;
const ON = plainDate('2026-03-09');
const EDITED = 'national/civil/procedure-first-instance.yaml';
const COLD_RUNS = 5;
const EDITS = 10;
const SEED = 20_260_309;
const ms = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

/** Reading, checking and proving rules: the shipped ones cold and after an edit, many generated ones, and the same questions put to z3. */
export async function benchRulesCheck(): Promise<void> {
  await shipped();
  many();
  await besideZ3();
}

async function shipped(): Promise<void> {
  const runs = Array.from({ length: COLD_RUNS }, () => runProgram(['rules', 'check', RULES]));
  const files = readRuleFiles(RULES);
  const articles = parseArticles(readArticles(RULES), readEarlierArticles(RULES));
  const [cache, proofs] = [new ReadCache(), new ProofCache()];
  const steps = { read: [] as number[], check: [] as number[], examples: [] as number[], proofs: [] as number[] };
  for (let edit = 0; edit < EDITS + 1; edit++) {
    const change = (file: RuleFile): RuleFile =>
      file.path === EDITED ? { path: file.path, text: `${file.text}# ${edit}\n` } : file;
    const times: number[] = [];
    const timed = async <T>(work: () => T | Promise<T>): Promise<T> => {
      const started = process.cpuUsage();
      const result = await work();
      const { user, system } = process.cpuUsage(started);
      times.push((user + system) / 1000);
      return result;
    };
    const edited = files.map(change);
    const lawbook = await timed(() => buildLawbook(edited, new Problems(), cache));
    if (!lawbook) throw new Error('the shipped rules load');
    const input = { book: lawbook.book, articles, date: ON, engine: jsonRulesEngine };
    await timed(() => checkRules({ ...input, runsExamples: false }));
    await timed(() => checkRules(input));
    await timed(() => proofProblems(lawbook.book, prove(lawbook.book, lawbook.causes, { cache: proofs })));
    // The first is no edit but the cold start.
    if (edit === 0) continue;
    const [read = 0, check = 0, whole = 0, proved = 0] = times;
    steps.read.push(read);
    steps.check.push(check);
    steps.examples.push(whole - check);
    steps.proofs.push(proved);
  }
  printTable('rules check, shipped rules', [
    ['', 'median ms', 'processor ms'],
    [
      'cold, whole program',
      ms(median(runs.map((run) => run.milliseconds))),
      ms(median(runs.map((run) => run.processor))),
    ],
    ...Object.entries(steps).map(([name, times]) => [`after one edit: ${name}`, '', ms(median(times))]),
  ]);
}

const inputOf = (nodesMax: number): SpaceInput => ({
  vocabulary: VOCABULARY,
  parameters: new Map(LIMIT.map((each) => [each.id, each])),
  constraints: [],
  causes: PATHS,
  known: new Map(),
  usual: new Map(),
  nodesMax,
});

const generated = (count: number): Card[] =>
  fc
    .sample(conditions, { numRuns: count, seed: SEED })
    .map((condition, index) => aCard(`T-${index}`, condition, ['a', 'b', 'c'][index % 3], []));

function many(): void {
  const rows = [['generated rules', 'processor ms', 'conflicts', 'gaps']];
  for (const count of [300, 1_000, 3_000]) {
    const cards = generated(count);
    const started = process.cpuUsage();
    const { conflicts, isCut, gaps } = proveLayer(ON, cards, [], inputOf(5_000_000));
    const { user, system } = process.cpuUsage(started);
    rows.push([`${count}`, ms((user + system) / 1000), `${conflicts.length}${isCut ? '+' : ''}`, `${gaps.length}`]);
  }
  printTable('proofs of one layer: conflicts, gap, dead, silent and idle cards', rows);
}

/** Which pairs can speak together, and whether any case is without a rule: the same of both. */
async function besideZ3(): Promise<void> {
  const z3 = await Z3.start();
  const rows = [['cards', 'questions', 'proofs ms', 'z3 ms', '÷', 'overlaps', 'differences']];
  try {
    for (const count of [20, 60]) {
      const cards = generated(count);
      const pairs = cards.flatMap((a, index) => cards.slice(index + 1).map((b) => [a, b] as const));
      const smt = new Smt({
        facts: VOCABULARY.factsByKey,
        causes: PATHS,
        parameters: new Map(LIMIT.map(({ id, value }) => [id, value])),
      });
      const rules = new SmtRules(smt, cards);
      const questions = [
        all(cards.map((card) => not(rules.speaks(card)))),
        ...pairs.map(([a, b]) => all([rules.speaks(a), rules.speaks(b)])),
      ];
      const asked = performance.now();
      const theirs = (
        await z3.ask({ script: [smt.declarations(), rules.script].join('\n'), questions, bare: true })
      ).map((model) => model !== null);
      const answered = performance.now();
      const space = new CaseSpace(inputOf(5_000_000), conditionsOf(cards));
      const composition = new Composition(space, new Exceptions(cards));
      const { store } = space;
      const isEver = (diagram: ReturnType<typeof store.leaf> | ReturnType<typeof composition.holds>): boolean =>
        diagram.kind !== 'leaf' || diagram.value === true;
      let open = space.possible;
      for (const card of cards) open = store.and(open, store.not(composition.concludes(card)));
      const ours = [
        isEver(open),
        ...pairs.map(([a, b]) => isEver(store.and(composition.concludes(a), composition.concludes(b)))),
      ];
      const done = performance.now();
      const [z3Time, own] = [answered - asked, done - answered];
      const differences = ours.filter((each, index) => each !== theirs[index]).length;
      rows.push([
        `${count}`,
        `${questions.length}`,
        ms(own),
        ms(z3Time),
        ms(z3Time / own),
        `${ours.filter(Boolean).length}`,
        `${differences}`,
      ]);
    }
  } finally {
    await z3.end();
  }
  printTable('the same questions put to z3-solver 5.2.0 (WASM)', rows);
}
