import { describe, expect, test } from 'vitest';
import { withFilings } from '../../../src/core/checking/shown-filing.js';
import { buildLawbook, type Lawbook } from '../../../src/core/routing/lawbook.js';
import { ProofCache } from '../../../src/core/rules/proof/proof-cache.js';
import { type ProofProblem, proofProblems } from '../../../src/core/rules/proof/proof-problems.js';
import { prove, proveFiled } from '../../../src/core/rules/proof/prove.js';
import { ReadCache } from '../../../src/core/rules/read-cache.js';
import { type Problem, Problems, type RuleFile } from '../../../src/core/rules/source.js';
import { readRuleFiles } from '../../../src/shell/files/rule-files.js';
import { cardMutants } from '../../mutation/card-mutants.js';
import type { Mutant } from '../../mutation/mutant.js';
import { type Json, RULES, lawbook as shipped } from '../../support/court.js';
import { checked, routeAll } from '../../support/property.js';
import { readJson } from '../../support/route.js';

/** One in so many mutants; `MUTANTS_EVERY=1` tries them all. */
const EVERY = Number(process.env.MUTANTS_EVERY ?? '40');
const LAYERS = ['程序', '审判组织'];
const KINDS = [
  '删去例外于',
  '删去规则',
  '删去例外',
  '删去条件',
  '换运算',
  '换结果',
  '移界线',
  '换参数',
  '反转是否',
  '换条件的词',
  '删去列表项',
];

const files = readRuleFiles(RULES);
const cache = new ReadCache();
const proofs = new ProofCache();
const docket = readJson(new URL('../../../docs/sample/docket.json', import.meta.url)) as Json;

const layerOf = (file: RuleFile): string => /^层: *(\S+)/m.exec(file.text)?.[1] ?? '';
const allMutants = files
  .filter((file) => /^(national|modules|courts)\/.*\.yaml$/.test(file.path) && LAYERS.includes(layerOf(file)))
  .flatMap((file) => cardMutants(file, shipped.book.vocabulary))
  .filter(({ kind }) => KINDS.includes(kind));
const mutants = allMutants.filter((_, index) => index % EVERY === 0);

/** The rules with the mistake in them; none where they are refused already. */
function mutated({ path, text }: Mutant): Lawbook | undefined {
  if (text === undefined) return undefined;
  const problems = new Problems();
  const book = buildLawbook(
    files.map((file) => (file.path === path ? { path, text } : file)),
    problems,
    cache,
  );
  cache.forget({ path, text });
  return problems.list.length > 0 ? undefined : book;
}

interface Found {
  readonly mutant: Mutant;
  readonly book: Lawbook;
  readonly proof: ProofProblem;
  readonly problem: Problem;
}

/** Every gap and conflict that the mutants lead to. */
function* findAll(): Generator<Found> {
  for (const mutant of mutants) {
    const book = mutated(mutant);
    if (!book) continue;
    const own = proofProblems(book.book, prove(book.book, book.causes, { cache: proofs })).filter(
      ({ code, shown }) => ['GAP', 'CONFLICT'].includes(code) && LAYERS.includes(shown?.question.layer ?? ''),
    );
    for (const [index, problem] of withFilings(own, book).entries()) {
      const proof = own[index];
      if (proof) yield { mutant, book, proof, problem };
    }
  }
}

const LEVELS: Readonly<Record<string, string>> = { 中级: 'intermediate', 高级: 'high' };

/** What the decision on a filing says by the mutated rules: the sample docket, moved to the filing's court and its level. */
async function decided({ book, proof, problem }: Found): Promise<{ status: string | undefined; text: string }> {
  const filing = JSON.parse(problem.filing ?? '') as Json;
  const sample = docket.court as Json;
  const province = filing.court === sample.code ? sample.province : proof.shown?.question.flattening.province;
  const level = LEVELS[/法院层级 (..)/.exec(problem.message)?.[1] ?? ''] ?? 'basic';
  const court = { ...sample, code: filing.court, province, level };
  const [decision] = await routeAll([filing], checked({ ...docket, court }, book), { book });
  return { status: decision?.status, text: decision?.reasons?.map(({ text }) => text).join('\n') ?? '' };
}

/** The case takes a number for granted that nobody published: a filing cannot say it. */
const isAssuming = ({ proof: { message } }: Found): boolean => message.includes('(未查明,假设)');

/** Whether any filing at all leads to it. */
function isReachable({ book, proof: { code, shown } }: Found): boolean {
  if (!shown) throw new Error('a gap is shown by a case');
  const filed = proveFiled(book.book, book.causes, shown.question);
  if (!filed) throw new Error('more than can be told apart');
  if (code === 'GAP') return filed.gaps.length > 0;
  return filed.conflicts.some(({ cards }) => shown.cards.every((card) => cards.includes(card)));
}

describe('反例是真的:改坏的规则,照写出的收案分案就看得到', () => {
  test('程序、审判组织的每一个缺口和冲突都由收案走到,转人工并说得出缺口或者两条规则;走不到的不写收案', {
    timeout: 3_600_000,
  }, async () => {
    const counted = { mutants: mutants.length, 程序: 0, 审判组织: 0, GAP: 0, CONFLICT: 0, 走不到: 0, 限额未查明: 0 };
    for (const found of findAll()) {
      const { mutant, proof, problem } = found;
      const where = `${mutant.name}: ${problem.message} ${problem.filing}`;
      if (problem.filing === undefined) {
        if (isAssuming(found)) counted.限额未查明++;
        else {
          expect([where, isReachable(found)]).toEqual([where, false]);
          counted.走不到++;
        }
        continue;
      }
      const { status, text } = await decided(found);
      expect([where, status]).toEqual([where, 'needs_review']);
      const { question, cards = [] } = proof.shown ?? {};
      const layer = question?.layer === '程序' ? '程序' : '审判组织';
      const named = problem.code === 'GAP' ? [`没有一条规则能得出本案的${layer}`] : cards.map(({ id }) => id);
      for (const words of named) expect(text, where).toContain(words);
      counted[layer]++;
      counted[problem.code as 'GAP' | 'CONFLICT']++;
    }
    if (process.env.MUTANTS_EVERY !== undefined) process.stdout.write(`${JSON.stringify(counted)}\n`);
    for (const key of ['程序', '审判组织', 'GAP', 'CONFLICT'] as const) expect(counted[key], key).toBeGreaterThan(0);
  });

  test('经由一条在这类案件里不会成立的规则,例外照样优先于它所例外的规则:证明和分案一样,不说冲突', () => {
    const mutant = allMutants.find(({ name }) => name === 'GJ-XS-214 适用 案件类别 刑事→行政');
    const book = mutant && mutated(mutant);
    if (!book) throw new Error('the mutant loads');
    const conflicts = proofProblems(book.book, prove(book.book, book.causes))
      .filter(({ code }) => code === 'CONFLICT')
      .map(({ shown }) => shown?.cards.map(({ id }) => id));
    expect(conflicts).not.toContainEqual(['GJ-XS-208', 'GJ-XS-222']);
  });
});
