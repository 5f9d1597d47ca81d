import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Decision } from '../../../src/core/documents/decision.js';
import type { Ruling } from '../../../src/core/documents/ruling.js';
import { decide } from '../../../src/core/routing/decide.js';
import type { Lawbook } from '../../../src/core/routing/lawbook.js';
import { agrees, concludeOn, rulesetOf } from '../../../src/core/rulings/conclusion.js';
import { type DecidedObjection, rulingOf } from '../../../src/core/rulings/ruling-of.js';
import { rulingsFile } from '../../../src/core/rulings/write-rulings.js';
import { filingArb, runs } from '../../support/arbitraries.js';
import { alteredLawbook, type Json, lawbook } from '../../support/court.js';
import { evaluatorOf } from '../../support/property.js';
import { checkedRulings, type Objecting, objected, readRulings } from '../../support/rulings.js';

vi.setConfig({ testTimeout: 120_000 * Number(process.env.FC_RUNS ?? 1) });

/** A filing of a random court, objected to in a random way. */
const objectionArb = fc.record({
  world: filingArb(),
  ground: fc.constantFrom('not', 'missed', 'missed'),
  claimed: fc.nat(40),
  citing: fc.option(fc.nat(40)),
  outcome: fc.constantFrom('uphold', 'reject'),
});
type Chosen = typeof objectionArb extends fc.Arbitrary<infer T> ? T : never;

const pick = <T>(list: readonly T[], place: number): T | undefined => list[place % list.length];

async function played({ world, ground, claimed, citing, outcome }: Chosen): Promise<DecidedObjection | undefined> {
  const { docket, filing } = world;
  const cases = docket.cases as { caseNo: string; judge: string }[];
  const cited = citing === null ? undefined : pick(cases, citing);
  const judge = cited?.judge ?? pick(docket.judges as { id: string }[], claimed)?.id ?? '';
  const objecting: Objecting = {
    ground,
    outcome,
    ...(ground === 'missed' && { claimedOwner: judge, ...(cited && { evidence: [cited.caseNo] }) }),
  };
  return objected(docket, filing, objecting);
}

const BY_RULE: ReadonlySet<string> = new Set(['first_trial', 'first_enforcement', 'series', 'random']);

/** Whether a decision was made by the rules for owners, not by a person. */
const isByRule = ({ status, owner }: Decision): boolean => status === 'assigned' && BY_RULE.has(owner?.method ?? '');

/** Whether a decision by the rules is as the ruling has it, told by the cases themselves. */
function stands({ ought }: Ruling, { run, before }: DecidedObjection, { owner, record }: Decision): boolean {
  const linked = record?.earlier.find(({ caseNo }) => caseNo === owner?.linkedCase);
  const cited = record?.earlier.filter((each) => each.owner === run.claimedOwner && run.evidence.includes(each.caseNo));
  const isClaimed =
    linked !== undefined &&
    linked.owner === run.claimedOwner &&
    (cited?.length === 0 || cited?.includes(linked) === true);
  const isAsBefore = linked !== undefined && linked.caseNo === before.owner?.linkedCase;
  switch (ought.kind) {
    case 'draw':
      return owner?.method === 'random';
    case 'not':
      return !isAsBefore;
    case 'owner':
      return owner?.method === ought.method && (run.outcome === 'upheld' ? isClaimed : isAsBefore);
  }
}

/** Names, numbers and ids of everybody and everything in a court. */
function namesIn({ docket, filing }: Chosen['world']): string[] {
  const cases = docket.cases as { caseNo: string; parties: Json[] }[];
  const parties = [...cases.flatMap((each) => each.parties), ...(filing.parties as Json[])];
  const judges = docket.judges as { name: string }[];
  const numbers = parties.flatMap(({ name, idNumber, uscc }) => [name, idNumber, uscc]);
  return [...numbers, ...cases.map(({ caseNo }) => caseNo), ...judges.map(({ name }) => name), filing.id].filter(
    (each): each is string => typeof each === 'string',
  );
}

/** What random objections must have come to; else they show nothing: how it ended, what ought to be, what was. */
const TO_BE_REACHED = [
  'rejected draw random',
  'rejected owner first_enforcement',
  'rejected owner first_trial',
  'upheld not first_trial !',
  'upheld owner first_trial !',
  'upheld owner random !',
];

/** One mistake, or one change of mind, in the rules that rulings are about. */
const CHANGES: readonly (readonly [path: string, from: string, to: string])[] = [
  [
    'modules/shouze/links.yaml',
    '- 案由相同: 是\n      - 前案结案方式: [撤诉, 按撤诉处理, 驳回起诉, 不予受理]',
    '- 前案结案方式: [撤诉, 按撤诉处理, 驳回起诉, 不予受理]',
  ],
  ['modules/shouze/links.yaml', '前案结案方式: [撤诉, 按撤诉处理, 驳回起诉, 不予受理]', '前案结案方式: [撤诉]'],
  ['modules/shouze/links.yaml', '前案结案方式: [判决, 调解]', '前案结案方式: [调解]'],
  [
    'modules/shouze/links.yaml',
    '前案结案方式: [撤回执行申请, 和解终结执行, 终结本次执行程序]',
    '前案结案方式: [执行完毕]',
  ],
  ['modules/shouze/ownership.yaml', '- 关联种类: 实体审理后衍生', '- 关联种类: 上诉'],
  [
    'modules/shouze/ownership.yaml',
    '- 关联种类: 程序审理后再次起诉\n    结果: { 承办: 首审负责 }',
    '- 关联种类: 程序审理后再次起诉\n    结果: { 承办: 系列集中 }',
  ],
  ['parameters/shouze.csv', '系列窗口天数,全国,7', '系列窗口天数,全国,2'],
  ['links/national.yaml', '系列件数: { 不低于: 2 }', '系列件数: { 不低于: 3 }'],
  ['parameters/shouze.csv', '先前承办人缺席上限,全国,30', '先前承办人缺席上限,全国,400'],
];
const changed = new Map<number, Lawbook>();
function changedBook(index: number): Lawbook {
  const [path, from, to] = CHANGES[index] as (typeof CHANGES)[number];
  const book = changed.get(index) ?? alteredLawbook(path, from, to);
  changed.set(index, book);
  return book;
}

describe('复核认定作为规则的示例', () => {
  it('说的情形使同样的规则得出当时的结论', async () => {
    const reached = new Set<string>();
    const property = fc.asyncProperty(objectionArb, async (chosen) => {
      const objection = await played(chosen);
      const ruling = objection && (await rulingOf(objection, lawbook, evaluatorOf(lawbook)));
      if (!objection || !ruling) return;
      const court = objection.before.record?.court;
      const ruleset = rulesetOf(lawbook, court as never, ruling.facts.receivedOn as never, ruling);
      const conclusion = await concludeOn(ruling, lawbook, ruleset, evaluatorOf(lawbook));
      const isByRules = isByRule(objection.before);
      if (isByRules) {
        expect(conclusion.agreed).toBe(true);
        expect(conclusion.owner?.method ?? 'random').toBe(objection.before.owner?.method);
        expect(conclusion.owner?.case).toBe(ruling.before.case);
        expect(conclusion.waits).toBe(false);
      }
      expect(ruling.differs).toBe(!agrees(ruling.ought, conclusion));
      if (ruling.outcome === 'rejected' && isByRules) expect(ruling.differs).toBe(false);
      if (ruling.ought.kind === 'not' && ruling.outcome === 'upheld') expect(ruling.differs).toBe(true);
      reached.add(`${ruling.outcome} ${ruling.ought.kind} ${ruling.before.method}${ruling.differs ? ' !' : ''}`);
    });
    await fc.assert(property, runs(500));
    expect([...reached]).toEqual(expect.arrayContaining(TO_BE_REACHED));
  });

  it('写出来、读回去,一字不差;没有一个人、一件案件的名字', async () => {
    const property = fc.asyncProperty(objectionArb, async (chosen) => {
      const objection = await played(chosen);
      const ruling = objection && (await rulingOf(objection, lawbook, evaluatorOf(lawbook)));
      if (!objection || !ruling) return;
      const { court } = objection.before.record ?? {};
      const header = { court: court?.code ?? '', province: court?.province ?? '' };
      const text = rulingsFile({ ...header, rulings: [ruling] }, lawbook.book.vocabulary);
      const { file, problems } = readRulings(text);
      expect(problems).toEqual([]);
      expect(file).toMatchObject(header);
      expect(file?.rulings.map((each) => each.ruling)).toEqual([ruling]);
      for (const name of namesIn(chosen.world)) expect(text).not.toContain(name);
      const report = await checkedRulings(header, [ruling]);
      expect(report.problems).toEqual([]);
      expect(report.pending).toHaveLength(ruling.differs ? 1 : 0);
      expect(report.examples.map(({ passed }) => passed)).toEqual([true]);
      const other = await checkedRulings(header, [{ ...ruling, differs: !ruling.differs }]);
      expect(other.problems.map(({ code }) => code)).toEqual([
        ruling.differs ? 'RULING_CONTRADICTED' : 'RULING_AGREES',
      ]);
    });
    await fc.assert(property, runs(150));
  });

  it('规则一改,凡是结论变了的都报告,没有变的都不报告', async () => {
    let flips = 0;
    const property = fc.asyncProperty(objectionArb, fc.nat(CHANGES.length - 1), async (chosen, change) => {
      const objection = await played(chosen);
      const ruling = objection && (await rulingOf(objection, lawbook, evaluatorOf(lawbook)));
      const record = objection?.before.record;
      if (!objection || !ruling || !record || record.handover) return;
      const book = changedBook(change);
      const evaluator = evaluatorOf(book);
      const ruleset = rulesetOf(book, record.court, record.filing.receivedOn, ruling);
      const again = await decide({ dossier: record, ruleset, lawbook: book, evaluator, seed: '00' });
      if (!isByRule(again) || !isByRule(objection.before)) return;
      const header = { court: record.court.code, province: record.court.province };
      const { problems } = await checkedRulings(header, [ruling], book);
      const isKept = stands(ruling, objection, again);
      if (isKept === ruling.differs) flips++;
      expect(problems.length, JSON.stringify(problems)).toBe(isKept === ruling.differs ? 1 : 0);
    });
    await fc.assert(property, runs(300));
    expect(flips).toBeGreaterThan(0);
  });
});
