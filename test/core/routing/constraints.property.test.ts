import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Decision } from '../../../src/core/documents/decision.js';
import { type Filing, filingSchema } from '../../../src/core/documents/filing.js';
import { formatFen } from '../../../src/core/law/money.js';
import { Router } from '../../../src/core/routing/batch.js';
import { resolveFacts } from '../../../src/core/routing/facts.js';
import { causePathOf, type Lawbook } from '../../../src/core/routing/lawbook.js';
import { settledFacts } from '../../../src/core/routing/procedure.js';
import { type Condition, testsOf, type Value } from '../../../src/core/rules/condition.js';
import { holds } from '../../../src/core/rules/evaluate.js';
import type { Constraint } from '../../../src/core/rules/proof/constraint.js';
import { runs } from '../../support/arbitraries.js';
import { alteredLawbook, docket, earlier, filing, type Json, lawbook, route } from '../../support/court.js';
import { checked, evaluatorOf, routeAll, SEED } from '../../support/property.js';

const ANSWERS = ['factsClear', 'rightsClear', 'disputeMinor', 'foreignRelated', 'publicInterest', 'appraisalNeeded'];
const LIMITS = [100n, 4_000_000n, 9_000_000n];
const NAME = '随机的约束';

const literal = (fact: string, comparison: 'is' | 'atMost' | 'above', value: Value): Condition => ({
  kind: 'test',
  fact,
  comparison,
  operand: { kind: 'literal', value },
  place: { file: '', line: 1, column: 1 },
});
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...ANSWERS), fc.boolean()).map(([fact, value]) => literal(fact, 'is', value)),
  },
  fc
    .tuple(fc.constantFrom('atMost' as const, 'above' as const), fc.constantFrom(...LIMITS))
    .map(([comparison, value]) => literal('amount', comparison, value)),
);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  leaf,
  fc
    .tuple(leaf, leaf)
    .map(([when, then]): Condition => ({ kind: 'any', members: [{ kind: 'not', member: when }, then] })),
  fc.tuple(leaf, leaf).map((members): Condition => ({ kind: 'all', members })),
);

const answer = fc.constantFrom(true, false, null);
const filed = fc.record({
  amount: fc.constantFrom('0.01', '20000.00', '40000.00', '40000.01', '95000.00', null),
  facts: fc.record(Object.fromEntries(ANSWERS.map((key) => [key, answer]))),
});

const court = docket();
const withConstraints = (conditions: readonly Condition[]): Lawbook => {
  const own = conditions.map((each, index): Constraint => {
    const facts = new Set(testsOf(each).map(({ fact }) => fact));
    return { name: `${NAME}${index}`, condition: each, facts, place: { file: '', line: 1, column: 1 } };
  });
  return { ...lawbook, book: { ...lawbook.book, constraints: [...lawbook.book.constraints, ...own] } };
};

/** The filing with every answer that it could have in place of those that are not known. */
function answered(one: Filing): Filing[] {
  const amounts = one.amount === null ? [0n, ...LIMITS.flatMap((each) => [each - 1n, each, each + 1n])] : undefined;
  let all: Filing[] = amounts?.map((fen) => ({ ...one, amount: formatFen(fen) })) ?? [one];
  for (const [key, value] of Object.entries(one.facts ?? {})) {
    if (value !== null) continue;
    all = all.flatMap((each) => [true, false].map((known) => ({ ...each, facts: { ...each.facts, [key]: known } })));
  }
  return all;
}

describe('约束', () => {
  const router = new Router({ docket: checked(court), lawbook, evaluator: evaluatorOf(lawbook), seed: SEED });
  const factsOf = (one: Filing): Map<string, Value> =>
    settledFacts(resolveFacts(router.gather(one).dossier, router.rulesetOf(one), causePathOf(lawbook, one.cause)));

  test('随便写的约束、随便填的收案:违反约束的从不自动分案,写明是哪一条;有一种回答能符合的,不受影响', async () => {
    let broken = 0;
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(condition, { minLength: 1, maxLength: 3 }), filed, async (conditions, more) => {
        const value = filing(more as Json);
        const book = withConstraints(conditions);
        const [decision] = await routeAll([value], checked(court, book), { book });
        const [usual] = await routeAll([value], court);
        const cases = answered(filingSchema.parse(value)).map(factsOf);
        const canBe = cases.some((facts) => conditions.every((each) => holds(each, facts)));
        const told = (decision?.reasons ?? []).filter(({ text }) => text.includes(NAME));
        if (canBe) {
          kept++;
          expect(told).toEqual([]);
          expect([decision?.status, decision?.procedure, decision?.owner]).toEqual([
            usual?.status,
            usual?.procedure,
            usual?.owner,
          ]);
          return;
        }
        broken++;
        expect(decision?.status).toBe('needs_review');
        expect(decision?.draw).toBeUndefined();
        // Each that is named cannot be so by itself, unless only all of them together cannot.
        const named = conditions.filter((_, index) => told.some(({ text }) => text.includes(`“${NAME}${index}”`)));
        expect(named.length).toBeGreaterThan(0);
        const alone = conditions.filter((each) => cases.every((facts) => !holds(each, facts)));
        if (alone.length > 0) expect(named).toEqual(alone);
      }),
      runs(150),
    );
    expect(broken).toBeGreaterThan(10);
    expect(kept).toBeGreaterThan(10);
  });
});

describe('规则编辑新写的约束', () => {
  const with_ = (text: string): Lawbook =>
    alteredLawbook(
      'vocabulary/constraints.yaml',
      '  - 名称: 有当事人才有案件\n',
      `${text}  - 名称: 有当事人才有案件\n`,
    );
  const told = ({ reasons = [] }: Decision): string[] =>
    reasons.filter(({ about }) => about === 'review').map(({ text }) => text);

  it('填了相反的事实:转人工,写明约束和填的是什么', async () => {
    const book = with_('  - 名称: 公益诉讼都要调查\n    当: { 涉及公共利益: 是 }\n    则: { 事实清楚: 否 }\n');
    const one = (more: Json) => filing({ facts: { ...(filing().facts as Json), ...more } });
    const [plain, wrong, open] = await route(
      [
        one({}),
        { ...one({ publicInterest: true }), id: 'F2' },
        { ...one({ publicInterest: true, factsClear: null }), id: 'F3' },
      ],
      docket(),
      { lawbook: book },
    );
    expect(told(plain as Decision)).toEqual([]);
    expect(wrong?.status).toBe('needs_review');
    expect(told(wrong as Decision).filter((text) => text.includes('约束'))).toEqual([
      '本件的事实与约束“公益诉讼都要调查”不符（涉及公共利益 是、事实清楚 是），不能自动分案；请核对填写的内容，改正后重新分案；内容无误的，请规则编辑核对这条约束',
    ]);
    expect(told(open as Decision).join()).not.toContain('公益诉讼都要调查');
  });

  it('没有填写而推定的事实也算:与约束不符的转人工,不当作没有问题', async () => {
    const book = with_('  - 名称: 群体性纠纷都有广泛关注\n    当: { 群体性纠纷: 是 }\n    则: { 社会影响较大: 是 }\n');
    const one = filing({ facts: { ...(filing().facts as Json), groupDispute: true } });
    const [decision] = await route([one], docket(), { lawbook: book });
    expect(told(decision as Decision).join()).toContain('（群体性纠纷 是、社会影响较大 否）');
  });

  it('前案的事实、法官的事实同样要符合', async () => {
    const pair = with_('  - 名称: 前案都不是示范案件\n    则: { 前案为示范案件: 否 }\n');
    const [linked] = await route([filing()], docket([earlier({ modelCase: true })]), { lawbook: pair });
    expect(told(linked as Decision).join()).toContain(
      '本件与前案（2025）川1527民初88号的事实与约束“前案都不是示范案件”不符',
    );
    const [without] = await route([filing()], docket([earlier()]), { lawbook: pair });
    expect(told(without as Decision).join()).not.toContain('示范案件');
    const quota = with_('  - 名称: 办案比例不超过一\n    则: { 办案比例: { 不超过: 1000 } }\n');
    const court = docket();
    const [first, ...rest] = court.judges as Json[];
    const [busy] = await route([filing()], { ...court, judges: [{ ...first, quota: 2 }, ...rest] }, { lawbook: quota });
    expect(told(busy as Decision).join()).toContain('M1的事实与约束“办案比例不超过一”不符（办案比例 2000）');
    expect((await route([filing()], court, { lawbook: quota }))[0]?.status).toBe('assigned');
  });
});
