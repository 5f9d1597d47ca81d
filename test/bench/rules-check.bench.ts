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
const { checkLawbook, checkMemory } =
  await compiled<typeof import('../../src/core/checking/check-lawbook.js')>('core/checking/check-lawbook');
const { jsonRulesEngine } = await compiled<typeof import('../../src/core/rules/engine.js')>('core/rules/engine');
const { Exceptions } = await compiled<typeof import('../../src/core/rules/exceptions.js')>('core/rules/exceptions');
const { Composition } =
  await compiled<typeof import('../../src/core/rules/proof/composition.js')>('core/rules/proof/composition');
const { conditionsOf, proveLayer } =
  await compiled<typeof import('../../src/core/rules/proof/layer-proof.js')>('core/rules/proof/layer-proof');
const { CaseSpace } = await compiled<typeof import('../../src/core/rules/proof/space.js')>('core/rules/proof/space');
const { ReadCache } = await compiled<typeof import('../../src/core/rules/read-cache.js')>('core/rules/read-cache');
const { Problems } = await compiled<typeof import('../../src/core/rules/source.js')>('core/rules/source');
const { readArticles, readEarlierArticles, readRuleFiles } =
  await compiled<typeof import('../../src/shell/files/rule-files.js')>('shell/files/rule-files');

const RULES = new URL('../../rules', import.meta.url).pathname;
const ON = plainDate('2026-03-09');
const COLD_RUNS = 5;
const EDITS_OF_EACH = 20;
const SEED = 20_260_309;
const ms = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

/** Reading, checking and proving rules: the shipped ones cold and after an edit, many generated ones, and the same questions put to z3. */
export async function benchRulesCheck(): Promise<void> {
  await shipped();
  many();
  await besideZ3();
}

/** What an author does in one file, again and again. */
const EDITS: readonly { readonly what: string; readonly path: string; change(text: string, edit: number): string }[] = [
  {
    what: 'a condition',
    path: 'national/civil/procedure-first-instance.yaml',
    change: (text, edit) => (edit % 2 === 0 ? text : text.replace('事实清楚: 是', '事实清楚: 否')),
  },
  {
    what: 'a line more',
    path: 'national/civil/procedure-first-instance.yaml',
    change: (text, edit) => `${'# 说明\n'.repeat(edit + 1)}${text}`,
  },
  {
    what: "a province's limit",
    path: 'parameters/small-claims.csv',
    change: (text, edit) => text.replace(/(小额诉讼法定限额,河南,)\d+/, `$1${50_000 + edit}`),
  },
  {
    what: 'the largest file',
    path: 'national/deadlines.yaml',
    change: (text, edit) => `${'# 说明\n'.repeat(edit + 1)}${text}`,
  },
];

async function shipped(): Promise<void> {
  const runs = Array.from({ length: COLD_RUNS }, () => runProgram(['rules', 'check', RULES]));
  printTable('rules check, shipped rules, cold', [
    ['', 'median ms', 'processor ms'],
    ['whole program', ms(median(runs.map((run) => run.milliseconds))), ms(median(runs.map((run) => run.processor)))],
  ]);
  const files = readRuleFiles(RULES);
  const articles = parseArticles(readArticles(RULES), readEarlierArticles(RULES));
  const [cache, memory] = [new ReadCache(), checkMemory(jsonRulesEngine)];
  const once = async (edited: readonly RuleFile[]): Promise<{ read: number; whole: number; wall: number }> => {
    const [started, begun] = [process.cpuUsage(), performance.now()];
    const since = (): number => {
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    };
    const lawbook = buildLawbook(edited, new Problems(), cache);
    if (!lawbook) throw new Error('the edited rules load');
    const read = since();
    await checkLawbook(lawbook, { articles, on: ON, engine: jsonRulesEngine, memory });
    return { read, whole: since(), wall: performance.now() - begun };
  };
  await once(files);
  const rows = [['one edit of', 'processor ms', 'of it reading', 'median ms', 'slowest ms']];
  for (const { what, path, change } of EDITS) {
    const times: { read: number; whole: number; wall: number }[] = [];
    for (let edit = 0; edit < EDITS_OF_EACH; edit++) {
      times.push(
        await once(files.map((file) => (file.path === path ? { path, text: change(file.text, edit) } : file))),
      );
    }
    const walls = times.map(({ wall }) => wall);
    rows.push([
      what,
      ms(median(times.map(({ whole }) => whole))),
      ms(median(times.map(({ read }) => read))),
      ms(median(walls)),
      ms(Math.max(...walls)),
    ]);
  }
  printTable('rules check, shipped rules, after one edit', rows);
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
